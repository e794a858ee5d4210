"""Columns whose role is no more than likely: one finding for each, and a doubt about every figure that they gave."""

from __future__ import annotations

from pipeline.layouts.columns import Column
from pipeline.layouts.sheet import Sheet
from schemas.ledger import Record

# The figure that a column gives, by its field and role, and the dataset that has it.
FIGURES = {
    ("pagu", "plan"): ("program_kegiatan", "pagu"),
    ("pagu", "next"): ("program_kegiatan", "prakiraan_pagu"),
    ("target", "plan"): ("indikator", "target"),
    ("target", "next"): ("indikator", "prakiraan_target"),
    ("pendanaan", "plan"): ("pendanaan", "jumlah"),
    ("jumlah", "plan"): ("rekening", "jumlah"),
}
MOST_SHOWN = 20  # cells that stand as evidence for a finding about many


def doubt_columns(sheet: Sheet) -> None:
    """Write a finding per doubted column that gave figures, and call these `diragukan`."""
    for column in sheet.header.columns:
        known = FIGURES.get((column.field, column.role))
        if column.doubted and known is not None:
            dataset, figure = known
            cells = _cells(sheet, column)
            taken = [record for record in sheet.ledger.rows(dataset) if _gives(record, figure, cells)]
            for record in taken:
                record.values[f"{figure}_keyakinan"] = "diragukan"
            if taken:
                _report(sheet, column, dataset, figure, taken)


def _cells(sheet: Sheet, column: Column) -> set[str]:
    """The keys of a column's body cells."""
    grid = (sheet.table.grid[row][leaf] for row in sheet.body for leaf in range(column.start, column.end))
    return {part.sel_id for cell in set(grid) for part in cell.parts}


def _gives(record: Record, figure: str, cells: set[str]) -> bool:
    return record.get(figure) is not None and not cells.isdisjoint(record.bukti)


def _report(sheet: Sheet, column: Column, dataset: str, figure: str, taken: list[Record]) -> None:
    sheet.ledger.doubt(
        "PERAN_KOLOM_DIRAGUKAN",
        "pembacaan",
        "peringatan",
        f"Kolom «{column.name or column.start + 1}» dibaca sebagai {column.field}, tetapi isinya juga dapat berarti "
        f"{column.second}; {len(taken)} angkanya perlu dicocokkan dengan halamannya.",
        dataset=dataset,
        kolom=figure,
        halaman=sheet.table.first_page,
        tabel_id=sheet.table.tabel_id,
        nilai=column.name or None,
        bukti=tuple(sel for record in taken for sel in record.bukti[:1])[:MOST_SHOWN],
    )
