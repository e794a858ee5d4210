"""The nodes of one document, each once: where several tables list it, the listing that carries pagu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from pipeline.compare.model import LEVELS, Indicator, Node, Plan
from pipeline.compare.wording import plain_words
from pipeline.reference.nomenclature import comparable_code
from pipeline.values.codes import code_level

_LEAST_POINTS = 3  # in a code of Permendagri 13/2006; fewer may be an ordinal


@dataclass(frozen=True, eq=False)
class Item:
    """A node as it is compared: the listing that stands for it, its ancestor among the items, and its indicators.

    `dana`: the rows of its money inputs, whose amount is the node's pagu too (contract, `program_kegiatan`).
    """

    node: Node
    parent: Item | None
    pagu: Decimal | None
    indicators: Sequence[Indicator]
    kode: str | None = None
    order: int = 0
    dana: Sequence[Indicator] = ()
    children: list[Item] = field(default_factory=list)

    @cached_property
    def child_keys(self) -> frozenset[str]:
        """The names of the items right below it."""
        return frozenset(child.name_key for child in self.children)

    @cached_property
    def name_key(self) -> str:
        """The letters of its name, without the word that names its level."""
        return _name_key(self.node)


@dataclass(frozen=True)
class Listing:
    """The items of a document by level, and its indicators that hang on no node."""

    plan: Plan
    items: Mapping[str, Sequence[Item]]
    above: Sequence[Indicator]

    def named(self, key: str) -> Sequence[Item]:
        """The items whose name has these letters, of any level; none for an empty key."""
        return self._by_name.get(key, ()) if key else ()

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Item]]:
        found: dict[str, list[Item]] = {}
        for items in self.items.values():
            for item in items:
                found.setdefault(item.name_key, []).append(item)
        return found


def list_plan(plan: Plan) -> Listing:
    """The listing of a plan. Rows without name and code are nodes that nothing can be compared with."""
    by_node: dict[str, list[Indicator]] = {}
    for indicator in plan.indicators:
        if indicator.node_id is not None:
            by_node.setdefault(indicator.node_id, []).append(indicator)
    groups = _groups(plan)
    items = _items(groups, by_node)
    above = [one for one in plan.indicators if one.node_id is None]
    return Listing(plan, items, above)


@dataclass(slots=True)
class _Group:
    """Listings of one node; `parent` is the group that it stands under."""

    level: str
    parent: _Group | None
    nodes: list[Node] = field(default_factory=list)


def _groups(plan: Plan) -> list[_Group]:
    """The nodes of the tables that count, listings of the same node together, in reading order."""
    known = {node.node_id: node for node in plan.nodes}
    tables = _tables_with_pagu(plan)
    covered = {node.level for node in plan.nodes if node.tabel_id in tables}
    place: dict[str, _Group] = {}
    by_key: dict[object, list[_Group]] = {}
    listed = [n for n in plan.nodes if (n.nama or n.kode) and (n.tabel_id in tables or n.level not in covered)]
    for node in sorted(listed, key=lambda one: LEVELS.index(one.level)):
        parent = _group_above(node, known, place)
        # Two rows that print the same pagu, or none, are one node printed twice; two amounts are two budgets.
        alike = by_key.setdefault((node.level, _own_code(node), _name_key(node), id(parent)), [])
        group = next((one for one in alike if _joins(node, one)), None)
        if group is None:
            group = _Group(node.level, parent)
            alike.append(group)
        group.nodes.append(node)
        place[node.node_id] = group
    order = {node.node_id: index for index, node in enumerate(plan.nodes)}
    found = dict.fromkeys(id(group) for group in place.values())
    unique = {id(group): group for group in place.values()}
    return sorted((unique[key] for key in found), key=lambda one: order[_standing(one).node_id])


def _tables_with_pagu(plan: Plan) -> frozenset[str | None]:
    """The tables that carry pagu, all where none does."""
    with_pagu = frozenset(node.tabel_id for node in plan.nodes if node.pagu is not None)
    return with_pagu or frozenset(node.tabel_id for node in plan.nodes)


def _group_above(node: Node, known: Mapping[str, Node], place: Mapping[str, _Group]) -> _Group | None:
    """The group of the nearest ancestor that is listed."""
    seen = {node.node_id}
    above = node.induk_id
    while above is not None and above not in seen:
        if above in place:
            return place[above]
        seen.add(above)
        above = known[above].induk_id if above in known else None
    return None


def _joins(node: Node, group: _Group) -> bool:
    amounts = {one.pagu for one in group.nodes if one.pagu is not None}
    if node.pagu is None or not amounts or node.pagu in amounts:
        return True
    return all(one.tabel_id != node.tabel_id for one in group.nodes)


def _standing(group: _Group) -> Node:
    """The listing that stands for the node: the first with pagu, else the first."""
    return next((node for node in group.nodes if node.pagu is not None), group.nodes[0])


def _items(groups: Iterable[_Group], by_node: Mapping[str, Sequence[Indicator]]) -> dict[str, list[Item]]:
    made: dict[int, Item] = {}
    items: dict[str, list[Item]] = {}
    ranked = sorted(enumerate(groups), key=lambda pair: LEVELS.index(pair[1].level))
    for order, group in ranked:
        node = _standing(group)
        parent = made.get(id(group.parent)) if group.parent is not None else None
        listings = [node, *(other for other in group.nodes if other is not node)]
        hanging: Sequence[Indicator] = next((by_node[n.node_id] for n in listings if n.node_id in by_node), ())
        own = [one for one in hanging if not one.is_money]
        dana = [one for one in hanging if one.is_money]
        item = Item(node, parent, _pagu(node, dana), own, _own_code(node), order, dana)
        made[id(group)] = item
        items.setdefault(group.level, []).append(item)
        if parent is not None:
            parent.children.append(item)
    return items


def _pagu(node: Node, dana: Iterable[Indicator]) -> Decimal | None:
    """The pagu of a node; its Dana where the document gives the amount there alone."""
    if node.pagu is not None:
        return node.pagu
    amounts = [one.target for one in dana if one.target is not None]
    return Decimal(str(amounts[0])) if len(amounts) == 1 else None


def _own_code(node: Node) -> str | None:
    """The code in its comparable form, where it is one of the node's level, or one of before 2021, which are long."""
    if node.kode is None:
        return None
    kode, level = comparable_code(node.kode), code_level(node.kode)
    old = level is None and kode.count(".") >= _LEAST_POINTS
    return kode if old or level == node.level else None


def _name_key(node: Node) -> str:
    return "".join(plain_words(node.level, node.nama or ""))
