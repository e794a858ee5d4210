"""Which documents of a release are compared, and what the release and the command line say of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from pipeline.cli.main import main
from pipeline.release.build import publish
from pipeline.release.comparing.reading import UnknownDocumentError, compare_documents
from pipeline.release.manifest import InputFile
from pipeline.release.query import query
from pipeline.release.result import DocumentResult
from pipeline.release.store import need_release
from pipeline.release.validate import validate
from schemas.ledger import Ledger
from schemas.models import model

Capture = pytest.CaptureFixture[str]
OFFICE, REGION = "Dinas Kelautan", "Kabupaten Contoh"


def document(number: int, tahun: int, pagu: Sequence[int | None], doubt: bool = False, **about: Any) -> DocumentResult:
    """A plan with a sub kegiatan for each amount."""
    key = f"{number:016x}"
    book = Ledger(key)
    given: dict[str, Any] = {
        "berkas": f"raw/{tahun}/rkt-{number}.pdf", "sha256": key * 4, "versi_pembaca": "1", "status": "lengkap",
        "jenis_dokumen": "rkt", "perangkat_daerah": OFFICE, "wilayah": REGION,
    }  # fmt: skip
    book.add("dokumen", **given | about)
    for place, amount in enumerate(pagu):
        row = book.add(
            "program_kegiatan", halaman=place + 1, node_id=f"{key}-n{place}", level="sub_kegiatan",
            nama=f"Uji {['Air', 'Es', 'Garam', 'Pakan'][place]}", pagu=None if amount is None else Decimal(amount),
        )  # fmt: skip
        if doubt and place == 0:
            book.doubt_record(row, "pagu", "OCR_MERAGUKAN", "pembacaan", "peringatan", "Sulit dibaca.")
    return validate(book, tahun)


@pytest.fixture
def released(tmp_path: Path) -> Any:
    def run(*results: DocumentResult) -> Path:
        publish(results, tmp_path / "curated", inputs=[InputFile("raw", "0" * 64)], reader_version="1")
        return tmp_path / "curated"

    return run


def compared(curated: Path) -> list[tuple[int, int]]:
    rows = query(curated, "SELECT DISTINCT dari_dokumen_id, ke_dokumen_id FROM perbandingan ORDER BY ALL").rows
    return [(int(dari, 16), int(ke, 16)) for dari, ke in rows]


def test_each_year_is_compared_with_the_one_before_that_is_there(released: Any) -> None:
    other = {"wilayah": "Kabupaten Lain"}
    curated = released(
        document(1, 2021, [10]), document(2, 2023, [20]), document(3, 2024, [30]), document(4, 2024, [40], **other)
    )
    assert compared(curated) == [(1, 2), (2, 3)]


def test_a_changed_plan_is_compared_with_the_plan_it_changes_and_is_the_one_of_its_year(released: Any) -> None:
    curated = released(
        document(1, 2023, [10]), document(2, 2024, [20], tahap="murni"), document(3, 2024, [30], tahap="perubahan")
    )
    assert compared(curated) == [(1, 3), (2, 3)]


def test_the_rkt_is_compared_with_the_agreement_and_the_renja_of_its_year(released: Any) -> None:
    curated = released(
        document(1, 2024, [10]),
        document(2, 2024, [20], jenis_dokumen="perjanjian_kinerja"),
        document(3, 2024, [30], jenis_dokumen="renja"),
        document(4, 2024, [40], jenis_dokumen="iku"),
    )
    assert compared(curated) == [(1, 2), (1, 3)]


def test_documents_of_nobody_are_compared_with_none(released: Any) -> None:
    nobody: dict[str, Any] = {"perangkat_daerah": None}
    assert compared(released(document(1, 2023, [10], **nobody), document(2, 2024, [20], **nobody))) == []


def test_rows_fit_the_contract_whatever_differs(released: Any) -> None:
    curated = released(document(1, 2023, [10, 5, None]), document(2, 2024, [0, 5, 7, 8], status="sebagian"))
    table = parquet.read_table(need_release(curated) / "parquet" / "perbandingan")
    model("perbandingan").validate(table.to_pandas(types_mapper=pd.ArrowDtype), lazy=True)
    rows = [(r["aspek"], r["nilai_dari"], r["nilai_ke"], r["selisih"], r["persen"]) for r in table.to_pylist()]
    assert rows == [
        ("pagu", "10", "0", Decimal(-10), -100.0),
        ("pagu", None, "7", None, None),
        ("baru", None, "8", None, None),
    ]


def test_doubtful_changes_have_findings(released: Any) -> None:
    curated = released(document(1, 2023, [10, 5]), document(2, 2024, [90], doubt=True, status="sebagian"))
    found = query(
        curated,
        "SELECT t.kode, t.dokumen_id, p.aspek FROM temuan t LEFT JOIN perbandingan p USING (baris_id) "
        "WHERE t.dataset = 'perbandingan' ORDER BY 1",
    ).rows
    assert found == [("PERBANDINGAN_SEBAGIAN", f"{2:016x}", None), ("PERUBAHAN_DIRAGUKAN", f"{2:016x}", "pagu")]


def test_any_two_documents_can_be_compared(released: Any) -> None:
    release = need_release(released(document(1, 2021, [10]), document(2, 2022, [10]), document(3, 2024, [30])))
    table = compare_documents(release, f"{1:016x}", f"{3:016x}").table()
    assert isinstance(table, pa.Table)
    assert table["selisih"].to_pylist() == [Decimal(20)]
    with pytest.raises(UnknownDocumentError):
        compare_documents(release, f"{1:016x}", "f" * 16)
    with pytest.raises(ValueError, match="itself"):
        compare_documents(release, f"{1:016x}", f"{1:016x}")


def test_the_command_compares_years_and_says_what_it_could_not(released: Any, capsys: Capture) -> None:
    curated = released(
        document(1, 2023, [10]), document(2, 2024, [1500000]), document(3, 2024, [7], perangkat_daerah="Dinas Pasar")
    )
    assert main(["compare", "2023", "2024", "--curated", str(curated)]) == 0
    said = capsys.readouterr()
    assert "1.500.000" in said.out
    assert "Hanya ada di tahun 2024: 1 dokumen: Dinas Pasar" in said.err
    assert main(["compare", "2023", "2024", "--curated", str(curated), "--lang", "en", "--format", "json"]) == 0
    said = capsys.readouterr()
    assert [row["nilai_ke"] for row in json.loads(said.out)] == ["1500000"]
    assert "Only in 2024" in said.err


def test_the_command_takes_names_as_people_write_them(released: Any, capsys: Capture, tmp_path: Path) -> None:
    curated = released(
        document(1, 2023, [10]), document(2, 2024, [20]),
        document(3, 2023, [10], perangkat_daerah="Dinas Kelautan dan Perikanan", wilayah="Kota Contoh"),
        document(4, 2024, [40], perangkat_daerah="Dinas Kelautan dan Perikanan", wilayah="Kota Contoh"),
    )  # fmt: skip
    common = ["compare", "2023", "2024", "--curated", str(curated), "--output", str(tmp_path / "beda.csv")]

    def values(*names: str) -> list[str]:
        assert main([*common, *names]) == 0
        with (tmp_path / "beda.csv").open(encoding="utf-8") as stream:
            return [row["nilai_ke"] for row in csv.DictReader(stream)]

    assert values() == ["20", "40"]
    assert values("--perangkat-daerah", "dinas  KELAUTAN") == ["20"]
    assert values("--perangkat-daerah", "perikanan") == ["40"]
    assert values("--perangkat-daerah", "DKP") == ["40"]
    assert values("--wilayah", "kota") == ["40"]
    capsys.readouterr()
    assert main([*common, "--wilayah", "contoh"]) == 1
    assert "Kabupaten Contoh; Kota Contoh" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["2024", "2024"], 2, "dirinya sendiri"),
        (["2023", "rkt-2"], 2, "dua dokumen"),
        (["rkt-1", "rkt-9"], 1, "rkt-9"),
        (["rkt", "rkt-2"], 1, "dapat berarti 2"),
        (["rkt-1", f"{1:016x}"], 1, "dokumen yang sama"),
        (["2019", "2020"], 1, "2019"),
        (["2023", "2024", "--output", "beda.xlsx"], 2, "beda.xlsx"),
        (["2023", "2024", "--perangkat-daerah", "Dinas Langit"], 1, "Dinas Langit"),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    released: Any, capsys: Capture, arguments: list[str], code: int, said: str
) -> None:
    curated = released(document(1, 2023, [10]), document(2, 2024, [20]))
    assert main(["compare", *arguments, "--curated", str(curated)]) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert (captured.out, len(captured.err.splitlines())) == ("", 1)
