"""The datasets about the document itself and its prose: `dokumen`, `arah_kebijakan`, `dasar_hukum`, `bagian`."""

from __future__ import annotations

from schemas.common import (
    GOAL,
    LAST_PAGE,
    NIP_PATTERN,
    OBJECTIVE,
    ORDINAL,
    PARTIAL_DATE_PATTERN,
    TIMESTAMP_PATTERN,
    dataset,
    like,
)
from schemas.fields import Field, Kind, Theme

DOCUMENT_KINDS = ("rkt", "perjanjian_kinerja", "renja", "iku", "rencana_aksi", "dpa", "apbd", "lainnya")
STAGES = ("murni", "perubahan", "rancangan")
STATUSES = ("lengkap", "sebagian", "gagal")

_IDENTITY = (
    Field("berkas", Kind.TEXT, "Berkas", "Nama berkas PDF.", "The name of the PDF file.", required=True),
    Field(
        "sha256",
        Kind.TEXT,
        "SHA-256",
        "Sidik SHA-256 berkas PDF, 64 digit heksadesimal.",
        "The SHA-256 of the PDF, 64 hex digits.",
        required=True,
        pattern=r"[0-9a-f]{64}",
    ),
    Field(
        "jenis_dokumen",
        Kind.TEXT,
        "Jenis dokumen",
        "Jenis dokumen menurut judul dan isinya.",
        "The kind of document, by its title and content.",
        choices=DOCUMENT_KINDS,
    ),
    Field(
        "tahap",
        Kind.TEXT,
        "Tahap",
        "Rencana murni, perubahannya, atau rancangan.",
        "The original plan, its revision, or a draft.",
        choices=STAGES,
    ),
    Field("judul", Kind.TEXT, "Judul", "Judul dokumen seperti tercetak.", "The title as printed."),
    Field(
        "perangkat_daerah",
        Kind.TEXT,
        "Perangkat daerah",
        "Nama lengkap perangkat daerah, tanpa nama daerahnya.",
        "The full name of the office, without the region.",
    ),
    Field(
        "wilayah",
        Kind.TEXT,
        "Wilayah",
        "Daerahnya, misalnya `Kabupaten Way Kanan` atau `Provinsi Jawa Barat`.",
        "The region, such as `Kabupaten Way Kanan` or `Provinsi Jawa Barat`.",
    ),
    Field(
        "kode_wilayah",
        Kind.TEXT,
        "Kode wilayah",
        "Kode wilayah Kemendagri (bukan kode BPS), misalnya `18.08`.",
        "The region's Kemendagri code (not the BPS one), such as `18.08`.",
        pattern=r"\d{2}(\.\d{2})?",
    ),
)

_CONTENT = (
    Field("visi", Kind.TEXT, "Visi", "Visi seperti tercetak.", "The vision as printed."),
    Field("misi", Kind.TEXTS, "Misi", "Daftar misi seperti tercetak.", "The missions as printed."),
    Field("penandatangan", Kind.TEXT, "Penanda tangan", "Nama penanda tangan.", "The name of the signatory."),
    Field(
        "nip",
        Kind.TEXT,
        "NIP",
        "NIP penanda tangan, 18 digit sebagai teks. Bila disamarkan, hanya 4 digit terakhir yang terbaca.",
        "The signatory's civil servant number: 18 digits, as text. Where masked, only its last 4 digits are legible.",
        pattern=NIP_PATTERN,
    ),
    Field("jabatan", Kind.TEXT, "Jabatan", "Jabatan penanda tangan.", "The signatory's office."),
    Field("tempat", Kind.TEXT, "Tempat", "Tempat penandatanganan.", "Where it was signed."),
    Field(
        "tanggal",
        Kind.DATE,
        "Tanggal",
        "Tanggal penandatanganan (ISO), seteliti yang tercetak: `2024-01-02`, `2024-01`, atau `2024`.",
        "The date of signature (ISO), as exact as printed: `2024-01-02`, `2024-01` or `2024`.",
        pattern=PARTIAL_DATE_PATTERN,
    ),
    Field("tanggal_teks", Kind.TEXT, "Tanggal tercetak", "Tanggal persis seperti tercetak.", "The date as printed."),
)

_FILE = (
    Field(
        "jumlah_halaman",
        Kind.INTEGER,
        "Jumlah halaman",
        "Banyaknya halaman dalam berkas. Kosong bila berkas tidak dapat dibuka.",
        "The number of pages in the file; null where it could not be opened.",
        quantity="halaman",
        minimum=0,
    ),
    Field(
        "halaman_unik",
        Kind.INTEGER,
        "Halaman unik",
        "Banyaknya halaman yang bukan salinan halaman lain.",
        "The number of pages that repeat no other page.",
        quantity="halaman",
        minimum=0,
    ),
    Field(
        "halaman_ocr",
        Kind.INTEGER,
        "Halaman OCR",
        "Banyaknya halaman yang dibaca dari gambar.",
        "The number of pages that were read from an image.",
        quantity="halaman",
        minimum=0,
    ),
    Field(
        "duplikat_dari",
        Kind.TEXT,
        "Duplikat dari",
        "Kunci dokumen lain yang sama isinya. Dokumen ini tetap terbit, tetapi tidak ikut dalam view.",
        "Another `dokumen_id`: the same document delivered again; still published, left out of the views.",
        pattern=r"[0-9a-f]{16}",
        references="dokumen.dokumen_id",
    ),
    Field("sumber_url", Kind.TEXT, "URL sumber", "Alamat asal berkas, dari sidecar.", "Where it came from (sidecar)."),
    Field("penerbit", Kind.TEXT, "Penerbit", "Penerbit berkas, dari sidecar.", "Who published it (sidecar)."),
    Field(
        "diambil",
        Kind.DATE,
        "Diambil",
        "Tanggal atau waktu berkas diambil (ISO), dari sidecar.",
        "When it was retrieved (ISO; sidecar).",
        pattern=TIMESTAMP_PATTERN,
    ),
    Field("lisensi", Kind.TEXT, "Lisensi", "Lisensi berkas, dari sidecar.", "Its licence (sidecar)."),
    Field(
        "versi_pembaca",
        Kind.TEXT,
        "Versi pembaca",
        "Versi pembaca yang menghasilkan baris-baris dokumen ini.",
        "The version of the reader that gave this document's rows.",
        required=True,
    ),
    Field(
        "status",
        Kind.TEXT,
        "Status",
        "`lengkap`: setiap halaman terbaca, setiap tabel dipahami atau memang bukan bagian rencana, "
        "dan tidak ada karantina. `sebagian`: ada yang tidak. `gagal`: tidak terbaca.",
        "`lengkap`: every page read, every table understood or known to be none of ours, nothing in quarantine; "
        "`sebagian`: not so; `gagal`: not read.",
        required=True,
        choices=STATUSES,
    ),
)

DOCUMENT = dataset(
    "dokumen",
    Theme.DOMAIN,
    ("Dokumen", "Satu baris untuk setiap berkas PDF.", "One row per PDF."),
    (*_IDENTITY, *_CONTENT, *_FILE),
)

POLICY = dataset(
    "arah_kebijakan",
    Theme.DOMAIN,
    ("Arah kebijakan", "Strategi dan kebijakan setiap sasaran.", "The strategies and policies of each objective."),
    (
        GOAL,
        OBJECTIVE,
        Field(
            "jenis",
            Kind.TEXT,
            "Jenis",
            "Strategi atau kebijakan.",
            "Strategy or policy.",
            required=True,
            choices=("strategi", "kebijakan"),
        ),
        Field("nomor", Kind.INTEGER, "Nomor", "Nomor seperti tercetak.", "The number as printed.", minimum=0),
        Field("uraian", Kind.TEXT, "Uraian", "Bunyi strategi atau kebijakan.", "Its wording.", required=True),
    ),
)

LEGAL_BASIS = dataset(
    "dasar_hukum",
    Theme.DOMAIN,
    ("Dasar hukum", "Peraturan yang disebut sebagai dasar hukum.", "The regulations named as legal basis."),
    (
        Field("nomor_urut", Kind.INTEGER, "Nomor urut", "Nomor dalam daftar.", "Its number in the list.", minimum=0),
        Field(
            "jenis",
            Kind.TEXT,
            "Jenis peraturan",
            "Jenis peraturan, misalnya `Undang-Undang`.",
            "The type of regulation, such as `Undang-Undang`.",
        ),
        Field("nomor", Kind.TEXT, "Nomor peraturan", "Nomor peraturan seperti tercetak.", "Its number as printed."),
        Field(
            "tahun_peraturan",
            Kind.SMALL,
            "Tahun peraturan",
            "Tahun peraturan.",
            "The year of the regulation.",
            minimum=1800,
            maximum=2100,
        ),
        Field("tentang", Kind.TEXT, "Tentang", "Judul peraturan setelah kata `tentang`.", "Its subject."),
        Field("teks", Kind.TEXT, "Teks", "Butir dasar hukum seperti tercetak.", "The item as printed.", required=True),
    ),
)

SECTION = dataset(
    "bagian",
    Theme.DOMAIN,
    ("Bagian", "Teks dokumen, satu baris untuk setiap judul bagian.", "The document's prose, a row per heading."),
    (
        like(ORDINAL, description="Nomor bagian seperti tercetak.", english="The number of the section as printed."),
        Field("judul", Kind.TEXT, "Judul bagian", "Judul seperti tercetak.", "The heading as printed."),
        Field(
            "tingkat",
            Kind.INTEGER,
            "Tingkat",
            "Kedalaman judul; 1 untuk bab.",
            "The depth of the heading; 1 for a chapter.",
            minimum=0,
        ),
        LAST_PAGE,
        Field("teks", Kind.TEXT, "Teks", "Teks di bawah judul itu.", "The prose below the heading."),
    ),
)

DATASETS = (DOCUMENT, POLICY, LEGAL_BASIS, SECTION)
