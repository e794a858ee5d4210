"""Which documents are compared when a release is published, and by `rkt compare` of two years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.release.views import CURRENT, DOCUMENTS, key_of
from schemas.arrow import arrow_schema

COLUMNS = (
    "dokumen_id", "tahun", "jenis_dokumen", "tahap", "perangkat_daerah", "wilayah", "tanggal", "diambil", "status",
    "duplikat_dari", "berkas",
)  # fmt: skip
"""The columns of `dokumen` that tell."""

_OFFICE = f"concat_ws('|', {key_of('perangkat_daerah')}, {key_of('wilayah')})"

# A document whose office, region, year or kind is not known belongs to nobody, as in v_terkini.
_PAIRS = f"""
    WITH pemilik AS (
        SELECT *, {_OFFICE} AS kantor FROM v_terkini
        WHERE perangkat_daerah IS NOT NULL AND wilayah IS NOT NULL AND tahun IS NOT NULL AND jenis_dokumen IS NOT NULL
    ),
    dulu AS (
        SELECT lag(dokumen_id) OVER (PARTITION BY kantor, jenis_dokumen ORDER BY tahun) AS dari, dokumen_id AS ke, tahun
        FROM pemilik
    ),
    lain AS (
        SELECT r.dokumen_id AS dari, p.dokumen_id AS ke, p.tahun
        FROM pemilik r JOIN pemilik p USING (kantor, tahun)
        WHERE r.jenis_dokumen = 'rkt' AND p.jenis_dokumen IN ('perjanjian_kinerja', 'renja')
    ),
    semula AS (
        SELECT kantor, tahun, jenis_dokumen, dokumen_id FROM (
            SELECT *, {_OFFICE} AS kantor FROM v_dokumen
        )
        WHERE tahap IS DISTINCT FROM 'perubahan' AND tahap IS DISTINCT FROM 'rancangan' AND status <> 'gagal'
        QUALIFY row_number() OVER (
            PARTITION BY kantor, tahun, jenis_dokumen
            ORDER BY tanggal DESC NULLS LAST, diambil DESC NULLS LAST, status = 'sebagian', dokumen_id
        ) = 1
    ),
    perubahan AS (
        SELECT s.dokumen_id AS dari, p.dokumen_id AS ke, p.tahun
        FROM pemilik p JOIN semula s USING (kantor, tahun, jenis_dokumen)
        WHERE p.tahap = 'perubahan'
    )
    SELECT DISTINCT ke, dari, tahun
    FROM (FROM dulu UNION ALL FROM lain UNION ALL FROM perubahan) WHERE dari IS NOT NULL
    ORDER BY tahun, ke, dari
"""  # noqa: S608 (no value of a user or a document is in it)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, from the earlier to the later one."""

    dari: str
    ke: str


def pairs_of(documents: pa.Table) -> list[Pair]:
    """The pairs of a release, by year and `ke`. `documents` holds the rows of `dokumen` with the columns of `COLUMNS`.

    Of each office, region and kind: the current document of a year (as in `v_terkini`) with that of the year before it
    that is there; a changed plan with the plan that it changes; and the RKT with the perjanjian kinerja and the renja
    of its year.
    """
    with duckdb.connect() as connection:
        connection.register("dokumen", documents)
        for view in (DOCUMENTS, CURRENT):
            connection.execute(f'CREATE VIEW "{view.name}" AS {view.sql}')
        return [Pair(dari, ke) for ke, dari, _ in connection.execute(_PAIRS).fetchall()]


def documents_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """The rows of `dokumen` for `pairs_of`."""
    schema = arrow_schema("dokumen")
    return pa.Table.from_pylist(list(rows), schema=pa.schema([schema.field(name) for name in COLUMNS]))
