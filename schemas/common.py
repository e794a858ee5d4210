"""Columns that several datasets share, each written once."""

from __future__ import annotations

from dataclasses import replace

from schemas.fields import Dataset, Field, Kind, Rule, Theme

LEVELS_OF_NODES = ("urusan", "bidang", "program", "kegiatan", "sub_kegiatan")
LEVELS_OF_INDICATORS = ("misi", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan")

# Code parts joined with dots; letters stand in real codes (X.XX.01), and some offices print 1-2/3.
CODE_PATTERN = r"[0-9A-Za-z]+([./-][0-9A-Za-z]+)*"
PARTIAL_DATE_PATTERN = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
TIMESTAMP_PATTERN = PARTIAL_DATE_PATTERN + r"(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?"
# The middle form is a NIP masked down to its last four digits.
NIP_PATTERN = r"\d{18}|\*{14}\d{4}"
ORDINAL_PATTERN = r"[^.\s]|\S.*[^.\s]"

CERTAINTY = "_keyakinan"  # what the name of a figure's column of certainty ends in
CERTAINTIES = ("terbukti", "terbaca", "diragukan", "dikoreksi")

ROW_ID = Field(
    "baris_id",
    Kind.TEXT,
    "Kunci baris",
    "Kunci baris ini. Berkas yang sama dan versi pembaca yang sama selalu memberi kunci yang sama.",
    "The row's key: same file, same reader version, same key.",
    required=True,
    unique=True,
)
DOCUMENT_ID = Field(
    "dokumen_id",
    Kind.TEXT,
    "Kunci dokumen",
    "16 digit heksadesimal pertama dari SHA-256 berkas PDF.",
    "First 16 hex digits of the PDF's SHA-256.",
    required=True,
    pattern=r"[0-9a-f]{16}",
)
YEAR = Field(
    "tahun",
    Kind.SMALL,
    "Tahun rencana",
    "Tahun yang direncanakan, bukan tahun pencetakan. Kosong bila tidak dapat dipastikan.",
    "The plan year that the document is for, not the year it was printed; null where it cannot be told.",
    minimum=1945,
    maximum=2100,
)
PAGE = Field(
    "halaman",
    Kind.SMALL,
    "Halaman",
    "Halaman PDF (mulai dari 1) tempat baris ini dimulai; pada salinan pertama bila halaman berulang.",
    "1-based PDF page where the row starts, in the first copy where pages repeat.",
    minimum=1,
)
TABLE_ID = Field(
    "tabel_id",
    Kind.TEXT,
    "Kunci tabel",
    "Tabel asal baris ini; kosong untuk teks biasa.",
    "The table that the row was read from; null for prose.",
    references="tabel.tabel_id",
)
EVIDENCE = Field(
    "bukti",
    Kind.TEXTS,
    "Bukti",
    "Daftar `sel_id` dari sel atau blok teks asal nilai-nilainya; setiap angka dapat ditunjukkan di halamannya.",
    "The `sel_id`s of the cells or text blocks that its values came from.",
    required=True,
    references="sel.sel_id",
)
COMMON_FIELDS = (ROW_ID, DOCUMENT_ID, YEAR, PAGE, TABLE_ID, EVIDENCE)

CODE = Field(
    "kode",
    Kind.TEXT,
    "Kode",
    "Kode seperti tercetak, bagian-bagiannya digabung dengan titik.",
    "The code as printed, its parts joined with dots.",
    pattern=CODE_PATTERN,
)
ORDINAL = Field(
    "nomor",
    Kind.TEXT,
    "Nomor urut",
    "Nomor urut seperti tercetak, tanpa titik di belakang. Nomor dapat meloncat atau berulang; bukan kunci.",
    "The ordinal as printed, without its trailing dot. It may skip or repeat and is never a key.",
    pattern=ORDINAL_PATTERN,
)
REMARK = Field(
    "keterangan", Kind.TEXT, "Keterangan", "Isi kolom keterangan atau catatan.", "What the remarks column says."
)
MISSION = Field("misi", Kind.TEXT, "Misi", "Misi yang menaungi baris ini.", "The mission that the row belongs to.")
GOAL = Field("tujuan", Kind.TEXT, "Tujuan", "Tujuan yang menaungi baris ini.", "The goal that the row belongs to.")
OBJECTIVE = Field(
    "sasaran", Kind.TEXT, "Sasaran", "Sasaran yang menaungi baris ini.", "The objective that the row belongs to."
)
PROGRAM = Field(
    "program",
    Kind.TEXT,
    "Program",
    "Nama program yang menaungi baris ini, atau namanya sendiri pada tingkat program.",
    "The name of the program above the row, or its own at that level.",
)
ACTIVITY = Field(
    "kegiatan",
    Kind.TEXT,
    "Kegiatan",
    "Nama kegiatan yang menaungi baris ini, atau namanya sendiri pada tingkat kegiatan.",
    "The name of the kegiatan above the row, or its own at that level.",
)
SUB_ACTIVITY = Field(
    "sub_kegiatan",
    Kind.TEXT,
    "Sub kegiatan",
    "Nama sub kegiatan yang menaungi baris ini.",
    "The name of the sub kegiatan that the row belongs to.",
)
TARGET_TEXT = Field(
    "target_teks", Kind.TEXT, "Target tercetak", "Target persis seperti tercetak.", "The target as printed."
)
TARGET = Field(
    "target",
    Kind.NUMBER,
    "Target",
    "Target sebagai angka dalam satuannya; persen tetap persen. Kosong untuk rentang, predikat, atau teks.",
    "The target as a number in its unit; percent stays percent. Null for a range, a grade or a text.",
    quantity="lihat kolom satuan",
)
LAST_PAGE = Field(
    "halaman_akhir",
    Kind.SMALL,
    "Halaman akhir",
    "Halaman PDF tempat bagian atau tabel ini berakhir.",
    "The PDF page where it ends.",
    minimum=1,
)
SIMILARITY = Field(
    "kemiripan",
    Kind.NUMBER,
    "Kemiripan",
    "Nilai kemiripan dari 0 sampai 1.",
    "A similarity score from 0 to 1.",
    quantity="0–1",
    minimum=0,
    maximum=1,
)
CONFIDENCE = Field(
    "keyakinan",
    Kind.NUMBER,
    "Keyakinan",
    "Keyakinan pembacaan dari 0 sampai 1; 1 untuk lapisan teks yang baik.",
    "How sure the reading is, from 0 to 1; 1 for a sound text layer.",
    quantity="0–1",
    minimum=0,
    maximum=1,
)
ENGINE = Field(
    "mesin",
    Kind.TEXT,
    "Mesin pembaca",
    "Mesin yang membaca halaman atau tabel ini.",
    "The reader that gave the page or table.",
)


def like(field: Field, **changes: object) -> Field:
    """A shared column with some of its words or checks changed for one dataset."""
    return replace(field, **changes)  # type: ignore[arg-type]


def dataset(
    name: str,
    theme: Theme,
    words: tuple[str, str, str],
    own: tuple[Field, ...],
    *,
    key: str = "baris_id",
    rules: tuple[Rule, ...] = (),
) -> Dataset:
    """A dataset of the common columns and its own; an own column of a common name takes that one's place.

    `words` are its title, its Indonesian and its English description. `bukti` stays the last column.
    """
    overrides = {field.name: field for field in own}
    common = tuple(overrides.pop(field.name, field) for field in COMMON_FIELDS)
    leading, evidence = common[:-1], common[-1]
    return Dataset(name, theme, *words, fields=(*leading, *overrides.values(), evidence), key=key, rules=rules)


def certainty(figure: str, title: str) -> Field:
    """The column that says how sure a figure (or a level) is."""
    return Field(
        figure + CERTAINTY,
        Kind.TEXT,
        title,
        f"Seberapa pasti `{figure}`: `terbukti` (penjumlahan atau bacaan kedua cocok), `terbaca`, `diragukan` (lihat "
        "`temuan`), atau `dikoreksi` (dibetulkan orang). Kosong bila tidak ada angkanya.",
        f"How sure `{figure}` is: proven by a sum or a second reading, read, doubted (see `temuan`), or corrected by a "
        "person; null where there is no figure.",
        choices=CERTAINTIES,
    )
