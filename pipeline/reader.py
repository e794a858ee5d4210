"""One document from its file to validated records: the river of the design, for one PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.certainty import settle_certainty
from pipeline.checks import DocumentContext, PrintedTotal, run_checks
from pipeline.copy_doubts import doubt_copies
from pipeline.document import Document, open_document
from pipeline.intake.source import ReadSettings, Source, note_origin
from pipeline.layouts.prose import ProseResult, TextBlock, write_prose
from pipeline.layouts.sheet import Total
from pipeline.layouts.tables import TableReading, read_tables, table_text
from pipeline.layouts.vocabulary import load_vocabulary
from pipeline.pages.language import UNREADABLE
from pipeline.pages.model import OCR_ENGINE, Page
from pipeline.release.result import DocumentResult
from pipeline.release.validate import validate
from pipeline.scan_doubts import doubt_scans, tilt_back
from pipeline.tables.model import Join, Table
from pipeline.version import reader_version
from schemas.ledger import Ledger, Record

MOST_NAMED = 10
MOST_SHOWN = 500
SURE_JOIN = 0.5  # of the margin of a join: below it the other reading is not far
DIGITS = re.compile(r"\d+")
FIGURE_COLUMNS = {"program_kegiatan": "pagu", "indikator": "target", "target_periode": "target", "pendanaan": "jumlah"}


def read_document(path: Path, source: Source, settings: ReadSettings) -> DocumentResult:
    """Read a PDF into validated records.

    Raises pypdfium2.PdfiumError where the file cannot be opened as a PDF, OSError where the vocabulary of the
    settings cannot be read.
    """
    return read_opened(open_document(path, source.dokumen_id), source, settings)


def read_opened(document: Document, source: Source, settings: ReadSettings) -> DocumentResult:
    """Read an opened document into validated records. Raises OSError where the vocabulary cannot be read."""
    ledger = Ledger(source.dokumen_id)
    prose = write_prose(ledger, document.unique, document.blocks, [table_text(t) for t in document.tables])
    vocabulary = load_vocabulary(settings.vocabulary)
    readings = read_tables(document.tables, ledger, document.text, vocabulary, prose.identity.tahun)
    _doubt_readings(ledger, document)
    _write_blocks(ledger, document.blocks)
    _write_pages(ledger, document)
    record = _write_document(ledger, source, document, prose)
    note_origin(ledger, source)
    totals = [_printed(total) for reading in readings for total in reading.totals]
    tilt_back(ledger, document)
    context = DocumentContext(prose.identity.tahun, totals)
    doubt_scans(ledger, document, context)
    doubt_copies(ledger, document)
    run_checks(ledger, context)
    settle_certainty(ledger, context)
    record.values["status"] = _status(document, readings)
    return validate(ledger, prose.identity.tahun)


def _printed(total: Total) -> PrintedTotal:
    scope = total.scope.baris_id if total.scope else None
    return PrintedTotal(total.label, total.kolom, total.nilai, total.tabel_id, total.halaman, total.bukti, scope)


def _doubt_readings(ledger: Ledger, document: Document) -> None:
    """Doubt the figures of rows that no rule parts, and those behind a weak join of pages."""
    for table in document.tables:
        for join in table.joins:
            if join.margin < SURE_JOIN:
                _doubt_join(ledger, table, join)
    unsure = {part.sel_id for table in document.tables for cell in table.cells() for part in cell.parts if part.unsure}
    message = "Batas baris tabel tanpa garis ini tidak pasti, sehingga angkanya perlu dicocokkan dengan halamannya."
    for name, column in FIGURE_COLUMNS.items():
        for record in ledger.rows(name) if unsure else ():
            if not unsure.isdisjoint(record.bukti):
                ledger.doubt_record(record, column, "BARIS_DIRAGUKAN", "pembacaan", "peringatan", message)


def _doubt_join(ledger: Ledger, table: Table, join: Join) -> None:
    """Doubt the figures of a page that was joined to the one before by a small margin; later pages have their own."""
    message = (
        f"Tabel dari halaman {table.first_page} dibaca berlanjut di halaman {join.page}, tetapi tandanya lemah; "
        "cocokkan kolom dan induk barisnya di halaman itu."
    )
    here = [record for name in FIGURE_COLUMNS for record in ledger.rows(name) if record.tabel_id == table.tabel_id]
    records = [record for record in here if record.halaman == join.page]
    for record in records:
        column = FIGURE_COLUMNS[record.dataset]
        ledger.doubt_record(record, column, "SAMBUNGAN_DIRAGUKAN", "pembacaan", "peringatan", message)
    if not records:
        where: dict[str, Any] = {"halaman": join.page, "tabel_id": table.tabel_id}
        ledger.doubt("SAMBUNGAN_DIRAGUKAN", "pembacaan", "info", message, **where)


def _write_blocks(ledger: Ledger, blocks: Sequence[TextBlock]) -> None:
    for block in blocks:
        ledger.add(
            "sel",
            halaman=block.page,
            bukti=[block.sel_id],
            sel_id=block.sel_id,
            jenis="teks",
            teks=block.text,
            **block.box.rounded(),
            keyakinan=min((word.confidence for line in block.lines for word in line.words), default=1.0),
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
    _doubt_damaged(ledger, [page.number for page in document.pages if page.damaged])
    _doubt_hidden(ledger, document.pages)
    _doubt_letters(ledger, document)


def _doubt_damaged(ledger: Ledger, pages: Sequence[int]) -> None:
    if pages:
        which = _named(pages)
        message = f"{len(pages)} halaman rusak dan tidak terbaca: halaman {which}. Minta salinan lain dari dokumen ini."
        ledger.doubt("HALAMAN_RUSAK", "pembacaan", "galat", message, halaman=pages[0])


def _doubt_hidden(ledger: Ledger, pages: Sequence[Page]) -> None:
    """One finding for each text that is not seen, however many pages it stands on, as a covered footer does."""
    places: dict[str, list[tuple[int, str]]] = {}
    for page in pages:
        hidden = " ".join(word.text for word in page.words if not word.visible)
        if hidden:
            places.setdefault(DIGITS.sub("", hidden), []).append((page.number, hidden))
    for found in places.values():
        number, text = found[0]
        which, count = _named([page for page, _ in found]), len(text.split())
        message = f"{count} kata yang tidak terlihat tersimpan di halaman {which}; kata itu tidak dibaca."
        ledger.doubt("TEKS_TERSEMBUNYI", "isi", "info", message, halaman=number, nilai=text[:MOST_SHOWN])


def _doubt_letters(ledger: Ledger, document: Document) -> None:
    """One finding a page for the words with characters for which the font names no letter."""
    sels = document.sels()
    for page in document.unique:
        words = [word for word in page.words if word.visible and UNREADABLE in word.text]
        if words:
            shown = " ".join(word.text for word in words)[:MOST_SHOWN]
            message = (
                f"Di halaman {page.number}, {len(words)} kata memuat huruf yang tidak dikenali dari fontnya: “{shown}”."
            )
            cells = tuple(dict.fromkeys(sels[id(word)] for word in words if id(word) in sels))
            ledger.doubt("HURUF_TAK_TERBACA", "pembacaan", "peringatan", message, halaman=page.number, bukti=cells)


def _named(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages[:MOST_NAMED])) + (", …" if len(pages) > MOST_NAMED else "")


def _doubt_page(ledger: Ledger, page: Page, words: int, used: int) -> None:
    if used != words:
        message = (
            f"Di halaman {page.number}, {words - used} dari {words} kata tidak masuk ke sel, teks, atau kepala halaman."
        )
        ledger.doubt("KATA_TAK_TERPAKAI", "pembacaan", "peringatan", message, halaman=page.number)
    if _is_unread(page):
        message = f"Halaman {page.number} berupa gambar pindaian dan tidak terbaca."
        ledger.doubt("HALAMAN_TAK_TERBACA", "pembacaan", "peringatan", message, halaman=page.number)


def _is_unread(page: Page) -> bool:
    return page.kind == "pindai" and page.engine != OCR_ENGINE and page.copy_of is None


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
        "halaman_ocr": sum(page.engine == OCR_ENGINE for page in document.pages),
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
    unread = any(_is_unread(page) for page in document.pages)
    unknown = any(reading.layout == "tak_dikenal" for reading in readings)
    damaged = any(page.damaged for page in document.pages)
    return "sebagian" if unread or unknown or damaged else "lengkap"
