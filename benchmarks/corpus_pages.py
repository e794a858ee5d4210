"""The documents of an invented office as PDFs, each with the truth about what a reader must find in it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus_offices import Place, plans
from tests.forms.budgets import coded_sheet, lettered_sheet, renja_sheet
from tests.forms.case import Records
from tests.forms.draw import Paper, draw
from tests.forms.lan import Rendering, Way, lan_sheet
from tests.forms.library import Office, money
from tests.forms.plan import Activity, Goal, Group, Measure, Plan, Program, Truth
from tests.forms.sheet import A4, A4_WIDE, FOLIO_WIDE, Look
from tests.forms.targets import agreement_sheet, nested_sheet, ruled_list

DOCUMENTS_PER_OFFICE = 5
TITLES = {"rkt": "RENCANA KINERJA TAHUNAN", "renja": "RENCANA KERJA", "perjanjian_kinerja": "PERJANJIAN KINERJA"}
CHAPTERS = ("PENDAHULUAN", "GAMBARAN PELAYANAN", "TUJUAN DAN SASARAN", "ARAH KEBIJAKAN", "PENUTUP")
SENTENCES = (
    "Dokumen ini menerangkan apa yang dikerjakan dalam satu tahun, siapa pelaksananya, dan bagaimana hasilnya diukur.",
    "Pelayanan dijalankan oleh bidang dan seksi menurut pembagian tugas yang berlaku di lingkungan kantor.",
    "Setiap bidang menyusun langkah kerja menurut sasaran bersama dan melaporkannya pada akhir triwulan.",
    "Kerja sama dengan kecamatan dan desa diperluas agar layanan lebih mudah dijangkau oleh masyarakat.",
    "Masalah utama ialah jarak antarwilayah yang jauh dan sarana yang belum memadai di beberapa tempat.",
    "Rinciannya tercantum dalam tabel yang menjadi satu kesatuan dengan dokumen ini.",
    "Evaluasi dilakukan secara berkala supaya hambatan diketahui sejak awal dan segera ditangani.",
)
WAYS: tuple[tuple[Way, ...], ...] = (("joined",), ("own_rows",), ("joined", "own_rows"))
LOOKS = (
    Look(page=A4_WIDE, size=7, breaks="rows"),
    Look(page=FOLIO_WIDE, size=7, rules="fill", breaks="rows", font="Helvetica", bold="Helvetica-Bold"),
    Look(page=A4_WIDE, size=6.8, header="numbers", breaks="rows", footer="Rencana"),
)
TALL = Look(page=A4, size=9, breaks="rows")


@dataclass(frozen=True, slots=True)
class Sums:
    """How many records a document holds, and what their figures sum up to; nodes by level."""

    nodes: dict[str, int]
    pagu: dict[str, float]
    indicators: int
    targets: float


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the corpus; `berkas` is its path in the corpus' folder."""

    berkas: str
    pages: int
    jenis: str
    tahun: int
    perangkat_daerah: str
    wilayah: str
    sums: Sums

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Made:
        return cls(**(content | {"sums": Sums(**content["sums"])}))


def documents_of(one: Place, seed: int, folder: Path) -> Iterator[Made]:
    """Draw the documents of an office: its RKT of every year, and the renja and the agreement of the last."""
    for office in plans(one, seed):
        yield _document(folder, office, "rkt", one, seed)
    yield _document(folder, office, "renja", one, seed)
    yield _document(folder, office, "perjanjian_kinerja", one, seed)


def _document(folder: Path, office: Office, jenis: str, one: Place, seed: int) -> Made:
    dice = random.Random(f"{seed} {one.number} {office.year} {jenis}")
    berkas = f"{office.year}/{jenis}-{office.year}-{one.number:05d}.pdf"
    path = folder / berkas
    path.parent.mkdir(parents=True, exist_ok=True)
    records = Records()
    write, truth = _content(office, jenis, one, dice, records)
    pages = [0]

    def everything(paper: Paper) -> None:
        _cover(paper, office, jenis)
        _prose(paper, office, dice, dice.randint(*_LENGTHS[jenis, one.large]))
        write(paper)
        pages[0] = paper.page

    draw(path, TALL, everything)
    sums = sums_of(truth or records.truth())
    return Made(berkas, pages[0], jenis, office.year, office.name, office.region, sums)


# Pages of running text, from and to.
_LENGTHS = {
    ("rkt", True): (6, 14), ("rkt", False): (3, 9), ("renja", True): (20, 52), ("renja", False): (6, 14),
    ("perjanjian_kinerja", True): (3, 3), ("perjanjian_kinerja", False): (3, 3),
}  # fmt: skip
Writing = tuple[Callable[[Paper], None], Truth | None]


def _content(office: Office, jenis: str, one: Place, dice: random.Random, records: Records) -> Writing:
    """What follows the prose, and its truth where that is not in `records`."""
    wide = LOOKS[one.number // 2 % len(LOOKS)]
    if jenis == "perjanjian_kinerja":
        return _agreement(office, records), None
    if jenis == "renja":
        columns = (1, 5, 6)[one.number // 2 % 3]
        return _tables(wide, renja_sheet(records, office, columns)), None
    if one.large:
        plan = lan_plan(office)
        rendering = Rendering(ways=WAYS[one.number // 2 % len(WAYS)], seed=dice.randrange(1000))
        return _tables(wide, lan_sheet(plan, wide, rendering)), plan.truth()
    goals = nested_sheet(records, office, ("column", "band", "none")[one.number // 2 % 3])
    records.open.clear()
    first = office.year % 3 == 1
    budget = lettered_sheet(records, office) if first else coded_sheet(records, office, (1, 4, 6)[one.number // 2 % 3])
    return _tables(TALL, goals, budget), None


def _tables(look: Look, *sheets: Any) -> Callable[[Paper], None]:
    def write(paper: Paper) -> None:
        for number, sheet in enumerate(sheets, 1):
            paper.turn(look)
            paper.say(f"Lampiran {number}", 11, bold=True, after=8)
            paper.table(sheet)

    return write


def _agreement(office: Office, records: Records) -> Callable[[Paper], None]:
    sheet = agreement_sheet(records, office)

    def write(paper: Paper) -> None:
        paper.new_page()
        paper.say(TITLES["perjanjian_kinerja"], 12, bold=True, center=True, after=12)
        paper.table(sheet)
        paper.y += 16
        ruled_list(paper, office, True)

    return write


def _cover(paper: Paper, office: Office, jenis: str) -> None:
    paper.y = 200
    for line in (TITLES[jenis], office.name.upper(), office.region.upper(), f"TAHUN {office.year}"):
        paper.say(line, 15, bold=True, center=True, after=6)


def _prose(paper: Paper, office: Office, dice: random.Random, pages: int) -> None:
    """So many pages of running text in chapters."""
    last = paper.page + pages
    chapter = 0
    while paper.page < last or chapter == 0:
        if chapter * pages <= (pages - last + paper.page) * len(CHAPTERS):
            paper.new_page()
            paper.say(f"BAB {['I', 'II', 'III', 'IV', 'V'][chapter % 5]}", 12, bold=True, center=True)
            paper.say(CHAPTERS[chapter % 5], 12, bold=True, center=True, after=10)
            chapter += 1
        for _ in range(6):
            words = " ".join(dice.sample(SENTENCES, 4))
            paper.say(f"{office.name} {office.region} menyusun rencana tahun {office.year}. {words}", 11, after=8)


def lan_plan(office: Office) -> Plan:
    """An office's plan as the form of LAN 239/2003 shows it: its programs are parted among its goals."""
    count = len(office.goals)
    goals = []
    for number, (aim, objectives) in enumerate(office.goals):
        objective, measures = objectives[0]
        programs = tuple(_program(program) for program in office.programs[number::count])
        goals.append(Goal(str(number + 1), aim, objective, tuple(Measure(*m) for m in measures), programs))
    return Plan(tuple(goals))


def _program(program: dict[str, Any]) -> Program:
    outcome = Measure(*program["hasil"], kind="hasil")
    groups = [
        Group(str(number), group["nama"], tuple(_activity(at, sub, outcome) for at, sub in enumerate(group["sub"], 1)))
        for number, group in enumerate(program["kegiatan"], 1)
    ]
    return Program(program["nama"], tuple(groups))


def _activity(number: int, sub: tuple[Any, ...], outcome: Measure) -> Activity:
    _, name, output, pagu = sub
    spent = Measure("Dana", "Rupiah", money(pagu), float(pagu), "masukan")
    return Activity(str(number), name, (spent, Measure(*output, kind="keluaran"), outcome))


def sums_of(truth: Truth) -> Sums:
    """The sums of a document's records."""
    nodes, indicators = truth.get("program_kegiatan", []), truth["indikator"]
    pagu: Counter[str] = Counter()
    for node in nodes:
        pagu[node["level"]] += node["pagu"] or 0
    levels = Counter(node["level"] for node in nodes)
    targets = sum(one["target"] or 0.0 for one in indicators)
    return Sums(dict(levels), {name: float(value) for name, value in pagu.items()}, len(indicators), round(targets, 3))
