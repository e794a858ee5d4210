"""The catalog's views count money once and show the document that holds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.release.build import Release, publish
from pipeline.release.query import query_release
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from schemas.ledger import Ledger

MakeResult = Callable[..., DocumentResult]
Publish = Callable[..., Release]
KEY = "a1" * 8

Node = tuple[str, str, str | None, str | None, str | None, int | None]  # id, level, parent, program, name, pagu


def ask(release: Release, sql: str) -> list[tuple[Any, ...]]:
    return list(query_release(release.path, sql).rows)


def publish_nodes(folder: Path, tables: dict[str, list[Node]]) -> Release:
    book = Ledger(KEY)
    book.add("dokumen", berkas="a.pdf", sha256=KEY * 4, versi_pembaca="1", status="lengkap")
    for page, (table, nodes) in enumerate(tables.items(), start=1):
        book.add("tabel", halaman=page, tabel_id=table, tata_letak="program")
        for node_id, level, parent, program, name, amount in nodes:
            book.add(
                "program_kegiatan",
                halaman=page,
                tabel_id=table,
                node_id=node_id,
                induk_id=parent,
                level=level,
                program=program,
                kegiatan=name if level == "kegiatan" else None,
                nama=name,
                pagu=None if amount is None else Decimal(amount),
            )
    return publish([validate(book, 2024)], folder, inputs=[], reader_version="1")


def total(release: Release) -> Decimal | None:
    amount: Decimal | None = ask(release, "SELECT sum(pagu) FROM v_pagu")[0][0]
    return amount


def test_only_the_deepest_level_of_each_branch_counts(tmp_path: Path) -> None:
    nodes: list[Node] = [
        ("p", "program", None, "P", "P", 1000),
        ("k1", "kegiatan", "p", "P", "K1", 600),
        ("s1", "sub_kegiatan", "k1", "P", "S1", 100),
        ("s2", "sub_kegiatan", "k1", "P", "S2", 500),
        ("k2", "kegiatan", "p", "P", "K2", 400),
        ("s3", "sub_kegiatan", "k2", "P", "S3", None),
        ("q", "program", None, "Q", "Q", 7),
    ]
    release = publish_nodes(tmp_path, {"t1": nodes})
    assert ask(release, "SELECT node_id, pagu FROM v_pagu ORDER BY node_id") == [
        ("k2", Decimal(400)),
        ("q", Decimal(7)),
        ("s1", Decimal(100)),
        ("s2", Decimal(500)),
    ]


def test_a_node_of_several_tables_counts_once(tmp_path: Path) -> None:
    summary: list[Node] = [
        ("u", "urusan", None, None, "Urusan", 1600),
        ("p", "program", None, "Program P", "Program P", 1000),
        ("q", "program", None, "Program Q", "Program Q", 600),
    ]
    detail: list[Node] = [
        ("p2", "program", None, "P", "P", 1000),
        ("k1", "kegiatan", "p2", "P", "K1", 900),
        ("k2", "kegiatan", "p2", "P", "K2", 50),
    ]
    release = publish_nodes(tmp_path, {"t1": summary, "t2": detail, "t3": [("q3", "program", None, "Q", "Q", 600)]})
    assert total(release) == Decimal(900 + 50 + 600)
    by_program = ask(release, "SELECT program, pagu, pagu_tercetak, selisih FROM v_pagu_program ORDER BY pagu DESC")
    assert by_program[0] == ("P", Decimal(950), Decimal(1000), Decimal(-50))
    assert by_program[1][1:] == (Decimal(600), Decimal(600), Decimal(0))


def test_a_block_that_one_table_prints_twice_counts_twice(tmp_path: Path) -> None:
    nodes: list[Node] = [
        ("p", "program", None, "P", "P", None),
        ("k1", "kegiatan", "p", "P", "K1", 10),
        ("k2", "kegiatan", "p", "P", "K1", 10),
        ("p2", "program", None, "P", "P", 20),
    ]
    assert total(publish_nodes(tmp_path, {"t1": nodes})) == Decimal(20)


def test_a_nameless_program_is_tied_by_its_parent_key(tmp_path: Path) -> None:
    nodes: list[Node] = [
        ("p", "program", None, None, None, 10),
        ("k1", "kegiatan", "p", None, "K1", 10),
    ]
    assert ask(publish_nodes(tmp_path, {"t1": nodes}), "SELECT node_id FROM v_pagu") == [("k1",)]


def test_no_view_shows_a_duplicate(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result(), make_result("b2" * 8, duplikat_dari=KEY))
    for view in ("v_dokumen", "v_terkini", "v_pagu", "v_pagu_program", "v_indikator", "v_temuan"):
        assert {row[0] for row in ask(release, f"SELECT dokumen_id FROM {view}")} == {KEY}, view
    assert ask(release, "SELECT count(*) FROM dokumen") == [(2,)]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"tahap": "murni"}, {"tahap": "perubahan"}),
        ({"tahap": "rancangan"}, {"tahap": "murni"}),
        ({"tahap": "rancangan", "tanggal": "2024-05-01"}, {"tahap": None, "tanggal": None}),
        ({"tanggal": "2023-12"}, {"tanggal": "2024-01-02"}),
        ({"status": "gagal", "tahap": "perubahan"}, {"tahap": "murni"}),
        ({"perangkat_daerah": "DINAS CONTOH"}, {"tanggal": "2024-02-01"}),
    ],
)
def test_the_current_document_of_an_office(
    older: dict[str, Any], newer: dict[str, Any], make_result: MakeResult, publish_into: Publish
) -> None:
    release = publish_into(make_result("a1" * 8, **older), make_result("b2" * 8, **newer))
    assert ask(release, "SELECT dokumen_id FROM v_terkini") == [("b2" * 8,)]
    flagged = "SELECT DISTINCT dokumen_id, terkini FROM v_pagu ORDER BY 1"
    assert ask(release, flagged) == [("a1" * 8, False), ("b2" * 8, True)]


@pytest.mark.parametrize("apart", [{"wilayah": "Kota Lain"}, {"jenis_dokumen": "renja"}, {"wilayah": None}])
def test_documents_of_other_offices_kinds_or_unknown_ones_all_stand(
    apart: dict[str, Any], make_result: MakeResult, publish_into: Publish
) -> None:
    release = publish_into(make_result("a1" * 8), make_result("b2" * 8, **apart), make_result("c3" * 8, 2023))
    assert ask(release, "SELECT count(*) FROM v_terkini") == [(3,)]


def test_indicators_and_findings_carry_their_document(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(make_result())
    assert ask(release, "SELECT berkas, wilayah, target FROM v_indikator") == [
        ("rencana-a1.pdf", "Kabupaten Contoh", -0.81)
    ]
    assert ask(release, "SELECT kode FROM v_temuan ORDER BY 1") == [("TANPA_JUMLAH",), ("TARGET_BERTENTANGAN",)]


def with_target(key: str, year: int, *targets: tuple[str, float], **document: Any) -> DocumentResult:
    book = Ledger(key)
    about = {"jenis_dokumen": "rkt", "perangkat_daerah": "Dinas Contoh", "wilayah": "Kabupaten Contoh"} | document
    book.add("dokumen", berkas=f"{key[:2]}.pdf", sha256=key * 4, versi_pembaca="1", status="lengkap", **about)
    for name, target in targets:
        book.add(
            "indikator", halaman=3, level="sasaran", indikator=name, satuan="Poin", target_teks=f"{target:g}",
            target=target, target_min=target, target_maks=target,
        )  # fmt: skip
    money = {"jenis": "masukan", "satuan": "Rupiah", "target_teks": "9", "target": 9.0}
    book.add("indikator", halaman=3, level="program", indikator="Dana", **money)
    return validate(book, year)


def test_an_indicator_has_one_row_for_each_year(tmp_path: Path) -> None:
    results = [
        with_target("a1" * 8, 2023, ("Nilai Mutu", 61.1), ("Nilai  MUTU", 61.1)),
        with_target("b2" * 8, 2024, ("Nilai Mutu", 64), ("Nilai Mutu", 63)),
        with_target("c3" * 8, 2024, ("Nilai Mutu", 12), perangkat_daerah="Dinas Lain"),
        with_target("d4" * 8, 2024, ("Nilai Mutu", 77), perangkat_daerah=None),
        with_target("e5" * 8, 2024, ("Nilai Mutu", 88), perangkat_daerah=None),
    ]
    release = publish(results, tmp_path, inputs=[], reader_version="1")
    sql = "SELECT perangkat_daerah, tahun, target, berbeda, target_teks, baris FROM v_indikator_tahun"
    assert sorted(ask(release, sql), key=str) == [
        ("Dinas Contoh", 2023, 61.1, False, ["61.1"], 2),
        ("Dinas Contoh", 2024, None, True, ["63", "64"], 2),
        ("Dinas Lain", 2024, 12.0, False, ["12"], 1),
        (None, 2024, 77.0, False, ["77"], 1),
        (None, 2024, 88.0, False, ["88"], 1),
    ]


def publish_indicators(folder: Path, *rows: dict[str, Any]) -> Release:
    """A plan of 2024 with these rows of `indikator`, each on page 3."""
    book = Ledger(KEY)
    about = {"jenis_dokumen": "renja", "perangkat_daerah": "Dinas Contoh", "wilayah": "Kabupaten Contoh"}
    book.add("dokumen", berkas="a.pdf", sha256=KEY * 4, versi_pembaca="1", status="lengkap", **about)
    for row in rows:
        book.add("indikator", **{"halaman": 3, "level": "program", "indikator": "Nilai Mutu"} | row)
    return publish([validate(book, 2024)], folder, inputs=[], reader_version="1")


def point(target: float) -> dict[str, Any]:
    return {"target_teks": f"{target:g}", "target": target, "target_min": target, "target_maks": target}


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        (point(80), point(80) | {"target_teks": "80%"}, False),
        ({"target_teks": "80-85", "target_min": 80.0, "target_maks": 85.0}, point(80), True),
        ({"target_teks": "≥ 80", "target_min": 80.0}, {"target_teks": "80"} | point(80), True),
        ({"target_teks": "BB", "target_kategori": "BB"}, {"target_teks": "B", "target_kategori": "B"}, True),
        ({"target_teks": "BB", "target_kategori": "BB"}, {"target_teks": "(BB)", "target_kategori": "BB"}, False),
        ({"target_teks": "4 Bimtek, 9 orang"}, {"target_teks": "4 bimtek,  9 Orang"}, False),
        ({"target_teks": "4 Bimtek, 9 orang"}, {"target_teks": "5 Bimtek, 9 orang"}, True),
        ({}, point(80), False),
    ],
)  # fmt: skip
def test_targets_of_every_kind_are_compared(
    first: dict[str, Any], second: dict[str, Any], differ: bool, tmp_path: Path
) -> None:
    release = publish_indicators(tmp_path, first, second)
    ((told, target, rows),) = ask(release, "SELECT berbeda, target, baris FROM v_indikator_tahun")
    assert (told, rows) == (differ, 2)
    assert target is None or not differ


def test_the_same_words_under_another_program_are_another_indicator(tmp_path: Path) -> None:
    release = publish_indicators(
        tmp_path,
        {"program": "Program Awan"} | point(80),
        {"program": "PROGRAM: Awan"} | point(80),
        {"program": "Program Angin"} | point(90),
        {"level": "kegiatan", "program": "Program Angin", "kegiatan": "Kegiatan Reda"} | point(70),
        {"level": "kegiatan", "program": "Program Angin", "kegiatan": "Kegiatan Topan"} | point(60),
    )
    sql = "SELECT program, kegiatan, target, baris, berbeda FROM v_indikator_tahun ORDER BY target"
    assert ask(release, sql) == [
        ("Program Angin", "Kegiatan Topan", 60.0, 1, False),
        ("Program Angin", "Kegiatan Reda", 70.0, 1, False),
        ("PROGRAM: Awan", None, 80.0, 2, False),
        ("Program Angin", None, 90.0, 1, False),
    ]


def test_a_revised_plan_and_a_duplicate_leave_one_target_for_the_year(tmp_path: Path) -> None:
    results = [
        with_target("a1" * 8, 2024, ("Nilai Mutu", 61), tahap="murni"),
        with_target("b2" * 8, 2024, ("Nilai Mutu", 65), tahap="perubahan"),
        with_target("c3" * 8, 2024, ("Nilai Mutu", 65), tahap="perubahan", duplikat_dari="b2" * 8),
    ]
    release = publish(results, tmp_path, inputs=[], reader_version="1")
    assert ask(release, "SELECT target, baris, dokumen_id FROM v_indikator_tahun") == [(65.0, 1, ["b2" * 8])]


def test_a_printed_pagu_that_differs_between_tables_is_not_chosen_between(tmp_path: Path) -> None:
    nodes: list[Node] = [("p", "program", None, "P", "P", 10), ("k", "kegiatan", "p", "P", "K", 10)]
    other: list[Node] = [("q", "program", None, "P", "P", 12)]
    release = publish_nodes(tmp_path, {"t1": nodes, "t2": other})
    assert ask(release, "SELECT pagu, pagu_tercetak, selisih FROM v_pagu_program") == [(Decimal(10), None, None)]


def test_findings_are_counted_for_each_office(make_result: MakeResult, publish_into: Publish) -> None:
    release = publish_into(
        make_result(tanggal="2024-02-01"),
        make_result("b2" * 8, perangkat_daerah="DINAS CONTOH"),
        make_result("c3" * 8, perangkat_daerah="Dinas Lain"),
        make_result("d4" * 8, duplikat_dari=KEY),
        make_result("e5" * 8, 2023),
    )
    everything = "SELECT tingkat, kode, sum(temuan), sum(dokumen) FROM v_temuan_perangkat_daerah WHERE tahun = 2024"
    assert ask(release, f"{everything} GROUP BY ALL ORDER BY tingkat DESC") == [
        ("peringatan", "TARGET_BERTENTANGAN", 3, 3),
        ("info", "TANPA_JUMLAH", 3, 3),
    ]
    current = "SELECT tahun, perangkat_daerah, tingkat, temuan FROM v_temuan_perangkat_daerah WHERE terkini"
    assert ask(release, current) == [
        (2023, "Dinas Contoh", "peringatan", 1),
        (2023, "Dinas Contoh", "info", 1),
        (2024, "Dinas Contoh", "peringatan", 1),
        (2024, "Dinas Contoh", "info", 1),
        (2024, "Dinas Lain", "peringatan", 1),
        (2024, "Dinas Lain", "info", 1),
    ]
