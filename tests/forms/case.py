"""A drawn document with its truth: how records are noted while a table is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.forms.draw import Paper, draw
from tests.forms.library import LIBRARY
from tests.forms.plan import Truth
from tests.forms.sheet import Cell, Look, Sheet, cell

REGION, OFFICE, YEAR = LIBRARY.region, LIBRARY.name, LIBRARY.year
CONTEXT = ("misi", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan")
LEVELS = ("urusan", "bidang", "program", "kegiatan", "sub_kegiatan")


@dataclass(slots=True)
class Records:
    """The truth while a table is being put together; names stay open until a coarser level closes them."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    indicators: list[dict[str, Any]] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)

    def node(self, level: str, name: str, pagu: float | None = None, **more: Any) -> None:
        for finer in LEVELS[LEVELS.index(level) :]:
            self.open.pop(finer, None)
        self.open[level] = name
        self.nodes.append(
            {"level": level, "nama": name, "kode": None, "pagu": pagu, "prakiraan_pagu": None}
            | {"program": self.open.get("program"), "kegiatan": self.open.get("kegiatan")}
            | more
        )

    def enter(self, level: str, name: str | None) -> None:
        """A level above the nodes that the rows from here on stand under."""
        for finer in CONTEXT[CONTEXT.index(level) :]:
            self.open.pop(finer, None)
        if name is not None:
            self.open[level] = name

    def indicator(
        self, level: str, text: str, satuan: str | None, teks: str | None, value: float | None, **more: Any
    ) -> None:
        known = {name: self.open.get(name) for name in CONTEXT}
        empty = {"jenis": None, "target_min": None, "target_maks": None, "target_kategori": None}
        self.indicators.append(
            {"level": level, "indikator": text, "satuan": satuan, "target_teks": teks, "target": value}
            | known
            | empty
            | more
        )

    def truth(self) -> Truth:
        found: Truth = {"program_kegiatan": self.nodes, "indikator": self.indicators}
        return found


@dataclass(frozen=True, slots=True)
class Family:
    """One drawn document: its name, what is on it, its look and its truth."""

    name: str
    look: Look
    write: Callable[[Paper], None]
    truth: Truth
    jenis: str = "rkt"

    def draw(self, path: Path) -> Path:
        return draw(path, self.look, self.write)


def titled(sheet: Sheet, title: str = "RENCANA KINERJA TAHUNAN", year: int = YEAR) -> Callable[[Paper], None]:
    """A title over one table."""

    def write(paper: Paper) -> None:
        for line in (title, OFFICE.upper(), REGION.upper(), f"TAHUN {year}"):
            paper.say(line, 11, bold=True, center=True, after=1)
        paper.y += 10
        paper.table(sheet)

    return write


def head(texts: list[str], **more: Any) -> list[Cell]:
    """A one-row header."""
    return [cell(0, column, text, align="center", bold=True, **more) for column, text in enumerate(texts)]
