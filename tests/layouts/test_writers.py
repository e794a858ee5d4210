"""Columns that fill more than one record of a row: funding by source, two versions, several kinds, years."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.release.result import DocumentResult
from tests.forms.case import YEAR
from tests.forms.sheet import Cell, cell
from tests.layouts.test_columns import read

MILLION = 1_000_000
PROGRAMS = ("Program Hutan Rakyat", "Program Lebah Madu", "Program Bambu Petung")
SOURCES = ("APBD Kab/Kota", "APBD Provinsi", "APBN")
AMOUNTS = (("0", "300.000.000", "200.000.000"), ("0", "150.000.000", "0"), ("75.000.000", "125.000.000", "0"))
SUMS = ("500.000.000", "150.000.000", "200.000.000")


def rows_of(result: DocumentResult, dataset: str) -> list[dict[str, Any]]:
    return list(result.table(dataset).to_pylist())


def funded(folder: Path, totals: tuple[str, ...] | None) -> DocumentResult:
    tops = ["No", "Program", "Lokasi"]
    leaves = [*SOURCES, *(["Total"] if totals else [])]
    header: list[Cell] = [cell(0, column, text, row_span=2) for column, text in enumerate(tops)]
    header.append(cell(0, 3, "Pagu Indikatif", column_span=len(leaves)))
    header += [cell(1, 3 + column, text) for column, text in enumerate(leaves)]
    rows = [
        (str(i + 1), PROGRAMS[i], "Kec. Kabut", *AMOUNTS[i], *((totals[i],) if totals else ()))
        for i in range(len(PROGRAMS))
    ]
    return read(folder, [6, 30, 16, *[18] * len(leaves)], header, rows)


def test_sources_beside_a_total_prove_it(tmp_path: Path) -> None:
    result = funded(tmp_path, SUMS)

    nodes = rows_of(result, "program_kegiatan")
    assert [node["pagu"] for node in nodes] == [500 * MILLION, 150 * MILLION, 200 * MILLION]
    assert {node["pagu_keyakinan"] for node in nodes} == {"terbukti"}
    shares = rows_of(result, "pendanaan")
    assert [share["jumlah_teks"] for share in shares] == [text for texts in AMOUNTS for text in texts]
    assert [share["sumber"] for share in shares[:3]] == list(SOURCES)
    assert [share["node_id"] for share in shares] == [node["node_id"] for node in nodes for _ in SOURCES]
    assert {share["jumlah_keyakinan"] for share in shares} == {"terbukti"}


def test_without_a_total_the_sources_are_added_up_and_it_is_said(tmp_path: Path) -> None:
    result = funded(tmp_path, None)

    nodes = rows_of(result, "program_kegiatan")
    assert [node["pagu"] for node in nodes] == [500 * MILLION, 150 * MILLION, 200 * MILLION]
    assert {node["pagu_teks"] for node in nodes} == {None}
    said = [row["baris_id"] for row in rows_of(result, "temuan") if row["kode"] == "PAGU_DARI_SUMBER"]
    assert said == [node["baris_id"] for node in nodes]


@pytest.mark.parametrize(
    ("totals", "jenis", "failing"),
    [
        ((SUMS[0], SUMS[1], "210.000.000"), "isi", 1),  # the others hold: the columns are read rightly
        (("510.000.000", "160.000.000", SUMS[2]), "pembacaan", 2),
    ],
)
def test_a_total_that_its_sources_do_not_reach_is_said(
    tmp_path: Path, totals: tuple[str, ...], jenis: str, failing: int
) -> None:
    result = funded(tmp_path, totals)

    said = [row for row in rows_of(result, "temuan") if row["kode"] == "SUMBER_TIDAK_COCOK"]
    assert {row["jenis"] for row in said} == {jenis}
    assert len([row for row in said if row["kolom"] == "pagu"]) == failing
    assert len([row for row in said if row["kolom"] == "jumlah"]) == failing * len(SOURCES)
    doubted = [node for node in rows_of(result, "program_kegiatan") if node["pagu_keyakinan"] == "diragukan"]
    assert len(doubted) == (failing if jenis == "pembacaan" else 0)


def test_two_versions_side_by_side_are_both_written(tmp_path: Path) -> None:
    side = ["Program", "Indikator Kinerja", "Target", "Pagu"]
    header = [cell(0, 0, "No", row_span=2)]
    for start, title in ((1, "Rancangan Awal RKPD"), (5, "Hasil Analisis Kebutuhan")):
        header.append(cell(0, start, title, column_span=4))
        header += [cell(1, start + at, text) for at, text in enumerate(side)]
    old = ("Program Hutan Rakyat", "Luas hutan rakyat", "40 Hektare", "300.000.000")
    new = ("Program Hutan Desa", "Luas hutan desa", "55 Hektare", "450.000.000")

    result = read(tmp_path, [6, *[16, 14, 10, 14] * 2], header, [("1", *old, *new)])

    versions = ["rancangan_awal", "analisis_kebutuhan"]
    nodes = rows_of(result, "program_kegiatan")
    assert [(n["versi"], n["nama"], n["pagu"]) for n in nodes] == [
        (versions[0], old[0], Decimal(300 * MILLION)),
        (versions[1], new[0], Decimal(450 * MILLION)),
    ]
    indicators = rows_of(result, "indikator")
    assert [(i["versi"], i["indikator"], i["target"], i["program"]) for i in indicators] == [
        (versions[0], old[1], 40.0, old[0]),
        (versions[1], new[1], 55.0, new[0]),
    ]


def test_the_total_of_two_versions_is_that_of_its_own(tmp_path: Path) -> None:
    header = [cell(0, 0, "Rancangan Awal RKPD", column_span=2), cell(0, 2, "Hasil Analisis Kebutuhan", column_span=2)]
    header += [cell(1, at, text) for at, text in enumerate(["Program", "Pagu"] * 2)]
    names = ("Program Hutan Rakyat", "Program Lebah Madu")
    rows = [(name, old, name, new) for name, old, new in zip(names, SUMS[:2], SUMS[1:], strict=True)]
    rows.append(("Jumlah", "650.000.000", "Jumlah", "350.000.000"))

    result = read(tmp_path, [26, 16, 26, 16], header, rows)

    nodes = rows_of(result, "program_kegiatan")
    amounts = [(node["versi"], int(node["pagu"]) // MILLION) for node in nodes]
    assert amounts == [
        ("rancangan_awal", 500),
        ("rancangan_awal", 150),
        ("analisis_kebutuhan", 150),
        ("analisis_kebutuhan", 200),
    ]
    assert "TOTAL_TIDAK_COCOK" not in {row["kode"] for row in rows_of(result, "temuan")}


def test_pairs_of_columns_take_their_kind_from_the_header(tmp_path: Path) -> None:
    groups = ["Hasil Program", "Keluaran Kegiatan", "Hasil Kegiatan"]
    header = [cell(0, 0, "No", row_span=2), cell(0, 1, "Kegiatan", row_span=2)]
    for at, group in enumerate(groups):
        header.append(cell(0, 2 + 2 * at, group, column_span=2))
        header += [cell(1, 2 + 2 * at, "Tolok Ukur"), cell(1, 3 + 2 * at, "Target")]
    texts = ["Luas hutan rakyat", "412 Hektare", "Bibit yang dibagikan", "90 Batang", "Bibit yang tumbuh", "80 Batang"]

    result = read(tmp_path, [6, 14, *[16, 10] * 3], header, [("1", "Pembibitan Bambu", *texts)])

    got = [(row["jenis"], row["indikator"], row["target_teks"]) for row in rows_of(result, "indikator")]
    assert got == [("hasil", *texts[:2]), ("keluaran", *texts[2:4]), ("hasil", *texts[4:])]


def test_a_header_of_two_kinds_names_none(tmp_path: Path) -> None:
    top = ["No", "Kegiatan", "Indikator Kinerja Program (Outcome) dan Kegiatan (Output)", f"Target {YEAR}"]
    header = [cell(0, column, text) for column, text in enumerate(top)]

    result = read(tmp_path, [6, 26, 40, 16], header, [("1", "Pembibitan Bambu", "Bibit yang dibagikan", "90 Batang")])

    assert [row["jenis"] for row in rows_of(result, "indikator")] == [None]


def test_quarters_with_money_and_targets(tmp_path: Path) -> None:
    header = [cell(0, at, text, row_span=2) for at, text in enumerate(["Program", "Indikator Kinerja", "Target"])]
    for quarter, name in enumerate(["I", "II", "III", "IV"]):
        header.append(cell(0, 3 + 2 * quarter, f"Triwulan {name}", column_span=2))
        header += [cell(1, 3 + 2 * quarter, "Target"), cell(1, 4 + 2 * quarter, "Anggaran")]
    quarters = ["10", "10.000.000", "20", "20.000.000", "30", "30.000.000", "40", "40.000.000"]
    row = ["Program Hutan Rakyat", "Luas hutan rakyat", "100 Hektare", *quarters]

    result = read(tmp_path, [16, 16, 10, *[8, 12] * 4], header, [row])

    got = [(r["periode"], r["target"], r["anggaran"]) for r in rows_of(result, "target_periode")]
    assert got == [(f"tw{n}", 10.0 * n, Decimal(10 * n * MILLION)) for n in (1, 2, 3, 4)]
    assert [node["pagu"] for node in rows_of(result, "program_kegiatan")] == [None]


def test_several_years_are_periods(tmp_path: Path) -> None:
    years = [YEAR, YEAR + 1, YEAR + 2, YEAR + 3]
    header = [cell(0, 0, "Sasaran", row_span=2), cell(0, 1, "Indikator Kinerja", row_span=2)]
    header.append(cell(0, 2, "Target", column_span=len(years)))
    header += [cell(1, 2 + at, str(year)) for at, year in enumerate(years)]

    result = read(tmp_path, [26, 26, *[10] * 4], header, [("Hutan lestari", "Luas hutan", "40", "45", "50", "55")])

    assert [(r["target"], r["prakiraan_target"]) for r in rows_of(result, "indikator")] == [(40.0, 45.0)]
    got = [(r["periode"], r["target_teks"]) for r in rows_of(result, "target_periode")]
    assert got == [(str(year), text) for year, text in zip(years, ("40", "45", "50", "55"), strict=True)]


def test_the_responsible_unit_of_nodes_and_indicators(tmp_path: Path) -> None:
    top = ["No", "Program", "Indikator Kinerja", f"Target {YEAR}", "Pagu", "Penanggung Jawab"]
    header = [cell(0, column, text) for column, text in enumerate(top)]
    row = ("1", "Program Hutan Rakyat", "Luas hutan rakyat", "412 Hektare", "300.000.000", "Bidang Rimba")

    result = read(tmp_path, [6, 26, 26, 14, 16, 18], header, [row])

    for dataset in ("program_kegiatan", "indikator"):
        assert [record["penanggung_jawab"] for record in rows_of(result, dataset)] == ["Bidang Rimba"]
