"""Outputs against the names of their sub kegiatan: an output that shares no word with its name is likely misplaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.checks.book import Book, Node
from pipeline.checks.registry import Doubt, check
from pipeline.checks.wording import quote
from pipeline.reference.words import content_stems, expand, related, same_name, stem, word_lists
from schemas.ledger import Record

_FITS = 0.6  # share of a name's telling words that an output must hold to fit it


def _telling(text: str) -> frozenset[str]:
    """The stems that say what a name or output is about."""
    lists = word_lists()
    weak = lists.fillers | lists.counted | lists.office_words
    return frozenset(stem(word) for word in expand(text) if word not in weak)


def _shared(one: frozenset[str], other: frozenset[str]) -> int:
    return sum(any(related(a, b) for b in other) for a in one)


def _better_name(book: Book, output: frozenset[str]) -> str | None:
    """The sub kegiatan elsewhere in the document whose name the output fits best, if it fits one well."""
    best, name = 0.0, None
    for node in book.nodes:
        words = _telling(node.nama) if node.level == "sub_kegiatan" else frozenset()
        shared = _shared(words, output)
        if shared >= 2 and shared / len(words) > max(best, _FITS):
            best, name = shared / len(words), node.nama
    return name


@check(
    "KELUARAN_TIDAK_SESUAI_NAMA",
    "peringatan",
    "isi",
    judul="Keluaran tidak sesuai nama sub kegiatan",
    datasets=["indikator", "program_kegiatan"],
    example="Sub kegiatan Pemeliharaan/Rehabilitasi has the output Jumlah Orang yang menerima Gaji dan Tunjangan ASN.",
)
def output_against_name(book: Book) -> Iterator[Doubt]:
    """The content words of an output with those of its sub kegiatan's name."""
    for node in book.nodes:
        name = _telling(node.nama)
        if node.level != "sub_kegiatan" or not name:
            continue
        for record in book.outputs(node):
            output = _telling(record.get("indikator") or "")
            if not output or _shared(output, name) or content_stems(record.values["indikator"]) <= name:
                continue
            better = _better_name(book, output)
            hint = f"; keluaran itu cocok dengan sub kegiatan {quote(better)}" if better else ""
            yield Doubt(
                f"Keluaran {quote(record.values['indikator'])} tidak berkaitan dengan nama sub kegiatannya, "
                f"{quote(node.nama)}{hint}.",
                record=record,
                kolom="indikator",
                nilai=record.values["indikator"],
                pembanding=better or node.nama,
                others=(node.record,),
            )


@check(
    "KELUARAN_BERULANG",
    "info",
    "isi",
    judul="Keluaran yang sama pada beberapa sub kegiatan",
    datasets=["indikator"],
    example="Two sub kegiatan with different names both promise Jumlah Laporan Hasil Rapat Pleno.",
)
def output_twice(book: Book) -> Iterator[Doubt]:
    """Outputs of sub kegiatan under one kegiatan with each other."""
    for family in book.families:
        by_output: dict[str, list[tuple[Node, Record]]] = defaultdict(list)
        for node in family:
            for record in book.outputs(node):
                if len(_telling(record.get("indikator") or "")) > 1:
                    by_output[same_name(record.values["indikator"])].append((node, record))
        for uses in by_output.values():
            names = {node.key for node, _ in uses}
            if len(names) < 2:
                continue
            node, record = min(uses, key=lambda use: _fit(*use))
            other = next(record for other, record in uses if other.key != node.key)
            yield Doubt(
                f"Keluaran {quote(record.values['indikator'])} dipakai oleh {len(names)} sub kegiatan yang berbeda; "
                f"untuk {quote(node.nama)} tampaknya tersalin.",
                record=record,
                kolom="indikator",
                nilai=record.values["indikator"],
                others=(other,),
            )


def _fit(node: Node, record: Record) -> float:
    """How much of an output the name of its sub kegiatan accounts for, 0 to 1."""
    output = _telling(record.values["indikator"])
    return _shared(output, _telling(node.nama)) / len(output)
