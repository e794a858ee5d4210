"""Rules found in the picture of a straight page, and mended where the scan broke them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.pages.image import Picture, Pixels
from pipeline.pages.model import Rule
from pipeline.pages.rules_faint import faint_rules
from pipeline.pages.rules_mended import REACH, Piece, meets, mended
from pipeline.pages.upright import binary_ink

SHORTEST = 24.0
THICKEST = 4.0
FRAGMENT = 6.0
COLLINEAR = 2.0
SMALLEST_TABLE = 110.0
BESIDE = (0.6, 1.4)
MOST_BESIDE = 0.5
MOST_BESIDE_OPEN = 0.25


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules of a page in points, and the picture without their ink."""

    rules: list[Rule]
    clean: Picture


@dataclass(frozen=True, slots=True)
class _Run:
    """A straight run of ink, and the shares of its length along which ink stands close on either side."""

    rule: Rule
    above: float
    below: float


def find_rules(picture: Picture, dotted: Picture | None = None) -> Ruling:
    """The rules of a straight page that are at least 24 points long, broken ones joined, and the picture without them.

    A run of ink thicker than 4 points is a picture or a fill, never a rule. Dotted rules are looked for in `dotted`,
    the same picture before it lost its specks.
    """
    ink, scale = binary_ink(picture), picture.scale
    runs = _runs(ink, scale, SHORTEST)
    every = [run.rule for run in runs]
    sure = [run.rule for run in runs if not _runs_through_text(run, _is_open(run.rule, every))]
    bits = [run.rule for run in _runs(ink, scale, FRAGMENT) if max(run.above, run.below) <= MOST_BESIDE]
    pieces = [*(Piece(rule, True) for rule in sure), *(Piece(rule, False) for rule in bits)]
    found = mended([*pieces, *(Piece(rule, False) for rule in faint_rules(dotted or picture, ink))])
    rules = _without_drawings([rule for rule in found if not rule.vertical or _crosses(rule, found)])
    return Ruling([rule for rule in rules if not _is_sum_line(rule, rules)], _without(picture, ink, rules))


def _runs(ink: Pixels, scale: float, shortest: float) -> list[_Run]:
    """Straight runs of ink at least `shortest` points long, level and upright."""
    level = _level_runs(ink, scale, shortest)
    upended = _level_runs(np.ascontiguousarray(ink.T), scale, shortest)
    return [*level, *(replace(run, rule=replace(run.rule, vertical=True)) for run in upended)]


def _level_runs(ink: Pixels, scale: float, shortest: float) -> list[_Run]:
    mask = _thin_runs(ink, scale, shortest)
    rest = np.asarray(cv2.subtract(ink, mask), dtype=np.uint8)  # a double rule is not text beside a rule
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    runs = []
    for label in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[label])
        if width >= max(shortest * scale, 3 * height):
            own = labels[y : y + height, x : x + width] == label
            runs.append(_measure(rest, own, x, y, scale))
    return runs


def _thin_runs(ink: Pixels, scale: float, length: float) -> Pixels:
    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(2, round(length * scale))), np.uint8))
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((max(2, round(THICKEST * scale)), 1), np.uint8))
    return np.asarray(cv2.subtract(runs, thick), dtype=np.uint8)


def _measure(ink: Pixels, own: npt.NDArray[np.bool_], x: int, y: int, scale: float) -> _Run:
    """The run whose pixels are `own`, its upper left corner at x, y. A run may slope: ink is looked for along it."""
    height, width = own.shape
    columns = np.arange(width)[own.any(axis=0)]
    upper = own.argmax(axis=0)[columns] + y
    lower = y + height - 1 - own[::-1].argmax(axis=0)[columns]
    steps = range(round(BESIDE[0] * scale), round(BESIDE[1] * scale) + 1)
    last = ink.shape[0] - 1
    above = np.mean([ink[np.maximum(upper - step, 0), columns + x] > 0 for step in steps])
    below = np.mean([ink[np.minimum(lower + step, last), columns + x] > 0 for step in steps])
    middle = float(np.mean((upper + lower) / 2)) + 0.5
    return _Run(Rule(False, middle / scale, x / scale, (x + width) / scale), float(above), float(below))


def _runs_through_text(run: _Run, is_open: bool) -> bool:
    """Whether ink stands close along much of a level run: small bold letters that have run together.

    Less of it is enough against a run that ends in the open; text may well sit tight on a cell's own rule.
    """
    if run.rule.vertical:
        return False
    low, high = sorted((run.above, run.below))
    return high > MOST_BESIDE_OPEN if is_open else low > MOST_BESIDE_OPEN or high > MOST_BESIDE


def _is_open(rule: Rule, rules: Sequence[Rule]) -> bool:
    return any(not meets(rule, end, rules, REACH) for end in (rule.start, rule.end))


def _crosses(rule: Rule, rules: Sequence[Rule]) -> bool:
    """Whether any rule across touches it: strokes of signatures and stamps stand alone."""
    return any(_touch(rule, other) for other in rules)


def _touch(rule: Rule, other: Rule) -> bool:
    return (
        other.vertical != rule.vertical
        and rule.start - REACH <= other.position <= rule.end + REACH
        and other.start - REACH <= rule.position <= other.end + REACH
    )


def _without_drawings(rules: Sequence[Rule]) -> list[Rule]:
    """The rules without those of frames too small for a table: crests, stamps and tick boxes."""
    left, kept = list(rules), []
    while left:
        group = [left.pop()]
        for rule in group:  # grows while it is gone through
            touching = [other for other in left if _touch(rule, other)]
            group += touching
            left = [other for other in left if other not in touching]
        level = [rule for rule in group if not rule.vertical]
        if len(level) == len(group) or _extent(group) >= SMALLEST_TABLE:
            kept += group
    return sorted(kept, key=lambda rule: (rule.vertical, rule.position, rule.start))


def _extent(rules: Sequence[Rule]) -> float:
    """The length of the longest rule."""
    return max(rule.end - rule.start for rule in rules)


def _is_sum_line(rule: Rule, rules: Sequence[Rule]) -> bool:
    """Whether a level rule is the line over a sum: alone at its height, in one column, short of one of its sides."""
    if rule.vertical or not _is_open(rule, rules):
        return False
    middle = (rule.start + rule.end) / 2
    across = [other.position for other in rules if other.vertical and other.start < rule.position < other.end]
    left = max((x for x in across if x <= middle), default=None)
    right = min((x for x in across if x > middle), default=None)
    if left is None or right is None or rule.start < left - REACH or rule.end > right + REACH:
        return False
    level = [other for other in rules if not other.vertical and other is not rule]
    return not any(abs(other.position - rule.position) <= COLLINEAR for other in level)


def _without(picture: Picture, ink: Pixels, rules: Sequence[Rule]) -> Picture:
    """The picture with the ink of rules painted white, so that no rule is read as a 1 or an l."""
    near_level, near_upright = (_near(ink, rules, vertical, picture.scale) for vertical in (False, True))
    level = near_level & _thin_runs(ink, picture.scale, FRAGMENT * 2)
    upright = near_upright.T & _thin_runs(np.ascontiguousarray(ink.T), picture.scale, FRAGMENT * 2)
    wide = cv2.dilate(level | upright.T | _bits(ink, near_level | near_upright), np.ones((3, 3), np.uint8))
    return replace(picture, pixels=np.where(wide > 0, np.uint8(255), picture.pixels))


def _near(ink: Pixels, rules: Sequence[Rule], vertical: bool, scale: float) -> Pixels:
    near = np.zeros_like(ink)
    for rule in rules:
        if rule.vertical == vertical:
            near[_around(rule, scale)] = 255
    return near


def _bits(ink: Pixels, near: Pixels) -> Pixels:
    """Pieces of ink that lie wholly on rules: dots, dashes, and the corners where two dashes meet; no letter does."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    bits = np.bincount(labels[near == 0], minlength=len(stats)) == 0
    bits[0] = False
    return np.asarray(bits[labels] * np.uint8(255), dtype=np.uint8)


def _around(rule: Rule, scale: float) -> tuple[slice, slice]:
    reach = THICKEST / 2
    across = slice(_pixel(rule.position - reach, scale), _pixel(rule.position + reach, scale) + 1)
    along = slice(_pixel(rule.start, scale), _pixel(rule.end, scale) + 1)
    return (along, across) if rule.vertical else (across, along)


def _pixel(points: float, scale: float) -> int:
    return max(0, round(points * scale))
