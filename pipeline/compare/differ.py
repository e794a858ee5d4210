"""All differences between two plans: the rows of `perbandingan`, and what could not be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.compare.indicators import IndicatorPair, match_indicators, same_target
from pipeline.compare.listing import Item, Listing, list_plan
from pipeline.compare.model import LEVELS, STRATEGIC, Aspect, Change, Differences, Indicator, Node, Plan, Scope, Untold
from pipeline.compare.nodes import NodePair, NodePairs, match_nodes
from pipeline.compare.scope import Levels, scope_of
from pipeline.compare.values import amount_text, change_of_amount, change_of_target, target_text
from pipeline.compare.wording import same_wording
from pipeline.reference.units import same_unit

_TARGET_COLUMNS = ("target", "target_teks", "target_min", "target_maks", "target_kategori")
Entry = Change | Untold


def compare_plans(dari: Plan, ke: Plan) -> Differences:
    """What differs from one plan to another. Neither plan is changed; the same two plans always give the same rows."""
    here, there = list_plan(dari), list_plan(ke)
    comparing = _Comparing(here, there, match_nodes(here, there), scope_of(here, there))
    entries = list(comparing.entries())
    scope = Scope(
        nodes=len(comparing.pairs.pairs),
        indicators=comparing.indicators,
        only_from=comparing.levels.only_from,
        only_to=comparing.levels.only_to,
    )
    changes = [entry for entry in entries if isinstance(entry, Change)]
    return Differences(changes, [entry for entry in entries if isinstance(entry, Untold)], scope)


@dataclass(slots=True)
class _Comparing:
    """Two listings with their pairs; counts the pairs of indicators as it goes."""

    dari: Listing
    ke: Listing
    pairs: NodePairs
    levels: Levels
    indicators: int = 0
    _pair_of: dict[str, NodePair] = field(default_factory=dict)

    def entries(self) -> Iterator[Entry]:
        """Indicators above the program, then the nodes in the order of the earlier document, then what is new."""
        yield from self._indicators(self.dari.above, self.ke.above)
        self._pair_of = {pair.dari.node.node_id: pair for pair in self.pairs.pairs}
        for item in _in_order(self.dari):
            pair = self._pair_of.get(item.node.node_id)
            if pair is not None:
                yield from self._pair(pair)
            elif item.node.level in self.levels.nodes:
                yield self._only("hilang", item, self.dari, self.ke)
        for item in _in_order(self.ke):
            if item.node.node_id not in self.pairs.dari_of and item.node.level in self.levels.nodes:
                yield self._only("baru", item, self.ke, self.dari)

    def _only(self, aspek: Literal["baru", "hilang"], item: Item, own: Listing, other: Listing) -> Entry:
        """A node that only one document lists: new or gone, unless it was not read or may stand at another level."""
        node = item.node
        dari, ke = (node, None) if aspek == "hilang" else (None, node)
        if node.quarantined:
            return Untold(aspek, node.level, node.nama, dari, ke)
        if self._at_another_level(item, other):
            return Untold(aspek, node.level, node.nama, dari, ke, "tingkat")
        amount, doubted = amount_text(item.pagu), own.plan.doubts(node.baris_id, "nama")
        before, after = (amount, None) if aspek == "hilang" else (None, amount)
        return Change(aspek, node.level, node.nama, dari, ke, before, after, doubted=doubted)

    def _at_another_level(self, item: Item, other: Listing) -> bool:
        """Whether the other document has the same name at another level, in a row that is no node of this document."""
        paired = self.pairs.dari_of if other is self.ke else self.pairs.ke_of
        return any(
            found.node.level != item.node.level and found.node.node_id not in paired
            for found in other.named(item.name_key)
        )

    def _pair(self, pair: NodePair) -> Iterator[Entry]:
        here, there = pair.dari.node, pair.ke.node
        if here.quarantined or there.quarantined:
            yield Untold("pagu", here.level, here.nama, here, there)
            return
        yield from self._name(pair)
        yield from self._parent(pair)
        yield from self._pagu(pair)
        yield from self._indicators(pair.dari.indicators, pair.ke.indicators)

    def _name(self, pair: NodePair) -> Iterator[Entry]:
        here, there = pair.dari.node, pair.ke.node
        if here.nama and there.nama and not same_wording(here.level, here.nama, there.nama):
            yield self._change("nama", pair, here.nama, there.nama, self._doubts(here, there, "nama"))

    def _parent(self, pair: NodePair) -> Iterator[Entry]:
        above, below = pair.dari.parent, pair.ke.parent
        if above is None or below is None or above.node.level != below.node.level:
            return
        if self.pairs.ke_of.get(above.node.node_id) is not below:
            yield self._change("induk", pair, above.node.nama, below.node.nama, False)

    def _pagu(self, pair: NodePair) -> Iterator[Entry]:
        here, there = pair.dari, pair.ke
        if here.pagu == there.pagu or here.node.level not in self.levels.pagu:
            return
        doubted = _doubts_pagu(self.dari.plan, here) or _doubts_pagu(self.ke.plan, there)
        if doubted and (here.pagu is None or there.pagu is None):
            yield Untold("pagu", here.node.level, here.node.nama, here.node, there.node)
            return
        difference, percent = change_of_amount(here.pagu, there.pagu)
        yield Change(
            "pagu", here.node.level, here.node.nama, here.node, there.node, amount_text(here.pagu),
            amount_text(there.pagu), difference, percent, pair.kemiripan, doubted,
        )  # fmt: skip

    def _change(self, aspek: Aspect, pair: NodePair, before: str | None, after: str | None, doubted: bool) -> Change:
        here, there = pair.dari.node, pair.ke.node
        return Change(
            aspek, here.level, here.nama or there.nama, here, there, before, after,
            kemiripan=pair.kemiripan, doubted=doubted,
        )  # fmt: skip

    def _doubts(self, here: Node | Indicator, there: Node | Indicator, *columns: str) -> bool:
        return self.dari.plan.doubts(here.baris_id, *columns) or self.ke.plan.doubts(there.baris_id, *columns)

    def _indicators(self, here: Sequence[Indicator], there: Sequence[Indicator]) -> Iterator[Entry]:
        found = match_indicators(here, there)
        self.indicators += len(found.pairs)
        for pair in found.pairs:
            yield from self._indicator(pair)
        for one in found.gone:
            if self.levels.lists_in_ke(one):
                yield self._lone("hilang", one, self.dari.plan)
        for one in found.new:
            if self.levels.lists_in_dari(one):
                yield self._lone("baru", one, self.ke.plan)

    def _lone(self, aspek: Aspect, one: Indicator, plan: Plan) -> Entry:
        dari, ke = (one, None) if aspek == "hilang" else (None, one)
        if one.quarantined:
            return Untold(aspek, one.level, one.indikator, dari, ke)
        before, after = target_text(dari) if dari else None, target_text(ke) if ke else None
        doubted = plan.doubts(one.baris_id, "indikator")
        return Change(aspek, one.level, one.indikator, dari, ke, before, after, doubted=doubted)

    def _indicator(self, pair: IndicatorPair) -> Iterator[Entry]:
        here, there = pair.dari, pair.ke
        if here.quarantined or there.quarantined:
            yield Untold("target", here.level, here.indikator, here, there)
            return
        if not same_wording("indikator", here.indikator, there.indikator):
            yield Change(
                "nama", here.level, here.indikator, here, there, here.indikator, there.indikator,
                kemiripan=pair.kemiripan, doubted=self._doubts(here, there, "indikator"),
            )  # fmt: skip
        yield from self._target(pair)
        if here.satuan and there.satuan and not same_unit(here.satuan, there.satuan):
            yield Change(
                "satuan", here.level, here.indikator, here, there, here.satuan, there.satuan,
                kemiripan=pair.kemiripan, doubted=self._doubts(here, there, "satuan"),
            )  # fmt: skip

    def _target(self, pair: IndicatorPair) -> Iterator[Entry]:
        here, there = pair.dari, pair.ke
        if same_target(here, there) or (here.level in STRATEGIC) not in self.levels.targets:
            return
        doubted = self._doubts(here, there, *_TARGET_COLUMNS)
        before, after = target_text(here), target_text(there)
        if doubted and (before is None or after is None):
            yield Untold("target", here.level, here.indikator, here, there)
            return
        difference, percent = change_of_target(here, there)
        yield Change(
            "target", here.level, here.indikator, here, there, before, after, difference, percent, pair.kemiripan,
            doubted,
        )  # fmt: skip


def _doubts_pagu(plan: Plan, item: Item) -> bool:
    """Whether the reading of a pagu is in doubt, in its own row or as the Dana that it is."""
    return plan.doubts(item.node.baris_id, "pagu", "pagu_teks") or any(
        plan.doubts(one.baris_id, *_TARGET_COLUMNS) for one in item.dana
    )


def _in_order(listing: Listing) -> list[Item]:
    return sorted((item for level in LEVELS for item in listing.items.get(level, ())), key=lambda item: item.order)
