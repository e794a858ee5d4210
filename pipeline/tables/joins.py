"""Whether a page's first table goes on with the last one of the page before it: evidence that adds up to a score."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean, median

from pipeline.pages.lines import Line
from pipeline.tables.headers import own_header, repeated_rows, title_row
from pipeline.tables.model import Join
from pipeline.tables.page_table import PageTable
from pipeline.tables.scanned import is_scanned
from pipeline.values import read_ordinal

# What each sign says, in points: joined is what ends above 0, and SURE points stand for no doubt at all.
WEIGHTS = {
    "tepi_sama": 3.0,  # all column edges agree; a share of it where there are fewer than MANY_COLUMNS
    "tepi_hilang": -0.4,  # for each edge that one part lacks, as merged columns do
    "tepi_beda": -15.0,  # times the share of the edges of the part with fewer that the other does not have
    "tepi_bergeser": -0.5,  # the edges agree only when moved or scaled
    "kepala_berulang": 3.0,  # the header is printed again, whole or in part
    "kepala_sejenis": 1.0,  # so it is, but below new lines, as in a series of tables of one form
    "kepala_baru": -4.0,  # another header stands there
    "di_kaki": 1.0,  # no room for the next row was left below the first part
    "jauh_dari_kaki": -1.5,  # there was room for it
    "di_kepala": 1.0,  # the second part begins where the text of a page does
    "halaman_di_antara": -2.0,  # pages without tables, or copies of others, lie between
    "teks_di_bawah": -1.0,  # for each line below the first part, up to MOST_LINES
    "judul_baru": -3.0,  # new lines stand above the second part
    "judul_tabel": -8.0,  # a table's caption is among them, or in a row above the header
    "teks_di_atas": -1.0,  # for each of them after the first, up to MOST_LINES
    "tertulis_lanjutan": 3.0,  # it says that it goes on
    "nomor_berlanjut": 1.5,  # ordinals count on
    "nomor_mengulang": -0.5,  # ordinals begin anew, as they do below each heading, too
    "isi_sekolom": 2.0,  # times how far the columns hold alike things, beyond HALF_ALIKE
    "huruf_lain": -1.0,  # the letters are of another size
    "pembaca_lain": -0.5,  # one part is ruled, the other is not
}
SURE = 4.0
SAME_EDGE = 3.0  # points: as thick as a double rule
SAME_EDGE_OF_SCAN = 5.0  # points: sheets do not lie quite straight
SCALES = (0.8, 1.25)  # a part printed smaller or larger than that is another table
FARTHEST = 40.0  # points by which a sheet or a section may lie further left or right
MANY_COLUMNS = 5  # edges of as many columns do not agree by chance
MOST_LINES = 4  # a paragraph: more of it says no more
NEAR_HEAD = 3.0  # lines of text
HALF_ALIKE = 0.6
OTHER_SIZE = 1.25
CONTINUED = re.compile(r"^\W*(?:lanjutan|sambungan)\b|\(\s*(?:lanjutan|sambungan)\s*\)", re.IGNORECASE)
CAPTION = re.compile(r"\W*tabel\b", re.IGNORECASE)
FIGURE = re.compile(r"(?:Rp\.?)?\(?[\d.,]*\d[\d.,]*\)?%?(?:,-)?", re.IGNORECASE)


def judge(before: Sequence[PageTable], table: PageTable) -> Join:
    """How far a page's first table goes on with `before`, the parts of the table that ends the page before it."""
    signs = [*_edges(before[-1], table), *_places(before[-1], table), *_lines(before, table)]
    signs += [*_header(before, table), *_contents(before[-1], table)]
    score = sum(value for _, value in signs)
    reasons = sorted(((name, round(value, 2)) for name, value in signs), key=lambda reason: -abs(reason[1]))
    return Join(table.page, score, min(1.0, abs(score) / SURE), tuple(reasons))


def lay_on(last: PageTable, table: PageTable) -> tuple[list[float], int]:
    """The column edges of a part moved, or moved and scaled, as they agree with most of those of the part before it;
    and with how many.
    """
    edges, xs, near = last.xs, table.xs, same_edge(table)
    first, last_edge = edges[0] - xs[0], edges[-1] - xs[-1]
    scale = (edges[-1] - edges[0]) / (xs[-1] - xs[0])
    tries = [list(xs)] + [[x + move for x in xs] for move in (first, last_edge) if abs(move) <= FARTHEST]
    if SCALES[0] <= scale <= SCALES[1] and abs(first) <= FARTHEST:
        tries.append([(x - xs[0]) * scale + edges[0] for x in xs])
    best = max(tries, key=lambda moved: _agreeing(edges, moved, near))
    return best, _agreeing(edges, best, near)


def same_edge(table: PageTable) -> float:
    """How far apart two edges may be that are one, in points."""
    return SAME_EDGE_OF_SCAN if is_scanned(table) else SAME_EDGE


def _agreeing(edges: Sequence[float], xs: Sequence[float], near: float) -> int:
    few, many = sorted((edges, xs), key=len)
    return sum(abs(many[nearest(many, x)] - x) <= near for x in few)


def nearest(edges: Sequence[float], x: float) -> int:
    """The index of the edge nearest to `x`."""
    at = bisect_left(edges, x)
    choices = [i for i in (at - 1, at) if 0 <= i < len(edges)]
    return min(choices, key=lambda i: abs(edges[i] - x))


def _weigh(name: str, times: float = 1.0) -> tuple[str, float]:
    return name, WEIGHTS[name] * times


def _edges(last: PageTable, table: PageTable) -> Iterator[tuple[str, float]]:
    moved, agreeing = lay_on(last, table)
    few, many = sorted((len(last.xs), len(table.xs)))
    if agreeing < few:
        yield _weigh("tepi_beda", 1 - agreeing / few)
    yield _weigh("tepi_sama", min(1.0, (agreeing - 1) / MANY_COLUMNS))
    if many > few:
        yield _weigh("tepi_hilang", many - few)
    if abs(moved[0] - table.xs[0]) > SAME_EDGE or abs(moved[-1] - table.xs[-1]) > SAME_EDGE:
        yield _weigh("tepi_bergeser")
    if last.engine != table.engine:
        yield _weigh("pembaca_lain")


def _places(last: PageTable, table: PageTable) -> Iterator[tuple[str, float]]:
    """Whether the first part reaches the foot of its page, but for a row that had no room, the second the head."""
    size = _letters(last)
    rows = [bottom - top for top, bottom in pairwise(table.ys)]
    next_row = max(rows[:2], default=0.0)
    yield _weigh("di_kaki" if last.room_below <= next_row + NEAR_HEAD * size else "jauh_dari_kaki")
    if table.page - last.page > 1:
        yield _weigh("halaman_di_antara")
    if table.room_above <= NEAR_HEAD * size:
        yield _weigh("di_kepala")
    if size and not 1 / OTHER_SIZE <= _letters(table) / size <= OTHER_SIZE:
        yield _weigh("huruf_lain")


def _letters(table: PageTable) -> float:
    """The usual height of a table's words, in points."""
    heights = [word.box.height for cell in table.cells for line in cell.lines for word in line.words]
    return median(heights) if heights else 0.0


def _lines(before: Sequence[PageTable], table: PageTable) -> Iterator[tuple[str, float]]:
    if before[-1].below:
        yield _weigh("teks_di_bawah", min(MOST_LINES, len(before[-1].below)))
    if any(CONTINUED.search(line.text) for line in table.above):
        yield _weigh("tertulis_lanjutan")
    new = _new_lines(before, table)
    if new:
        yield _weigh("judul_baru")
        yield _weigh("teks_di_atas", min(MOST_LINES, len(new)) - 1)
        if any(CAPTION.match(line.text) for line in new):
            yield _weigh("judul_tabel")


def _new_lines(before: Sequence[PageTable], table: PageTable) -> list[Line]:
    """The lines above a part that are neither the title of the table again, figures aside, nor say that it goes on."""
    titles = {_plain(line) for part in (before[0], before[-1]) for line in part.above}
    return [line for line in table.above if _plain(line) not in titles and not CONTINUED.search(line.text)]


def _plain(line: Line) -> str:
    return re.sub(r"[\d\W]", "", line.text).casefold()


def _header(before: Sequence[PageTable], table: PageTable) -> Iterator[tuple[str, float]]:
    again = repeated_rows(before[0], table)
    titled = any(title_row(table, row) for row in range(again.start))
    if again:
        yield _weigh("kepala_sejenis" if titled or _new_lines(before, table) else "kepala_berulang")
    elif own_header(before[0], table):
        yield _weigh("kepala_baru")
    if titled:
        yield _weigh("judul_tabel")


def _contents(last: PageTable, table: PageTable) -> Iterator[tuple[str, float]]:
    counting = _counting(last, table)
    if counting is not None:
        yield _weigh("nomor_berlanjut" if counting else "nomor_mengulang")
    alike = _alike(last, table)
    if alike is not None:
        yield _weigh("isi_sekolom", (alike - HALF_ALIKE) / (1 - HALF_ALIKE))


def _counting(last: PageTable, table: PageTable) -> bool | None:
    """Whether the first ordinal of a part follows on the last one of the part before, in the leftmost column with
    ordinals; None where it does neither that nor begin anew.
    """
    ends, begins = _ordinals(last), _ordinals(table)
    for column in sorted(ends.keys() & begins.keys()):
        end, begin = ends[column][-1], begins[column][0]
        return True if begin == end + 1 else False if begin == 1 else None
    return None


def _ordinals(table: PageTable) -> dict[float, list[int]]:
    found: dict[float, list[int]] = defaultdict(list)
    for cell in sorted(table.cells, key=lambda cell: cell.region.row):
        ordinal = read_ordinal(cell.text) if cell.lines else None
        if ordinal is not None:
            found[round(table.xs[cell.region.column] / SAME_EDGE)].append(ordinal.value)
    return found


def _alike(last: PageTable, table: PageTable) -> float | None:
    """How far the columns that both parts have hold figures, or words, in both: 0 to 1; None where none is filled."""
    shares, others = _figures(last), _figures(table)
    both = shares.keys() & others.keys()
    return mean(1 - abs(shares[edge] - others[edge]) for edge in both) if both else None


def _figures(table: PageTable) -> dict[int, float]:
    """By left edge of a column: the share of its filled cells that hold a figure."""
    found: dict[int, list[bool]] = defaultdict(list)
    for cell in table.cells:
        if cell.lines and cell.region.column_end - cell.region.column == 1:
            text = re.sub(r"\s", "", cell.text)
            found[round(table.xs[cell.region.column] / SAME_EDGE)].append(bool(FIGURE.fullmatch(text)))
    return {edge: sum(marks) / len(marks) for edge, marks in found.items()}
