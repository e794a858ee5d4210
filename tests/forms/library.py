"""What an invented library office plans: objectives with indicators, and programs with amounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Objectives of an invented library office: text, unit, printed target, value.
GOALS: list[tuple[str, list[tuple[str, list[tuple[str, str, str, float]]]]]] = [
    (
        "Meningkatkan budaya baca masyarakat",
        [
            (
                "Meningkatnya kunjungan perpustakaan",
                [
                    ("Indeks pembangunan literasi masyarakat", "Indeks", "68,5", 68.5),
                    ("Jumlah pengunjung perpustakaan umum", "Orang", "12.500", 12500.0),
                    ("Persentase perpustakaan desa yang aktif", "%", "45", 45.0),
                ],
            ),
            ("Meningkatnya mutu koleksi bacaan", [("Rasio koleksi terhadap penduduk", "Rasio", "0,75", 0.75)]),
        ],
    ),
    (
        "Mewujudkan tertib arsip daerah",
        [
            (
                "Meningkatnya perangkat daerah yang tertib arsip",
                [
                    ("Nilai pengawasan kearsipan", "Nilai", "71,25", 71.25),
                    ("Persentase arsip statis yang dialihmediakan", "%", "30", 30.0),
                ],
            ),
        ],
    ),
]
MISSION = "Membangun sumber daya manusia yang cerdas dan berbudaya"


# Programs with outcome (text, unit, target, value), kegiatan, and sub kegiatan (code, name, output, pagu).
PROGRAMS: list[dict[str, Any]] = [
    {
        "kode": "2.23.02",
        "nama": "Program Pembinaan Perpustakaan",
        "hasil": ("Indeks literasi masyarakat", "Indeks", "68,5", 68.5),
        "kegiatan": [
            {
                "kode": "2.23.02.2.01",
                "nama": "Pengelolaan Perpustakaan Tingkat Daerah",
                "sub": [
                    (
                        "2.23.02.2.01.0004",
                        "Pengembangan Layanan Perpustakaan Rujukan",
                        ("Jumlah layanan rujukan yang dikembangkan", "Layanan", "3", 3.0),
                        125_500_000,
                    ),
                    (
                        "2.23.02.2.01.0007",
                        "Pengembangan Bahan Pustaka",
                        ("Jumlah bahan pustaka yang diadakan", "Eksemplar", "1.250", 1250.0),
                        310_000_000,
                    ),
                ],
            },
            {
                "kode": "2.23.02.2.02",
                "nama": "Pembudayaan Gemar Membaca",
                "sub": [
                    (
                        "2.23.02.2.02.0001",
                        "Sosialisasi Budaya Baca",
                        ("Jumlah peserta sosialisasi", "Orang", "400", 400.0),
                        64_275_000,
                    ),
                ],
            },
        ],
    },
    {
        "kode": "2.24.02",
        "nama": "Program Pengelolaan Arsip",
        "hasil": ("Persentase arsip aktif yang tertata", "%", "62,5", 62.5),
        "kegiatan": [
            {
                "kode": "2.24.02.2.01",
                "nama": "Pengelolaan Arsip Dinamis Daerah",
                "sub": [
                    (
                        "2.24.02.2.01.0001",
                        "Penciptaan dan Penggunaan Arsip Dinamis",
                        ("Jumlah arsip dinamis yang ditata", "Berkas", "2.400", 2400.0),
                        87_000_000,
                    ),
                    (
                        "2.24.02.2.01.0003",
                        "Pemeliharaan dan Penyusutan Arsip",
                        ("Jumlah laporan penyusutan arsip", "Laporan", "2", 2.0),
                        45_725_000,
                    ),
                ],
            },
        ],
    },
]


@dataclass(frozen=True, slots=True)
class Office:
    """What an invented office plans for a year; `goals` and `programs` are of the forms of GOALS and PROGRAMS."""

    name: str
    region: str
    year: int
    goals: list[tuple[str, list[tuple[str, list[tuple[str, str, str, float]]]]]]
    programs: list[dict[str, Any]]
    mission: str = MISSION

    @property
    def objectives(self) -> list[tuple[str, list[tuple[str, str, str, float]]]]:
        """The sasaran of all goals, with their indicators."""
        return [objective for _, found in self.goals for objective in found]

    @property
    def place(self) -> str:
        """The region as the column for the lokasi has it."""
        return self.region.replace("Kabupaten ", "Kab. ")

    @property
    def total(self) -> int:
        """The sum of all pagu."""
        return sum(sum_of(program) for program in self.programs)


def money(amount: float) -> str:
    return f"{amount:,.0f}".replace(",", ".")


def english(amount: float) -> str:
    return f"{amount:,.2f}"


def sum_of(program: dict[str, Any]) -> int:
    return sum(sub[3] for group in program["kegiatan"] for sub in group["sub"])


LIBRARY = Office("Dinas Perpustakaan dan Kearsipan", "Kabupaten Lampung Tengah", 2025, GOALS, PROGRAMS)
