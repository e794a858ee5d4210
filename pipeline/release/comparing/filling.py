"""Fills `perbandingan` while a release is published, out of the documents' results, and says what is doubtful in it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa

from pipeline.compare.differ import compare_plans
from pipeline.compare.model import Plan
from pipeline.release.comparing.kept import Compared, KeptComparisons, side_of
from pipeline.release.comparing.pairs import COLUMNS, Pair, documents_table, pairs_of
from pipeline.release.comparing.plans import plan_of
from pipeline.release.comparing.rows import Comparison
from pipeline.release.result import ResultSource
from schemas.arrow import arrow_schema
from schemas.ledger import Finding

_KEPT_PLANS = 64  # a document is compared up to four times, and seldom far apart
Judged = Callable[[str, ResultSource], pa.Table]


class Comparisons:
    """The comparisons of a release. Few plans are in memory at a time, however many documents there are."""

    def __init__(
        self, sources: Sequence[ResultSource], duplicates: Iterable[str], rows: Judged, kept: KeptComparisons | None
    ) -> None:
        """`duplicates` deliver another document again; `rows` gives `program_kegiatan` with its official columns.

        What is `kept` is not computed, and what is computed is kept there.
        """
        self._sources = {source.dokumen_id: source for source in sources}
        self._rows = rows
        self._kept = kept
        self._sides: dict[str, str] = {}
        self._plans: OrderedDict[str, Plan] = OrderedDict()
        self._by_target: dict[str, list[Pair]] = {}
        self._clean: set[Pair] = set()
        for pair in pairs_of(_documents(sources, frozenset(duplicates))):
            self._by_target.setdefault(pair.ke, []).append(pair)

    def prepare(self) -> None:
        """Compare what is not kept yet, chain by chain of plans that follow each other, so that each is read once.

        In a release, which goes by year, the plans of an office are far apart.
        """
        if self._kept is None:
            return
        pairs = [pair for pairs in self._by_target.values() for pair in pairs]
        for pair in sorted(pairs, key=lambda pair: self._first(pair.ke)):
            if not self._kept.has(self._side(pair.dari), self._side(pair.ke)):
                self._compared(pair)

    def _first(self, dokumen_id: str) -> str:
        """The document with which a chain begins."""
        seen = {dokumen_id}
        while dokumen_id in self._by_target and (earlier := self._by_target[dokumen_id][0].dari) not in seen:
            seen.add(earlier)
            dokumen_id = earlier
        return dokumen_id

    def rows(self, source: ResultSource) -> pa.Table | None:
        """The rows of `perbandingan` of which a document is the later one; None where it is not compared."""
        tables = [self._compared(pair).table for pair in self._by_target.get(source.dokumen_id, ())]
        return pa.concat_tables(tables) if tables else None

    def findings(self, source: ResultSource) -> list[Finding]:
        """What is doubtful in these rows."""
        pairs = self._by_target.get(source.dokumen_id, ())
        return [finding for pair in pairs if pair not in self._clean for finding in self._compared(pair).findings]

    def prune(self) -> None:
        """Forget what is kept and was not needed."""
        if self._kept is not None:
            self._kept.prune()

    def _compared(self, pair: Pair) -> Compared:
        compared = self._compare(pair) if self._kept is None else self._found(pair, self._kept)
        if not compared.findings:
            self._clean.add(pair)
        return compared

    def _found(self, pair: Pair, kept: KeptComparisons) -> Compared:
        sides = self._side(pair.dari), self._side(pair.ke)
        compared = kept.find(*sides)
        if compared is None:
            compared = self._compare(pair)
            kept.keep(*sides, compared)
        return compared

    def _side(self, dokumen_id: str) -> str:
        if dokumen_id not in self._sides:
            source = self._sources[dokumen_id]
            self._sides[dokumen_id] = side_of(source.sha256, self._table("program_kegiatan", source))
        return self._sides[dokumen_id]

    def _compare(self, pair: Pair) -> Compared:
        dari, ke = self._plan(pair.dari), self._plan(pair.ke)
        comparison = Comparison(dari, ke, compare_plans(dari, ke))
        return Compared(comparison.table(), list(comparison.findings()))

    def _plan(self, dokumen_id: str) -> Plan:
        plan = self._plans.pop(dokumen_id, None)
        if plan is None:
            source = self._sources[dokumen_id]
            document = source.table("dokumen").select(["dokumen_id", "tahun", "status"]).to_pylist()[0]
            plan = plan_of(document, lambda name: self._table(name, source))
        self._plans[dokumen_id] = plan
        if len(self._plans) > _KEPT_PLANS:
            self._plans.popitem(last=False)
        return plan

    def _table(self, name: str, source: ResultSource) -> pa.Table:
        if not source.counts[name]:
            return arrow_schema(name).empty_table()
        return self._rows(name, source)


def _documents(sources: Iterable[ResultSource], duplicates: frozenset[str]) -> pa.Table:
    names = [name for name in COLUMNS if name != "duplikat_dari"]
    rows = []
    for source in sources:
        if source.dokumen_id not in duplicates:
            rows.extend(source.table("dokumen").select(names).to_pylist())
    return documents_table(rows)
