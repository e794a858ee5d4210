"""Invented offices and their plans over the years: the same seed always gives the same plans.

Offices of one kind take their program, kegiatan and sub kegiatan from one list of codes and names, as real ones do, and
each sets its own amounts and targets. From year to year some of these change, some sub kegiatan go and others come.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import Any

from lokal import wilayah

from tests.forms.library import Office, money

FIRST_YEAR = 2023
YEARS = 3
KINDS = {
    "Dinas Pendidikan": ("1.01", "Ruang Kelas", "Guru", "Buku Pelajaran", "Kurikulum", "Laboratorium", "Siswa"),
    "Dinas Kesehatan": ("1.02", "Puskesmas", "Bidan Desa", "Imunisasi", "Gizi Balita", "Obat", "Ambulans"),
    "Dinas Pekerjaan Umum": ("1.03", "Jalan Desa", "Jembatan", "Irigasi", "Drainase", "Bendung", "Gedung Negara"),
    "Dinas Sosial": ("1.06", "Panti Asuhan", "Lansia", "Karang Taruna", "Bantuan Pangan", "Taruna Siaga", "Difabel"),
    "Dinas Tenaga Kerja": ("2.07", "Pelatihan Kerja", "Pencari Kerja", "Balai Latihan", "Upah", "Magang", "Bursa"),
    "Dinas Pangan": ("2.09", "Lumbung", "Cadangan Pangan", "Menu Sehat", "Pekarangan", "Beras", "Umbi"),
    "Dinas Lingkungan Hidup": ("2.11", "Sampah", "Sungai", "Taman Kota", "Bank Sampah", "Udara", "Limbah"),
    "Dinas Perhubungan": ("2.15", "Terminal", "Rambu", "Angkutan Desa", "Halte", "Pelabuhan", "Parkir"),
    "Dinas Koperasi": ("2.17", "Koperasi Tani", "Usaha Mikro", "Simpan Pinjam", "Pasar Rakyat", "Pameran", "Modal"),
    "Dinas Perpustakaan dan Kearsipan": ("2.23", "Bahan Pustaka", "Arsip", "Pojok Baca", "Naskah", "Katalog", "Rak"),
    "Dinas Perikanan": ("3.25", "Kolam", "Benih Ikan", "Pasar Ikan", "Tambak", "Rumput Laut", "Perahu"),
    "Dinas Pariwisata": ("3.26", "Desa Wisata", "Pemandu", "Festival", "Homestay", "Galeri", "Cagar Budaya"),
}  # fmt: skip
VERBS = ("Penyusunan", "Pengelolaan", "Pembinaan", "Fasilitasi", "Pendataan", "Pemeliharaan", "Pengawasan", "Penataan")
SCOPES = ("", " Tingkat Kecamatan", " Tingkat Desa", " Terpadu", " Lintas Wilayah", " Unggulan", " Perintis")
UNITS = ("Dokumen", "Laporan", "Unit", "Orang", "Paket")
LARGE = {"programs": (6, 8), "kegiatan": (3, 5), "sub": (4, 6)}
SMALL = {"programs": (2, 3), "kegiatan": (1, 2), "sub": (2, 4)}

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """An office of the corpus: `large` ones plan some hundred sub kegiatan, the others some ten."""

    number: int
    name: str
    region: str
    large: bool


@cache
def _regions() -> tuple[str, ...]:
    names = [district.name for province in wilayah.list_wilayah() for district in wilayah.list_wilayah(province.code)]
    return tuple(name for name in names if len(name) < 30)


def place(number: int) -> Place:
    """The office of that number: every second one is large. Raises ValueError where there are no more of them."""
    kinds, regions = list(KINDS), _regions()
    region, kind = divmod(number // 2, len(kinds))
    at = 2 * region + number % 2
    if at >= len(regions):
        raise ValueError(f"there are only {len(kinds) * len(regions)} offices, none of number {number}")
    return Place(number, kinds[kind], regions[at], number % 2 == 0)


def plans(one: Place, seed: int) -> list[Office]:
    """What an office plans in each of the years, the earliest first."""
    dice = random.Random(f"{seed} {one.number}")
    programs = _programs(dice, one)
    goals = _goals(dice, one)
    offices = []
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        if offices:
            programs = _a_year_later(random.Random(f"{seed} {one.number} {year}"), programs, one.name)
        offices.append(Office(one.name, one.region, year, goals, programs, "Mewujudkan pelayanan yang merata"))
    return offices


@cache
def _names(kind: str, level: str) -> tuple[str, ...]:
    """All names that offices of a kind have for their program, kegiatan or sub kegiatan; no two are alike."""
    things = KINDS[kind][1:]
    if level == "program":
        return tuple(f"Program {verb} {thing}" for thing in things for verb in VERBS[1:3])
    names = [f"{verb} {thing}{scope}" for scope in SCOPES for thing in things for verb in VERBS]
    random.Random(kind).shuffle(names)
    return tuple(names[:40] if level == "kegiatan" else names[40:])


def _programs(dice: random.Random, one: Place) -> list[Node]:
    size = LARGE if one.large else SMALL
    return [_program(dice, one.name, number, size) for number in range(dice.randint(*size["programs"]))]


def _program(dice: random.Random, kind: str, number: int, size: dict[str, tuple[int, int]]) -> Node:
    kode = f"{KINDS[kind][0]}.{number + 2:02d}"
    groups = [_kegiatan(dice, kind, number, k, size) for k in range(dice.randint(*size["kegiatan"]))]
    name = _names(kind, "program")[number]
    outcome = f"Persentase {name.removeprefix('Program ').lower()} yang terlaksana"
    target = dice.randrange(400, 990)
    return {"kode": kode, "nama": name, "hasil": (outcome, "%", f"{target / 10:.1f}".replace(".", ","), target / 10),
            "kegiatan": groups}  # fmt: skip


def _kegiatan(dice: random.Random, kind: str, program: int, number: int, size: dict[str, tuple[int, int]]) -> Node:
    kode = f"{KINDS[kind][0]}.{program + 2:02d}.2.{number + 1:02d}"
    places = sorted(dice.sample(range(6), dice.randint(*size["sub"])))
    subs = [_sub(dice, kind, program, number, at) for at in places]
    return {"kode": kode, "nama": _names(kind, "kegiatan")[program * 5 + number], "sub": subs}


def _sub(dice: random.Random, kind: str, program: int, kegiatan: int, at: int) -> tuple[Any, ...]:
    kode = f"{KINDS[kind][0]}.{program + 2:02d}.2.{kegiatan + 1:02d}.{at + 1:04d}"
    name = _names(kind, "sub")[(program * 5 + kegiatan) * 6 + at]
    return kode, name, _output(name, at, dice.randrange(1, 1500)), dice.randrange(5_000_000, 900_000_000, 500)


def _output(name: str, at: int, target: int) -> tuple[str, str, str, float]:
    unit = UNITS[at % len(UNITS)]
    return f"Jumlah {unit.lower()} {name.lower()}", unit, money(target), float(target)


def _goals(dice: random.Random, one: Place) -> list[Any]:
    goals = []
    for number, thing in enumerate(KINDS[one.name][1 : 4 if one.large else 3]):
        measures = []
        for text, unit in ((f"Indeks layanan {thing.lower()}", "Indeks"), (f"Cakupan {thing.lower()} yang baik", "%")):
            value = dice.randrange(300, 990) / 10
            measures.append((text, unit, f"{value:.1f}".replace(".", ","), value))
        aim = f"Meningkatkan {('mutu', 'jangkauan', 'pemerataan')[number]} layanan {thing.lower()}"
        goals.append((aim, [(aim.replace("Meningkatkan", "Meningkatnya"), measures)]))
    return goals


def _a_year_later(dice: random.Random, programs: list[Node], kind: str) -> list[Node]:
    """The programs of the next year: a third of the pagu and a tenth of the targets differ, a few sub kegiatan too."""
    return [
        program | {"kegiatan": [group | {"sub": _changed(dice, group, kind)} for group in program["kegiatan"]]}
        for program in programs
    ]


def _changed(dice: random.Random, group: Node, kind: str) -> list[tuple[Any, ...]]:
    kept = []
    for kode, name, output, pagu in group["sub"]:
        if dice.random() < 0.03 and len(group["sub"]) > 2:
            continue
        at, target = int(kode[-4:]) - 1, int(output[3])
        again = _output(name, at, target + dice.randrange(1, 50)) if dice.random() < 0.1 else output
        kept.append((kode, name, again, pagu + 500 * dice.randrange(-5_000, 9_000) if dice.random() < 0.3 else pagu))
    free = sorted(set(range(6)) - {int(sub[0][-4:]) - 1 for sub in kept})
    if free and dice.random() < 0.1:
        program, kegiatan = (int(part) for part in (group["kode"].split(".")[2], group["kode"].split(".")[4]))
        kept.append(_sub(dice, kind, program - 2, kegiatan - 1, dice.choice(free)))
    return sorted(kept)
