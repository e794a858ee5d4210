"""What each column of a table is, by everything about it: header words, cells, place, the columns beside it.

A header that is exactly a known phrase decides; cells that clearly say otherwise make that a doubt. What other columns
are is weighed for the whole table at once: each role has a score for each column, a role that a table has once costs
something the second time, and the best assignment wins. The weights are data, in `roles.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from pipeline.layouts.columns import Column, is_node_column
from pipeline.layouts.likeness import Like, likenesses, outline_like, without_brackets
from pipeline.layouts.profile import Profile, profile
from pipeline.layouts.vocabulary import LEVELS, NODE_LEVELS, Vocabulary, bare_phrase, letters
from pipeline.layouts.weights import weights
from pipeline.tables.model import Table
from pipeline.values import years_in

Scores = NDArray[np.float64]

UNKNOWN = "unknown"
SURE = 1.5  # nats: a role nearer to the second best is no more than a guess
CELLS_ALONE = 0.7  # how sure a column is whose header says nothing
NAMED = 0.5  # likeness from which on a header names its role at all
BY_BODY, SILENT_BY_BODY = 2.5, 1.2  # nats: what a role without any word for it must be ahead, with and without figures
CONTRADICTED = 4.0  # nats by which cells must speak for another role than an exact header's, to make that a doubt
FEWEST_CELLS = 3  # that say anything about a column
MOST_REASONS = 4  # that are shown
MOST_COPIES = 6  # of one role in a table that are weighed one by one
SILENT = frozenset({"nomor", "kode", "satuan", "lokasi", "sumber_dana", "penanggung_jawab"})  # hold no figures


@dataclass(slots=True)
class Evidence:
    """The scores of one column by role, in nats, and what they are made of."""

    scores: dict[str, float]
    reasons: dict[str, list[tuple[str, float]]]
    likes: dict[str, Like] = field(default_factory=dict)
    levels: tuple[str, ...] = ()

    def add(self, role: str, sign: str, worth: float) -> None:
        """Add what a sign is worth for a role."""
        self.scores[role] = self.scores.get(role, 0.0) + worth
        self.reasons.setdefault(role, []).append((sign, worth))

    def told(self, role: str) -> tuple[str, ...]:
        """What speaks for a role, the heaviest first."""
        found = sorted((pair for pair in self.reasons.get(role, ()) if pair[1] > 0), key=lambda pair: -pair[1])
        return tuple(f"{sign} +{worth:.1f}" for sign, worth in found[:MOST_REASONS])


def role_of(column: Column) -> str:
    """The role that a column's field counts as: `level` for the nomenclature's levels, `sasaran` for those above."""
    if column.field == "level":
        return "level" if is_node_column(column) else "sasaran"
    return "pagu" if column.field == "jumlah" else column.field


def tell_roles(table: Table, rows: int, columns: Sequence[Column], vocabulary: Vocabulary) -> list[Column]:
    """The columns with what their headers left open told by evidence, and doubts where the cells contradict them."""
    profiles = [profile(table, rows, column, vocabulary) for column in columns]
    evidence = [_weigh(i, columns, profiles, vocabulary) for i in range(len(columns))]
    columns = [_past(column) for column in columns]
    told = [_confirmed(column, shown, said) for column, shown, said in zip(columns, profiles, evidence, strict=True)]
    open_ones = [i for i, column in enumerate(columns) if _is_open(column, profiles[i], evidence[i])]
    if not open_ones or not _anchored(columns, evidence):
        return told
    taken = {role_key(column) for i, column in enumerate(columns) if i not in open_ones}
    for i, (role, margin, second) in zip(open_ones, _assign(columns, evidence, open_ones, taken), strict=True):
        told[i] = _grant(columns[i], evidence[i], role, margin, second)
    return told


def _past(column: Column) -> Column:
    """A column that its own words leave unknown, under a header that tells of past years, is one of these."""
    if column.field == UNKNOWN and column.role == "past":
        return replace(column, field="past", why="judul di atasnya")
    return column


def contradicts(i: int, columns: Sequence[Column], profiles: Sequence[Profile]) -> bool:
    """Whether the cells of the column `i` clearly speak for another role than its own."""
    said = _weigh_body(i, columns, profiles[i])
    role = role_of(columns[i])
    if role not in said.scores or role in (UNKNOWN, "past") or columns[i].role == "past":
        return False
    best = max(score for other, score in said.scores.items() if other not in (UNKNOWN, "past"))
    return best - said.scores[role] >= CONTRADICTED


def role_key(column: Column) -> tuple[str, str]:
    """A role, and whose year and which version it is of: what a table has once."""
    return role_of(column), f"{column.role}{column.versi or ''}{column.year or ''}"


def _is_open(column: Column, shown: Profile, said: Evidence) -> bool:
    several_years = len({year for text in column.path[-1:] for year in years_in(text)}) > 1  # a sum over a period
    something = shown.cells > 0 or bool(said.levels)  # names may stand in bands across the table
    return column.field == UNKNOWN and something and column.role != "past" and not several_years


def _anchored(columns: Sequence[Column], evidence: Sequence[Evidence]) -> bool:
    """Whether headers name a plan's names or indicators: other tables have places and figures too."""
    named = any(column.field in ("level", "indikator") for column in columns)
    return named or any(said.levels or "indikator" in said.likes for said in evidence)


def _weigh(i: int, columns: Sequence[Column], profiles: Sequence[Profile], vocabulary: Vocabulary) -> Evidence:
    """What the cells, the place and, where the header is not known, its likeness to known ones say of a column."""
    column, said = columns[i], _weigh_body(i, columns, profiles[i])
    if column.field == UNKNOWN and column.path:
        bare = _lowest_words(column, vocabulary)
        said.levels = outline_like(bare, vocabulary)
        bare = without_brackets(bare)
        said.likes = {_name(like): like for like in reversed(likenesses(bare, vocabulary)) if _name(like)}
    worth: Mapping[str, float] = weights()["header"]
    for role, like in said.likes.items():
        said.add(role, f"«{like.meaning.phrase}»", worth["likeness"] * like.share**2)
    if said.levels:
        said.add("level", "/".join(said.levels), worth["likeness"])
    if column.field == UNKNOWN:
        for role, phrase in _above(column, vocabulary):
            said.add(role, f"«{phrase}»", worth["above"])
    return said


def _lowest_words(column: Column, vocabulary: Vocabulary) -> str:
    """The lowest header text with words of its own: over `2017`, `Rp` and `Sesudah Perubahan`, the one above it."""
    bare = [bare_phrase(vocabulary.without_role(text)) for text in reversed(column.path)]
    return next((text for text in bare if letters(text)), bare[0])


def _weigh_body(i: int, columns: Sequence[Column], shown: Profile) -> Evidence:
    said = Evidence({}, {})
    body: Mapping[str, Mapping[str, float]] = weights()["body"]
    for role, worth in body.items():
        for sign, value in worth.items():
            said.add(role, sign, value * _sign(sign, shown))
        for sign, value in _places(role, i, columns):
            said.add(role, sign, value)
    return said


def _name(like: Like) -> str:
    """The role that a phrase names; '' for those that cells tell nothing about."""
    if like.meaning.kind == "level":
        return "level" if like.meaning.name in NODE_LEVELS else "sasaran"
    if like.meaning.kind in ("past", "achieved"):
        return "past"
    name = "pagu" if like.meaning.name == "jumlah" else like.meaning.name
    return name if like.meaning.kind == "field" and name in weights()["body"] else ""


def _sign(sign: str, shown: Profile) -> float:
    match sign:
        case "alone":
            return 1.0
        case "counts":
            return float(shown.counts)
        case "merged":
            return shown.merged
        case "abreast":
            return shown.abreast
        case "figures":
            return shown.figures
    return shown[sign]


def _places(role: str, i: int, columns: Sequence[Column]) -> list[tuple[str, float]]:
    worth: Mapping[str, float] = weights()["place"].get(role, {})
    left = columns[i - 1].field if i else ""
    right = columns[i + 1].field if i + 1 < len(columns) else ""
    holds = {
        "first": i == 0,
        "not first": i > 1,
        "left of name": right == "level",
        "beside target": "target" in (left, right),
        "right of indicator": left in ("indikator", "satuan"),
        "right of target": left in ("target", "satuan", "lokasi"),
        "beside money": {left, right} & {"pagu", "pendanaan", "jumlah"} != set(),
        "next year": columns[i].role == "next",
        "rupiah": columns[i].unit == "Rupiah" or columns[i].scale != 1,
        "last": i == len(columns) - 1,
    }
    return [(sign, value) for sign, value in worth.items() if holds[sign]]


def _above(column: Column, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The roles, each with its phrase, that headers over a column and others name: `Biaya` over `Total`."""
    meanings = [vocabulary.meaning(bare_phrase(text)) for text in column.path[:-1]]
    return list(
        {
            m.name: (m.name, m.phrase) for m in meanings if m and m.kind == "field" and m.name in weights()["body"]
        }.values()
    )


def _assign(
    columns: Sequence[Column], evidence: Sequence[Evidence], open_ones: Sequence[int], taken: set[tuple[str, str]]
) -> list[tuple[str, float, str]]:
    """For each open column its role in the best assignment, the distance to the best one without it, and its role."""
    places = [(role, copy) for role in weights()["body"] for copy in range(_copies(role, len(open_ones)))]
    cost = np.zeros((len(open_ones), len(places)))
    for row, i in enumerate(open_ones):
        for at, (role, copy) in enumerate(places):
            again = copy + ((role, role_key(columns[i])[1]) in taken)
            twice = weights()["joint"]["twice"] * again if role != UNKNOWN else 0.0
            cost[row, at] = twice - evidence[i].scores[role]
    chosen, total = _solve(cost)
    found = []
    for row, at in enumerate(chosen):
        role = places[at][0]
        without = cost.copy()
        without[row, [place for place, (name, _) in enumerate(places) if name == role]] = 1e6
        others, other_total = _solve(without)
        found.append((role, float(other_total - total), places[others[row]][0]))
    return found


def _copies(role: str, columns: int) -> int:
    return columns if role == UNKNOWN else min(columns, MOST_COPIES)


def _solve(cost: Scores) -> tuple[list[int], float]:
    rows, places = linear_sum_assignment(cost)
    return [int(place) for place in places], float(cost[rows, places].sum())


def _grant(column: Column, said: Evidence, role: str, margin: float, second: str) -> Column:
    """The column in its role, where words or cells say enough; else as it was, with what it might be."""
    like, levels = said.likes.get(role), _levels(said, role)
    named = (like is not None and like.share >= NAMED) or (role == "level" and bool(said.levels))
    named = named or (column.role == "next" and role in ("pagu", "target"))
    weighed = replace(column, margin=round(margin, 2), second=second, evidence=said.told(role))
    enough = margin > 0 if named else margin >= (SILENT_BY_BODY if role in SILENT else BY_BODY)
    if role in ("level", "sasaran"):  # a wrong name column makes rows that are not there
        enough = bool(levels) and margin >= SURE
    if role == UNKNOWN or not enough:
        return replace(weighed, second=role if role != UNKNOWN else second)
    share = min(1.0, like.share) if named and like else CELLS_ALONE
    why = f"«{like.meaning.phrase}» (mirip {share:.0%})" if named and like else ", ".join(weighed.evidence[:3])
    told = replace(weighed, field="level" if levels else role, levels=levels, why=why, confidence=round(share, 2))
    if role == "past":
        return replace(told, role=role)
    return replace(told, doubted=not (margin >= SURE and named) and role not in SILENT)


def _levels(said: Evidence, role: str) -> tuple[str, ...]:
    """The levels of a column of names, coarsest first; () for other roles, and where no word tells them."""
    if role == "level" and said.levels:
        return tuple(level for level in LEVELS if level in said.levels)
    like = said.likes.get(role)
    return (like.meaning.name,) if role in ("level", "sasaran") and like is not None else ()


def _confirmed(column: Column, shown: Profile, said: Evidence) -> Column:
    """A column that its header names, with the distance to what its cells say best; doubted where they contradict."""
    role = role_of(column)
    if role not in said.scores or role in (UNKNOWN, "past") or column.role == "past" or shown.cells < FEWEST_CELLS:
        return column
    second = max((r for r in said.scores if r not in (role, UNKNOWN, "past")), key=said.scores.__getitem__)
    ahead = said.scores[second] - said.scores[role]
    doubted = ahead >= CONTRADICTED and second not in ("nomor", "kode")
    return replace(column, margin=round(-ahead, 2), second=second, doubted=doubted, evidence=said.told(role))
