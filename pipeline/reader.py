"""One document from its file to validated records: the river of the design, for one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from pipeline.checks import DocumentContext, PrintedTotal, run_checks
from pipeline.intake.source import ReadSettings, Source, note_origin
from pipeline.layouts.prose import ProseResult, TableText, TextBlock, number_blocks, prose_blocks, write_prose
from pipeline.layouts.sheet import Total
from pipeline.layouts.tables import TableReading, read_tables, table_title
from pipeline.layouts.text import TextReader
from pipeline.layouts.vocabulary import load_vocabulary
from pipeline.pages.copies import mark_copies
from pipeline.pages.furniture import mark_furniture
from pipeline.pages.kinds import settle_kind
from pipeline.pages.model import Page, Word
from pipeline.pages.pdfium import read_page
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from pipeline.tables.build import page_tables, set_surroundings
from pipeline.tables.model import Table
from pipeline.tables.page_table import PageTable
from pipeline.tables.stitch import stitch
from pipeline.version import reader_version
from schemas.ledger import Ledger, Record


@dataclass(slots=True)
class Document:
    """A PDF as pages, logical tables and prose blocks. `unique` are its pages without repeated ones."""

    pages: list[Page]
    unique: list[Page]
    tables: list[Table]
    blocks: list[TextBlock]
    text: TextReader
    table_words: dict[int, int] = field(default_factory=dict)


def read_document(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """Read a PDF into validated records.

    Raises pypdfium2.PdfiumError where the file cannot be opened as a PDF.
    """
    document = open_document(path, source.dokumen_id, settings)
    ledger = Ledger(source.dokumen_id)
    prose = write_prose(ledger, document.unique, document.blocks, [_table_text(t) for t in document.tables])
    vocabulary = load_vocabulary(settings.vocabulary)
    readings = read_tables(document.tables, ledger, document.text, vocabulary, prose.identity.tahun)
    _write_blocks(ledger, document.blocks)
    _write_pages(ledger, document)
    record = _write_document(ledger, source, document, prose)
    note_origin(ledger, source)
    totals = [_printed(total) for reading in readings for total in reading.totals]
    run_checks(ledger, DocumentContext(prose.identity.tahun, totals))
    record.values["status"] = _status(document, readings)
    return validate(ledger, prose.identity.tahun)


def open_document(path: Path, dokumen_id: str, settings: ReadSettings) -> Document:
    """The pages, tables and prose of a PDF, before any of it is understood."""
    pages = read_pages(path)
    found = {page.number: page_tables(page) for page in pages}
    mark_furniture(pages, {number: [table.box for table in tables] for number, (tables, _) in found.items()})
    mark_copies(pages)
    unique = [page for page in pages if page.copy_of is None]
    loose = {page.number: _without_furniture(page, found[page.number][1]) for page in unique}
    for page in unique:
        set_surroundings(found[page.number][0], loose[page.number], page.number)
    tables = stitch([found[page.number][0] for page in unique])
    name_cells(tables, dokumen_id)
    blocks = [b for page in unique for b in prose_blocks(page.number, loose[page.number], page.width)]
    number_blocks(blocks, dokumen_id)
    held = {number: _held(tables_of_page) for number, (tables_of_page, _) in found.items()}
    return Document(pages, unique, tables, blocks, TextReader.of(unique), held)


def read_pages(path: Path) -> list[Page]:
    """Every page of a PDF, its kind told. Raises pypdfium2.PdfiumError."""
    with pdfium.PdfDocument(path) as document:
        pages = [read_page(document, index) for index in range(len(document))]
    for page in pages:
        settle_kind(page)
    return pages


def _without_furniture(page: Page, words: Sequence[Word]) -> list[Word]:
    furniture = {id(word) for word in page.furniture}
    return [word for word in words if id(word) not in furniture]


def _held(tables: Sequence[PageTable]) -> int:
    return sum(len(line.words) for table in tables for cell in table.cells for line in cell.lines)


def name_cells(tables: Sequence[Table], dokumen_id: str) -> None:
    """Give every table and every piece of a cell its key: the same file and reader give the same keys."""
    for number, table in enumerate(tables, start=1):
        table.tabel_id = f"{dokumen_id}-t{number:03d}"
        for cell in table.repeated:
            for part in cell.parts:
                part.sel_id = f"{table.tabel_id}-h{part.page:03d}-u{cell.row:03d}-k{cell.column:02d}"
        for cell in table.cells():
            for part in cell.parts:
                part.sel_id = f"{table.tabel_id}-h{part.page:03d}-b{part.row:04d}-k{cell.column:02d}"


def _table_text(table: Table) -> TableText:
    header = [cell for row in range(max(1, table.header_rows)) for cell in table.row_cells(row)]
    cells = list(dict.fromkeys(header))
    sels = tuple(part.sel_id for cell in cells for part in cell.parts)
    return TableText(table.first_page, table_title(table), " ".join(cell.text for cell in cells), sels)


def _printed(total: Total) -> PrintedTotal:
    scope = total.scope.baris_id if total.scope else None
    return PrintedTotal(total.label, total.kolom, total.nilai, total.tabel_id, total.halaman, total.bukti, scope)


def _write_blocks(ledger: Ledger, blocks: Sequence[TextBlock]) -> None:
    for block in blocks:
        box = block.box
        ledger.add(
            "sel",
            halaman=block.page,
            bukti=[block.sel_id],
            sel_id=block.sel_id,
            jenis="teks",
            teks=block.text,
            x0=round(box.x0, 2),
            y0=round(box.y0, 2),
            x1=round(box.x1, 2),
            y1=round(box.y1, 2),
            keyakinan=1.0,
        )


def _write_pages(ledger: Ledger, document: Document) -> None:
    prose = {page.number: 0 for page in document.pages}
    for block in document.blocks:
        prose[block.page] += sum(len(line.words) for line in block.lines)
    for page in document.pages:
        shown = sum(word.visible for word in page.words)
        words = shown + len(page.furniture)
        used = words if page.copy_of else prose[page.number] + document.table_words[page.number] + len(page.furniture)
        ledger.add(
            "halaman",
            halaman=page.number,
            jenis=page.kind,
            salinan_dari=page.copy_of,
            kemiripan=page.similarity,
            orientasi=page.orientation,
            mesin=page.engine,
            kata=words,
            kata_terpakai=used,
        )
        _doubt_page(ledger, page, words, used)


def _doubt_page(ledger: Ledger, page: Page, words: int, used: int) -> None:
    if used != words:
        message = (
            f"Di halaman {page.number}, {words - used} dari {words} kata tidak masuk ke sel, teks, atau kepala halaman."
        )
        ledger.doubt("KATA_TAK_TERPAKAI", "pembacaan", "peringatan", message, halaman=page.number)
    hidden = [word.text for word in page.words if not word.visible]
    if hidden:
        message = f"Halaman {page.number} menyimpan {len(hidden)} kata yang tidak terlihat; kata itu tidak dibaca."
        ledger.doubt("TEKS_TERSEMBUNYI", "isi", "info", message, halaman=page.number, nilai=" ".join(hidden)[:500])
    if page.kind == "pindai" and page.copy_of is None:
        message = f"Halaman {page.number} berupa gambar pindaian dan belum terbaca."
        ledger.doubt("HALAMAN_TAK_TERBACA", "pembacaan", "peringatan", message, halaman=page.number)


def _write_document(ledger: Ledger, source: Source, document: Document, prose: ProseResult) -> Record:
    identity, signed = prose.identity, prose.signatory
    values: dict[str, Any] = {
        **source.columns(),
        "jenis_dokumen": identity.jenis_dokumen,
        "tahap": identity.tahap,
        "judul": identity.judul,
        "perangkat_daerah": identity.perangkat_daerah,
        "wilayah": identity.wilayah,
        "kode_wilayah": identity.kode_wilayah,
        "visi": prose.visi.text if prose.visi else None,
        "misi": [mission.text for mission in prose.misi] or None,
        "jumlah_halaman": len(document.pages),
        "halaman_unik": len(document.unique),
        "halaman_ocr": sum(page.engine == "rapidocr" for page in document.pages),
        "versi_pembaca": reader_version(),
    }
    if signed is not None:
        values |= {
            "penandatangan": signed.penandatangan,
            "nip": signed.nip,
            "jabatan": signed.jabatan,
            "tempat": signed.tempat,
            "tanggal": signed.tanggal,
            "tanggal_teks": signed.tanggal_teks,
        }
    evidence = [sel for sels in identity.bukti.values() for sel in sels]
    evidence += [*(prose.visi.bukti if prose.visi else ()), *(sel for mission in prose.misi for sel in mission.bukti)]
    evidence += signed.bukti if signed else ()
    return ledger.add("dokumen", bukti=evidence, status="sebagian", **values)


def _status(document: Document, readings: Sequence[TableReading]) -> str:
    unread = any(page.kind == "pindai" and page.copy_of is None for page in document.pages)
    unknown = any(reading.layout == "tak_dikenal" for reading in readings)
    return "sebagian" if unread or unknown else "lengkap"
