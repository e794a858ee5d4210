"""The views of `catalog.duckdb`. None of them shows a document that is a duplicate of another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name, the SELECT that it stands for, and what it answers."""

    name: str
    sql: str
    description: str


def key_of(column: str) -> str:
    """SQL for a name without case, spaces, punctuation and the word that only names its level."""
    bare = rf"regexp_replace(lower({column}), '^\s*(sub\s*kegiatan|kegiatan|program)\s*:?\s+', '')"
    return f"regexp_replace({bare}, '[^0-9a-z]', '', 'g')"


DOCUMENTS = View(
    "v_dokumen",
    "SELECT * FROM dokumen WHERE duplikat_dari IS NULL",
    "Dokumen tanpa duplikat.",
)

# A document whose office, region, year or kind is unknown may be any office's, so it competes with none.
CURRENT = View(
    "v_terkini",
    f"""
    SELECT * FROM v_dokumen
    QUALIFY row_number() OVER (
        PARTITION BY CASE
            WHEN perangkat_daerah IS NULL OR wilayah IS NULL OR tahun IS NULL OR jenis_dokumen IS NULL THEN dokumen_id
            ELSE concat_ws('|', {key_of("perangkat_daerah")}, {key_of("wilayah")}, tahun, jenis_dokumen)
        END
        ORDER BY
            status = 'gagal',
            CASE tahap WHEN 'perubahan' THEN 0 WHEN 'rancangan' THEN 2 ELSE 1 END,
            tanggal DESC NULLS LAST,
            diambil DESC NULLS LAST,
            status = 'sebagian',
            dokumen_id
    ) = 1
    """,  # noqa: S608 (no value of a user or a document is in it)
    "Dokumen yang berlaku untuk setiap perangkat daerah, tahun, dan jenis: perubahan mendahului murni, "
    "murni mendahului rancangan, lalu tanggal terbaru.",
)

_CONTEXT = """
    d.berkas, d.jenis_dokumen, d.perangkat_daerah, d.wilayah,
    d.dokumen_id IN (SELECT dokumen_id FROM v_terkini) AS terkini
"""

# For a recursive query over `simpul` (nodes) and `berpagu` (those of them with an amount): all nodes above an amount.
ABOVE_AMOUNTS = """beranak AS (
        SELECT dokumen_id, induk_id AS node_id FROM berpagu WHERE induk_id IS NOT NULL
        UNION
        SELECT s.dokumen_id, s.induk_id
        FROM beranak b JOIN simpul s ON s.dokumen_id = b.dokumen_id AND s.node_id = b.node_id
        WHERE s.induk_id IS NOT NULL
    )"""

# Money is counted where it is printed deepest. A row with pagu is left out when a row below it carries pagu too:
# below it in its own table (by induk_id), or in another table of the document (by the names of program and kegiatan).
# A row that several tables list is taken from one of them, the one with most such rows; rows that one table lists
# twice are both printed there, and both count.
_CEILINGS = View(
    "v_pagu",
    f"""
    WITH RECURSIVE
    simpul AS (
        SELECT p.*,
            coalesce(p.tabel_id, '') AS tabel,
            {key_of("p.program")} AS kunci_program,
            {key_of("p.kegiatan")} AS kunci_kegiatan,
            coalesce({key_of("p.nama")}, p.kode, p.node_id) AS kunci_nama
        FROM program_kegiatan p SEMI JOIN v_dokumen USING (dokumen_id)
        WHERE p.versi IS DISTINCT FROM 'rancangan_awal'
    ),
    berpagu AS (SELECT * FROM simpul WHERE pagu IS NOT NULL),
    {ABOVE_AMOUNTS},
    terdalam AS (
        SELECT b.* FROM berpagu b
        ANTI JOIN beranak a ON a.dokumen_id = b.dokumen_id AND a.node_id = b.node_id
        ANTI JOIN berpagu k ON b.level = 'program' AND k.level IN ('kegiatan', 'sub_kegiatan')
            AND k.dokumen_id = b.dokumen_id AND k.kunci_program = coalesce(b.kunci_program, b.kunci_nama)
        ANTI JOIN berpagu s ON b.level = 'kegiatan' AND s.level = 'sub_kegiatan'
            AND s.dokumen_id = b.dokumen_id AND s.kunci_kegiatan = coalesce(b.kunci_kegiatan, b.kunci_nama)
            AND s.kunci_program IS NOT DISTINCT FROM b.kunci_program
        ANTI JOIN berpagu p ON b.level IN ('urusan', 'bidang') AND p.level NOT IN ('urusan', 'bidang')
            AND p.dokumen_id = b.dokumen_id AND p.tabel <> b.tabel
    ),
    tabel_pagu AS (
        SELECT dokumen_id, tabel,
            row_number() OVER (PARTITION BY dokumen_id ORDER BY count(*) DESC, min(halaman), tabel) AS urutan
        FROM terdalam GROUP BY dokumen_id, tabel
    ),
    terpilih AS (
        SELECT t.* FROM terdalam t JOIN tabel_pagu USING (dokumen_id, tabel)
        QUALIFY rank() OVER (
            PARTITION BY t.dokumen_id, t.level, t.kunci_program, t.kunci_kegiatan, t.kunci_nama ORDER BY urutan
        ) = 1
    )
    SELECT t.dokumen_id, t.tahun, {_CONTEXT}, t.level, t.kode, t.program, t.kegiatan, t.nama, t.pagu,
        t.lokasi, t.sumber_dana, t.halaman, t.tabel_id, t.node_id, t.baris_id, t.bukti
    FROM terpilih t JOIN v_dokumen d USING (dokumen_id)
    ORDER BY t.tahun, t.dokumen_id, t.halaman, t.baris_id
    """,  # noqa: S608 (no value of a user or a document is in it)
    "Pagu yang boleh dijumlahkan: hanya baris terdalam yang memuat pagu, dan setiap baris sekali walaupun beberapa "
    "tabel memuatnya. Saring `terkini` agar dokumen lama tidak ikut terhitung, dan pilih satu `jenis_dokumen`.",
)

_CEILINGS_BY_PROGRAM = View(
    "v_pagu_program",
    f"""
    WITH tercetak AS (
        SELECT dokumen_id, {key_of("nama")} AS kunci,
            CASE WHEN count(DISTINCT pagu) = 1 THEN min(pagu) END AS pagu
        FROM program_kegiatan WHERE level = 'program' AND versi IS DISTINCT FROM 'rancangan_awal' GROUP BY ALL
    )
    SELECT v.dokumen_id, v.tahun, v.berkas, v.jenis_dokumen, v.perangkat_daerah, v.wilayah, v.terkini,
        min(v.program) AS program, sum(v.pagu) AS pagu, any_value(c.pagu) AS pagu_tercetak,
        sum(v.pagu) - any_value(c.pagu) AS selisih, count(*) AS baris, min(v.halaman) AS halaman
    FROM v_pagu v LEFT JOIN tercetak c ON c.dokumen_id = v.dokumen_id AND c.kunci = {key_of("v.program")}
    GROUP BY v.dokumen_id, v.tahun, v.berkas, v.jenis_dokumen, v.perangkat_daerah, v.wilayah, v.terkini,
        {key_of("v.program")}
    ORDER BY v.tahun, v.dokumen_id, halaman, program
    """,  # noqa: S608 (no value of a user or a document is in it)
    "Pagu setiap program menurut `v_pagu`, di samping pagu yang tercetak pada baris programnya dan selisihnya. "
    "`pagu_tercetak` kosong bila baris programnya tidak memuat pagu atau memuat beberapa pagu yang berlainan.",
)

_INDICATORS = View(
    "v_indikator",
    f"""
    SELECT i.*, {_CONTEXT} FROM indikator i JOIN v_dokumen d USING (dokumen_id)
    WHERE i.versi IS DISTINCT FROM 'rancangan_awal'
    """,  # noqa: S608 (as above)
    "Indikator bersama nama dokumen, perangkat daerah, dan wilayahnya.",
)

_FINDINGS = View(
    "v_temuan",
    f"SELECT t.*, {_CONTEXT} FROM temuan t JOIN v_dokumen d USING (dokumen_id)",  # noqa: S608 (as above)
    "Temuan bersama nama dokumen, perangkat daerah, dan wilayahnya.",
)

# An office is one however its name is capitalised; one whose name or region is not known is taken for no other.
_OWNER = f"""
    CASE WHEN perangkat_daerah IS NOT NULL AND wilayah IS NOT NULL
        THEN concat_ws('|', {key_of("perangkat_daerah")}, {key_of("wilayah")})
    END
"""

# Rows that repeat an indicator with one target are one; a year in which it has several targets shows them all. The
# same words are another indicator under another program, kegiatan or sub kegiatan. Goals and objectives are not told
# apart: documents print one indicator under both.
_INDICATORS_BY_YEAR = View(
    "v_indikator_tahun",
    f"""
    WITH bernama AS (
        SELECT *, {key_of("indikator")} AS kunci_indikator,
            CASE WHEN level IN ('misi', 'tujuan', 'sasaran') THEN 'strategis' ELSE level END AS tingkat,
            CASE level
                WHEN 'program' THEN coalesce({key_of("program")}, node_id)
                WHEN 'kegiatan' THEN coalesce({key_of("kegiatan")}, node_id)
                WHEN 'sub_kegiatan' THEN coalesce({key_of("sub_kegiatan")}, node_id)
            END AS simpul,
            coalesce({_OWNER}, dokumen_id) AS pemilik,
            CASE
                WHEN target IS NOT NULL THEN target::VARCHAR
                WHEN target_kategori IS NULL AND target_min IS NULL AND target_maks IS NULL THEN {key_of("target_teks")}
                ELSE [target_kategori, target_min::VARCHAR, target_maks::VARCHAR]::VARCHAR
            END AS isi_target
        FROM v_indikator
        WHERE indikator IS NOT NULL AND jenis IS DISTINCT FROM 'masukan' AND tahun IS NOT NULL AND terkini
    )
    SELECT min(wilayah) AS wilayah, min(perangkat_daerah) AS perangkat_daerah, jenis_dokumen, tingkat,
        CASE WHEN tingkat <> 'strategis' THEN min(program) END AS program,
        CASE WHEN tingkat IN ('kegiatan', 'sub_kegiatan') THEN min(kegiatan) END AS kegiatan,
        min(sub_kegiatan) AS sub_kegiatan, min(indikator) AS indikator, tahun,
        list_sort(list(DISTINCT satuan) FILTER (satuan IS NOT NULL)) AS satuan,
        list_sort(list(DISTINCT target_teks) FILTER (target_teks IS NOT NULL)) AS target_teks,
        CASE WHEN count(DISTINCT isi_target) = 1 THEN min(target) END AS target,
        count(DISTINCT isi_target) > 1 AS berbeda, count(*) AS baris, min(halaman) AS halaman,
        list_sort(list(DISTINCT dokumen_id)) AS dokumen_id
    FROM bernama
    GROUP BY pemilik, jenis_dokumen, tingkat, simpul, kunci_indikator, tahun
    ORDER BY wilayah, perangkat_daerah, jenis_dokumen, tingkat, program, kegiatan, sub_kegiatan, indikator, tahun
    """,  # noqa: S608 (no value of a user or a document is in it)
    "Setiap indikator satu baris per tahun dengan targetnya, menurut dokumen yang berlaku. `target` kosong dan "
    "`berbeda` benar bila dokumen itu sendiri mencetak beberapa target; semuanya ada di `target_teks`.",
)

# An office without a region, or a region without an office, is told apart only as it is printed.
_FINDINGS_BY_OFFICE = View(
    "v_temuan_perangkat_daerah",
    f"""
    SELECT tahun, min(wilayah) AS wilayah, min(perangkat_daerah) AS perangkat_daerah, jenis_dokumen, terkini,
        tingkat, jenis, kode, count(*) AS temuan, count(DISTINCT dokumen_id) AS dokumen
    FROM v_temuan
    GROUP BY tahun, {_OWNER}, CASE WHEN {_OWNER} IS NULL THEN concat_ws('|', perangkat_daerah, wilayah) END,
        jenis_dokumen, terkini, tingkat, jenis, kode
    ORDER BY tahun, wilayah, perangkat_daerah, jenis_dokumen, terkini DESC,
        CASE tingkat WHEN 'galat' THEN 0 WHEN 'peringatan' THEN 1 ELSE 2 END, temuan DESC, kode, jenis
    """,  # noqa: S608 (no value of a user or a document is in it)
    "Jumlah temuan setiap perangkat daerah menurut tahun, tingkat, dan kode. Saring `terkini` agar temuan dokumen "
    "yang sudah diganti tidak ikut terhitung.",
)

VIEWS = (
    DOCUMENTS,
    CURRENT,
    _CEILINGS,
    _CEILINGS_BY_PROGRAM,
    _INDICATORS,
    _INDICATORS_BY_YEAR,
    _FINDINGS,
    _FINDINGS_BY_OFFICE,
)
"""In the order in which they can be created."""
