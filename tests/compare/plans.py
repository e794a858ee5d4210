"""Invented plans made by code, and edits of them whose changes are known."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.compare.model import Indicator, Node, Plan

VERBS = ["Penyusunan", "Pengelolaan", "Pembinaan", "Fasilitasi", "Evaluasi", "Pendataan", "Pemeliharaan", "Pengawasan"]
THINGS = [
    "Kapal Nelayan", "Kolam Pembenihan", "Jaring Apung", "Pasar Ikan", "Tambak Garam", "Gudang Es", "Dermaga Kayu",
    "Rumput Laut", "Pakan Terapung", "Bibit Kepiting", "Kawasan Bakau", "Alat Tangkap", "Mutu Olahan", "Kartu Pelaku",
    "Terumbu Buatan", "Sentra Kuliner",
]  # fmt: skip
WHERE = ["di Pesisir Timur", "di Pulau Kecil", "di Muara Sungai", "di Danau Hulu"]
UNITS = ["Dokumen", "Laporan", "Unit", "Orang", "Paket"]
NEW_WORDS = ["Terpadu", "Digital", "Berkelanjutan", "Mandiri"]


@dataclass(slots=True)
class Sub:
    """A sub kegiatan with one output; `uid` is the same in both plans, whatever becomes of the rest."""

    uid: int
    name: str
    pagu: int
    target: float
    unit: str
    kode: str


@dataclass(slots=True)
class Kegiatan:
    uid: int
    name: str
    subs: list[Sub]


@dataclass(slots=True)
class Program:
    name: str
    kegiatan: list[Kegiatan]


@dataclass(slots=True)
class Invented:
    """A plan; `coded` prints codes."""

    programs: list[Program]
    coded: bool

    def subs(self) -> list[tuple[Kegiatan, Sub]]:
        return [(k, s) for p in self.programs for k in p.kegiatan for s in k.subs]

    def all_kegiatan(self) -> list[Kegiatan]:
        return [k for p in self.programs for k in p.kegiatan]


def invent(dice: random.Random, coded: bool) -> Invented:
    """A plan of two programs with some 20 sub kegiatan, no two of one name."""
    names = [f"{verb} {thing} {where}" for verb in VERBS for thing in THINGS for where in WHERE]
    dice.shuffle(names)
    uid = iter(range(10_000))
    programs = []
    for p, title in enumerate(["Program Perikanan Tangkap", "Program Budidaya Perairan"], start=2):
        groups = []
        for k in range(1, 4):
            subs = [
                Sub(
                    next(uid), names.pop(), dice.randrange(10**6, 10**9, 1000), float(dice.randrange(1, 90)),
                    dice.choice(UNITS), f"3.25.0{p}.2.0{k}.{s:04d}",
                )
                for s in range(1, dice.randrange(3, 6))
            ]  # fmt: skip
            groups.append(Kegiatan(next(uid), f"{VERBS[k]} Urusan {THINGS[p * 3 + k]} Daerah", subs))
        programs.append(Program(title, groups))
    return Invented(programs, coded)


def as_plan(one: Invented, key: str, tables: int = 1) -> Plan:
    """The rows that a reader makes of it; with two tables the first lists the same nodes without pagu and targets."""
    nodes: list[Node] = []
    indicators: list[Indicator] = []
    for table in range(tables):
        with_pagu = table == tables - 1
        _write(one, f"{key}-t{table}", with_pagu, nodes, indicators)
    return Plan(key, 2024, True, nodes, indicators)


def _write(one: Invented, table: str, with_pagu: bool, nodes: list[Node], indicators: list[Indicator]) -> None:
    def add(level: str, name: str, parent: str | None, kode: str | None, pagu: int | None) -> str:
        node = f"{table}-n{len(nodes)}"
        amount = Decimal(pagu) if with_pagu and pagu is not None else None
        nodes.append(Node(node, node, parent, level, kode, name, amount, None, None, None, None, 1, table, (node,)))
        return node

    for p, program in enumerate(one.programs, start=2):
        top = add("program", program.name, None, f"3.25.0{p}" if one.coded else None, None)
        for k, kegiatan in enumerate(program.kegiatan, start=1):
            middle = add("kegiatan", kegiatan.name, top, f"3.25.0{p}.2.0{k}" if one.coded else None, None)
            for sub in kegiatan.subs:
                node = add("sub_kegiatan", sub.name, middle, sub.kode if one.coded else None, sub.pagu)
                if with_pagu:
                    indicators.append(_indicator(node, table, "masukan", "Dana", "Rupiah", float(sub.pagu)))
                    text = f"Jumlah hasil {sub.name} yang selesai"
                    indicators.append(_indicator(node, table, "keluaran", text, sub.unit, sub.target))


def _indicator(node: str, table: str, jenis: str, text: str, unit: str, target: float) -> Indicator:
    return Indicator(
        f"{node}-{jenis}", node, "sub_kegiatan", None, None, jenis, text, unit, f"{target:g}", target, target, target,
        None, 1, table, (),
    )  # fmt: skip


Told = tuple[str, str, str | None, str | None]


@dataclass(slots=True)
class Edited:
    """A plan that is edited step by step, and the changes that must be told: aspect, name, both values."""

    plan: Invented
    dice: random.Random
    told: list[Told] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    uids: int = 20_000

    def pick(self) -> tuple[Kegiatan, Sub] | None:
        free = [(k, s) for k, s in self.plan.subs() if s.uid not in self.touched and len(k.subs) > 2]
        if not free:
            return None
        chosen = self.dice.choice(free)
        self.touched.add(chosen[1].uid)
        return chosen

    def repay(self, kegiatan: Kegiatan, sub: Sub) -> None:
        before, sub.pagu = sub.pagu, sub.pagu + self.dice.randrange(1, 900) * 1000
        self.told.append(("pagu", sub.name, str(before), str(sub.pagu)))

    def retarget(self, kegiatan: Kegiatan, sub: Sub) -> None:
        before, sub.target = sub.target, sub.target + self.dice.randrange(1, 9)
        self.told.append(("target", f"Jumlah hasil {sub.name} yang selesai", f"{before:g}", f"{sub.target:g}"))

    def reunit(self, kegiatan: Kegiatan, sub: Sub) -> None:
        before = sub.unit
        sub.unit = self.dice.choice([unit for unit in UNITS if unit != before])
        self.told.append(("satuan", f"Jumlah hasil {sub.name} yang selesai", before, sub.unit))

    def rename(self, kegiatan: Kegiatan, sub: Sub) -> None:
        before, sub.name = sub.name, f"{sub.name} {self.dice.choice(NEW_WORDS)}"
        self.told.append(("nama", before, before, sub.name))
        old, new = (f"Jumlah hasil {name} yang selesai" for name in (before, sub.name))
        self.told.append(("nama", old, old, new))

    def retype(self, kegiatan: Kegiatan, sub: Sub) -> None:
        """The same name in other letters is no change."""
        sub.name = self.dice.choice([sub.name.upper(), sub.name.replace(" ", "  "), f"{sub.name.lower()}."])

    def drop(self, kegiatan: Kegiatan, sub: Sub) -> None:
        kegiatan.subs.remove(sub)
        self.told.append(("hilang", sub.name, str(sub.pagu), None))

    def add(self, kegiatan: Kegiatan, sub: Sub) -> None:
        """A new one beside it, of a name that nothing is like."""
        self.uids += 1
        name = (
            f"Sayembara Karya {['Batik', 'Keramik', 'Anyaman', 'Tenun', 'Ukiran', 'Perak'][self.uids % 6]} {self.uids}"
        )
        new = Sub(
            self.uids, name, self.dice.randrange(10**6, 10**8), 1.0, "Paket", f"{sub.kode[:-4]}{self.uids % 9000:04d}"
        )
        self.touched.add(new.uid)
        kegiatan.subs.insert(self.dice.randrange(len(kegiatan.subs) + 1), new)
        self.told.append(("baru", name, None, str(new.pagu)))

    def move(self, kegiatan: Kegiatan, sub: Sub) -> None:
        other = self.dice.choice([k for k in self.plan.all_kegiatan() if k is not kegiatan])
        kegiatan.subs.remove(sub)
        other.subs.append(sub)
        self.told.append(("induk", sub.name, kegiatan.name, other.name))

    def renumber(self, kegiatan: Kegiatan, sub: Sub) -> None:
        """All codes of a kegiatan shift: a code then stands for its neighbour, and nothing has changed."""
        codes = [one.kode for one in kegiatan.subs]
        for one, kode in zip(kegiatan.subs, codes[1:] + codes[:1], strict=True):
            one.kode = kode


EDITS: list[Callable[[Edited, Kegiatan, Sub], None]] = [
    Edited.repay, Edited.retarget, Edited.reunit, Edited.rename, Edited.retype, Edited.drop, Edited.add, Edited.move,
    Edited.renumber,
]  # fmt: skip


def copy(one: Invented) -> Invented:
    """A copy that can be edited."""
    programs = [
        Program(p.name, [Kegiatan(k.uid, k.name, [replace(s) for s in k.subs]) for k in p.kegiatan])
        for p in one.programs
    ]
    return Invented(programs, one.coded)
