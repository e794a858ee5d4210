"""The registry says what the contract says, and every generated form agrees with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from schemas.arrow import arrow_schema
from schemas.common import COMMON_FIELDS
from schemas.datapackage import table_schema
from schemas.dictionary import APPENDIX, main, render
from schemas.fields import Kind, UnknownColumnError, UnknownDatasetError
from schemas.registry import DATASETS, dataset


def test_every_dataset_has_the_common_columns() -> None:
    common = {field.name for field in COMMON_FIELDS}
    assert len(DATASETS) == 15
    for entry in DATASETS.values():
        assert common <= set(entry.columns), entry.name
        assert len(set(entry.columns)) == len(entry.columns)


def test_unknown_names_are_errors() -> None:
    with pytest.raises(UnknownDatasetError, match="no dataset 'indikatro'"):
        dataset("indikatro")
    with pytest.raises(UnknownColumnError, match="no column 'paku'"):
        dataset("program_kegiatan").field("paku")


def test_arrow_types_follow_the_contract() -> None:
    schema = arrow_schema("program_kegiatan")
    assert schema.names == list(dataset("program_kegiatan").columns)
    assert schema.field("pagu").type == pa.decimal128(20, 2)
    assert schema.field("prakiraan_pagu").type == pa.decimal128(20, 2)
    assert schema.field("tahun").type == schema.field("halaman").type == pa.int16()
    assert schema.field("bukti").type == pa.list_(pa.string())
    assert arrow_schema("indikator").field("target").type == pa.float64()
    assert arrow_schema("rekening").field("jumlah").type == pa.decimal128(20, 2)


def test_rupiah_is_never_a_float() -> None:
    for entry in DATASETS.values():
        for field in entry.fields:
            if field.quantity == "rupiah":
                assert field.kind is Kind.RUPIAH, (entry.name, field.name)


def test_every_column_is_described_in_both_languages() -> None:
    for entry in DATASETS.values():
        for field in entry.fields:
            assert all((field.title, field.description, field.english)), (entry.name, field.name)


def test_table_schema_has_fields_in_order_with_their_constraints() -> None:
    schema = table_schema("indikator")
    assert [field["name"] for field in schema["fields"]] == list(dataset("indikator").columns)
    by_name = {field["name"]: field for field in schema["fields"]}
    assert by_name["level"]["constraints"]["enum"][-1] == "sub_kegiatan"
    assert by_name["bukti"]["type"] == "array"
    assert by_name["halaman"]["constraints"] == {"minimum": 1}
    assert schema["primaryKey"] == ["baris_id"]
    orientation = next(field for field in table_schema("halaman")["fields"] if field["name"] == "orientasi")
    assert orientation["constraints"]["enum"] == [0, 90, 180, 270]


def test_dictionary_check_tells_a_stale_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "data-dictionary.md"
    assert main(["--check", "--target", str(target)]) == 1
    assert main(["--target", str(target)]) == 0
    assert main(["--check", "--target", str(target)]) == 0
    target.write_text(render() + "changed by hand\n", encoding="utf-8")
    assert main(["--check", "--target", str(target)]) == 1
    assert "is stale" in capsys.readouterr().err


def test_the_dictionary_leaves_alone_what_stands_behind_its_mark(tmp_path: Path) -> None:
    target = tmp_path / "data-dictionary.md"
    target.write_text(f"old\n{APPENDIX}\n## Checks\n", encoding="utf-8")
    assert main(["--target", str(target)]) == main(["--check", "--target", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == f"{render()}{APPENDIX}\n## Checks\n"


def test_the_committed_dictionary_is_current() -> None:
    assert main(["--check"]) == 0


def test_the_registry_loads_no_heavy_library() -> None:
    code = (
        "import sys, schemas.registry, schemas.datapackage;"
        "print([m for m in ('pandas', 'pandera', 'pyarrow', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
