"""The datasets of doubt: `temuan` and `karantina`."""

from __future__ import annotations

from schemas.common import ROW_ID, dataset, like
from schemas.fields import Field, Kind, Theme

_DATASET = Field(
    "dataset",
    Kind.TEXT,
    "Dataset",
    "Dataset baris yang dimaksud; kosong bila menyangkut dokumen.",
    "The dataset of the row in question; null where it is about the document.",
)
_COLUMN = Field("kolom", Kind.TEXT, "Kolom", "Kolom yang dimaksud.", "The column in question.")
_VALUE = Field("nilai", Kind.TEXT, "Nilai", "Nilai yang dimaksud, sebagai teks.", "The value in question, as text.")

FINDING = dataset(
    "temuan",
    Theme.DOUBT,
    ("Temuan", "Satu baris untuk setiap keraguan atau pertentangan.", "One row per doubt or contradiction."),
    (
        like(
            ROW_ID,
            description="Kunci baris yang dimaksud; kosong bila tentang dokumen. Kunci temuan sendiri: `temuan_id`.",
            english="The row in question; null where it is about the document. The finding's own key is `temuan_id`.",
            required=False,
            unique=False,
        ),
        Field(
            "temuan_id",
            Kind.TEXT,
            "Kunci temuan",
            "Kunci temuan ini.",
            "The key of the finding.",
            required=True,
            unique=True,
        ),
        Field(
            "kode",
            Kind.TEXT,
            "Kode temuan",
            "Kode tetap jenis temuan, misalnya `JUMLAH_TIDAK_COCOK`.",
            "The stable code of the check, such as `JUMLAH_TIDAK_COCOK`.",
            required=True,
            pattern=r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*",
        ),
        Field(
            "jenis",
            Kind.TEXT,
            "Jenis temuan",
            "`pembacaan`: hasil bacaan diragukan. `isi`: terbaca, tetapi dokumen bertentangan dengan dirinya "
            "atau dengan aturan.",
            "`pembacaan`: we doubt what we read; `isi`: we read it, and the document contradicts itself or a rule.",
            required=True,
            choices=("pembacaan", "isi"),
        ),
        Field(
            "tingkat",
            Kind.TEXT,
            "Tingkat temuan",
            "Berat temuan.",
            "How grave it is: error, warning or information.",
            required=True,
            choices=("galat", "peringatan", "info"),
        ),
        _DATASET,
        _COLUMN,
        Field(
            "pesan", Kind.TEXT, "Pesan", "Penjelasan dalam satu kalimat.", "One sentence, Indonesian.", required=True
        ),
        _VALUE,
        Field(
            "pembanding",
            Kind.TEXT,
            "Pembanding",
            "Nilai lain yang dibandingkan, atau usulan pembetulan.",
            "The other value compared, or a proposed correction.",
        ),
    ),
    key="temuan_id",
)

QUARANTINE = dataset(
    "karantina",
    Theme.DOUBT,
    (
        "Karantina",
        "Baris yang tidak memenuhi skemanya, utuh. Setiap baris ada di datasetnya atau di sini, tidak di keduanya.",
        "A record that failed its schema, whole. A record is in its dataset or here, never in both.",
    ),
    (
        like(ROW_ID, unique=False),
        like(_DATASET, description="Dataset asal baris ini.", english="The dataset of the record.", required=True),
        like(_COLUMN, description="Kolom pertama yang gagal.", english="The first column that failed."),
        Field("aturan", Kind.TEXT, "Aturan", "Aturan yang dilanggar.", "The rule that it broke.", required=True),
        _VALUE,
        Field(
            "rekaman", Kind.TEXT, "Rekaman", "Seluruh baris sebagai JSON.", "The whole record as JSON.", required=True
        ),
        Field("alasan", Kind.TEXT, "Alasan", "Alasan dalam satu kalimat.", "Why, in one sentence.", required=True),
    ),
)

DATASETS = (FINDING, QUARANTINE)
