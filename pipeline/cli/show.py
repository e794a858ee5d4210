"""`rkt show`: what is read from one PDF, as tables in the terminal. Reads it without a flow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.console import output, print_table
from pipeline.cli.messages import say
from pipeline.cli.options import FileArgument, VocabularyOption
from pipeline.cli.words import usable_words

if TYPE_CHECKING:
    from pipeline.release.result import DocumentResult
    from pipeline.storage import Place

_LIMIT = 50
_INDENT = "  "
_LEVELS = ("urusan", "bidang", "program", "kegiatan", "sub_kegiatan")

# The columns that fit a terminal, in the order in which they are read.
_SHOWN: dict[str, tuple[str, ...]] = {
    "program_kegiatan": ("halaman", "level", "kode", "nomor", "nama", "pagu"),
    "indikator": ("halaman", "level", "jenis", "indikator", "satuan", "target_teks", "target", "target_kategori"),
    "pendanaan": ("halaman", "node_id", "sumber", "jumlah"),
    "target_periode": ("halaman", "indikator_id", "periode", "target_teks", "target", "anggaran"),
    "arah_kebijakan": ("halaman", "jenis", "nomor", "uraian"),
    "dasar_hukum": ("halaman", "nomor_urut", "jenis", "nomor", "tahun_peraturan", "tentang"),
    "rekening": ("halaman", "kode", "uraian", "jumlah"),
    "bagian": ("halaman", "nomor", "judul"),
    "tabel": ("halaman", "halaman_akhir", "tata_letak", "judul", "jumlah_baris", "jumlah_kolom", "mesin"),
    "temuan": ("halaman", "tingkat", "kode", "pesan"),
    "karantina": ("halaman", "dataset", "kolom", "alasan"),
}
_NOT_OF_INTEREST = frozenset({"baris_id", "dokumen_id", "halaman", "tabel_id", "bukti", "sha256", "versi_pembaca"})


def show(
    file: FileArgument,
    limit: Annotated[int, typer.Option(min=0, help=say("opt.limit"))] = _LIMIT,
    vocabulary: VocabularyOption = None,
) -> None:
    """Read a PDF and show what came out; exit code 1 where it cannot be read."""
    result = _read(file, usable_words(vocabulary))
    _print_document(result)
    for name, columns in _SHOWN.items():
        _print_dataset(result, name, columns, limit)


def _read(file: Place, words: Path | None) -> DocumentResult:
    from pipeline.cli.single import find_one, on_this_disk, read_apart
    from pipeline.intake import ReadSettings
    from pipeline.release.result import DocumentResult
    from pipeline.worker.jobs import read_result
    from pipeline.worker.model import DEFAULT_READER

    settings = ReadSettings(vocabulary=words)
    found = find_one(file)
    with on_this_disk(found.place, found.source.sha256) as path:
        task = (read_result, DEFAULT_READER, path, found.source, settings)
        return DocumentResult.from_bytes(read_apart(path, found.source.berkas, settings, *task))


def _print_document(result: DocumentResult) -> None:
    document = result.document
    rows = [(name, value) for name, value in document.items() if name not in _NOT_OF_INTEREST and value is not None]
    print_table(result.dokumen_id, ["dokumen", ""], rows)


def _print_dataset(result: DocumentResult, name: str, columns: tuple[str, ...], limit: int) -> None:
    total = result.counts[name]
    if not total:
        return
    shown = total if limit == 0 else min(limit, total)
    rows = result.table(name).slice(0, shown).select(list(columns)).to_pylist()
    print_table(f"{name} ({total})", columns, [_cells(row) for row in rows])
    if shown < total:
        output.print(say("show.more", count=total - shown))


def _cells(row: dict[str, Any]) -> list[Any]:
    """The row's values; a node's name stands in by its level, as in the plan."""
    if "nama" in row and row["level"] in _LEVELS:
        row = row | {"nama": _INDENT * _LEVELS.index(row["level"]) + (row["nama"] or "")}
    return list(row.values())
