"""The pandera models, generated from the registry, find each kind of fault and name it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow
import pytest

from schemas.arrow import arrow_schema
from schemas.models import RULE_WORDS, is_sound, model, rule_name
from schemas.registry import DATASETS

DOCUMENT = "0123456789abcdef"


def typed(name: str, *rows: dict[str, Any]) -> arrow.Table:
    schema = arrow_schema(name)
    columns = {column: [row.get(column) for row in rows] for column in schema.names}
    columns["dokumen_id"] = [DOCUMENT] * len(rows)
    if "baris_id" not in rows[0]:
        columns["baris_id"] = [f"r{number}" for number in range(len(rows))]
    columns["bukti"] = [row.get("bukti", []) for row in rows]
    return arrow.table(columns, schema=schema)


def frame(name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    return typed(name, *rows).to_pandas(types_mapper=pd.ArrowDtype)


def failures(name: str, *rows: dict[str, Any]) -> set[tuple[str, str, int]]:
    with pytest.raises(pa.errors.SchemaErrors) as caught:
        model(name).validate(frame(name, *rows), lazy=True)
    assert not is_sound(name, typed(name, *rows))  # the cheap judgement agrees
    cases = caught.value.failure_cases
    return {
        (str(column), rule_name(str(check)), int(index))
        for column, check, index in zip(cases["column"], cases["check"], cases["index"], strict=True)
    }


NODE = {"node_id": "n1", "level": "program"}
INDICATOR = {"level": "sasaran", "indikator": "Indeks"}


def test_every_dataset_has_a_model_with_its_columns() -> None:
    for name, entry in DATASETS.items():
        assert list(model(name).columns) == list(entry.columns)
        assert model(name).title == entry.title


def test_a_good_row_passes() -> None:
    good = NODE | {"pagu": Decimal("1250000.50"), "kode": "5.03.02.2.01.0001", "nomor": "III", "tahun": 2024}
    model("program_kegiatan").validate(frame("program_kegiatan", good), lazy=True)
    assert is_sound("program_kegiatan", typed("program_kegiatan", good))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"level": "seksi"}, ("level", "pilihan", 0)),
        ({"level": None}, ("level", "wajib", 0)),
        ({"kode": "5.03 02"}, ("kode", "pola", 0)),
        ({"kode": "5.03."}, ("kode", "pola", 0)),
        ({"nomor": "a."}, ("nomor", "pola", 0)),
        ({"pagu": Decimal("-0.01")}, ("pagu", "minimum", 0)),
        ({"halaman": 0}, ("halaman", "minimum", 0)),
        ({"kemiripan": 1.01}, ("kemiripan", "maksimum", 0)),
        ({"kemiripan": float("nan")}, ("kemiripan", "hingga", 0)),
        ({"bukti": [None]}, ("bukti", "isi_daftar", 0)),
    ],
)
def test_each_fault_has_its_rule(values: dict[str, Any], expected: tuple[str, str, int]) -> None:
    assert expected in failures("program_kegiatan", NODE | values)
    assert expected[1] in RULE_WORDS


def test_a_repeated_key_faults_the_later_row_only() -> None:
    assert failures("program_kegiatan", NODE, NODE | {"level": "kegiatan"}) == {("node_id", "unik", 1)}


def test_rules_over_columns_fault_the_row() -> None:
    upside_down = INDICATOR | {"target_min": 85.0, "target_maks": 80.0}
    half_a_point = INDICATOR | {"target": 80.0, "target_min": 80.0}
    lower_bound = INDICATOR | {"target_min": 80.0}
    found = failures("indikator", upside_down, half_a_point, lower_bound)
    assert {(rule, row) for _, rule, row in found} == {("rentang_target", 0), ("titik_target", 1)}


@pytest.mark.parametrize(
    "nip", ["19800412200003100", "1980041220000310033", "198004122000031003x", "x98004122000031003"]
)
def test_a_nip_has_eighteen_digits(nip: str) -> None:
    row = {"berkas": "a.pdf", "sha256": "0" * 64, "versi_pembaca": "1", "status": "lengkap", "nip": nip}
    assert failures("dokumen", row) == {("nip", "pola", 0)}


def test_dates_are_as_exact_as_printed() -> None:
    row = {"berkas": "a.pdf", "sha256": "0" * 64, "versi_pembaca": "1", "status": "lengkap"}
    rows = [row | {"tanggal": text} for text in ("2024", "2024-01", "2024-01-31", "2024-13", "31-01-2024", "2024-1")]
    rows = [entry | {"baris_id": f"r{number}"} for number, entry in enumerate(rows)]
    assert {index for _, rule, index in failures("dokumen", *rows) if rule == "pola"} == {3, 4, 5}
