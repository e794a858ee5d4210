"""Validation publishes a record or quarantines it, never both and never neither."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.release.columns import typed_column
from pipeline.release.errors import CorruptResultError
from pipeline.release.frames import Fault, faults_of
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from schemas.fields import UnknownColumnError, UnknownDatasetError
from schemas.ledger import Ledger
from schemas.registry import DATASETS, dataset

DOCUMENT = "0123456789abcdef"


def ledger(**document: Any) -> Ledger:
    book = Ledger(DOCUMENT)
    facts = {"berkas": "a.pdf", "sha256": "0" * 64, "versi_pembaca": "1", "status": "lengkap"}
    book.add("dokumen", **(facts | document))
    return book


def rows(result: DocumentResult, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = result.table(name).to_pylist()
    return found


def test_a_sound_document_is_published_whole() -> None:
    book = ledger(misi=["Satu", "Dua"], nip="198004122000031003")
    book.add("sel", halaman=3, sel_id="s1", jenis="sel", teks="1.250", x0=1, y0=2, x1=3, y1=4)
    book.add("program_kegiatan", halaman=3, bukti=["s1"], node_id="n1", level="program", nama="A", pagu=Decimal("1250"))
    result = validate(book, 2024)
    assert (result.status, result.quarantined, rows(result, "temuan")) == ("lengkap", 0, [])
    node = rows(result, "program_kegiatan")[0]
    assert (node["tahun"], node["halaman"], node["bukti"]) == (2024, 3, ["s1"])
    assert node["pagu"] == Decimal("1250.00")
    assert rows(result, "dokumen")[0]["misi"] == ["Satu", "Dua"]


def test_a_bad_record_is_quarantined_whole_and_makes_the_document_partial() -> None:
    book = ledger()
    book.add("sel", halaman=1, sel_id="s1", jenis="sel", x0=0, y0=0, x1=1, y1=1)
    book.add("program_kegiatan", halaman=4, node_id="n1", level="program", pagu=Decimal("-5"), kode="1 2", bukti=["s1"])
    result = validate(book, None)
    assert rows(result, "program_kegiatan") == []
    (held,) = rows(result, "karantina")
    assert held["baris_id"] == f"{DOCUMENT}-program_kegiatan-00001"
    assert (held["dataset"], held["kolom"], held["aturan"], held["nilai"]) == (
        "program_kegiatan",
        "kode",
        "pola",
        "1 2",
    )
    assert (held["halaman"], held["bukti"]) == (4, ["s1"])
    record = json.loads(held["rekaman"])
    assert (record["pagu"], record["kode"], record["bukti"]) == ("-5", "1 2", ["s1"])
    assert "kolom pagu: nilainya di bawah batas terkecil (-5)" in held["alasan"]
    assert (result.status, result.quarantined) == ("sebagian", 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("pagu", 1250.5),
        ("pagu", Decimal("1.234")),
        ("pagu", Decimal(10) ** 19),
        ("pagu", True),
        ("nama", 5),
        ("nama", b"a"),
        ("kemiripan", "0,5"),
        ("kemiripan", 10**400),
    ],
)
def test_a_value_of_the_wrong_type_is_never_bent(column: str, value: object) -> None:
    book = ledger()
    book.add("program_kegiatan", node_id="n0", level="program")
    book.add("program_kegiatan", node_id="n1", level="program", **{column: value})
    result = validate(book, 2024)
    assert [row["node_id"] for row in rows(result, "program_kegiatan")] == ["n0"]
    (held,) = rows(result, "karantina")
    assert (held["kolom"], held["aturan"], held["nilai"]) == (column, "tipe", str(value))


def test_a_missing_value_of_the_wrong_type_is_named_once() -> None:
    book = ledger()
    book.add("program_kegiatan", node_id=7, level="program")
    (held,) = rows(validate(book, 2024), "karantina")
    assert held["alasan"].count("node_id") == 1
    assert held["aturan"] == "tipe"


def test_half_surrogates_end_in_quarantine_legibly() -> None:
    book = ledger()
    book.add("program_kegiatan", node_id="n1", level="program", nama="rusak \ud800")
    (held,) = rows(validate(book, 2024), "karantina")
    assert held["nilai"] == "rusak \\ud800"
    assert json.loads(held["rekaman"])["nama"] == "rusak \ud800"


def test_text_is_published_as_nfc() -> None:
    book = ledger(misi=["e\u0301"])
    book.add("program_kegiatan", node_id="n1", level="program", nama="cafe\u0301")
    result = validate(book, 2024)
    assert rows(result, "program_kegiatan")[0]["nama"] == "caf\u00e9"
    assert rows(result, "dokumen")[0]["misi"] == ["\u00e9"]


def test_unknown_columns_and_datasets_are_the_callers_error() -> None:
    book = ledger()
    book.add("program_kegiatan", node_id="n1", level="program", paku=5)
    with pytest.raises(UnknownColumnError, match="paku"):
        validate(book, 2024)
    book = ledger()
    book.add("programs", nama="x")
    with pytest.raises(UnknownDatasetError, match="programs"):
        validate(book, 2024)


@pytest.mark.parametrize(("dokumen_id", "tahun"), [("xyz", 2024), (DOCUMENT, 24), (DOCUMENT, 20240)])
def test_a_bad_call_is_refused(dokumen_id: str, tahun: int) -> None:
    book = ledger()
    book.dokumen_id = dokumen_id
    with pytest.raises(ValueError, match="not a"):
        validate(book, tahun)


def test_a_ledger_needs_one_document() -> None:
    with pytest.raises(ValueError, match="one record of dokumen, not 0"):
        validate(Ledger(DOCUMENT), 2024)


def test_a_bad_value_of_the_document_does_not_lose_the_document() -> None:
    result = validate(ledger(nip="123", judul="Rencana"), 2024)
    (document,) = rows(result, "dokumen")
    (held,) = rows(result, "karantina")
    assert (document["nip"], document["judul"], document["status"]) == (None, "Rencana", "sebagian")
    assert document["baris_id"] != held["baris_id"]
    assert json.loads(held["rekaman"])["nip"] == "123"
    assert [row["kode"] for row in rows(result, "temuan")] == ["DOKUMEN_TIDAK_SAH"]


def test_a_failed_document_stays_failed() -> None:
    result = validate(ledger(status="gagal", nip="123"), None)
    assert result.status == "gagal"


def test_findings_become_rows_with_their_own_keys() -> None:
    book = ledger()
    node = book.add("program_kegiatan", halaman=2, node_id="n1", level="program")
    book.doubt_record(node, "pagu", "JUMLAH_TIDAK_COCOK", "isi", "peringatan", "Jumlah tidak cocok.", nilai="1")
    book.doubt("tidak sah", "isi", "galat", "Kode temuan ini salah.")
    result = validate(book, 2024)
    (finding,) = rows(result, "temuan")
    assert (finding["temuan_id"], finding["baris_id"]) == (f"{DOCUMENT}-temuan-00001", node.baris_id)
    assert (finding["dataset"], finding["kolom"], finding["nilai"]) == ("program_kegiatan", "pagu", "1")
    (held,) = rows(result, "karantina")
    assert (held["dataset"], held["baris_id"]) == ("temuan", f"{DOCUMENT}-temuan-00002")


def test_dangling_references_keep_their_value_and_get_a_finding() -> None:
    book = ledger()
    book.add("program_kegiatan", node_id="n1", level="seksi")
    child = book.add("program_kegiatan", node_id="n2", induk_id="n1", level="kegiatan", bukti=["s9"])
    result = validate(book, 2024)
    assert rows(result, "program_kegiatan")[0]["induk_id"] == "n1"
    found = {(row["kode"], row["baris_id"], row["kolom"], row["nilai"]) for row in rows(result, "temuan")}
    assert found == {
        ("ACUAN_HILANG", child.baris_id, "induk_id", "n1"),
        ("ACUAN_HILANG", child.baris_id, "bukti", "s9"),
    }
    assert not any("_" in row["pesan"] for row in rows(result, "temuan"))  # no names of columns: auditors read it


def test_a_failure_of_the_whole_frame_faults_every_row() -> None:
    cases = pd.DataFrame({"column": ["pagu"], "check": ["column_in_schema"], "index": [None]})
    assert faults_of(dataset("program_kegiatan"), cases, 2) == [
        Fault(0, None, "column_in_schema"),
        Fault(1, None, "column_in_schema"),
    ]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=5),
    st.just(["a"]),
    st.binary(),
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"pagu": VALUES, "nama": VALUES, "kemiripan": VALUES, "level": VALUES}), max_size=6)
)
def test_no_record_is_lost_or_doubled(records: list[dict[str, Any]]) -> None:
    book = ledger()
    for number, record in enumerate(records):
        book.add("program_kegiatan", node_id=f"n{number}", **record)
    result = validate(book, 2024)
    published = [row["baris_id"] for row in rows(result, "program_kegiatan")]
    held = [row["baris_id"] for row in rows(result, "karantina")]
    assert sorted(published + held) == [record.baris_id for record in book.rows("program_kegiatan")]


@given(st.lists(st.one_of(st.none(), st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0))))
def test_rupiah_is_exact(values: list[Decimal | None]) -> None:
    typed = typed_column(dataset("program_kegiatan").field("pagu"), values)
    kept = [value for row, value in enumerate(values) if row not in typed.unfit]
    assert [value for row, value in enumerate(typed.array.to_pylist()) if row not in typed.unfit] == kept


def test_a_result_survives_its_bytes_and_they_repeat() -> None:
    book = ledger(misi=["Satu"])
    book.add("indikator", level="sasaran", indikator="Indeks", target=0.81, target_min=0.81, target_maks=0.81)
    result = validate(book, 2024)
    again = DocumentResult.from_bytes(result.to_bytes())
    assert again.to_bytes() == result.to_bytes() == validate(book, 2024).to_bytes()
    assert (again.dokumen_id, again.tahun, again.counts) == (result.dokumen_id, 2024, result.counts)
    assert all(again.table(name).equals(result.table(name)) for name in DATASETS)


def test_a_damaged_result_is_told() -> None:
    data = validate(ledger(), 2024).to_bytes()
    with pytest.raises(CorruptResultError):
        DocumentResult.from_bytes(data[: len(data) // 2])
    with pytest.raises(CorruptResultError):
        DocumentResult.from_bytes(b"")


def test_a_result_must_be_complete_and_typed() -> None:
    tables = dict(validate(ledger(), 2024).tables)
    with pytest.raises(ValueError, match="schema"):
        DocumentResult(DOCUMENT, 2024, tables | {"sel": pa.table({"a": [1]})})
    del tables["sel"]
    with pytest.raises(ValueError, match="every dataset"):
        DocumentResult(DOCUMENT, 2024, tables)


def test_fifteen_thousand_cells_take_little_time() -> None:
    book = ledger()
    for number in range(15_000):
        book.add("sel", halaman=1, sel_id=f"s{number}", jenis="sel", teks=f"sel {number}", x0=0, y0=0, x1=1, y1=1)
    validate(ledger(), 2024)  # builds the models, which a warm worker has
    started = time.process_time()
    assert validate(book, 2024).counts["sel"] == 15_000
    assert time.process_time() - started < 1.0  # measured 0.06; the bound is for a busy machine
