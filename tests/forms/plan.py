"""An invented plan, and what a reader must make of it: the records that a drawing of it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LABELS = {"masukan": "MASUKAN/INPUT :", "keluaran": "KELUARAN/OUTPUT :", "hasil": "HASIL/OUTCOME :"}
Truth = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator with unit and target; `kind` is masukan, keluaran, hasil or None."""

    text: str
    unit: str | None
    target: str
    value: float | None
    kind: str | None = None
    label: str | None = None
    remark: str | None = None

    @property
    def is_money(self) -> bool:
        return self.text == "Dana"

    @property
    def heading(self) -> str:
        return self.label or LABELS[self.kind or ""]


@dataclass(frozen=True, slots=True)
class Activity:
    """A sub kegiatan: its printed number, name and measures."""

    number: str | None
    name: str
    measures: tuple[Measure, ...]

    def kinds(self) -> list[tuple[str, list[Measure]]]:
        """Its measures by kind, in the form's order."""
        return [(kind, [m for m in self.measures if m.kind == kind]) for kind in LABELS]


@dataclass(frozen=True, slots=True)
class Group:
    """A kegiatan with its sub kegiatan."""

    number: str
    name: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A row of the left half of the form; without a name its cells are empty."""

    number: str
    tujuan: str | None
    sasaran: str | None
    measures: tuple[Measure, ...]
    programs: tuple[Program, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    goals: tuple[Goal, ...]

    def activities(self) -> Iterator[tuple[Goal, Program, Group, Activity]]:
        for goal in self.goals:
            for program in goal.programs:
                for group in program.groups:
                    for activity in group.activities:
                        yield goal, program, group, activity

    def truth(self) -> Truth:
        """The records of the form that shows the whole plan."""
        nodes: list[dict[str, Any]] = []
        indicators: list[dict[str, Any]] = []
        for goal in self.goals:
            over = {"misi": None, "tujuan": goal.tujuan, "sasaran": goal.sasaran}
            indicators += [_indicator("sasaran", m, **over) for m in goal.measures]
            for program in goal.programs:
                nodes.append(_node("program", None, program.name, program.name, None))
                for group in program.groups:
                    nodes.append(_node("kegiatan", group.number, group.name, program.name, group.name))
                    for activity in group.activities:
                        money = next((m.value for m in activity.measures if m.is_money), None)
                        nodes.append(
                            _node("sub_kegiatan", activity.number, activity.name, program.name, group.name, money)
                        )
                        context = over | {
                            "program": program.name,
                            "kegiatan": group.name,
                            "sub_kegiatan": activity.name,
                        }
                        indicators += [_indicator("sub_kegiatan", m, **context) for m in activity.measures]
        return {"program_kegiatan": nodes, "indikator": indicators}


def _node(
    level: str, number: str | None, name: str, program: str, group: str | None, pagu: float | None = None
) -> dict[str, Any]:
    return {
        "level": level, "kode": None, "nomor": number, "nama": name, "program": program, "kegiatan": group,
        "pagu": pagu, "prakiraan_pagu": None,
    }  # fmt: skip


def _indicator(level: str, measure: Measure, **context: str | None) -> dict[str, Any]:
    empty = dict.fromkeys(("misi", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan"))
    return {
        "level": level, **(empty | context), "jenis": measure.kind, "indikator": measure.text, "satuan": measure.unit,
        "target_teks": measure.target, "target": measure.value, "target_min": None, "target_maks": None,
        "target_kategori": None, "keterangan": measure.remark,
    }  # fmt: skip
