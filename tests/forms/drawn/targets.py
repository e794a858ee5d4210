"""The body of a drawn table of objectives."""

from __future__ import annotations

from collections.abc import Sequence

from tests.forms.drawn.content import Objective
from tests.forms.drawn.rows import GREYS, Body, indicator
from tests.forms.drawn.stacks import put_aims
from tests.forms.drawn.words import UNITS_IN_CHARGE
from tests.forms.sheet import cell


def objective_body(body: Body, objectives: Sequence[Objective]) -> None:
    """Rows of objectives with their indicators: merged names, names in every row, or bands."""
    shows_tujuan = body.at("tujuan") is not None
    last = None
    for number, objective in enumerate(objectives, 1):
        start = body.row
        if body.form.hierarchy == "bands":
            text = f"Sasaran {number} : {objective.sasaran}"
            body.cells.append(cell(start, 0, text, bold=True, column_span=len(body.columns), fill=GREYS[0]))
            body.row += 1
        rows = put_aims(body.cells, body.columns, body.stack, body.row, objective.aims, {})
        _names(body, objective, rows, number, objective.tujuan != last)
        last = objective.tujuan
        context = {"sasaran": objective.sasaran}
        if shows_tujuan and objective.tujuan:
            context["tujuan"] = objective.tujuan
        for aim in objective.aims:
            kind = aim.kind if body.form.kinds else None
            body.indicators.append(indicator("sasaran", aim, context, kind, body.form))
        body.row += rows
    if body.form.hierarchy == "grid" and shows_tujuan:
        _merge_tujuan(body)


def _names(body: Body, objective: Objective, rows: int, number: int, new_tujuan: bool) -> None:
    """The names beside the indicators, the objective's ordinal, and who is in charge."""
    repeated = body.form.hierarchy == "register"
    for offset in range(rows if repeated else 1):
        span = 1 if repeated else rows
        for role, text in (("tujuan", objective.tujuan or ""), ("sasaran", objective.sasaran)):
            column = body.at(role)
            if column is not None and (role == "sasaran" or repeated or new_tujuan):
                body.cells.append(cell(body.row + offset, column, text, row_span=span))
    column = body.at("nomor")
    if column is not None:
        body.cells.append(cell(body.row, column, str(number), row_span=rows))
    column = body.at("penanggung")
    if column is not None:
        body.cells.append(cell(body.row, column, body.rng.choice(UNITS_IN_CHARGE), row_span=rows))


def _merge_tujuan(body: Body) -> None:
    column = body.at("tujuan")
    mine = sorted((c for c in body.cells if c.column == column), key=lambda c: c.row)
    for index, one in enumerate(mine):
        end = mine[index + 1].row if index + 1 < len(mine) else body.row
        one.row_span = end - one.row
