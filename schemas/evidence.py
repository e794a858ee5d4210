"""The datasets that show where values came from: `halaman`, `tabel`, `sel`."""

from __future__ import annotations

from schemas.common import CONFIDENCE, ENGINE, LAST_PAGE, PAGE, SIMILARITY, TABLE_ID, dataset, like
from schemas.fields import Field, Kind, Rule, RuleKind, Theme

UNKNOWN_LAYOUT = "tak_dikenal"

SHEET = dataset(
    "halaman",
    Theme.EVIDENCE,
    ("Halaman", "Satu baris untuk setiap halaman PDF.", "One row per page of the PDF."),
    (
        like(PAGE, description="Nomor halaman PDF, mulai dari 1.", english="1-based PDF page.", required=True),
        Field(
            "jenis",
            Kind.TEXT,
            "Jenis halaman",
            "Halaman teks, pindaian, campuran, atau kosong.",
            "Text layer, scan, both, or blank.",
            required=True,
            choices=("teks", "pindai", "campuran", "kosong"),
        ),
        like(
            PAGE,
            name="salinan_dari",
            title="Salinan dari",
            description="Halaman yang diulang oleh halaman ini.",
            english="The page that this one repeats.",
        ),
        like(
            SIMILARITY,
            description="Kemiripan dengan halaman yang diulang.",
            english="The similarity to the page that it repeats.",
        ),
        Field(
            "orientasi",
            Kind.INTEGER,
            "Orientasi",
            "Putaran searah jarum jam yang membuat halaman tegak.",
            "The clockwise turn that makes the page upright.",
            quantity="derajat",
            choices=("0", "90", "180", "270"),
        ),
        ENGINE,
        Field("kata", Kind.INTEGER, "Kata", "Banyaknya kata pada halaman.", "Words on the page.", minimum=0),
        Field(
            "kata_terpakai",
            Kind.INTEGER,
            "Kata terpakai",
            "Banyaknya kata yang masuk ke sel, teks, kepala atau kaki halaman, atau temuan.",
            "Words accounted for: in a cell, in prose, in a running header or footer, or in a finding.",
            minimum=0,
        ),
    ),
    rules=(
        Rule(
            "kata_terpakai",
            RuleKind.ASCENDING,
            ("kata_terpakai", "kata"),
            "Kata terpakai tidak melebihi kata pada halaman.",
            "No more words are accounted for than the page has.",
        ),
    ),
)

TABLE = dataset(
    "tabel",
    Theme.EVIDENCE,
    (
        "Tabel",
        "Satu baris untuk setiap tabel utuh; lanjutannya pada halaman lain sudah digabung.",
        "One row per logical table, continuations joined.",
    ),
    (
        like(
            TABLE_ID,
            description="Kunci tabel ini.",
            english="The key of this table.",
            required=True,
            unique=True,
            references=None,
        ),
        Field("judul", Kind.TEXT, "Judul tabel", "Judul seperti tercetak.", "The caption as printed."),
        Field(
            "tata_letak",
            Kind.TEXT,
            "Tata letak",
            f"Tata letak yang dikenali; `{UNKNOWN_LAYOUT}` bila tidak dikenali.",
            f"The layout recognised; `{UNKNOWN_LAYOUT}` where none was.",
            required=True,
        ),
        LAST_PAGE,
        Field("jumlah_baris", Kind.INTEGER, "Jumlah baris", "Banyaknya baris tabel.", "Rows of the table.", minimum=0),
        Field(
            "jumlah_kolom", Kind.INTEGER, "Jumlah kolom", "Banyaknya kolom tabel.", "Columns of the table.", minimum=0
        ),
        ENGINE,
        CONFIDENCE,
    ),
    rules=(
        Rule(
            "halaman_tabel",
            RuleKind.ASCENDING,
            ("halaman", "halaman_akhir"),
            "Halaman akhir tidak mendahului halaman awal.",
            "The last page does not come before the first.",
        ),
    ),
)

_POSITION = Field(
    "baris", Kind.INTEGER, "Baris", "Nomor baris dalam tabel, mulai dari 0.", "0-based row of the table.", minimum=0
)
_SPAN = Field(
    "rentang_baris",
    Kind.INTEGER,
    "Rentang baris",
    "Banyaknya baris yang dicakup sel ini.",
    "How many rows the cell spans.",
    minimum=1,
)
_EDGE = Field(
    "x0",
    Kind.NUMBER,
    "Tepi kiri",
    "Tepi kiri kotak, dari sudut kiri atas halaman yang tegak.",
    "Left edge of the box, from the top left corner of the upright page.",
    required=True,
    quantity="titik PDF (1/72 inci)",
)

CELL = dataset(
    "sel",
    Theme.EVIDENCE,
    (
        "Sel",
        "Setiap sel dari setiap tabel, dikenali atau tidak, dan setiap blok teks.",
        "Every cell of every table, recognised or not, and every block of prose.",
    ),
    (
        like(PAGE, required=True),
        Field("sel_id", Kind.TEXT, "Kunci sel", "Kunci sel ini.", "The key of the cell.", required=True, unique=True),
        Field(
            "jenis",
            Kind.TEXT,
            "Jenis",
            "Sel tabel atau blok teks.",
            "A table's cell or a block of prose.",
            required=True,
            choices=("sel", "teks"),
        ),
        _POSITION,
        like(
            _POSITION,
            name="kolom",
            title="Kolom",
            description="Nomor kolom dalam tabel, mulai dari 0.",
            english="0-based column of the table.",
        ),
        _SPAN,
        like(
            _SPAN,
            name="rentang_kolom",
            title="Rentang kolom",
            description="Banyaknya kolom yang dicakup sel ini.",
            english="How many columns the cell spans.",
        ),
        Field("teks", Kind.TEXT, "Teks", "Teks sel seperti tercetak.", "The text of the cell as printed."),
        _EDGE,
        like(_EDGE, name="y0", title="Tepi atas", description="Tepi atas kotak.", english="Top edge of the box."),
        like(_EDGE, name="x1", title="Tepi kanan", description="Tepi kanan kotak.", english="Right edge of the box."),
        like(_EDGE, name="y1", title="Tepi bawah", description="Tepi bawah kotak.", english="Bottom edge of the box."),
        CONFIDENCE,
    ),
    rules=(
        Rule("kotak_lebar", RuleKind.ASCENDING, ("x0", "x1"), "Tepi kiri di kiri tepi kanan.", "Left before right."),
        Rule("kotak_tinggi", RuleKind.ASCENDING, ("y0", "y1"), "Tepi atas di atas tepi bawah.", "Top before bottom."),
    ),
)

DATASETS = (SHEET, TABLE, CELL)
