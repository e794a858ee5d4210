"""What a drawn form shows: a plan as a tree of nodes and a list of objectives, from a truth file or made by code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from tests.forms.library import LIBRARY, Office

_T = TypeVar("_T")
NODE_LEVELS = ("program", "kegiatan", "sub_kegiatan")
# Longer names fill half a page in a narrow column, shorter ones are numbers, dashes and scraps.
SHORTEST, LONGEST = 8, 170
MOST_ROWS = 40
# A name that begins with an ordinal, a dash or a label would be read without it.
_CLEAN = re.compile(r"(?!(?:program|kegiatan|sub kegiatan|output|outcome|input|jumlah|total)\s*[:.]?\s*$)[A-Z][a-z]", 0)
_LABEL = re.compile(r"^[\w /]{1,24}\s*:|[;:]\s*$|^[A-Za-z]\W")
_LEVEL_WORD = re.compile(r"^(program|kegiatan|sub\s*kegiatan)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Aim:
    """An indicator with its unit and target; `kind` is keluaran, hasil or None."""

    text: str
    unit: str | None
    value: float | None
    grade: str | None = None
    kind: str | None = None


@dataclass(slots=True)
class Node:
    """A row of the plan; `pagu` in rupiah. The name carries no level word."""

    level: str
    name: str
    pagu: int | None = None
    aims: list[Aim] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterable[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Objective:
    """A sasaran, with its tujuan where the content has one, and its indicators."""

    tujuan: str | None
    sasaran: str
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that can be drawn of one plan."""

    name: str
    office: str
    region: str
    year: int
    nodes: tuple[Node, ...]
    objectives: tuple[Objective, ...]


def made(office: Office = LIBRARY) -> Content:
    """The content of an office that code invented."""
    nodes = []
    for program in office.programs:
        node = Node("program", _bare(program["nama"]), aims=[_aim(program["hasil"], "hasil")])
        for group in program["kegiatan"]:
            found = Node("kegiatan", group["nama"], aims=[_aim(group["sub"][0][2], "keluaran")])
            found.children = [
                Node("sub_kegiatan", name, pagu, [_aim(output, "keluaran")]) for _, name, output, pagu in group["sub"]
            ]
            node.children.append(found)
        nodes.append(node)
    objectives = tuple(
        Objective(goal, objective, tuple(_aim(m, None) for m in measures))
        for goal, found_objectives in office.goals
        for objective, measures in found_objectives
    )
    return Content("buatan", office.name, office.region, office.year, tuple(nodes), objectives)


def _aim(measure: tuple[str, str, str, float], kind: str | None) -> Aim:
    text, unit, _, value = measure
    return Aim(text, unit, value, kind=kind)


def of_truth(path: Path) -> Content:
    """The content of a truth file: what is clean enough that its redrawing says exactly what is meant."""
    truth = json.loads(path.read_text())
    named = truth["dokumen"]
    nodes = _tree(truth)
    region = named.get("wilayah") or LIBRARY.region
    office = (named.get("perangkat_daerah") or LIBRARY.name).title()
    year = named.get("tahun") or LIBRARY.year
    return Content(path.name.removesuffix(".truth.json"), office, region, year, nodes, _objectives(truth))


def _clean(text: Any) -> str | None:
    """A text that can be drawn without being taken for something else, or None."""
    if not isinstance(text, str) or not SHORTEST <= len(text) <= LONGEST:
        return None
    text = " ".join(text.split()).rstrip(" .,;:-")
    if not _CLEAN.match(text) or _LABEL.search(text) or not text.isprintable() or not text.isascii():
        return None
    return text


def _bare(name: str) -> str:
    """A name without its level word, its first letter a capital."""
    rest = _LEVEL_WORD.sub("", name)
    return rest[:1].upper() + rest[1:]


def _tree(truth: dict[str, Any]) -> tuple[Node, ...]:
    """The nodes in reading order, each under the last coarser one; a kegiatan without a program makes a root."""
    aims = _aims_by_node(truth)
    roots: list[Node] = []
    open_nodes: dict[str, Node] = {}
    for row in truth.get("program_kegiatan", []):
        name = _clean(row.get("nama"))
        if row["level"] not in NODE_LEVELS or name is None or _clean(_bare(name)) is None:
            continue
        pagu = row.get("pagu")
        node = Node(row["level"], _bare(name), round(pagu) if pagu else None)
        node.aims = aims.pop((row["level"], row["nama"], row.get("program")), [])
        depth = NODE_LEVELS.index(node.level)
        for finer in NODE_LEVELS[depth:]:
            open_nodes.pop(finer, None)
        above = next((open_nodes[level] for level in reversed(NODE_LEVELS[:depth]) if level in open_nodes), None)
        (above.children if above else roots).append(node)
        open_nodes[node.level] = node
    return tuple(roots)


def _aims_by_node(truth: dict[str, Any]) -> dict[tuple[str, str, str | None], list[Aim]]:
    found: dict[tuple[str, str, str | None], list[Aim]] = {}
    for row in truth.get("indikator", []):
        aim = _aim_of(row)
        level = row["level"]
        if aim and level in NODE_LEVELS:
            found.setdefault((level, row.get(level), row.get("program")), []).append(aim)
    return found


def _aim_of(row: dict[str, Any]) -> Aim | None:
    text = _clean(row.get("indikator"))
    if text is None or row.get("jenis") == "masukan" or row.get("indikator") == "Dana":
        return None
    unit = row.get("satuan")
    if unit is not None and not re.fullmatch(r"%|[A-Za-z][A-Za-z /]{1,18}", unit):
        unit = None
    value = row.get("target")
    if value is not None and round(value, 2) != value:
        return None
    grade = row.get("target_kategori") if value is None and row.get("target_min") is None else None
    kind = row.get("jenis") if row.get("jenis") in ("keluaran", "hasil") else None
    return Aim(text, unit if value is not None else None, value, grade, kind)


def _objectives(truth: dict[str, Any]) -> tuple[Objective, ...]:
    found: dict[tuple[str | None, str], list[Aim]] = {}
    for row in truth.get("indikator", []):
        sasaran, aim = _clean(row.get("sasaran")), _aim_of(row)
        if sasaran and aim and row["level"] == "sasaran":
            found.setdefault((_clean(row.get("tujuan")), sasaran), []).append(aim)
    return tuple(Objective(tujuan, sasaran, tuple(aims)) for (tujuan, sasaran), aims in found.items())


def cut(content: Content, start: int, rows: int = MOST_ROWS) -> Content:
    """A part of the content of at most so many rows, from a root that `start` picks, going round at the end."""
    levels = [level for level in NODE_LEVELS if any(n.level == level for r in content.nodes for n in r.walk())]
    nodes = _take(_turned(_regular(content.nodes, levels), start), rows)
    aims = 0
    objectives = []
    for one in _turned(content.objectives, start):
        aims += len(one.aims)
        if objectives and aims > rows:
            break
        objectives.append(one)
    return replace(content, nodes=tuple(nodes), objectives=tuple(objectives))


def _turned(items: Sequence[_T], start: int) -> list[_T]:
    at = start % len(items) if items else 0
    return [*items[at:], *items[:at]]


def _regular(nodes: Sequence[Node], levels: Sequence[str]) -> list[Node]:
    """The nodes of the first level, each with children of the next only: no form shows a level that was skipped."""
    kept = [node for node in nodes if levels and node.level == levels[0]]
    return [replace(node, children=_regular(node.children, levels[1:])) for node in kept]


def _take(nodes: Sequence[Node], room: int) -> list[Node]:
    """The first nodes, of each as many descendants as there is room for; a node counts its indicators too."""
    kept: list[Node] = []
    for node in nodes:
        aims = node.aims[:4]
        need = max(1, len(aims))
        if need > room:
            break
        room -= need
        children = _take(node.children, room)
        room -= sum(max(1, len(one.aims)) for child in children for one in child.walk())
        kept.append(Node(node.level, node.name, node.pagu, aims, children))
    return kept
