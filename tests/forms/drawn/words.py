"""Header phrases in the words that offices use, and the typing errors they make in them."""

from __future__ import annotations

from random import Random

HEADERS: dict[str, tuple[str, ...]] = {
    "nomor": ("No", "No.", "NO", "Nomor", "No. Urut"),
    "kode": ("Kode", "KODE", "Kode Rekening", "Kode Program/Kegiatan"),
    "lokasi": ("Lokasi", "Lokasi Kegiatan", "LOKASI", "Lokasi (Kab/Kota)"),
    "sumber": ("Sumber Dana", "Sumber Pendanaan", "SUMBER DANA"),
    "keterangan": ("Keterangan", "Ket.", "Catatan", "Catatan Penting"),
    "penanggung": ("Penanggung Jawab", "Unit Penanggung Jawab", "Bidang Pelaksana", "Unit Kerja Pelaksana"),
    "indikator": (
        "Indikator Kinerja", "Indikator", "INDIKATOR KINERJA", "Tolok Ukur Kinerja", "Indikator dan Tolok Ukur",
    ),
    "satuan": ("Satuan", "SATUAN", "Sat.", "Satuan Target"),
    "target": ("Target", "TARGET", "Target Kinerja", "Target Capaian Kinerja", "Target Tahun {year}", "Rencana Target"),
    "pagu": (
        "Pagu Indikatif", "Anggaran", "ANGGARAN", "Pagu Anggaran", "Kebutuhan Dana/Pagu Indikatif", "Biaya",
        "Jumlah Anggaran", "Pagu Tahun {year}", "Kebutuhan Dana",
    ),
    "total": ("Total", "Jumlah", "TOTAL", "Jumlah Total"),
    "misi": ("Misi", "MISI"),
    "tujuan": ("Tujuan", "TUJUAN", "Tujuan Strategis"),
    "sasaran": ("Sasaran", "SASARAN", "Sasaran Strategis", "SASARAN STRATEGIS"),
    "program": ("Program", "PROGRAM", "Nama Program"),
    "kegiatan": ("Kegiatan", "KEGIATAN", "Nama Kegiatan"),
    "sub_kegiatan": ("Sub Kegiatan", "SUB KEGIATAN", "Nama Sub Kegiatan"),
}  # fmt: skip
SOURCES = ("APBD Provinsi", "APBD Kab/Kota", "APBN", "DAK", "DAU", "PAD")
LEVEL_WORDS = {"program": "Program", "kegiatan": "Kegiatan", "sub_kegiatan": "Sub Kegiatan"}
PLACES = ("Kota Bandar Lampung", "Kab. Pringsewu", "Kec. Gedong Tataan", "Kab. Tanggamus")
UNITS_IN_CHARGE = ("Sekretariat", "Bidang Perencanaan", "Bidang Layanan", "Subbag Umum")


def phrase(rng: Random, role: str, year: int) -> str:
    """A header for the role, in one of the ways that offices word it."""
    return rng.choice(HEADERS[role]).format(year=year)


def outline_phrase(rng: Random, levels: list[str]) -> str:
    """The header of a column that holds several levels."""
    words = [LEVEL_WORDS[level] for level in levels]
    joined = rng.choice(("/", " / ", ", ", "/")).join(words)
    if len(words) == 2 and rng.random() < 0.3:
        joined = " dan ".join(words)
    joined = rng.choice(("", "", "", "Uraian ", "Nama ")) + joined
    return joined.upper() if rng.random() < 0.3 else joined


def misspelt(rng: Random, text: str) -> str:
    """The text with one letter of its longest word doubled, dropped or swapped with the next."""
    word = max(text.replace("/", " ").split(), key=len)
    if len(word) < 6:
        return text
    at = rng.randrange(2, len(word) - 2)
    way = rng.choice(("double", "drop", "swap"))
    changed = {
        "double": word[:at] + word[at] + word[at:],
        "drop": word[:at] + word[at + 1 :],
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[way]
    return text.replace(word, changed, 1)
