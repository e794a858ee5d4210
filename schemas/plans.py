"""The datasets of the plan: nodes, indicators, targets by period, funding by source, accounts, comparisons."""

from __future__ import annotations

from schemas.common import (
    ACTIVITY,
    CODE,
    DOCUMENT_ID,
    GOAL,
    LEVELS_OF_INDICATORS,
    LEVELS_OF_NODES,
    MISSION,
    OBJECTIVE,
    ORDINAL,
    PAGE,
    PROGRAM,
    REMARK,
    SIMILARITY,
    SUB_ACTIVITY,
    TARGET,
    TARGET_TEXT,
    certainty,
    dataset,
    like,
)
from schemas.fields import Field, Kind, Rule, RuleKind, Theme

VERSIONS = ("rancangan_awal", "analisis_kebutuhan")
PERIODS = (
    *(f"tw{quarter}" for quarter in range(1, 5)),
    *("smt1", "smt2"),
    *("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"),
)

PERIOD_PATTERN = "|".join((*PERIODS, r"(19|20)\d\d"))

_RESPONSIBLE = Field(
    "penanggung_jawab",
    Kind.TEXT,
    "Penanggung jawab",
    "Unit yang bertanggung jawab, seperti tercetak.",
    "The responsible unit as printed.",
)
_VERSION = Field(
    "versi",
    Kind.TEXT,
    "Versi",
    "Bila satu tabel menyandingkan dua versi: `rancangan_awal` atau `analisis_kebutuhan`. View memakai yang terakhir.",
    "Of a table that sets two versions side by side: which one. The views take `analisis_kebutuhan`.",
    choices=VERSIONS,
)
_NODE_LEVEL = Field(
    "level",
    Kind.TEXT,
    "Tingkat",
    "Tingkat dalam susunan rencana (Permendagri 90/2019).",
    "The level in the plan's hierarchy (Permendagri 90/2019).",
    required=True,
    choices=LEVELS_OF_NODES,
)
_INDICATOR_LEVEL = like(_NODE_LEVEL, choices=LEVELS_OF_INDICATORS)
_NODE_ID = Field(
    "node_id",
    Kind.TEXT,
    "Kunci simpul",
    "Kunci baris rencana ini dalam tabel yang memuatnya.",
    "The key of this node in this listing.",
    required=True,
    unique=True,
)
_CEILING = Field(
    "pagu",
    Kind.RUPIAH,
    "Pagu",
    "Pagu anggaran. Menjumlahkan semua tingkat menghitung uang dua kali; gunakan `v_pagu`.",
    "The budget ceiling. Adding up all levels counts money twice: use `v_pagu`.",
    quantity="rupiah",
    minimum=0,
)
_CEILING_TEXT = Field("pagu_teks", Kind.TEXT, "Pagu tercetak", "Pagu persis seperti tercetak.", "As printed.")

NODE = dataset(
    "program_kegiatan",
    Theme.DOMAIN,
    (
        "Program dan kegiatan",
        "Satu baris untuk setiap urusan, bidang, program, kegiatan, atau sub kegiatan pada setiap tabelnya.",
        "One row per node of the plan's hierarchy per table that lists it.",
    ),
    (
        _NODE_ID,
        Field(
            "induk_id",
            Kind.TEXT,
            "Kunci induk",
            "`node_id` dari induknya.",
            "The `node_id` of its parent.",
            references="program_kegiatan.node_id",
        ),
        _NODE_LEVEL,
        CODE,
        ORDINAL,
        Field("nama", Kind.TEXT, "Nama", "Nama seperti tercetak.", "The name as printed."),
        Field("penjabaran", Kind.TEXT, "Penjabaran", "Penjabaran seperti tercetak.", "The elaboration as printed."),
        _CEILING,
        _CEILING_TEXT,
        like(
            _CEILING,
            name="prakiraan_pagu",
            title="Prakiraan pagu",
            description="Prakiraan maju pagu untuk tahun berikutnya.",
            english="The ceiling forecast for the next year.",
        ),
        Field("lokasi", Kind.TEXT, "Lokasi", "Lokasi seperti tercetak.", "The location as printed."),
        Field("sumber_dana", Kind.TEXT, "Sumber dana", "Sumber dana seperti tercetak.", "The source of funds."),
        REMARK,
        like(GOAL, description="Tujuan yang dikaitkan tabel dengan baris ini.", english="The goal tied to the node."),
        like(
            OBJECTIVE,
            description="Sasaran yang dikaitkan tabel dengan baris ini.",
            english="The objective tied to the node.",
        ),
        PROGRAM,
        ACTIVITY,
        like(
            CODE,
            name="kode_resmi",
            title="Kode resmi",
            description="Kode nomenklatur resmi yang paling cocok; kosong bila nama itu milik beberapa kode. Tanpa "
            "nomenklatur yang diimpor: kode yang dipakai sedikitnya tiga perangkat daerah lain.",
            english="The code of the closest entry of the official nomenclature, null where several codes have its "
            "name. Without an imported nomenclature, a code that three other offices or more use alike.",
        ),
        Field(
            "nama_resmi",
            Kind.TEXT,
            "Nama resmi",
            "Nama nomenklatur resmi yang paling cocok, atau nama di perangkat daerah lain; lihat `kode_resmi`.",
            "The name of the closest entry of the official nomenclature, or that of other offices; see `kode_resmi`.",
        ),
        like(SIMILARITY, description="Kemiripan dengan nama resmi.", english="The similarity to the official name."),
        _RESPONSIBLE,
        _VERSION,
        certainty("level", "Keyakinan tingkat"),
        certainty("pagu", "Keyakinan pagu"),
        certainty("prakiraan_pagu", "Keyakinan prakiraan pagu"),
    ),
)

_RANGE_RULES = (
    Rule(
        "rentang_target",
        RuleKind.ASCENDING,
        ("target_min", "target_maks"),
        "Batas bawah target tidak melebihi batas atasnya.",
        "The lower end of a target is not above the upper one.",
    ),
    Rule(
        "titik_target",
        RuleKind.SAME,
        ("target", "target_min", "target_maks"),
        "Target berupa satu angka memiliki batas bawah dan batas atas yang sama dengan angka itu.",
        "A point target has both ends equal to it.",
    ),
)

_INDICATOR_CONTEXT = (
    Field(
        "node_id",
        Kind.TEXT,
        "Kunci simpul",
        "`node_id` pada `program_kegiatan` tempat indikator ini bergantung; kosong di atas tingkat program.",
        "The `program_kegiatan` node that it hangs on; null above program.",
        references="program_kegiatan.node_id",
    ),
    _INDICATOR_LEVEL,
    MISSION,
    GOAL,
    OBJECTIVE,
    PROGRAM,
    ACTIVITY,
    SUB_ACTIVITY,
    ORDINAL,
    CODE,
    Field(
        "jenis",
        Kind.TEXT,
        "Jenis indikator",
        "Kosong bila dokumen tidak menyebutnya.",
        "Input, output, outcome, benefit or impact; null where the document names none.",
        choices=("masukan", "keluaran", "hasil", "manfaat", "dampak"),
    ),
)

_INDICATOR_VALUES = (
    Field(
        "indikator",
        Kind.TEXT,
        "Indikator",
        "Bunyi indikator seperti tercetak.",
        "Its wording as printed.",
        required=True,
    ),
    Field("formulasi", Kind.TEXT, "Formulasi", "Cara menghitung seperti tercetak.", "The formula as printed."),
    Field("satuan", Kind.TEXT, "Satuan", "Satuan target seperti tercetak.", "The unit of the target as printed."),
    TARGET_TEXT,
    TARGET,
    like(TARGET, name="target_min", title="Target minimum", description="Batas bawah.", english="The lower end."),
    like(TARGET, name="target_maks", title="Target maksimum", description="Batas atas.", english="The upper end."),
    Field(
        "target_kategori",
        Kind.TEXT,
        "Target predikat",
        "Target berupa predikat, misalnya `WTP`, `BB`, atau `A`.",
        "A target that is a grade, such as `WTP`, `BB` or `A`.",
    ),
    Field("kondisi_awal_teks", Kind.TEXT, "Kondisi awal tercetak", "Seperti tercetak.", "The baseline as printed."),
    like(
        TARGET,
        name="kondisi_awal",
        title="Kondisi awal",
        description="Kondisi awal sebagai angka.",
        english="The baseline as a number.",
    ),
    Field(
        "prakiraan_target_teks",
        Kind.TEXT,
        "Prakiraan target tercetak",
        "Target tahun berikutnya seperti tercetak.",
        "The next year's target as printed.",
    ),
    like(
        TARGET,
        name="prakiraan_target",
        title="Prakiraan target",
        description="Target tahun berikutnya sebagai angka.",
        english="The next year's target as a number.",
    ),
    REMARK,
    _RESPONSIBLE,
    _VERSION,
    certainty("target", "Keyakinan target"),
    certainty("prakiraan_target", "Keyakinan prakiraan target"),
)

INDICATOR = dataset(
    "indikator",
    Theme.DOMAIN,
    ("Indikator", "Satu baris untuk setiap indikator dan targetnya.", "One row per indicator and target."),
    (*_INDICATOR_CONTEXT, *_INDICATOR_VALUES),
    rules=_RANGE_RULES,
)

PERIOD_TARGET = dataset(
    "target_periode",
    Theme.DOMAIN,
    (
        "Target per periode",
        "Satu baris untuk setiap indikator dan periode, bila tabel membagi targetnya.",
        "One row per indicator and period where a table splits the target.",
    ),
    (
        Field(
            "indikator_id",
            Kind.TEXT,
            "Kunci indikator",
            "`baris_id` pada `indikator`.",
            "An `indikator.baris_id`.",
            required=True,
            references="indikator.baris_id",
        ),
        Field(
            "periode",
            Kind.TEXT,
            "Periode",
            "Periode target: triwulan, semester, bulan, atau tahun empat digit bila tabel merencanakan beberapa tahun.",
            "The period: a quarter, half-year or month, or a four-digit year where a table plans several years.",
            required=True,
            pattern=PERIOD_PATTERN,
        ),
        TARGET_TEXT,
        TARGET,
        like(
            _CEILING,
            name="anggaran",
            title="Anggaran",
            description="Anggaran periode itu.",
            english="The budget of the period.",
        ),
    ),
)

FUNDING = dataset(
    "pendanaan",
    Theme.DOMAIN,
    (
        "Pendanaan",
        "Satu baris untuk setiap simpul dan sumber dana, bila tabel membagi pagunya menurut sumber.",
        "One row per node and source where a table splits the budget by source.",
    ),
    (
        Field(
            "node_id",
            Kind.TEXT,
            "Kunci simpul",
            "`node_id` pada `program_kegiatan`.",
            "The `program_kegiatan` node whose budget it is part of.",
            required=True,
            references="program_kegiatan.node_id",
        ),
        Field(
            "sumber",
            Kind.TEXT,
            "Sumber",
            "Sumber dana seperti pada judul kolomnya.",
            "The source of funds as the header names it.",
            required=True,
        ),
        like(
            _CEILING,
            name="jumlah",
            title="Jumlah",
            description="Bagian pagu dari sumber ini.",
            english="The part of the budget from this source.",
        ),
        Field("jumlah_teks", Kind.TEXT, "Jumlah tercetak", "Jumlah persis seperti tercetak.", "As printed."),
        certainty("jumlah", "Keyakinan jumlah"),
    ),
)

ACCOUNT = dataset(
    "rekening",
    Theme.DOMAIN,
    ("Rekening", "Satu baris untuk setiap rekening lampiran anggaran.", "A row per account of a budget annex."),
    (
        CODE,
        Field("uraian", Kind.TEXT, "Uraian", "Uraian rekening seperti tercetak.", "The account's name as printed."),
        Field(
            "jumlah",
            Kind.RUPIAH,
            "Jumlah",
            "Jumlah rekening; dapat negatif.",
            "The amount; it may be negative.",
            quantity="rupiah",
        ),
        Field("jumlah_teks", Kind.TEXT, "Jumlah tercetak", "Jumlah persis seperti tercetak.", "As printed."),
        Field("dasar_hukum", Kind.TEXT, "Dasar hukum", "Dasar hukum seperti tercetak.", "The legal basis as printed."),
    ),
)

_COMPARED_ID = like(DOCUMENT_ID, title="Dokumen pembanding", references="dokumen.dokumen_id")
_ROW_REFERENCE = Field(
    "dari_id",
    Kind.TEXT,
    "Baris asal",
    "`node_id` atau `baris_id` pada dokumen asal; kosong bila baru.",
    "The row of the earlier document; null where it is new.",
)

COMPARISON = dataset(
    "perbandingan",
    Theme.DOMAIN,
    (
        "Perbandingan",
        "Satu baris untuk setiap simpul atau indikator dan aspek yang berbeda antara dua dokumen atau tahun.",
        "A row per node or indicator and aspect that differs between two documents or years.",
    ),
    (
        like(_COMPARED_ID, name="dari_dokumen_id", description="Dokumen asal.", english="The earlier document."),
        like(_COMPARED_ID, name="ke_dokumen_id", description="Dokumen tujuan.", english="The later document."),
        _ROW_REFERENCE,
        like(
            _ROW_REFERENCE,
            name="ke_id",
            title="Baris tujuan",
            description="`node_id` atau `baris_id` pada dokumen tujuan; kosong bila hilang.",
            english="The row of the later document; null where it is gone.",
        ),
        like(_INDICATOR_LEVEL, choices=tuple(dict.fromkeys((*LEVELS_OF_NODES, *LEVELS_OF_INDICATORS)))),
        Field("nama", Kind.TEXT, "Nama", "Nama simpul atau indikator.", "The name of the node or indicator."),
        Field(
            "aspek",
            Kind.TEXT,
            "Aspek",
            "Apa yang berbeda.",
            "What differs.",
            required=True,
            choices=("baru", "hilang", "nama", "induk", "pagu", "target", "satuan"),
        ),
        Field("nilai_dari", Kind.TEXT, "Nilai asal", "Nilai pada dokumen asal.", "The earlier value."),
        Field("nilai_ke", Kind.TEXT, "Nilai tujuan", "Nilai pada dokumen tujuan.", "The later value."),
        Field(
            "selisih",
            Kind.EXACT,
            "Selisih",
            "Nilai tujuan dikurangi nilai asal.",
            "The later value minus the earlier.",
            quantity="satuan aspeknya",
        ),
        Field(
            "persen", Kind.NUMBER, "Persen", "Selisih dalam persen.", "The difference in percent.", quantity="persen"
        ),
        like(PAGE, name="halaman_dari", description="Halaman dokumen asal.", english="The earlier document's page."),
        like(PAGE, name="halaman_ke", description="Halaman dokumen tujuan.", english="The later document's page."),
        like(SIMILARITY, description="Nilai kemiripan pasangannya.", english="The score of the match."),
    ),
)

DATASETS = (NODE, INDICATOR, PERIOD_TARGET, FUNDING, ACCOUNT, COMPARISON)
