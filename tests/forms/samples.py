"""Invented plans for the form of LAN 239/2003: short ones, with what offices really do to the form."""

from __future__ import annotations

from tests.forms.plan import Activity, Goal, Group, Measure, Plan, Program


def dana(target: str, value: float) -> Measure:
    return Measure("Dana", "Rupiah", target, value, "masukan")


def output(text: str, unit: str, target: str, value: float, **more: str) -> Measure:
    return Measure(text, unit, target, value, "keluaran", **more)


def outcome(text: str, unit: str, target: str, value: float) -> Measure:
    return Measure(text, unit, target, value, "hasil")


SCORE = outcome("Nilai evaluasi kinerja dinas", "Poin", "61.3", 61.3)
LITERACY = outcome("Indeks literasi masyarakat", "Poin", "68", 68.0)
READING = outcome("Tingkat kegemaran membaca", "Poin", "71", 71.0)

SUPPORT = Program(
    "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/ Kota",
    (
        Group(
            "1",
            "Perencanaan dan Evaluasi Kinerja Dinas",
            (
                Activity(
                    "1",
                    "Penyusunan Dokumen Rencana Dinas",
                    (
                        dana("2.450.000", 2450000.0),
                        output("Jumlah dokumen rencana yang disusun", "Dokumen", "2", 2.0),
                        SCORE,
                    ),
                ),
                Activity(
                    "2",
                    "Koordinasi dan Penyusunan Laporan Capaian Kinerja serta Ikhtisar Realisasi Kinerja Dinas",
                    (
                        dana("1.875.500", 1875500.0),
                        output(
                            "Jumlah laporan capaian kinerja dan ikhtisar realisasi yang disusun setiap akhir triwulan",
                            "Laporan",
                            "4",
                            4.0,
                        ),
                        SCORE,
                    ),
                ),
            ),
        ),
        Group(
            "3",
            "Administrasi Umum Dinas",
            (
                Activity(
                    "1",
                    "Penyediaan Bahan Logistik Kantor",
                    (
                        dana("9.120.000", 9120000.0),
                        output("Jumlah paket bahan logistik", "Paket", "1", 1.0, label="OUTPUT :"),
                        SCORE,
                    ),
                ),
                Activity(
                    None,
                    "Pemeliharaan Kendaraan Dinas",
                    (
                        dana("27.300.000", 27300000.0),
                        output("Jumlah kendaraan yang dipelihara", "Unit", "14", 14.0),
                        SCORE,
                    ),
                ),
                Activity(
                    "4",
                    "Penyediaan Gaji dan Tunjangan",
                    (
                        dana("1.954.210.400", 1954210400.0),
                        output("Jumlah orang yang menerima gaji", "Orang", "86", 86.0, remark="per-tahun"),
                        SCORE,
                    ),
                ),
            ),
        ),
    ),
)
LIBRARY = Program(
    "Program Pembinaan Perpustakaan",
    (
        Group(
            "1",
            "Pembudayaan Gemar Membaca Tingkat Daerah",
            (
                Activity(
                    "1",
                    "Sosialisasi Budaya Baca",
                    (
                        dana("64.275.000", 64275000.0),
                        output("Jumlah peserta sosialisasi", "Orang", "400", 400.0),
                        LITERACY,
                        READING,
                    ),
                ),
                Activity(
                    "2",
                    "Lomba Bercerita",
                    (
                        dana("910.000", 910000.0),
                        output("Jumlah sekolah yang ikut serta dalam lomba bercerita", "Sekolah", "1.250", 1250.0),
                        LITERACY,
                        READING,
                    ),
                ),
            ),
        ),
        Group(
            "2",
            "Pengelolaan Koleksi",
            (
                Activity(
                    "1",
                    "Pengadaan Bahan Pustaka",
                    (
                        dana("310.000.000", 310000000.0),
                        output("Jumlah bahan pustaka yang diadakan", "Eksemplar", "750", 750.0),
                        LITERACY,
                        READING,
                    ),
                ),
            ),
        ),
    ),
)

PLAN = Plan(
    (
        Goal(
            "1",
            "Meningkatnya akuntabilitas kinerja dinas",
            "Meningkatnya mutu laporan kinerja",
            (Measure("Nilai evaluasi kinerja", "Poin", "61.3", 61.3),),
            (SUPPORT,),
        ),
        Goal(
            "",
            None,
            None,
            (
                Measure("Indeks literasi masyarakat", "Poin", "68", 68.0),
                Measure("Tingkat kegemaran membaca", "Poin", "71", 71.0),
            ),
            (LIBRARY,),
        ),
    )
)
