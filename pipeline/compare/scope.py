"""What two documents both give, and so can be compared: a form without kegiatan makes no kegiatan gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.compare.listing import Listing
from pipeline.compare.model import LEVELS, STRATEGIC, Indicator

_ABOVE = "di atas program"
Kind = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Levels:
    """`nodes`: levels that both list; `pagu`: levels for which both give amounts; `targets`: whether both give targets
    above the program (True in it) and from the program down (False in it).
    """

    nodes: frozenset[str]
    pagu: frozenset[str]
    targets: frozenset[bool]
    in_dari: frozenset[Kind]
    in_ke: frozenset[Kind]
    only_from: tuple[str, ...]
    only_to: tuple[str, ...]

    def lists_in_ke(self, one: Indicator) -> bool:
        """Whether the later document has indicators of this level and kind at all."""
        return _lists(self.in_ke, one)

    def lists_in_dari(self, one: Indicator) -> bool:
        """The same of the earlier document."""
        return _lists(self.in_dari, one)


def scope_of(dari: Listing, ke: Listing) -> Levels:
    """The scope of a comparison."""
    here, there = _kinds(dari), _kinds(ke)
    here_levels, there_levels = _levels(dari), _levels(ke)
    here_pagu, there_pagu = _with_pagu(dari), _with_pagu(ke)
    return Levels(
        nodes=here_levels & there_levels,
        pagu=here_pagu & there_pagu,
        targets=_with_targets(dari) & _with_targets(ke),
        in_dari=here,
        in_ke=there,
        only_from=tuple(_only(here_levels, there_levels, here_pagu - there_pagu, here, there)),
        only_to=tuple(_only(there_levels, here_levels, there_pagu - here_pagu, there, here)),
    )


def _levels(listing: Listing) -> frozenset[str]:
    return frozenset(level for level, items in listing.items.items() if items)


def _with_pagu(listing: Listing) -> frozenset[str]:
    return frozenset(level for level, items in listing.items.items() if any(item.pagu is not None for item in items))


def _indicators(listing: Listing) -> Iterator[Indicator]:
    yield from listing.above
    for items in listing.items.values():
        for item in items:
            yield from item.indicators


def _with_targets(listing: Listing) -> frozenset[bool]:
    return frozenset(one.level in STRATEGIC for one in _indicators(listing) if one.target_teks is not None)


def _kinds(listing: Listing) -> frozenset[Kind]:
    return frozenset((_level(one), one.jenis) for one in _indicators(listing))


def _level(one: Indicator) -> str:
    return _ABOVE if one.level in STRATEGIC else one.level


def _lists(kinds: frozenset[Kind], one: Indicator) -> bool:
    level = _level(one)
    if one.jenis is None:
        return any(known == level for known, _ in kinds)
    return (level, one.jenis) in kinds or (level, None) in kinds


def _only(
    levels: frozenset[str],
    others: frozenset[str],
    pagu: frozenset[str],
    kinds: frozenset[Kind],
    other_kinds: frozenset[Kind],
) -> Iterator[str]:
    """Names of what only one document has: levels, then amounts, then kinds of indicators of the levels of both."""
    for level in LEVELS:
        if level in levels - others:
            yield level
        elif level in pagu:
            yield f"{level}: pagu"
    for level, jenis in sorted(kinds - other_kinds, key=lambda kind: (kind[0], kind[1] or "")):
        both = level == _ABOVE or level in levels & others
        if both and jenis is not None and (level, None) not in other_kinds:
            yield f"{level}: {jenis}"
