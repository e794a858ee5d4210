"""Class tables (325 – 400: Sangat Baik …) that a document prints: whole in themselves, and targets against them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.checks.book import Book
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import figure, pages, quote
from pipeline.reference.words import content_stems, indicator_key, tokens, word_lists
from schemas.ledger import Record

_NUMBER = r"\d+(?:[.,]\d+)?"
_RANGE = re.compile(
    rf"\s*(?P<low>{_NUMBER})\s*(?:[-–—]|s\.?/?d\.?|sampai)\s*(?P<high>{_NUMBER})\s*%?\s*", re.IGNORECASE
)
_FEWEST_CLASSES = 3
_LONGEST_CLASS = 20


@dataclass(frozen=True, slots=True)
class Span:
    """One class: its name, its limits, the precision in which they are printed, and its cells."""

    name: str
    low: float
    high: float
    step: float
    cell: Record


@dataclass(frozen=True, slots=True)
class Scale:
    """One column of ranges of a class table, lowest class first; `about` is the text that introduces the table."""

    header: str
    spans: tuple[Span, ...]
    about: str

    @property
    def cell(self) -> Record:
        return self.spans[0].cell


def _is_class(text: str) -> bool:
    if len(text) > _LONGEST_CLASS:
        return False
    plain = " ".join(tokens(text))
    return plain in word_lists().good_classes or plain in word_lists().poor_classes


def _span(name: str, cell: Record) -> Span | None:
    match = _RANGE.fullmatch(cell.get("teks") or "")
    if match is None:
        return None
    decimals = max(
        len(re.split("[.,]", match[side])[1]) if re.search("[.,]", match[side]) else 0 for side in match.groupdict()
    )
    low, high = (float(match[side].replace(",", ".")) for side in ("low", "high"))
    return Span(name, min(low, high), max(low, high), 10.0**-decimals, cell)


def _grids(book: Book) -> Iterator[dict[int, list[Record]]]:
    """The cells of each table by row; only tables in which some cell is a class name."""
    by_table: dict[str | None, list[Record]] = defaultdict(list)
    for cell in book.rows("sel"):
        if cell.get("jenis") == "sel" and cell.tabel_id is not None:
            by_table[cell.tabel_id].append(cell)
    for cells in by_table.values():
        if sum(_is_class(cell.get("teks") or "") for cell in cells) >= _FEWEST_CLASSES:
            rows: dict[int, list[Record]] = defaultdict(list)
            for cell in cells:
                rows[cell.values["baris"]].append(cell)
            yield dict(rows)


def _introduction(book: Book, first: Record) -> str:
    """The last block of prose above a table on its page."""
    above = [
        block
        for block in book.rows("sel")
        if block.get("jenis") == "teks" and block.halaman == first.halaman and block.values["y1"] <= first.values["y1"]
    ]
    return max(above, key=lambda block: block.values["y1"]).get("teks") or "" if above else ""


def _scales(book: Book) -> list[Scale]:
    scales: list[Scale] = []
    for rows in _grids(book):
        columns: dict[int, list[Span]] = defaultdict(list)
        for row in rows.values():
            name = next((cell.values["teks"] for cell in row if _is_class(cell.get("teks") or "")), None)
            for cell in row if name else ():
                span = _span(name or "", cell)
                if span is not None:
                    columns[cell.values["kolom"]].append(span)
        first_row = rows[min(rows)]
        titles = {title.tabel_id: title.get("judul") or "" for title in book.rows("tabel")}
        about = f"{titles.get(first_row[0].tabel_id, '')} {_introduction(book, first_row[0])}"
        for column, spans in columns.items():
            header = next((cell.get("teks") or "" for cell in first_row if cell.values["kolom"] == column), "")
            if len(spans) >= _FEWEST_CLASSES:
                scales.append(Scale(header, tuple(sorted(spans, key=lambda span: span.low)), about))
    return scales


@check(
    "TABEL_KELAS_BERCELAH",
    "peringatan",
    "isi",
    judul="Tabel kelas bercelah atau tumpang tindih",
    datasets=["sel"],
    example="61 – 80 Baik, 85 – 100 Sangat Baik.",
)
def gaps_and_overlaps(book: Book) -> Iterator[Doubt]:
    """The limits of neighbouring classes in a class table: no gap, no overlap."""
    for scale in _scales(book):
        for lower, upper in pairwise(scale.spans):
            step = max(lower.step, upper.step)
            distance = upper.low - lower.high
            if -step / 2 <= distance <= step * 1.5:
                continue
            fault = "tumpang tindih" if distance < 0 else "bercelah"
            yield Doubt(
                f"Kelas {quote(lower.name)} ({figure(lower.low)}–{figure(lower.high)}) dan {quote(upper.name)} "
                f"({figure(upper.low)}–{figure(upper.high)}) {fault}.",
                record=upper.cell,
                kolom="teks",
                nilai=upper.cell.get("teks"),
                pembanding=lower.cell.get("teks"),
                others=(lower.cell,),
            )


def _rated(book: Book) -> Iterator[tuple[Record, float, Scale]]:
    """Each scored indicator once per target, with the scales that the document prints for it."""
    scales = _scales(book)
    seen: set[object] = set()
    for record in book.rows("indikator") if scales else ():
        target = record.get("target")
        measure, words = indicator_key(record.get("indikator") or "", book.office)
        if target is None or measure != "skor" or not words or (words, target) in seen:
            continue
        seen.add((words, target))
        for scale in scales:
            if words <= content_stems(scale.about):
                yield record, target, scale


@check(
    "TARGET_KELAS_BURUK",
    "peringatan",
    "isi",
    judul="Target termasuk kelas buruk",
    datasets=["indikator", "sel"],
    example="210 on a scale where 175 – 249 is Kurang.",
)
def poor_class(book: Book) -> Iterator[Doubt]:
    """The target of a score with the class table that the document prints for it."""
    for record, target, scale in _rated(book):
        span = next((span for span in scale.spans if span.low <= target <= span.high), None)
        if span is None or " ".join(tokens(span.name)) not in word_lists().poor_classes:
            continue
        yield Doubt(
            f"Target {quote(record.values['indikator'])} sebesar {figure(target)} termasuk kelas {quote(span.name)} "
            f"({figure(span.low)}–{figure(span.high)}) menurut tabel kelas dalam dokumen ini"
            f"{pages(record.halaman, span.cell.halaman)}.",
            record=record,
            kolom="target",
            nilai=record.get("target_teks"),
            pembanding=span.name,
            others=(span.cell,),
        )


@check(
    "TARGET_DI_LUAR_SKALA",
    "peringatan",
    "isi",
    judul="Target di luar skala",
    datasets=["indikator", "sel"],
    example="An Indeks of 210 where the column Indeks runs from 0,2 to 1.",
)
def other_scale(book: Book) -> Iterator[Doubt]:
    """The target of a score with the scale that the document prints under the same word (Indeks, Nilai)."""
    for record, target, scale in _rated(book):
        called, header = tokens(record.values["indikator"]), tokens(scale.header)
        low, high = scale.spans[0].low, scale.spans[-1].high
        if len(header) != 1 or header[0] not in called or low <= target <= high:
            continue
        yield Doubt(
            f"Target {quote(record.values['indikator'])} sebesar {figure(target)} di luar skala {quote(scale.header)} "
            f"dalam dokumen ini, {figure(low)} sampai {figure(high)}.",
            record=record,
            kolom="target",
            nilai=record.get("target_teks"),
            pembanding=f"{figure(low)}–{figure(high)}",
            others=(scale.cell,),
        )
