"""A document that stands in its file twice, the form filled in another way the second time."""

from __future__ import annotations

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


def _copy(paper: Paper, plan: Plan, rendering: Rendering, year: int, region: str, office: str) -> None:
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
    paper.table(lan_sheet(plan, paper.look, rendering))


def draw_twice(
    path: Path, plan: Plan, look: Look, ways: tuple[Rendering, Rendering], year: int, region: str, office: str
) -> Path:
    """Both copies one after the other, each with its own rendering of the form."""

    def write(paper: Paper) -> None:
        _copy(paper, plan, ways[0], year, region, office)
        paper.new_page()
        _copy(paper, plan, ways[1], year, region, office)

    return draw(path, look, write)
