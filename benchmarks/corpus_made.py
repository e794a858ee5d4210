"""Makes the corpus, keeps it in a folder, and checks a release against what the corpus is known to hold."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import duckdb

from benchmarks.corpus_offices import place
from benchmarks.corpus_pages import DOCUMENTS_PER_OFFICE, Made, Sums, documents_of

TRUTH = "truth.json"
DOCUMENTS = "documents"
MOST_NAMED = 10
_ROOT = Path(__file__).parent.parent
_FOUND = """
    WITH simpul AS (
        SELECT dokumen_id, level, count(*) AS banyak, coalesce(sum(pagu), 0)::DOUBLE AS pagu
        FROM program_kegiatan GROUP BY ALL
    ), tingkat AS (
        SELECT dokumen_id, map(list(level), list(banyak)) AS nodes, map(list(level), list(pagu)) AS pagu
        FROM simpul GROUP BY ALL
    ), ukuran AS (
        SELECT dokumen_id, count(*) AS indikator, round(coalesce(sum(target), 0), 3) AS target
        FROM indikator GROUP BY ALL
    )
    SELECT berkas, status, jenis_dokumen, tahun, perangkat_daerah, wilayah, duplikat_dari, nodes, tingkat.pagu,
        coalesce(indikator, 0), coalesce(target, 0)
    FROM dokumen LEFT JOIN tingkat USING (dokumen_id) LEFT JOIN ukuran USING (dokumen_id)
"""
# What has come and gone and what was changed must explain how the sum of an office's sub kegiatan moved.
_UNEXPLAINED = """
    WITH jumlah AS (
        SELECT dokumen_id, sum(pagu) AS pagu FROM program_kegiatan WHERE level = 'sub_kegiatan' GROUP BY ALL
    ), beda AS (
        SELECT dari_dokumen_id, ke_dokumen_id, sum(CASE
            WHEN aspek = 'pagu' THEN selisih
            WHEN aspek = 'baru' THEN nilai_ke::DECIMAL(38, 4)
            WHEN aspek = 'hilang' THEN -nilai_dari::DECIMAL(38, 4)
        END) AS selisih
        FROM perbandingan WHERE level = 'sub_kegiatan' AND aspek IN ('pagu', 'baru', 'hilang')
            AND regexp_full_match(coalesce(nilai_ke, nilai_dari), '[0-9.]+')
            AND ((aspek <> 'baru' AND dari_id IN (SELECT node_id FROM program_kegiatan))
                OR (aspek = 'baru' AND ke_id IN (SELECT node_id FROM program_kegiatan)))
        GROUP BY ALL
    )
    SELECT dari.berkas, ke.berkas, b.pagu - a.pagu, coalesce(beda.selisih, 0)
    FROM dokumen dari JOIN dokumen ke
        ON dari.perangkat_daerah = ke.perangkat_daerah AND dari.wilayah = ke.wilayah AND ke.tahun = dari.tahun + 1
        AND dari.jenis_dokumen = 'rkt' AND ke.jenis_dokumen = 'rkt'
    JOIN jumlah a ON a.dokumen_id = dari.dokumen_id JOIN jumlah b ON b.dokumen_id = ke.dokumen_id
    LEFT JOIN beda ON beda.dari_dokumen_id = dari.dokumen_id AND beda.ke_dokumen_id = ke.dokumen_id
    WHERE b.pagu - a.pagu <> coalesce(beda.selisih, 0)
"""


class WrongReadingError(Exception):
    """A release does not hold what the corpus holds."""


def make(folder: Path, documents: int, seed: int) -> list[Made]:
    """The first `documents` of the corpus of a seed, drawn into a folder unless they lie there from an earlier run."""
    mark = {"documents": documents, "seed": seed, "generator": _generator()}
    truth = folder / TRUTH
    if truth.exists():
        known = json.loads(truth.read_text(encoding="utf-8"))
        if known["made"] == mark:
            return [Made.from_json(entry) for entry in known["truth"]]
    offices = range(-(-documents // DOCUMENTS_PER_OFFICE))
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=get_context("spawn")) as pool:
        drawn = pool.map(partial(_draw, seed=seed, folder=folder / DOCUMENTS), offices, chunksize=4)
        made = [one for found in drawn for one in found][:documents]
    truth.write_text(json.dumps({"made": mark, "truth": [one.to_json() for one in made]}), encoding="utf-8")
    return made


def _draw(number: int, seed: int, folder: Path) -> list[Made]:
    return list(documents_of(place(number), seed, folder))


def _generator() -> str:
    """A hash over the code that draws: a folder of other documents is not used again."""
    digest = hashlib.sha256()
    for path in (*sorted((_ROOT / "benchmarks").glob("corpus_*.py")), *sorted((_ROOT / "tests/forms").glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def take(corpus: Path, made: Iterable[Made], folder: Path) -> Path:
    """A folder that holds some documents of the corpus, as links to them."""
    for one in made:
        target = folder / one.berkas
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(corpus / DOCUMENTS / one.berkas, target)
    return folder


def check(curated: Path, made: Sequence[Made]) -> int:
    """Compare a release with the truth; returns its rows of `perbandingan`. Raises WrongReadingError."""
    with duckdb.connect(curated / "current" / "catalog.duckdb", read_only=True) as connection:
        found = {_name(row[0]): row for row in connection.execute(_FOUND).fetchall()}
        problems = [f"{one.berkas} is missing" for one in made if _name(one.berkas) not in found]
        known = [one for one in made if _name(one.berkas) in found]
        problems += [told for one in known for told in _wrong(one, found[_name(one.berkas)])]
        problems += [f"{row[0]} -> {row[1]}: {row[2]} is told as {row[3]}"
                     for row in connection.execute(_UNEXPLAINED).fetchall()]  # fmt: skip
        (bad,) = connection.execute("SELECT count(*) FROM karantina").fetchone() or (None,)
        (changes,) = connection.execute("SELECT count(*) FROM perbandingan").fetchone() or (0,)
    problems += [f"{bad} records are in quarantine"] if bad else []
    problems += [f"{len(found)} documents instead of {len(made)}"] if len(found) != len(made) else []
    if problems:
        raise WrongReadingError(f"{len(problems)} faults, among them:\n" + "\n".join(problems[:MOST_NAMED]))
    return int(changes)


def _name(berkas: str) -> str:
    return berkas.rsplit("/", 1)[-1]


def _wrong(one: Made, row: tuple[object, ...]) -> list[str]:
    _, status, jenis, tahun, office, region, copy_of, nodes, pagu, indicators, targets = row
    sums = Sums(dict(nodes or {}), dict(pagu or {}), indicators, targets)  # type: ignore[call-overload]
    told = {"status": (status, "lengkap"), "jenis": (jenis, one.jenis), "tahun": (tahun, one.tahun),
            "office": (office, one.perangkat_daerah), "region": (region, one.wilayah), "copy": (copy_of, None),
            "records": (sums, one.sums)}  # fmt: skip
    return [f"{one.berkas}: {name} is {got} and not {wanted}" for name, (got, wanted) in told.items() if got != wanted]
