"""The nodes of two listings, matched one to one: by code, by official name, by name within their parent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.compare.assignment import best_pairs
from pipeline.compare.listing import Item, Listing
from pipeline.compare.model import LEVELS
from pipeline.compare.wording import likeness

# What a pair must have in common. A code that was given to something else shares hardly a word with it.
_NAME_OF_CODE = 0.35
_NAME_IN_PARENT = 0.5
_NAME_ANYWHERE = 0.85  # another parent, or one document that names none
_NAME_AGAINST_CODE = 0.8  # both print codes, and these differ
_NO_NAME = 0.7  # what a code alone is worth where one of the rows has no name
_LIKE_CHILDREN = 0.6  # share of the children that makes two programs or kegiatan one, whatever they are called


@dataclass(frozen=True, slots=True)
class NodePair:
    """Two items that are one node, and how sure that is (0 to 1): 1 for one name under one parent or with one code."""

    dari: Item
    ke: Item
    kemiripan: float


@dataclass(frozen=True)
class NodePairs:
    """All pairs of two listings; `ke_of` and `dari_of` find the other side of an item by its `node_id`."""

    pairs: Sequence[NodePair]
    ke_of: Mapping[str, Item]
    dari_of: Mapping[str, Item]


def match_nodes(dari: Listing, ke: Listing) -> NodePairs:
    """Match level by level from the top, so that the parents of two items are known to be one or not."""
    pairs: list[NodePair] = []
    ke_of: dict[str, Item] = {}
    for level in LEVELS:
        here, there = dari.items.get(level, ()), ke.items.get(level, ())
        scores = _scores(level, here, there, ke_of)
        for row, column in best_pairs(scores, _ties(here, there)):
            pair = NodePair(here[row], there[column], round(float(scores[row, column]), 4))
            pairs.append(pair)
            ke_of[pair.dari.node.node_id] = pair.ke
    return NodePairs(pairs, ke_of, {pair.ke.node.node_id: pair.dari for pair in pairs})


def same_code(one: str | None, other: str | None) -> bool | None:
    """Whether two comparable codes are one, `X` and `XX` standing for any urusan and bidang; None where one lacks."""
    if one is None or other is None:
        return None
    here, there = one.split("."), other.split(".")
    wild = ("X", "XX")
    return len(here) == len(there) and all(a == b or a in wild or b in wild for a, b in zip(here, there, strict=True))


def _scores(level: str, here: Sequence[Item], there: Sequence[Item], ke_of: Mapping[str, Item]) -> np.ndarray:
    names = likeness(level, [one.node.nama or "" for one in here], [one.node.nama or "" for one in there])
    scores = np.zeros_like(names)
    for row, one in enumerate(here):
        for column, other in enumerate(there):
            scores[row, column] = _score(one, other, float(names[row, column]), _same_parent(one, other, ke_of))
    return scores


def _score(one: Item, other: Item, name: float, same_parent: bool | None) -> float:
    """How sure it is that two items are one node; 0 where it cannot be."""
    coded = same_code(one.kode, other.kode)
    if not (one.node.nama and other.node.nama):
        return _NO_NAME if coded else 0.0
    if coded and name >= _NAME_OF_CODE:
        return 0.5 + 0.5 * name
    if _same_official(one, other) and name >= _NAME_OF_CODE:
        return 0.45 + 0.55 * name
    children = _like_children(one, other)
    if same_parent is not False and children >= _LIKE_CHILDREN and name < 1.0 and not coded:
        return max(_by_name(name, same_parent, coded), 0.5 + 0.3 * children)
    return _by_name(name, same_parent, coded)


def _by_name(name: float, same_parent: bool | None, coded: bool | None) -> float:
    least = _NAME_IN_PARENT if same_parent else _NAME_ANYWHERE
    if coded is False:
        least = max(least, _NAME_AGAINST_CODE)
    if name < least:
        return 0.0
    return name if same_parent else 0.9 * name


def _same_official(one: Item, other: Item) -> bool:
    if one.node.kode_resmi is not None and other.node.kode_resmi is not None:
        return one.node.kode_resmi == other.node.kode_resmi
    return one.node.nama_resmi is not None and one.node.nama_resmi == other.node.nama_resmi


def _same_parent(one: Item, other: Item, ke_of: Mapping[str, Item]) -> bool | None:
    """Whether the parents are one node; None where one document names none, or one of another level."""
    if one.parent is None and other.parent is None:
        return True
    if one.parent is None or other.parent is None or one.parent.node.level != other.parent.node.level:
        return None
    return ke_of.get(one.parent.node.node_id) is other.parent


def _like_children(one: Item, other: Item) -> float:
    """The share of the children that both have, of those of the one with more."""
    most = max(len(one.child_keys), len(other.child_keys))
    return len(one.child_keys & other.child_keys) / most if most else 0.0


def _ties(here: Sequence[Item], there: Sequence[Item]) -> np.ndarray:
    """Of pairs that are alike otherwise, those with one pagu are taken, then those at one place in the order."""
    ties = np.zeros((len(here), len(there)))
    for row, one in enumerate(here):
        for column, other in enumerate(there):
            away = abs(row / len(here) - column / len(there))
            ties[row, column] = 0.5 * (one.pagu is not None and one.pagu == other.pagu) + 0.4 * (1 - away)
    return ties
