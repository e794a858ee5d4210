"""Every table of a document into records: the kind of each table by its header, then its body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layouts.accounts import account_header, is_account_table, write_accounts
from pipeline.layouts.blocks import find_blocks
from pipeline.layouts.codes import read_codes
from pipeline.layouts.column_doubts import doubt_columns
from pipeline.layouts.columns import is_node_column
from pipeline.layouts.entries import Reading
from pipeline.layouts.form_memory import remembered
from pipeline.layouts.header import Header, read_header
from pipeline.layouts.indicators import write_indicators, write_text_rows
from pipeline.layouts.leftovers import FIGURE_FIELDS, report_leftovers
from pipeline.layouts.lists import list_header
from pipeline.layouts.nodes import write_nodes
from pipeline.layouts.policies import write_policies
from pipeline.layouts.prose import TableText
from pipeline.layouts.scale import settle_scales
from pipeline.layouts.shares import write_shares
from pipeline.layouts.sheet import Sheet, Total
from pipeline.layouts.text import TextReader
from pipeline.layouts.totals import read_totals, total_rows
from pipeline.layouts.vocabulary import Vocabulary, bare_phrase, letters
from pipeline.tables.model import Cell, Table
from schemas.ledger import Ledger

UNDERSTOOD = 0.5
NEAREST_TITLE = 30.0
LONGEST_TITLE = 4
PAST_COLUMNS = 4


@dataclass(slots=True)
class TableReading:
    """How a table was read: its layout (`tak_dikenal` where it was not), its header, and its printed totals."""

    table: Table
    header: Header
    layout: str
    totals: list[Total] = field(default_factory=list)
    not_scaled: list[str] = field(default_factory=list)  # columns whose header names a scale that is not meant


def read_tables(
    tables: Sequence[Table], ledger: Ledger, text: TextReader, vocabulary: Vocabulary, year: int | None
) -> list[TableReading]:
    """Write the records and findings of all tables of a document, in reading order."""
    readings = read_headers(tables, vocabulary, year)
    for reading in readings:
        _write_table(reading, ledger, text)
        _read_body(reading, ledger, text, vocabulary, year)
    return readings


def read_headers(tables: Sequence[Table], vocabulary: Vocabulary, year: int | None) -> list[TableReading]:
    """The header and the layout of every table, before its body is read. `year` is the plan year, where known."""
    readings: list[TableReading] = []
    for table in tables:
        over = readings[-1] if readings and readings[-1].table.last_page == table.first_page else None
        header = list_header(table, read_header(table, vocabulary, year), over.header if over else None, vocabulary)
        header = remembered(table, header, [(one.table, one.header) for one in readings if _is_known(one)], vocabulary)
        table.title = table_title(table)
        readings.append(TableReading(table, header, classify(table, header, vocabulary)))
    _settle_scales(readings)
    return readings


def _settle_scales(readings: Sequence[TableReading]) -> None:
    settled = settle_scales([(r.table, r.header.rows, r.header.columns, r.table.title) for r in readings])
    for reading, (columns, ignored) in zip(readings, settled, strict=True):
        reading.header.columns = columns
        reading.not_scaled = ignored


def _is_known(reading: TableReading) -> bool:
    return reading.layout != "tak_dikenal"


def unknown_phrases(reading: TableReading, vocabulary: Vocabulary) -> list[str]:
    """What the vocabulary lacks: the lowest phrase over each column that it does not know, in lower case.

    Where no header was found, the texts at the table's top that it does not know.
    """
    columns = [column for column in reading.header.columns if column.path]
    paths = [column.path for column in columns if column.field == "unknown"]
    if not columns:
        paths = [(text,) for text in top_texts(reading.table) if vocabulary.meaning(bare_phrase(text)) is None]
    lowest = (next((bare for text in reversed(path) if letters(bare := bare_phrase(text))), None) for path in paths)
    return list(dict.fromkeys(phrase.casefold() for phrase in lowest if phrase))


def top_texts(table: Table) -> list[str]:
    """The texts of a table's first rows, where its header would stand."""
    return [cell.text for cell in _top_cells(table) if not cell.empty]


def table_text(table: Table) -> TableText:
    """What the header and title of a table tell about the document: its kind and its year may stand there."""
    cells = _top_cells(table)
    sels = tuple(part.sel_id for cell in cells for part in cell.parts)
    return TableText(table.first_page, table_title(table), " ".join(cell.text for cell in cells), sels)


def _top_cells(table: Table) -> list[Cell]:
    rows = range(max(1, table.header_rows))
    return list(dict.fromkeys(cell for row in rows for cell in table.row_cells(row)))


def classify(table: Table, header: Header, vocabulary: Vocabulary) -> str:
    """The layout of a table, by its title and the fields that its header names."""
    texts = [table.title, *(text for column in header.columns for text in column.path)]
    other = next((name for text in texts if (name := vocabulary.other_table(text))), None)
    if other is not None and len(header.versions) == 1:
        return other
    fields = {column.field for column in header.columns}
    known = [column for column in header.columns if column.field not in ("unknown", "not_ours")]
    if "not_ours" in fields and not fields & {"level", "indikator", "pagu"}:
        return "bukan_rencana"
    if header.understood < UNDERSTOOD or not known:
        return "tak_dikenal"
    if is_account_table(table, header, vocabulary):
        return "rekening"
    if "achieved" in fields or _looks_back(header):
        return "evaluasi"
    if fields & {"strategi", "kebijakan"} and "level" in fields:
        return "arah_kebijakan"
    nodes = any(is_node_column(column) for column in header.columns)
    if nodes and "indikator" in fields:
        return "rencana_kinerja"
    if nodes:
        return "program_kegiatan"
    if "indikator" in fields and fields & {"level", "target"}:
        return "indikator"
    return "tak_dikenal"


def _looks_back(header: Header) -> bool:
    """Whether a table only says what was planned and reached before: many past columns, and no figure of this plan."""
    past = [column for column in header.columns if column.field == "past"]
    return len(past) >= PAST_COLUMNS and not any(
        column.field in FIGURE_FIELDS and column.role != "past" for column in header.columns
    )


def table_title(table: Table) -> str:
    """The lines right above a table, the last few that hang together."""
    lines: list[str] = []
    below = table.box.y0
    for line in reversed(table.above):
        if below - line.box.y1 > NEAREST_TITLE or len(lines) == LONGEST_TITLE:
            break
        lines.append(line.text)
        below = line.box.y0
    return " ".join(reversed(lines))


def _write_table(reading: TableReading, ledger: Ledger, text: TextReader) -> None:
    table = reading.table
    for cell in [*table.repeated, *table.cells()]:
        for part in cell.parts:
            ledger.add(
                "sel",
                halaman=part.page,
                tabel_id=table.tabel_id,
                bukti=[part.sel_id],
                sel_id=part.sel_id,
                jenis="sel",
                baris=part.row,
                kolom=cell.column,
                rentang_baris=part.row_span,
                rentang_kolom=cell.column_span,
                teks=text.join(part.lines, part.box.x1) or None,
                **part.box.rounded(),
                keyakinan=min((word.confidence for line in part.lines for word in line.words), default=1.0),
            )
    ledger.add(
        "tabel",
        halaman=table.first_page,
        tabel_id=table.tabel_id,
        judul=table.title or None,
        tata_letak=reading.layout,
        halaman_akhir=table.last_page,
        jumlah_baris=len(table.rows),
        jumlah_kolom=len(table.edges) - 1,
        mesin=table.engine,
        keyakinan=round(table.confidence * (reading.header.understood if reading.layout != "tak_dikenal" else 0.5), 2),
    )


def _read_body(
    reading: TableReading, ledger: Ledger, text: TextReader, vocabulary: Vocabulary, year: int | None
) -> None:
    if reading.layout in vocabulary.other_names or reading.layout in ("bukan_rencana", "evaluasi"):
        return
    if reading.layout == "tak_dikenal":
        _report_unknown(reading, ledger)
        return
    if reading.layout == "rekening":
        _read_accounts(reading, ledger, text, vocabulary)
        return
    for header in reading.header.versions:
        codes = read_codes(reading.table, header)
        totals = total_rows(reading.table, header, codes, vocabulary)
        sheet = Sheet.of(Reading(reading.table, header, codes, text, vocabulary, totals, year), ledger)
        _write_records(sheet, reading.layout)
        reading.totals = sheet.totals  # of two versions, those of the later one: a total cannot say which it is of
    _report_scales(reading, ledger)


def _write_records(sheet: Sheet, layout: str) -> None:
    read_totals(sheet)
    if layout == "arah_kebijakan":
        write_policies(sheet)
    nodes = write_nodes(sheet)
    write_shares(sheet, nodes)
    for block in find_blocks(sheet.header):
        write_indicators(sheet, block, nodes)
    if not sheet.header.of("indikator"):
        write_text_rows(sheet, nodes)
    doubt_columns(sheet)
    report_leftovers(sheet)


def _report_scales(reading: TableReading, ledger: Ledger) -> None:
    for name in reading.not_scaled:
        message = (
            f"Judul kolom “{name}” menyebut ribuan atau jutaan, tetapi angkanya sebesar rupiah penuh; dibaca sebagai "
            "rupiah."
        )
        where = {"halaman": reading.table.first_page, "tabel_id": reading.table.tabel_id, "nilai": name}
        ledger.doubt("SKALA_TIDAK_COCOK", "isi", "info", message, **where)


def _read_accounts(reading: TableReading, ledger: Ledger, text: TextReader, vocabulary: Vocabulary) -> None:
    header = account_header(reading.header, vocabulary)
    assert header is not None, "classify found the columns of an annex"
    sheet = Sheet.of(Reading(reading.table, header, {}, text, vocabulary, {}), ledger)
    write_accounts(sheet)
    doubt_columns(sheet)
    report_leftovers(sheet)
    reading.totals = sheet.totals


def _report_unknown(reading: TableReading, ledger: Ledger) -> None:
    table = reading.table
    header = " | ".join(column.name for column in reading.header.columns if column.path)
    header = header or " | ".join(cell.text for cell in table.row_cells(0) if not cell.empty)
    ledger.doubt(
        "TABEL_TAK_DIKENAL",
        "pembacaan",
        "peringatan",
        f"Judul kolom tabel ini tidak dikenal, sehingga isinya tidak dijadikan data: {header[:200]}",
        halaman=table.first_page,
        tabel_id=table.tabel_id,
        nilai=header[:500],
        bukti=tuple(cell.parts[0].sel_id for cell in table.row_cells(0)),
    )
