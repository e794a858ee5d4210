"""Rows of a release against the nomenclature, and against what other offices print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest

import pipeline.release.nomenclature.apply as apply
from pipeline.reference.editions import load_editions, save_edition
from pipeline.reference.nomenclature import Entry
from pipeline.release.build import Release
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from schemas.ledger import Ledger
from tests.release.conftest import Publish, facts

SKY = [
    ("program", "9.01.01", "PROGRAM PENUNJANG URUSAN LANGIT"),
    ("program", "9.01.02", "PROGRAM PENGELOLAAN AWAN"),
    ("program", "9.02.02", "PROGRAM PENGELOLAAN ANGIN"),
    ("kegiatan", "9.01.02.2.01", "Penataan Awan Rendah"),
    ("kegiatan", "9.01.02.2.02", "Pembinaan Penjaga ASN"),
    ("kegiatan", "9.02.02.2.02", "Pembinaan Penjaga ASN"),
    ("sub_kegiatan", "9.01.02.2.01.0001", "Pengecatan Awan Putih"),
    ("sub_kegiatan", "9.01.02.2.01.0002", "Penghitungan Awan Kelabu"),
    ("sub_kegiatan", "9.01.02.2.01.0004", "Penyiraman Awan Kering"),
]
Row = tuple[str, str | None, str, int | None]


def document(key: str, rows: Sequence[Row], tahun: int | None = 2024, **about: Any) -> DocumentResult:
    """A plan whose rows are (level, code, name, place of the parent); pages are read from text."""
    book = Ledger(key)
    book.add("dokumen", **facts(key, wilayah="Kabupaten Contoh", kode_wilayah="99.01", **about))
    book.add("halaman", halaman=2, jenis="teks", kata=9, kata_terpakai=9)
    for place, (level, kode, nama, parent) in enumerate(rows):
        above = None if parent is None else f"{key}-n{parent}"
        book.add(
            "program_kegiatan", halaman=2, node_id=f"{key}-n{place}", induk_id=above, level=level, kode=kode, nama=nama
        )
    return validate(book, tahun)


@pytest.fixture
def against(tmp_path: Path, publish_into: Publish) -> Any:
    def run(*results: DocumentResult, tahun: int | None = 2023, more: Sequence[Entry] = ()) -> Release:
        save_edition(tmp_path / "ref", tahun, [*(Entry(*row) for row in SKY), *more])
        return publish_into(*results, nomenclature=load_editions(tmp_path / "ref"))

    return run


def official(release: Release, year: str = "2024") -> list[tuple[Any, ...]]:
    table = parquet.read_table(release.path / "parquet" / "program_kegiatan" / f"{year}.parquet")
    return [(row["kode_resmi"], row["nama_resmi"], row["kemiripan"]) for row in table.to_pylist()]


def doubts(release: Release) -> list[dict[str, Any]]:
    files = sorted((release.path / "parquet" / "temuan").glob("*.parquet"))
    return [row for file in files for row in parquet.read_table(file).to_pylist()]


def codes(release: Release) -> list[str]:
    return [finding["kode"] for finding in doubts(release)]


FAITHFUL: list[Row] = [
    ("program", "9.01.02", "Program Pengelolaan Awan", None),
    ("kegiatan", "9.01.02.2.01", "Penataan Awan Rendah", 0),
    ("sub_kegiatan", "9.01.02.2.01.01", "Pengecatan Awan Putih", 1),
]


def test_codes_and_names_as_the_list_has_them(against: Any) -> None:
    release = against(document("a1" * 8, FAITHFUL))
    assert official(release) == [
        ("9.01.02", "PROGRAM PENGELOLAAN AWAN", 1.0),
        ("9.01.02.2.01", "Penataan Awan Rendah", 1.0),
        ("9.01.02.2.01.0001", "Pengecatan Awan Putih", 1.0),
    ]
    assert codes(release) == []
    assert release.manifest.nomenclature[0]["edisi"] == 2023
    package = json.loads((release.path / "datapackage.json").read_text(encoding="utf-8"))
    told = {each["name"]: each["description"] for each in package["resources"]}
    assert "edisi 2023" in told["program_kegiatan-csv"]
    assert "edisi 2023" not in told["indikator-csv"]


def test_the_parent_tells_which_of_several_codes_a_name_has(against: Any) -> None:
    rows: list[Row] = [
        ("program", None, "Pengelolaan Angin", None),
        ("kegiatan", None, "Pembinaan Penjaga Aparatur Sipil Negara", 0),
        ("kegiatan", None, "Lomba Menyanyi Bersama Burung", 0),
    ]
    assert official(against(document("a1" * 8, rows))) == [
        ("9.02.02", "PROGRAM PENGELOLAAN ANGIN", 1.0),
        ("9.02.02.2.02", "Pembinaan Penjaga ASN", 1.0),
        (None, None, None),
    ]


def test_what_tells_no_bidang_has_a_name_and_no_code(against: Any) -> None:
    rows: list[Row] = [("kegiatan", None, "Pembinaan Penjaga ASN", None)]
    assert official(against(document("a1" * 8, rows))) == [(None, "Pembinaan Penjaga ASN", 1.0)]


def test_each_difference_is_said_once_with_both_wordings(against: Any) -> None:
    rows: list[Row] = [
        *FAITHFUL,
        ("sub_kegiatan", "9.01.02.2.01.02", "Penjumlahan Awan Kelabu", 1),
        ("sub_kegiatan", "9.01.02.2.01.02", "PENJUMLAHAN AWAN KELABU", 1),
        ("sub_kegiatan", "9.01.02.2.01.03", "Penggambaran Awan Biru", 1),
        ("sub_kegiatan", "9.01.02.2.01.04", "Pengecatan Awan Putih", 1),
    ]
    release = against(document("a1" * 8, rows))
    found = {finding["kode"]: finding for finding in doubts(release)}
    assert sorted(codes(release)) == ["KODE_BUKAN_RESMI", "NAMA_MIRIP_RESMI", "NAMA_TIDAK_SESUAI_KODE"]
    assert found["NAMA_MIRIP_RESMI"]["nilai"] == "Penjumlahan Awan Kelabu"
    assert found["NAMA_MIRIP_RESMI"]["pembanding"] == "Penghitungan Awan Kelabu"
    assert found["KODE_BUKAN_RESMI"]["nilai"] == "9.01.02.2.01.03"
    swapped = found["NAMA_TIDAK_SESUAI_KODE"]
    assert "Penyiraman Awan Kering" in swapped["pembanding"]
    assert "9.01.02.2.01.0001" in swapped["pesan"]
    assert {finding["jenis"] for finding in found.values()} == {"isi"}
    assert [finding["temuan_id"][-5:] for finding in doubts(release)] == ["00001", "00002", "00003"]


def test_a_code_out_of_use_and_the_one_in_its_place(against: Any) -> None:
    more = [
        Entry("kegiatan", "9.01.02.2.07", "Pelepasan Balon Udara", aktif=False),
        Entry("kegiatan", "9.01.02.2.08", "Pelepasan Balon Udara"),
    ]
    release = against(
        document("a1" * 8, [*FAITHFUL, ("kegiatan", "9.01.02.2.07", "Pelepasan Balon Udara", 0)]), more=more
    )
    [finding] = doubts(release)
    assert (finding["kode"], finding["pembanding"]) == ("KODE_NONAKTIF", "9.01.02.2.08")


def test_a_code_that_does_not_fit_the_official_code_of_its_parent(against: Any) -> None:
    rows: list[Row] = [
        ("program", None, "Pengelolaan Angin", None),
        ("kegiatan", "9.01.02.2.01", "Penataan Awan Rendah", 0),
    ]
    [finding] = doubts(against(document("a1" * 8, rows)))
    assert (finding["kode"], finding["pembanding"]) == ("KODE_TIDAK_COCOK_INDUK", "9.02.02")


def test_an_edition_after_the_plan_finds_no_fault_in_it(against: Any) -> None:
    wrong: list[Row] = [*FAITHFUL, ("sub_kegiatan", "9.01.02.2.01.03", "Penggambaran Awan Biru", 1)]
    assert codes(against(document("a1" * 8, wrong), tahun=2025)) == []


def test_a_plan_written_in_other_codes_is_not_measured_by_this_list(against: Any) -> None:
    rows: list[Row] = [("program", f"9.01.{place:02d}", f"Program Laut {place}", None) for place in range(1, 9)]
    assert codes(against(document("a1" * 8, rows))) == []


def test_many_codes_that_a_list_lacks_are_one_finding(against: Any) -> None:
    lacking: list[Row] = [("sub_kegiatan", f"9.01.02.2.01.{10 + n}", f"Urusan {'abcde'[n] * 9}", 1) for n in range(5)]
    more = [Entry("kegiatan", f"9.01.02.2.{n}", f"Hal {n * 1111}") for n in range(20, 26)]
    rows: list[Row] = [*FAITHFUL, *((one.level, one.kode, one.nama, 0) for one in more), *lacking]
    [finding] = doubts(against(document("a1" * 8, rows), more=more))
    assert (finding["kode"], finding["tingkat"], finding["nilai"]) == ("KODE_BUKAN_RESMI", "info", "5")


def offices(name: str, count: int, first: int = 0) -> list[DocumentResult]:
    return [
        document(
            f"{first + n:02x}" * 8,
            [("program", "9.01.02", name, None)],
            perangkat_daerah=f"Dinas {chr(65 + first + n) * 3}",
        )
        for n in range(count)
    ]


def test_without_a_list_three_other_offices_stand_for_it(publish_into: Publish) -> None:
    release = publish_into(*offices("Pengelolaan Awan", 4), *offices("Pengelolaan Awam", 1, first=8))
    assert official(release) == [("9.01.02", "Pengelolaan Awan", 1.0)] * 4 + [("9.01.02", "Pengelolaan Awan", 0.9375)]
    assert release.manifest.nomenclature == [{"sumber": "dokumen", "entri": 1}]


def test_an_office_is_no_witness_to_itself(publish_into: Publish) -> None:
    assert official(publish_into(*offices("Pengelolaan Awan", 3))) == [(None, None, None)] * 3
    same = [
        document(f"{year - 2000:02x}" * 8, [("program", "9.01.02", "Pengelolaan Awan", None)], year)
        for year in range(2020, 2025)
    ]
    assert official(publish_into(*same)) == [(None, None, None)]


def test_a_name_of_another_code_than_other_offices_print(publish_into: Publish) -> None:
    plans = [document(f"{n:02x}" * 8, FAITHFUL, perangkat_daerah=f"Dinas {chr(65 + n) * 3}") for n in range(5)]
    odd = document("99" * 8, [*FAITHFUL[:2], ("sub_kegiatan", "9.01.02.2.01.01", "Penjualan Balon Udara", 1)])
    [finding] = doubts(publish_into(*plans, odd))
    assert (finding["kode"], finding["tingkat"]) == ("NAMA_TIDAK_SESUAI_KODE", "info")
    assert (finding["dokumen_id"], finding["nilai"]) == (odd.dokumen_id, "Penjualan Balon Udara")


def test_a_plan_in_other_codes_keeps_only_rows_whose_code_and_name_agree(against: Any) -> None:
    rows: list[Row] = [
        ("program", "1.17.05", "Program Pengelolaan Awan", None),
        ("kegiatan", "9.01.02.2.01", "Penataan Awan Rendah", 0),
        ("program", "1.17.06", "Program Lomba Menyanyi", None),
        ("program", "1.17.07", "Program Lomba Menganyam", None),
    ]
    found = official(against(document("a1" * 8, rows)))
    assert found == [(None, None, None), ("9.01.02.2.01", "Penataan Awan Rendah", 1.0), *[(None, None, None)] * 2]


def test_rows_are_matched_once_and_findings_that_find_no_room_are_made_again(
    against: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd: Row = ("kegiatan", "9.01.02.2.02", "Lomba Menyanyi Bersama Burung", 0)
    plans = [document(key * 8, [*FAITHFUL, odd]) for key in ("a1", "b2")]
    matched: list[str] = []
    match = apply.match_listing

    def counted(listing: Any, nomenclature: Any) -> Any:
        matched.append(listing.dokumen_id)
        return match(listing, nomenclature)

    monkeypatch.setattr(apply, "match_listing", counted)
    roomy = against(*plans)
    assert sorted(matched) == ["a1" * 8, "b2" * 8]
    assert roomy.counts["temuan"] == 2
    monkeypatch.setattr(apply, "_MOST_FINDINGS", 1)
    assert against(*plans).manifest.files == roomy.manifest.files
    assert len(matched) > 4
