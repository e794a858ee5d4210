"""What columns are, told by their cells, their place and words that are no more than like known ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layouts.columns import Column
from pipeline.layouts.funding import source_name
from pipeline.layouts.header import read_header
from pipeline.layouts.likeness import likenesses, outline_like
from pipeline.layouts.number_rows import is_number_row
from pipeline.layouts.tables import read_headers
from pipeline.layouts.vocabulary import load_vocabulary
from tests.layouts.drawn_table import drawn_table

WORDS = load_vocabulary()
NAMES = ("Program Hutan Rakyat", "Penyediaan bibit mangga", "Pelatihan juru semai", "Program Madu Hutan")
AMOUNTS = ("125.500.000", "80.250.000", "45.250.000", "61.000.000")
MEASURES = ("Luas hutan rakyat yang dirawat", "Jumlah bibit mangga", "Jumlah juru semai dilatih", "Jumlah sarang lebah")
PLAN = ("Program/Kegiatan", "Indikator Kinerja", "Target", "Pagu Indikatif")


def columns(header: tuple[str, ...], *cells: tuple[str, ...]) -> list[Column]:
    """The columns of a table with this header, and with these cells from the left column to the right one."""
    return read_header(drawn_table([header, *zip(*cells, strict=True)]), WORDS, 2024).columns


def fields(header: tuple[str, ...], *cells: tuple[str, ...]) -> list[str]:
    return [column.field for column in columns(header, *cells)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Program Pembangunan Daerah", "program"),
        ("Indikatornya Kinerja", "indikator"),
        ("Kinerja Indikator", "indikator"),
        ("Keterangn", "keterangan"),
        ("Lo kasi Kegia tan", "lokasi"),
    ],
)
def test_header_words_with_slips_and_words_around_them(text: str, name: str) -> None:
    assert likenesses(text, WORDS)[0].meaning.name == name


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Program/Kegitatan", {"program", "kegiatan"}),
        ("Urusan/Program Prioritas/Kegiatan/Unit", {"urusan", "program", "kegiatan"}),
        ("Program", set()),
        ("Nama/Alamat/Program", set()),
    ],
)
def test_outline_with_slips(text: str, levels: set[str]) -> None:
    assert set(outline_like(text, WORDS)) == levels


def test_likeness_is_a_share_of_known_phrases_and_own_words_come_first() -> None:
    for phrase, meaning in WORDS.exact.items():
        if len(phrase) > 6:
            assert likenesses(phrase, WORDS)[0].meaning.name == meaning.name


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("APBD Provinsi", "APBD Provinsi"),
        ("APBN / PHLN", "APBN / PHLN"),
        ("DAK Fisik (Rp)", "DAK Fisik"),
        ("Sumber Dana", None),
        ("Realisasi APBD", None),
        ("Jumlah Dana", None),
    ],
)
def test_names_of_sources(text: str, source: str | None) -> None:
    assert source_name(text) == source


def test_codes_under_nomor_and_ordinals_under_kode() -> None:
    codes, counts = ("1.02.01", "1.02.01.2", "1.02.01.3", "1.02.02"), ("1", "2", "3", "4")
    assert fields(("Nomor", *PLAN), codes, NAMES, MEASURES, counts, AMOUNTS)[0] == "kode"
    assert fields(("Kode", *PLAN), counts, NAMES, MEASURES, counts, AMOUNTS)[0] == "nomor"


def test_unknown_header_over_evident_cells() -> None:
    places = ("Kabupaten Melati", "Kec. Kenanga", "Kabupaten Melati", "Desa Mawar")
    got = columns(("Zurna", "Program/Kegiatan", "Kelabu", "Pagu"), ("1", "2", "3", "4"), NAMES, places, AMOUNTS)
    assert [column.field for column in got] == ["nomor", "level", "lokasi", "pagu"]
    assert all(column.evidence and column.margin > 0 for column in got)


def test_unknown_amounts_beside_a_known_ceiling_are_not_taken_for_it() -> None:
    more = ("99.500.000", "70.250.000", "35.250.000", "51.000.000")
    got = columns(("Program/Kegiatan", "Pagu", "Zurna Kelabu"), NAMES, AMOUNTS, more)
    assert got[1].field == "pagu"
    assert not got[1].doubted
    assert got[2].field == "unknown"


def test_sources_with_a_total() -> None:
    header = ("Program/Kegiatan", "APBD Kab./Kota", "APBN", "Total")
    got = columns(
        header, NAMES, ("0", "80.250.000", "0", "0"), ("125.500.000", "0", "45.250.000", "61.000.000"), AMOUNTS
    )
    assert [(column.field, column.source) for column in got[1:]] == [
        ("pendanaan", "APBD Kab./Kota"),
        ("pendanaan", "APBN"),
        ("pagu", None),
    ]


def test_a_lone_source_of_money_is_the_ceiling() -> None:
    assert fields(("Program/Kegiatan", "APBD Provinsi"), NAMES, AMOUNTS)[1] == "pagu"


def test_words_under_sumber_dana_stay_words() -> None:
    assert (
        fields(("Program", "Pagu", "Sumber Dana"), NAMES, AMOUNTS, ("APBD", "APBN", "DAK", "APBD"))[2] == "sumber_dana"
    )


def test_cells_that_contradict_an_exact_header_are_a_doubt() -> None:
    got = columns(PLAN, NAMES, MEASURES, AMOUNTS, AMOUNTS)
    assert got[2].field == "target"
    assert got[2].doubted
    assert got[2].second == "pagu"
    assert not got[3].doubted


def test_a_statistical_table_is_no_plan() -> None:
    cells = (
        ("1", "2", "3"),
        ("Kota Melati", "Kota Mawar", "Kabupaten Kenanga"),
        ("1.802", "280", "31"),
        ("5%", "6%", "7%"),
    )
    assert set(fields(("No", "Kota", "Zurna", "Kelabu"), *cells)[1:]) == {"unknown"}


def test_a_table_without_header_is_read_like_one_with_the_same_columns() -> None:
    first = drawn_table([PLAN, *zip(NAMES, MEASURES, ("1", "12 Unit", "3", "40%"), AMOUNTS, strict=True)])
    body = list(zip(NAMES, MEASURES, ("2", "7 Unit", "8", "9%"), AMOUNTS, strict=True))
    again, other = drawn_table(body, page=2, shift=4.0), drawn_table([row[::-1] for row in body], page=3)
    one, two, three = read_headers([first, again, other], WORDS, 2024)
    assert [c.field for c in two.header.columns] == [c.field for c in one.header.columns]
    assert two.layout == one.layout == "rencana_kinerja"
    assert three.layout == "tak_dikenal"


@given(st.integers(3, 20), st.sampled_from(["{}", "({})", "-{}-", "{}."]))
def test_number_rows(count: int, form: str) -> None:
    numbers = tuple(form.format(number) for number in range(1, count + 1))
    table = drawn_table([numbers, ("1", *["Jumlah bibit"] * (count - 1)), ("1", *["250"] * (count - 1))])
    assert [is_number_row(table, row) for row in range(3)] == [True, False, False]


def test_two_hundred_columns_that_look_alike_are_read_at_once() -> None:
    header = ("Program", *["Catatan"] * 110, *[f"Zurna {chr(97 + i % 26)}" for i in range(89)])
    got = fields(header, NAMES, *[AMOUNTS] * 199)
    assert got[0] == "level"
    assert got.count("pagu") <= 1
