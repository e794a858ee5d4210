"""Levels of rows told together, out of rows that are made here."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layouts.levels import Row, printed_sums, tell_levels
from pipeline.layouts.vocabulary import LEVELS, NODE_LEVELS

HEADER = ("program", "kegiatan")


def told(rows: list[Row], *, below_kegiatan: bool = False) -> list[str]:
    return [one.level for one in tell_levels(rows, NODE_LEVELS, below_kegiatan=below_kegiatan)]


def row(name: str, *, amount: int | None = None, bold: bool = False, fill: object = None, **more: object) -> Row:
    word = name.split()[0].casefold() if name.split()[0].casefold() in NODE_LEVELS else None
    return Row(name, header=HEADER, word=word, amount=amount, bold=bold, fill=fill, **more)  # type: ignore[arg-type]


def test_names_under_worded_programs_are_kegiatan() -> None:
    rows = [row("Program Hutan"), row("Pembibitan", amount=5), row("Program Kebun"), row("Panen", amount=7)]
    assert told(rows) == ["program", "kegiatan", "program", "kegiatan"]


def test_a_printed_sum_makes_a_parent_of_rows_without_words() -> None:
    rows = [row("Hutan", amount=30), row("Bibit", amount=10), row("Tanam", amount=20)]
    rows += [row("Kebun", amount=15), row("Panen", amount=8), row("Pupuk", amount=7)]
    assert told(rows) == ["program", "kegiatan", "kegiatan"] * 2


def test_official_codes_show_levels_that_the_header_leaves_out() -> None:
    codes = [("5.03.02", "program"), ("5.03.02.2.01", "kegiatan"), ("5.03.02.2.01.0001", "sub_kegiatan")]
    rows = [row(f"Nama {code}", code=code, code_level=level) for code, level in codes]
    rows.append(row("Tanpa kode"))
    assert told(rows) == ["program", "kegiatan", "sub_kegiatan", "sub_kegiatan"]


def test_three_looks_under_two_levels_are_three_where_plans_have_sub_kegiatan() -> None:
    rows = []
    for number in range(3):
        rows.append(row(f"Program {number}", bold=True, fill="green"))
        for part in range(2):
            rows += [row(f"Bagian {number} {part}", bold=True, fill="red"), row(f"Kerja {number} {part}", amount=3)]
    assert told(rows, below_kegiatan=True) == ["program", *["kegiatan", "sub_kegiatan"] * 2] * 3


def test_a_table_that_nothing_anchors_is_doubted_whole() -> None:
    rows = [row("Hutan", amount=30), row("Bibit", amount=10), row("Tanam", amount=20)]
    assert not any(one.sure for one in tell_levels(rows, NODE_LEVELS))


def test_a_column_of_one_level_is_read_so_and_surely() -> None:
    rows = [Row(f"Nama {number}", header=("program",), ordinal="number", count=number) for number in range(1, 6)]
    assert [(one.level, one.sure) for one in tell_levels(rows, NODE_LEVELS)] == [("program", True)] * 5


def test_sums_within_sums_count_once() -> None:
    parents, siblings = printed_sums([60, 30, 10, 20, 30, 12, 18])
    assert parents == {0, 1, 4}
    assert siblings == {(1, 4), (2, 3), (5, 6)}


NAMES = st.sampled_from(["Program Air", "Kegiatan Air", "Air", "", "AIR BERSIH"])
ANY_ROW = st.builds(
    Row,
    name=NAMES,
    header=st.sampled_from([(), ("program",), HEADER, NODE_LEVELS]),
    word=st.sampled_from([None, "program", "kegiatan"]),
    code=st.sampled_from([None, "1", "1.03", "1.03.02", "9.9"]),
    amount=st.none() | st.integers(-5, 100),
    bold=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_ROW, min_size=1, max_size=12), st.sampled_from([NODE_LEVELS, LEVELS]))
def test_any_rows_get_a_level_of_the_scale_and_a_share(rows: list[Row], scale: tuple[str, ...]) -> None:
    found = tell_levels(rows, scale)
    assert len(found) == len(rows)
    assert all(one.level in scale and 0.0 <= one.share <= 1.0 + 1e-9 and one.second != one.level for one in found)


@pytest.mark.parametrize("count", [3_000])
def test_a_very_long_table_is_read_in_seconds(count: int) -> None:
    rows = [row(f"Nama {number}", amount=number, ordinal="number", count=number) for number in range(count)]
    started = time.process_time()
    assert len(tell_levels(rows, NODE_LEVELS)) == count
    assert time.process_time() - started < 20  # quadratic work would take minutes
