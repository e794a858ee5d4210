"""A document that is delivered again is published, named a duplicate, and left out of the views."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.release.build import Release
from pipeline.release.duplicates.keys import content_keys
from pipeline.release.duplicates.likeness import dates_differ
from pipeline.release.duplicates.resolve import find_duplicates
from pipeline.release.reports import status
from pipeline.release.result import DocumentResult, StoredResult
from tests.release.deliveries import UNNAMED, Delivery

Publish = Callable[..., Release]

FIRST, SECOND, THIRD, FOURTH = "1a" * 8, "2b" * 8, "3c" * 8, "4d" * 8
PLAN = Delivery(FIRST)
SCAN = Delivery(SECOND, scanned=True, slips=0.04, doubted=frozenset({3, 17}), lost=frozenset({9}))
FEW = frozenset({4, 20})


def ask(release: Release, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(release.path / "catalog.duckdb", read_only=True) as connection:
        return connection.execute(sql).fetchall()


def duplicates(release: Release) -> dict[str, str]:
    sql = "SELECT dokumen_id, duplikat_dari FROM dokumen WHERE duplikat_dari IS NOT NULL"
    return dict(ask(release, sql))


def between(release: Release) -> list[tuple[Any, ...]]:
    """The findings between documents."""
    return ask(
        release,
        "SELECT dokumen_id, kode, tingkat, jenis, kolom, nilai, pembanding, pesan, baris_id FROM temuan "
        "WHERE kode LIKE 'DOKUMEN_%' OR kode LIKE '%_ANTARBERKAS' ORDER BY temuan_id",
    )


def decided(*results: DocumentResult) -> dict[str, str]:
    """Which of the documents are duplicates of which, without a release on disk."""
    verdicts = find_duplicates(results).verdicts
    return {name: verdict.duplikat_dari for name, verdict in verdicts.items() if verdict.duplikat_dari is not None}


def codes(release: Release) -> list[str]:
    return [row[1] for row in between(release)]


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(Delivery(SECOND), id="saved again by another tool"),
        pytest.param(Delivery(SECOND, facts=UNNAMED, tahun=None), id="saved again, title not read"),
        pytest.param(SCAN, id="scanned"),
        pytest.param(replace(SCAN, facts=UNNAMED, tahun=None), id="scanned, title not read"),
        pytest.param(
            replace(SCAN, facts={"perangkat_daerah": "Dinas Perpustakaan dan Kearslpan"}), id="office misread"
        ),
        pytest.param(replace(SCAN, doubted=frozenset(range(12))), id="scanned badly, and doubted"),
        pytest.param(replace(SCAN, facts={"tanggal": "2025-01-21"}), id="date misread"),
    ],
)
def test_the_same_document_is_named_a_duplicate(again: Delivery) -> None:
    assert decided(PLAN.result(), again.result()) == {SECOND: FIRST}


def test_a_duplicate_is_published_but_in_no_view(publish_into: Publish) -> None:
    release = publish_into(PLAN.result(), SCAN.result())
    assert duplicates(release) == {SECOND: FIRST}
    assert ask(release, "SELECT DISTINCT dokumen_id FROM v_pagu") == [(FIRST,)]
    assert ask(release, "SELECT count(DISTINCT dokumen_id) FROM program_kegiatan") == [(2,)]
    assert (codes(release)[0], release.manifest.duplicates) == ("DOKUMEN_GANDA", 1)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Delivery(SECOND, tahun=2026), id="the next year, not a figure changed"),
        pytest.param(Delivery(SECOND, facts={"tahap": "perubahan"}, raised=FEW), id="a revision"),
        pytest.param(replace(SCAN, facts={"tahap": "perubahan"}), id="a scanned revision"),
        pytest.param(Delivery(SECOND, facts={"tahap": "rancangan"}), id="the draft"),
        pytest.param(Delivery(SECOND, raised=FEW), id="a revision that does not say so"),
        pytest.param(replace(SCAN, raised=FEW), id="a scanned revision that does not say so"),
        pytest.param(replace(SCAN, raised=FEW, facts=UNNAMED, tahun=None), id="a scanned revision without title"),
        pytest.param(Delivery(SECOND, tahun=None, facts=UNNAMED, raised=frozenset(range(40))), id="other figures"),
        pytest.param(Delivery(SECOND, facts={"perangkat_daerah": "Dinas Pariwisata"}), id="another office"),
        pytest.param(Delivery(SECOND, facts={"wilayah": "Kabupaten Lampung Barat"}), id="another region"),
        pytest.param(Delivery(SECOND, facts={"jenis_dokumen": "renja"}), id="another kind of document"),
        pytest.param(Delivery(SECOND, facts={"tanggal": "2025-06-30"}), id="signed on another day"),
        pytest.param(Delivery(SECOND, plan=2), id="another plan of the office"),
        pytest.param(Delivery(SECOND, rows=42), id="two rows more"),
    ],
)
def test_another_document_is_none(other: Delivery) -> None:
    assert decided(PLAN.result(), other.result()) == {}


@pytest.mark.parametrize("names", [("Puskesmas Sukaraja I", "Puskesmas Sukaraja II")])
def test_a_letter_in_a_numbered_name_is_no_slip(names: tuple[str, str]) -> None:
    first, second = ({"perangkat_daerah": name} for name in names)
    assert decided(replace(PLAN, facts=first).result(), replace(SCAN, facts=second).result()) == {}


def test_the_finding_names_both_files_and_how_alike_they_are(publish_into: Publish) -> None:
    release = publish_into(PLAN.result(), Delivery(SECOND).result())
    (row,) = between(release)
    assert row[:4] == (SECOND, "DOKUMEN_GANDA", "info", "isi")
    assert row[4:7] == (
        "duplikat_dari",
        f"rencana-2b2b.pdf ({SECOND})",
        f"rencana-1a1a.pdf ({FIRST}), kemiripan 100 persen",
    )
    assert "rencana-2b2b.pdf adalah kiriman ulang dari rencana-1a1a.pdf (kemiripan 100 persen)" in row[7]
    assert ask(release, f"SELECT kode FROM temuan WHERE baris_id = '{row[8]}'") == [("DOKUMEN_GANDA",)]
    assert row[8] == f"{SECOND}-dokumen-00001"


def test_figures_that_differ_are_findings_with_both_pages(publish_into: Publish) -> None:
    release = publish_into(PLAN.result(), replace(SCAN, lost=frozenset()).result())
    rows = [row for row in between(release) if row[1] == "ANGKA_BEDA_ANTARBERKAS" and row[4] == "pagu"]
    assert len(rows) == 2
    for row in rows:
        assert row[2:4] == ("peringatan", "pembacaan")
        assert row[5] != row[6]
        assert f"{row[5]} di rencana-2b2b.pdf halaman" in row[7]
        assert f"{row[6]} di rencana-1a1a.pdf halaman" in row[7]
    pages = ask(release, f"SELECT halaman FROM program_kegiatan WHERE baris_id = '{rows[1][8]}'")
    assert f"rencana-2b2b.pdf halaman {pages[0][0]}," in rows[1][7]


def test_a_row_that_a_scan_lost_is_told(publish_into: Publish) -> None:
    release = publish_into(PLAN.result(), SCAN.result())
    lost = [row for row in between(release) if row[5] is None and row[6] is not None]
    assert {row[4] for row in lost} == {"pagu", "target"}
    assert all("baris itu tidak terbaca di rencana-2b2b.pdf" in row[7] for row in lost)


def test_two_texts_with_other_figures_both_stay_and_say_so(publish_into: Publish) -> None:
    release = publish_into(PLAN.result(), Delivery(SECOND, raised=FEW).result())
    rows = between(release)
    assert [row[1:4] for row in rows[:3]] == [
        ("DOKUMEN_SERUPA", "peringatan", "isi"),
        ("ANGKA_BEDA_ANTARBERKAS", "peringatan", "isi"),
        ("ANGKA_BEDA_ANTARBERKAS", "peringatan", "isi"),
    ]
    assert {row[0] for row in ask(release, "SELECT dokumen_id FROM v_dokumen")} == {FIRST, SECOND}


def test_very_many_differing_figures_are_counted(publish_into: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.release.duplicates.findings.MOST_FIGURES", 3)
    release = publish_into(PLAN.result(), replace(SCAN, doubted=frozenset(range(10)), lost=frozenset()).result())
    figures = [row for row in between(release) if row[1] == "ANGKA_BEDA_ANTARBERKAS" and row[2] == "peringatan"]
    assert len(figures) == 4
    assert "Masih ada 7 angka lain" in figures[-1][7]


def test_a_silent_slip_of_a_digit_is_forgiven_only_where_all_is_known(publish_into: Publish) -> None:
    plan = replace(PLAN, rows=120).result()
    slipped = replace(SCAN, rows=120, silent=frozenset({5}), doubted=frozenset())
    named = publish_into(plan, slipped.result())
    assert duplicates(named) == {SECOND: FIRST}
    assert ("pagu", "isi") in {(row[4], row[3]) for row in between(named)}
    unnamed = replace(slipped, facts={"tahap": None})
    assert decided(plan, unnamed.result()) == {}


def test_an_excerpt_is_left_out_and_called_one(publish_into: Publish) -> None:
    part = Delivery(SECOND, kept=range(12, 30), facts={"diambil": "2025-09-01"})
    release = publish_into(PLAN.result(), part.result())
    assert duplicates(release) == {SECOND: FIRST}
    assert codes(release) == ["DOKUMEN_KUTIPAN"]
    assert "kutipan dari rencana-1a1a.pdf (100 persen isinya ada di sana)" in between(release)[0][7]
    assert ask(release, "SELECT dokumen_id FROM v_terkini") == [(FIRST,)]


def test_an_excerpt_read_better_does_not_stand_for_the_whole() -> None:
    part = Delivery(FIRST, kept=range(12, 36))
    assert decided(part.result(), SCAN.result()) == {FIRST: SECOND}


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(Delivery(SECOND, kept=range(12, 30), raised=frozenset({12})), id="a changed figure"),
        pytest.param(Delivery(SECOND, kept=range(12, 18)), id="too little to tell"),
        pytest.param(Delivery(SECOND, kept=range(6, 36), lost=frozenset({14})), id="a row left out within a page"),
    ],
)
def test_a_part_with_something_of_its_own_stays(part: Delivery) -> None:
    assert decided(PLAN.result(), part.result()) == {}


def test_deliveries_of_an_excerpt_point_to_the_whole() -> None:
    part = Delivery(SECOND, kept=range(6, 36))
    scan_of_part = replace(SCAN, key=THIRD, kept=range(6, 36), facts=UNNAMED, tahun=2025)
    part_of_part = Delivery(FOURTH, kept=range(12, 24))
    found = decided(PLAN.result(), part.result(), scan_of_part.result(), part_of_part.result())
    assert found == {SECOND: FIRST, THIRD: FIRST, FOURTH: FIRST}


def test_the_better_reading_stands_for_all() -> None:
    scan = replace(SCAN, key=FIRST)
    text = Delivery(SECOND, facts={"status": "sebagian"})
    full = Delivery(THIRD)
    assert decided(scan.result(), text.result(), full.result()) == {FIRST: THIRD, SECOND: THIRD}


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ({"diambil": "2025-03-01"}, {"diambil": "2025-02-01"}, SECOND),
        ({}, {"diambil": "2025-02-01"}, SECOND),
        ({"berkas": "b.pdf"}, {"berkas": "a.pdf"}, SECOND),
        ({"berkas": "a.pdf"}, {"berkas": "a.pdf"}, FIRST),
    ],
)
def test_equal_readings_go_by_date_and_name(first: dict[str, Any], second: dict[str, Any], kept: str) -> None:
    found = decided(Delivery(FIRST, facts=first).result(), Delivery(SECOND, facts=second).result())
    assert list(found.values()) == [kept]


def test_a_scan_joins_the_version_that_it_shows() -> None:
    revised = Delivery(SECOND, facts={"tahap": "perubahan"}, raised=FEW)
    scan = replace(SCAN, key=THIRD, raised=FEW, facts={"tahap": None, "tanggal": None})
    assert decided(PLAN.result(), revised.result(), scan.result()) == {THIRD: SECOND}


def digests(release: Release) -> dict[str, str]:
    return {
        path.relative_to(release.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in release.path.rglob("*")
        if path.is_file() and path.name != "catalog.duckdb"
    }


def test_neither_order_nor_storage_changes_a_byte(publish_into: Publish, tmp_path: Path) -> None:
    results = [PLAN.result(), SCAN.result(), Delivery(THIRD, kept=range(6, 36)).result()]
    seen = []
    for number, order in enumerate(itertools.permutations(results)):
        stored = tmp_path / f"{number}.rkt"
        stored.write_bytes(order[0].to_bytes())
        seen.append(digests(publish_into(stored, *order[1:], curated=tmp_path / str(number))))
    assert all(one == seen[0] for one in seen)


def test_a_document_that_goes_sets_its_duplicate_free(publish_into: Publish) -> None:
    plan, scan = PLAN.result(), SCAN.result()
    assert duplicates(publish_into(plan, scan)) == {SECOND: FIRST}
    alone = publish_into(scan)
    assert duplicates(alone) == {}
    assert codes(alone) == []
    assert duplicates(publish_into(plan, scan)) == {SECOND: FIRST}


def test_a_stored_result_does_not_hold_the_verdict(publish_into: Publish) -> None:
    scan = SCAN.result()
    before = scan.to_bytes()
    publish_into(PLAN.result(), scan)
    assert scan.to_bytes() == before
    assert DocumentResult.from_bytes(before).document["duplikat_dari"] is None


def test_keys_are_stored_and_made_anew_for_older_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = PLAN.result()
    path = tmp_path / "a.rkt"
    path.write_bytes(plan.to_bytes())
    assert StoredResult(path).keys == plan.keys != ()
    monkeypatch.setattr("pipeline.release.result.KEYS_VERSION", 0)
    path.write_bytes(plan.to_bytes())
    monkeypatch.undo()
    assert StoredResult(path).keys == plan.keys


def test_unread_documents_share_no_key() -> None:
    blank = Delivery(FIRST, kept=range(0)).result()
    assert content_keys(2025, "Dinas Perpustakaan", blank.tables["sel"]["teks"]) == ()


def test_findings_of_the_release_have_keys_of_their_own(publish_into: Publish) -> None:
    release = publish_into(PLAN.result(), SCAN.result())
    assert ask(release, "SELECT count(*) - count(DISTINCT temuan_id) FROM temuan") == [(0,)]
    kept = ask(release, f"SELECT temuan_id FROM temuan WHERE dokumen_id = '{SECOND}' ORDER BY temuan_id")
    assert [row[0] for row in kept] == [f"{SECOND}-temuan-{number:05d}" for number in range(1, len(kept) + 1)]
    assert release.counts["temuan"] == ask(release, "SELECT count(*) FROM temuan")[0][0]


def test_status_counts_them(publish_into: Publish) -> None:
    release = publish_into(PLAN.result(), SCAN.result())
    assert status(release.path.parent.parent).duplicates == 1


@pytest.mark.parametrize(
    ("one", "other", "unlike"),
    [
        ("2024-01-02", "2024-01", False),
        ("2024", "2024-01-02", False),
        ("2024-01-02", None, False),
        ("2024-01", "2024-02", True),
    ],
)
def test_dates_are_compared_as_far_as_printed(one: str | None, other: str | None, unlike: bool) -> None:
    assert dates_differ(one, other) is unlike
