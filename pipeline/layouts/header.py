"""What each column of a table is, read from its header: the words of the cells above it, from the bottom up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.layouts.column_bodies import described_levels, join_staircases
from pipeline.layouts.columns import Column
from pipeline.layouts.funding import tell_sources
from pipeline.layouts.labels import header_kind
from pipeline.layouts.likeness import likenesses, outline_like, without_brackets
from pipeline.layouts.marks import tell_marks
from pipeline.layouts.number_rows import is_number_row
from pipeline.layouts.roles import tell_roles
from pipeline.layouts.scale import mark_of
from pipeline.layouts.vocabulary import Meaning, Vocabulary, bare_phrase, letters
from pipeline.tables.model import Cell, Table
from pipeline.values import tidy, years_in

AMOUNT = re.compile(r"(?:Rp\.?)?\s*\d{1,3}(?:[.,]\d{3})+(?:,\d\d)?(?:\s*,-)?", re.IGNORECASE)
FIGURE = re.compile(r"(?!(?:19|20)\d\d$)(?:Rp\.?)?[\s\d.,()%-]*\d[\s\d.,()%-]*", re.IGNORECASE)
DEEPEST_HEADER = 8
HEADER_SHARE = 0.5
FEWEST_HEADED = 3  # cells of a row, one of them known, from which on others count that are only like known phrases
HEADING = 0.78  # likeness of a text that is a heading: a slip in five letters, or three words in five known
PERCENT = re.compile(r"[%％]|\b(?:persen|prosen)\b", re.IGNORECASE)
RUPIAH = re.compile(r"\bRp\b|\brupiah\b", re.IGNORECASE)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")


@dataclass(slots=True)
class Header:
    """A table's header as read: `rows` at the top of its grid, and its columns from left to right."""

    rows: int
    columns: list[Column]
    unknown: list[str] = field(default_factory=list)

    def of(self, name: str, role: str | None = None) -> list[Column]:
        return [c for c in self.columns if c.field == name and (role is None or c.role == role)]

    @property
    def money(self) -> list[Column]:
        """The columns of amounts of nodes: budgets, and what each source gives."""
        return [*self.of("pagu"), *self.of("pendanaan")]

    @property
    def versions(self) -> list[Header]:
        """The header once per version that the table sets side by side, without the other's columns; else itself."""
        names = list(dict.fromkeys(column.versi for column in self.columns if column.versi))
        if len(names) < 2:
            return [self]
        return [Header(self.rows, [_only(column, name) for column in self.columns], self.unknown) for name in names]

    @property
    def levels(self) -> list[Column]:
        return [column for column in self.columns if column.field == "level"]

    @property
    def understood(self) -> float:
        """The share of the columns with a name that are known, 0 to 1; one known without a name counts."""
        named = [column for column in self.columns if column.path or column.field != "unknown"]
        known = [column for column in named if column.field != "unknown"]
        return len(known) / len(named) if named else 0.0


def _only(column: Column, versi: str) -> Column:
    return column if column.versi in (None, versi) else replace(column, field="ignored", why="versi lain")


def read_header(table: Table, vocabulary: Vocabulary, year: int | None = None) -> Header:
    """Read a table's header. `year` is the plan year, where it is known: it tells this year's column from the next."""
    rows = header_rows(table, vocabulary)
    columns = tell_marks(table, rows, _columns(table, rows, vocabulary))
    columns = tell_roles(table, rows, columns, vocabulary)
    columns = described_levels(table, rows, _roles(columns, year), vocabulary)
    columns = join_staircases(table, rows, tell_sources(table, rows, columns, vocabulary))
    unknown = [column.name for column in columns if column.field == "unknown" and column.path]
    return Header(rows, columns, unknown)


def header_rows(table: Table, vocabulary: Vocabulary) -> int:
    """How many rows at the top are header: those printed again on later pages, or those whose words are known."""
    last, headed = 0, False
    for row in range(min(DEEPEST_HEADER, len(table.rows))):
        if row < last:
            continue
        if table.number_row == row or is_number_row(table, row):
            return row + 1
        if _is_title(table, row) and (not headed or _next_is_header(table, row, vocabulary)):
            last = row + 1
        elif _reads_as_header(table, row, vocabulary):
            headed = True
            last = max(cell.row + cell.row_span for cell in table.grid[row] if cell.row == row)
            last = last if last <= DEEPEST_HEADER else row + 1
        else:
            break
    if table.number_row is not None and table.number_row + 1 >= last:
        return table.number_row + 1
    known = any(_reads_as_header(table, row, vocabulary) for row in range(last))
    if known:
        return last
    return table.header_rows


def _is_title(table: Table, row: int) -> bool:
    cells = table.row_cells(row)
    return len(cells) == 1 and len(table.edges) > 2


def _next_is_header(table: Table, row: int, vocabulary: Vocabulary) -> bool:
    following = row + 1
    return (
        following < len(table.rows)
        and not _is_title(table, following)
        and _reads_as_header(table, following, vocabulary)
    )


def _reads_as_header(table: Table, row: int, vocabulary: Vocabulary) -> bool:
    own = [cell for cell in table.row_cells(row) if cell.row == row and not cell.empty]
    if not own or _is_total_row(own, vocabulary):
        return False
    known = sum(_is_header_text(cell.text, vocabulary) for cell in own)
    if known < HEADER_SHARE * len(own) and len(own) >= FEWEST_HEADED and known:
        known = sum(_is_header_text(cell.text, vocabulary) or _is_like(cell.text, vocabulary) for cell in own)
    return known >= HEADER_SHARE * len(own)


def _is_like(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is nearly a known phrase, or begins with one that makes most of it."""
    bare = without_brackets(bare_phrase(text))
    return bool(outline_like(bare, vocabulary)) or any(
        like.share >= HEADING for like in likenesses(bare, vocabulary)[:1] if not AMOUNT.fullmatch(text.strip())
    )


def _is_total_row(own: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether cells are the word for a total and figures, none of them a year: the first row of a body may be that."""
    figures = [cell.text.strip() for cell in own[1:]]
    return vocabulary.is_total(own[0].text) and bool(figures) and all(FIGURE.fullmatch(text) for text in figures)


def _is_header_text(text: str, vocabulary: Vocabulary) -> bool:
    if AMOUNT.fullmatch(text.strip()):
        return False
    if re.fullmatch(r"(?:Tahun\s*)?(?:19|20)\d\d(?:\s*\(.*\))?", text.strip(), re.IGNORECASE) or text.strip() in (
        "%",
        "Rp",
        "Rp.",
    ):
        return True
    bare = bare_phrase(text)
    return (
        vocabulary.meaning(bare) is not None
        or vocabulary.group(text) is not None
        or bool(vocabulary.outline(bare))
        or vocabulary.period(text) is not None
        or vocabulary.period_group(text) is not None
        or vocabulary.version(text) is not None
        or header_kind([text], vocabulary) is not None
    )


def _columns(table: Table, rows: int, vocabulary: Vocabulary) -> list[Column]:
    """Leaf columns that share their lowest header cell are one field."""
    columns: list[Column] = []
    count = len(table.edges) - 1
    start = 0
    while start < count:
        cells = _above(table, rows, start)
        end = start + 1
        while end < count and cells and _above(table, rows, end) == cells:
            end += 1
        columns.append(_column(start, end, cells, vocabulary))
        start = end
    return columns


def _above(table: Table, rows: int, column: int) -> list[Cell]:
    """The header cells over a leaf column, top first, without titles and the number row."""
    found: list[Cell] = []
    for row in range(rows):
        cell = table.grid[row][column]
        skip = (
            row == table.number_row
            or is_number_row(table, row)
            or cell.empty
            or cell in found
            or cell.column_span == len(table.edges) - 1
        )
        if not skip:
            found.append(cell)
    return found


def _column(start: int, end: int, cells: Sequence[Cell], vocabulary: Vocabulary) -> Column:
    path = tuple(tidy(cell.text) for cell in cells)
    base = Column(start, end, "unknown", path)
    if not path:
        return base
    base = _grouped(_units(replace(base, role=_role(path, vocabulary), year=_year(path))), vocabulary)
    period = _period(path, vocabulary)
    if period and not any(vocabulary.group(text) == "past" for text in path):
        return replace(_of_money(base, path[:-1], vocabulary), field="periode", period=period, why="periode")
    for depth in range(len(path) - 1, -1, -1):
        found = _meaning(path, depth, base, vocabulary)
        if found is not None:
            return _of_period(found, path[:depth], vocabulary)
    return base


def _of_money(column: Column, above: Sequence[str], vocabulary: Vocabulary) -> Column:
    """A period under a header that names amounts holds money."""
    found = [meaning for text in above if (meaning := vocabulary.meaning(bare_phrase(text)))]
    return replace(column, unit="Rupiah") if any(meaning.name == "pagu" for meaning in found) else column


def _of_period(column: Column, above: Sequence[str], vocabulary: Vocabulary) -> Column:
    """A target or an amount under the name of a period (`Triwulan I > Anggaran`) is that period's."""
    period = next((name for text in above if (name := vocabulary.period(text))), None)
    if period is None or column.role == "past" or column.field not in ("target", "pagu"):
        return column
    unit = "Rupiah" if column.field == "pagu" else column.unit
    return replace(column, field="periode", period=period, unit=unit)


def _grouped(column: Column, vocabulary: Vocabulary) -> Column:
    """With what headers over several columns say: the version, and the kind of indicators."""
    versi = next((name for text in column.path[:-1] if (name := vocabulary.version(text))), None)
    return replace(column, versi=versi, jenis=header_kind(column.path, vocabulary))


def _meaning(path: tuple[str, ...], depth: int, base: Column, vocabulary: Vocabulary) -> Column | None:
    """The field that the text at `depth` names, helped by the texts over it."""
    bare = bare_phrase(vocabulary.without_role(path[depth]))
    named = vocabulary.without_description(bare)
    levels = vocabulary.outline(named)
    meaning = vocabulary.meaning(bare) or vocabulary.meaning(named)
    if not levels and meaning is not None and meaning.confidence < 1.0:
        levels = outline_like(bare, vocabulary)  # levels with a slip are nearer than another phrase with one
    if levels and not (meaning and meaning.kind == "field" and meaning.confidence == 1.0):
        return replace(base, field="level", levels=levels, why=f"tingkat: {'/'.join(levels)}")
    if meaning is None:
        return None
    column = replace(base, confidence=meaning.confidence, why=_why(meaning))
    if meaning.kind == "level":
        return replace(column, field="level", levels=(meaning.name,))
    if meaning.kind != "field":
        return replace(column, field=meaning.kind)
    if meaning.name == "uraian":
        return _description(path[:depth], column, vocabulary)
    if meaning.name == "pagu" and letters(path[depth]) == "rp" and depth and base.role == "past":
        return replace(column, field="past")
    return replace(column, field=meaning.name)


def _description(above: Sequence[str], column: Column, vocabulary: Vocabulary) -> Column:
    """`URAIAN` is whatever the header over it names."""
    for text in reversed(above):
        levels = vocabulary.outline(bare_phrase(text))
        meaning = vocabulary.meaning(bare_phrase(text))
        if not levels and meaning is not None and meaning.kind == "level":
            levels = (meaning.name,)
        if levels:
            return replace(column, field="level", levels=levels, why=f"uraian di bawah {text}")
        indicators = meaning is not None and meaning.kind == "field" and meaning.name == "indikator"
        if indicators or header_kind([text], vocabulary):
            return replace(column, field="indikator", why=f"uraian di bawah {text}")
    return replace(column, field="uraian")


def _why(meaning: Meaning) -> str:
    sure = "" if meaning.confidence == 1.0 else f" (mirip {meaning.confidence:.0%})"
    return f"«{meaning.phrase}»{sure}"


def _role(path: Sequence[str], vocabulary: Vocabulary) -> str:
    roles = [role for text in path if (role := vocabulary.group(text))]
    return roles[-1] if roles else "plan"


def _year(path: Sequence[str]) -> int | None:
    """The year that a header names, the lowest text deciding; None where it names none or several."""
    for text in reversed(path):
        years = set(years_in(text))
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def _units(column: Column) -> Column:
    last = column.path[-1]
    scale = mark_of(column.path)
    if PERCENT.search(last):
        return replace(column, unit="%")
    return replace(column, unit="Rupiah" if RUPIAH.search(last) else None, scale=scale)


def _period(path: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The quarter, half-year or month that a column stands for."""
    named = vocabulary.period(path[-1])
    if named:
        return named
    unit = next((unit for text in path[:-1] if (unit := vocabulary.period_group(text))), None)
    last = path[-1].strip(" .()").casefold()
    number = ROMAN.get(last) or (int(last) if last.isdigit() else None)
    if unit == "tw" and number in (1, 2, 3, 4):
        return f"tw{number}"
    if unit == "bulan" and number is not None and 1 <= number <= len(MONTHS):
        return MONTHS[number - 1]
    return None


YEARLY = ("target", "pagu", "kondisi_awal")


def _roles(columns: Sequence[Column], plan_year: int | None) -> list[Column]:
    """Tell this year's columns from the next year's and the past ones by the years in their headers."""
    years = sorted({column.year for column in columns if column.field in (*YEARLY, "achieved") and column.year})
    if plan_year is None or not years or (len(years) == 1 and years[0] != plan_year + 1):
        return list(columns)
    indicators = any(column.field == "indikator" for column in columns)
    return [_yearly(column, plan_year, indicators) for column in columns]


def _yearly(column: Column, plan_year: int, indicators: bool) -> Column:
    """A later year's targets and amounts are those of a period, which hang on an indicator."""
    if column.field == "achieved" and column.year is not None and column.year < plan_year:
        return replace(column, field="past", role="past")
    if column.field not in YEARLY or column.year is None or column.role == "past":
        return column
    if column.year == plan_year + 1:
        return replace(column, role="next")
    if column.year > plan_year + 1 and indicators and column.role == "plan" and column.field in ("target", "pagu"):
        unit = "Rupiah" if column.field == "pagu" else column.unit
        return replace(column, field="periode", period=str(column.year), unit=unit, why=f"tahun {column.year}")
    if column.year > plan_year + 1:
        return replace(column, field="ignored", why=f"tahun {column.year}")
    if column.year < plan_year:
        return replace(column, field="past", role="past", why=f"tahun {column.year}")
    return column
