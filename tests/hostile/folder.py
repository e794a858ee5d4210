"""A folder of broken and hostile files, and how each of them must end."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake import ProblemCode
from tests.hostile import bombs, contents, structure
from tests.hostile.structure import sized, sound

READ, PARTLY = "lengkap", "sebagian"


@dataclass(frozen=True)
class Hostile:
    """A file: its name, what writes its bytes, and its status, or the problem that it fails with."""

    name: str
    data: Callable[[], bytes]
    end: str | ProblemCode


BROKEN = [
    Hostile("kosong", lambda: b"", ProblemCode.KOSONG),
    Hostile("teks", lambda: b"Rencana Kinerja Tahunan", ProblemCode.BUKAN_PDF),
    Hostile("html", lambda: b"<!DOCTYPE html><html><body>404</body></html>", ProblemCode.BUKAN_PDF),
    *(Hostile(f"potong-{share}", lambda share=share: structure.cut(share), ProblemCode.TERPOTONG)  # type: ignore[misc]
      for share in (0.1, 0.5, 0.9, 0.99)),
    Hostile("terkunci", lambda: structure.locked("rahasia", "pemilik"), ProblemCode.TERKUNCI),
    Hostile("enkripsi-asing", structure.unknown_encryption, ProblemCode.TERKUNCI),
    Hostile("kunci-pemilik", lambda: structure.locked("", "pemilik"), READ),
    Hostile("tanpa-halaman", structure.no_pages, ProblemCode.TANPA_HALAMAN),
    Hostile("bukan-objek", lambda: b"%PDF-1.4\nbukan objek\n%%EOF\n", ProblemCode.RUSAK),
    Hostile("pohon-diri", structure.tree_in_itself, ProblemCode.RUSAK),
    Hostile("pohon-lingkar", structure.tree_in_a_circle, ProblemCode.RUSAK),
    Hostile("pohon-dalam", structure.tree_too_deep, ProblemCode.RUSAK),
    Hostile("halaman-hilang", structure.missing_kid, PARTLY),
    Hostile("jumlah-lebih", lambda: structure.count_that_lies(1500), PARTLY),
    Hostile("jumlah-negatif", lambda: structure.count_that_lies(-5), READ),
    Hostile("jumlah-raksasa", lambda: structure.count_that_lies(2**31 - 1), READ),
    Hostile("halaman-10000", lambda: structure.many_pages(10_000), ProblemCode.TERLALU_BANYAK_HALAMAN),
    Hostile("halaman-sama", structure.one_page_many_times, READ),
    Hostile("xref-lingkar", structure.xref_in_a_circle, READ),
    Hostile("xref-sesat", structure.xref_astray, READ),
    Hostile("xref-raksasa", structure.xref_without_end, ProblemCode.TANPA_HALAMAN),
    Hostile("panjang-nol", lambda: structure.length_that_lies(0), READ),
    Hostile("panjang-raksasa", lambda: structure.length_that_lies(2**31), READ),
    Hostile("panjang-negatif", lambda: structure.length_that_lies(-7), READ),
    Hostile("panjang-diri", structure.length_of_itself, READ),
    Hostile("objek-diri", structure.object_in_its_own_stream, READ),
    Hostile("larik-dalam", structure.deep_arrays, READ),
    Hostile("nama-panjang", structure.long_name, READ),
]  # fmt: skip

SIZES = [
    Hostile("20-meter", lambda: sized("[0 0 56693 56693]"), READ),
    Hostile("20-meter-satuan", lambda: sized("[0 0 595 842]", "/UserUnit 95", "satuan"), READ),
    Hostile("ukuran-negatif", lambda: sized("[0 0 -595 -842]"), READ),
    Hostile("ukuran-terbalik", lambda: sized("[595 842 0 0]"), READ),
    Hostile("ukuran-nol", lambda: sized("[0 0 0 0]"), READ),
    Hostile("ukuran-nan", lambda: sized("[0 0 NaN nan]"), READ),
    Hostile("ukuran-tak-hingga", lambda: sized("[0 0 1e39 1e39]"), READ),
    Hostile("ukuran-sedikit", lambda: sized("[0 0]"), READ),
    Hostile("ukuran-teks", lambda: sized("[(a) (b) /c null]"), READ),
    Hostile("putar-45", lambda: sized("[0 0 595 842]", "/Rotate 45", "putar"), READ),
    Hostile("serpihan", lambda: bombs.image_page("[0 0 0.5 56693]"), PARTLY),
]

DRAWINGS = [
    Hostile("gambar-diri", bombs.form_in_itself, READ),
    Hostile("pola-diri", bombs.pattern_in_itself, READ),
    Hostile("gambar-ganda", lambda: bombs.form_doubling(6), READ),
    Hostile("q-dalam", lambda: bombs.states_in_states(1_000_000), READ),
    Hostile("larik-gambar", lambda: bombs.arrays_in_content(1_000_000), READ),
    Hostile("saringan", bombs.filter_chain, READ),
    Hostile("bom-kecil", lambda: bombs.content_bomb(64), READ),
    Hostile("bom-memori", lambda: bombs.nested_bomb(1500), ProblemCode.MEMORI_HABIS),
    Hostile("huruf-sejuta", lambda: bombs.cells(560, filled=True), ProblemCode.TERLALU_RUMIT),
    Hostile("sel-kosong-sejuta", lambda: bombs.cells(1000, filled=False), READ),
]

TEXTS = [
    Hostile("huruf-rusak", contents.broken_font, READ),
    Hostile("huruf-tiada", contents.missing_font, READ),
    Hostile("satu-huruf", lambda: contents.mapped_font("0041"), READ),
    Hostile("huruf-ganti", lambda: contents.mapped_font("FFFD"), READ),
    Hostile("huruf-kendali", lambda: contents.mapped_font("001B"), READ),
    Hostile("huruf-setengah", lambda: contents.mapped_font("D800"), READ),
    Hostile("huruf-nol", lambda: contents.mapped_font("0000"), READ),
    Hostile("lampiran", lambda: contents.attachment(sound("di dalam").data()), READ),
]

QUICK = [*BROKEN, *SIZES, *DRAWINGS, *TEXTS]

HEAVY = [
    Hostile("halaman-1900", lambda: structure.many_pages(1900), READ),
    Hostile("bom-1-gb", lambda: bombs.content_bomb(1024), ProblemCode.MEMORI_HABIS),
    Hostile("bom-3-gb", lambda: bombs.content_bomb(3000), ProblemCode.MEMORI_HABIS),
    Hostile("bom-q", lambda: bombs.content_bomb(300, b"q "), ProblemCode.MEMORI_HABIS),
    Hostile("bom-ganda", lambda: bombs.nested_bomb(3000), ProblemCode.MEMORI_HABIS),
    Hostile("bom-objek", lambda: bombs.object_stream_bomb(1024), READ),
    Hostile("jalur-sejuta", lambda: bombs.paths(1_000_000), READ),
    Hostile("ruas-sejuta", lambda: bombs.segments(1_000_000), READ),
    Hostile("kotak-sejuta", lambda: bombs.boxes(1000), READ),
    Hostile("sel-sejuta", lambda: bombs.cells(1000, filled=True), ProblemCode.TERLALU_RUMIT),
    Hostile("sel-40000", lambda: bombs.cells(200, filled=True), PARTLY),
    Hostile("gambar-1-bit", lambda: bombs.image_bomb(50_000, 1), READ),
    Hostile("gambar-8-bit", lambda: bombs.image_bomb(50_000, 8), READ),
    Hostile("gambar-warna", lambda: bombs.image_bomb(12_000, 8, "/DeviceRGB"), READ),
    Hostile("gambar-bohong", bombs.image_that_lies, READ),
    Hostile("gambar-20-meter", lambda: bombs.image_page("[0 0 56693 56693]"), READ),
]

# Names that are trouble, and the names under which their documents are published.
NAMES = {
    b"baris\nbaru.pdf": "baris\ufffdbaru.pdf",
    b"kutip'\"`$(id).pdf": "kutip'\"`$(id).pdf",
    "bom-\U0001f4a3.pdf".encode(): "bom-\U0001f4a3.pdf",
    b"\x1b[31mmerah.pdf": "\ufffd[31mmerah.pdf",
    b"bukan-\xff-teks.pdf": "bukan-\ufffd-teks.pdf",
    b"<b>tebal&.pdf": "<b>tebal&.pdf",
    b"p" * 246 + b".pdf": "p" * 246 + ".pdf",
}


def write_named(folder: Path) -> None:
    """Sound documents under every one of the names."""
    for name in NAMES:
        path = os.fsdecode(os.path.join(os.fsencode(folder), name))  # noqa: PTH118 - pathlib takes no bytes
        Path(path).write_bytes(sound(str(len(name)), name[:8].hex()).data())


def write_places(folder: Path, elsewhere: Path) -> dict[str, ProblemCode]:
    """What is named like a PDF and is no file, or not in the folder; returns how each of them must end."""
    os.mkfifo(folder / "pipa.pdf")
    (folder / "perangkat.pdf").symlink_to("/dev/zero")
    (folder / "taut-folder.pdf").symlink_to(elsewhere)
    (folder / "taut-putus.pdf").symlink_to(folder / "tidak-ada")
    (folder / "taut-lingkar.pdf").symlink_to(folder / "taut-lingkar.pdf")
    (folder / "folder.pdf").mkdir()
    with (folder / "raksasa.pdf").open("wb") as stream:
        stream.write(sound("raksasa").data())
        stream.truncate(3 << 30)
    return {
        "pipa.pdf": ProblemCode.BUKAN_BERKAS,
        "perangkat.pdf": ProblemCode.BUKAN_BERKAS,
        "taut-folder.pdf": ProblemCode.BUKAN_BERKAS,
        "taut-putus.pdf": ProblemCode.TIDAK_TERBUKA,
        "taut-lingkar.pdf": ProblemCode.TIDAK_TERBUKA,
        "raksasa.pdf": ProblemCode.TERLALU_BESAR,
    }
