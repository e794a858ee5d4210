"""Indicator blocks: which level, unit and target columns belong to which indicator column."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.layouts.columns import Column
from pipeline.layouts.header import Header

VALUE_FIELDS = ("satuan", "target", "kondisi_awal", "formulasi", "keterangan", "penanggung_jawab")


@dataclass(slots=True)
class Block:
    """One indicator column with what belongs to it.

    `levels` are the level columns between the block before and this one; `reach` is where the block ends on the
    right. `measure` is a second indicator column without a target of its own: it tells units.
    """

    indicator: Column | None
    levels: list[Column] = field(default_factory=list)
    values: dict[str, list[Column]] = field(default_factory=dict)
    periods: list[Column] = field(default_factory=list)
    measure: Column | None = None

    def column(self, name: str, role: str = "plan") -> Column | None:
        """The first column of a field in a role, None where the block has none."""
        return next((column for column in self.values.get(name, []) if column.role == role), None)

    @property
    def columns(self) -> list[Column]:
        """All columns of the block from left to right, level columns aside."""
        found = [column for columns in self.values.values() for column in columns] + self.periods
        found += [column for column in (self.indicator, self.measure) if column is not None]
        return sorted(found, key=lambda column: column.start)

    @property
    def has_target(self) -> bool:
        return bool(self.values.get("target") or self.periods)


def find_blocks(header: Header) -> list[Block]:
    """The blocks of a table from left to right; a table without indicator columns has none."""
    blocks: list[Block] = []
    waiting = Block(None)
    for column in header.columns:
        current = blocks[-1] if blocks and not waiting.levels else waiting
        if column.field == "level":
            waiting.levels.append(column)
        elif column.field == "indikator":
            if blocks and not waiting.levels and not blocks[-1].has_target:
                blocks[-1].measure = column
            else:
                waiting.indicator = column
                blocks.append(waiting)
                waiting = Block(None)
        elif column.field == "periode":
            current.periods.append(column)
        elif column.field in VALUE_FIELDS:
            current.values.setdefault(column.field, []).append(column)
    if blocks and not waiting.levels:
        _take_over(blocks[-1], waiting)
    elif blocks and waiting.levels:
        _keep_remarks(blocks[-1], waiting)
    return blocks


def _take_over(block: Block, rest: Block) -> None:
    for name, columns in rest.values.items():
        block.values.setdefault(name, []).extend(columns)
    block.periods.extend(rest.periods)


def _keep_remarks(block: Block, rest: Block) -> None:
    """Remarks after the last level column are the table's, and so the last block's."""
    if "keterangan" in rest.values:
        block.values.setdefault("keterangan", []).extend(rest.values["keterangan"])
