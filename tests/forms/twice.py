"""A document that stands in its file more than once, set or filled in another way each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.forms.draw import Paper, draw
from tests.forms.lan import Rendering, lan_sheet
from tests.forms.plan import Plan
from tests.forms.sheet import Look

CHAPTERS = [
    (
        "BAB I PENDAHULUAN",
        "Perpustakaan umum melayani masyarakat dari semua kecamatan dengan koleksi cetak dan digital. Rencana ini "
        "menerangkan apa yang dikerjakan dalam satu tahun, siapa pelaksananya, dan bagaimana hasilnya diukur. ",
    ),
    (
        "BAB II ARAH KEBIJAKAN",
        "Kebijakan dinas diarahkan pada perluasan layanan keliling, penambahan bahan bacaan anak, dan penataan arsip "
        "yang masih tersimpan di kantor kecamatan. Setiap bidang menyusun langkah kerja menurut sasaran bersama. ",
    ),
    (
        "BAB III PROGRAM DAN KEGIATAN",
        "Program dan kegiatan disusun menurut sasaran dinas dan kemampuan keuangan daerah. Rinciannya tercantum dalam "
        "lampiran yang menjadi satu kesatuan dengan rencana ini, dengan indikator dan target untuk setiap kegiatan. ",
    ),
]


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the copies: what is filled in, how, and how it is set. Its table begins `lower` lines further down."""

    plan: Plan
    rendering: Rendering
    look: Look
    lower: int = 0


def _write(paper: Paper, copy: Copy, year: int, region: str, office: str) -> None:
    for title in ("RENCANA KINERJA TAHUNAN", office.upper(), region.upper(), f"TAHUN {year}"):
        paper.say(title, 14, bold=True, center=True)
    for number, (heading, text) in enumerate(CHAPTERS, 1):
        paper.new_page()
        paper.say(heading, 12, bold=True, center=True)
        for part in range(1, 4):
            paper.say(f"Uraian {number}.{part}. {text}", 11)
    paper.new_page()
    paper.say(f"TAHUN : {year}", 11)
    paper.say(f"INSTANSI : {office} {region}", 11, after=8)
    paper.y += copy.lower * copy.look.size * copy.look.leading
    paper.table(lan_sheet(copy.plan, copy.look, copy.rendering))


def draw_copies(path: Path, copies: Sequence[Copy], year: int, region: str, office: str) -> Path:
    """The copies one after the other in one file."""

    def write(paper: Paper) -> None:
        for place, copy in enumerate(copies):
            if place:
                paper.turn(copy.look)
            _write(paper, copy, year, region, office)

    return draw(path, copies[0].look, write)


def draw_twice(
    path: Path, plan: Plan, look: Look, ways: tuple[Rendering, Rendering], year: int, region: str, office: str
) -> Path:
    """Two copies of one look, each with its own rendering of the form."""
    return draw_copies(path, [Copy(plan, way, look) for way in ways], year, region, office)
