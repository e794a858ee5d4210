"""Layout families of objectives: nested tables, targets by year, agreements, quarters and months."""

from __future__ import annotations

from typing import Any

from tests.forms.budgets import total_row
from tests.forms.case import YEAR, Family, Records, head, titled
from tests.forms.draw import Paper
from tests.forms.library import LIBRARY, Office, money, sum_of
from tests.forms.sheet import Cell, Look, Sheet, cell


def nested(name: str, look: Look, mission: str = "column", titles: tuple[str, ...] = ()) -> Family:
    """Misi / Tujuan / Sasaran / Indikator / Satuan / Target with nested vertical merges.

    `mission` is a column, a band over the rows, or none.
    """
    records = Records()
    sheet = nested_sheet(records, LIBRARY, mission, titles)
    return Family(name, look, titled(sheet), {"indikator": records.indicators})


def nested_sheet(records: Records, office: Office, mission: str = "column", titles: tuple[str, ...] = ()) -> Sheet:
    """The table of it, with an office's plan, noted in `records`."""
    texts = list(titles) or ["NO", "TUJUAN", "SASARAN STRATEGIS", "INDIKATOR KINERJA", "SATUAN", "TARGET"]
    column_mission = mission == "column"
    widths = [4.0, *([14.0] if column_mission else []), 18, 20, 28, 9, 9]
    if column_mission:
        texts.insert(1, "MISI")
    first = 2 if column_mission else 1
    body: list[Cell] = []
    row = 0
    if mission == "band":
        body.append(cell(row, 0, f"MISI 1 : {office.mission}", bold=True, column_span=len(texts), fill=0.85))
        row += 1
    start = row
    if mission != "none":
        records.enter("misi", office.mission)
    for number, (goal, objectives) in enumerate(office.goals, 1):
        goal_row = row
        records.enter("tujuan", goal)
        for objective, measures in objectives:
            body.append(cell(row, first + 1, objective, row_span=len(measures)))
            records.enter("sasaran", objective)
            for text, unit, target, value in measures:
                body += [
                    cell(row, first + 2, text),
                    cell(row, first + 3, unit),
                    cell(row, first + 4, target, align="center"),
                ]
                records.indicator("sasaran", text, unit, target, value)
                row += 1
        body += [
            cell(goal_row, 0, str(number), row_span=row - goal_row),
            cell(goal_row, first, goal, row_span=row - goal_row),
        ]
    if column_mission:
        body.append(cell(start, 1, office.mission, row_span=row - start))
    return Sheet(widths, head(texts), body)


def by_year(name: str, look: Look) -> Family:
    """Target columns by year: the plan's year, the one before and the one after."""
    records = Records()
    header = [
        cell(0, c, t, row_span=2, bold=True, align="center")
        for c, t in enumerate(["No", "Sasaran", "Indikator", "Satuan"])
    ]
    header += [cell(0, 4, "Target", column_span=3, bold=True, align="center")]
    header += [cell(1, 4 + i, str(YEAR - 1 + i), bold=True, align="center") for i in range(3)]
    body: list[Cell] = []
    row = 0
    for number, (objective, measures) in enumerate(LIBRARY.objectives, 1):
        records.enter("sasaran", objective)
        body += [cell(row, 0, str(number), row_span=len(measures)), cell(row, 1, objective, row_span=len(measures))]
        for text, unit, target, value in measures:
            body += [cell(row, 2, text), cell(row, 3, unit)]
            body += [cell(row, 4, "1"), cell(row, 5, target), cell(row, 6, target)]
            records.indicator("sasaran", text, unit, target, value, prakiraan_target_teks=target)
            row += 1
    return Family(name, look, titled(Sheet([4, 22, 30, 9, 9, 9, 9], header, body)), {"indikator": records.indicators})


def agreement(name: str, look: Look, ruled: bool = False, total: bool = True) -> Family:
    """Perjanjian Kinerja: objectives with targets, then a list of programs and amounts."""
    records = Records()
    sheet = agreement_sheet(records, LIBRARY)

    def write(paper: Paper) -> None:
        titled(sheet, "PERJANJIAN KINERJA")(paper)
        paper.y += 16
        (ruled_list if ruled else _loose_list)(paper, LIBRARY, total)

    return Family(name, look, write, records.truth(), "perjanjian_kinerja")


def agreement_sheet(records: Records, office: Office) -> Sheet:
    """The table of objectives of an agreement; `records` get the list of programs that goes with it too."""
    body: list[Cell] = []
    row = 0
    for number, (objective, measures) in enumerate(office.objectives, 1):
        records.enter("sasaran", objective)
        body += [cell(row, 0, str(number), row_span=len(measures)), cell(row, 1, objective, row_span=len(measures))]
        for text, unit, target, value in measures:
            shown = f"{target}%" if unit == "%" else f"{target} {unit}"
            body += [cell(row, 2, text), cell(row, 3, shown, align="center")]
            records.indicator("sasaran", text, unit, shown, value)
            row += 1
    sheet = Sheet(
        [4, 28, 40, 16],
        head(["NO", "SASARAN STRATEGIS", "INDIKATOR KINERJA", "TARGET"]),
        body,
        ["(1)", "(2)", "(3)", "(4)"],
    )
    records.open.clear()
    for number, program in enumerate(office.programs, 1):
        records.node("program", program["nama"], sum_of(program), nomor=str(number))
    return sheet


def ruled_list(paper: Paper, office: Office, total: bool) -> None:
    """The programs of an agreement and their amounts, in a table."""
    body = [
        c
        for i, p in enumerate(office.programs)
        for c in (cell(i, 0, str(i + 1)), cell(i, 1, p["nama"]), cell(i, 2, f"Rp {money(sum_of(p))},-", align="right"))
    ]
    if total:
        total_row(body, len(office.programs), 3, "JUMLAH", f"Rp {money(office.total)},-")
    paper.table(Sheet([5, 55, 25], head(["NO", "PROGRAM", "ANGGARAN"]), body))


def _loose_list(paper: Paper, office: Office, total: bool) -> None:
    """Program and amount in two columns without rules, one line each."""
    rows = [("Program", "Anggaran")] + [
        (f"{i}. {p['nama']}", f"Rp. {money(sum_of(p))},-") for i, p in enumerate(office.programs, 1)
    ]
    rows += [("Jumlah", f"Rp. {money(office.total)},-")] if total else []
    for index, (left, right) in enumerate(rows):
        font = paper.look.bold if index == 0 else paper.look.font
        paper.text(paper.look.margin + 10, paper.y + 11, left, font, 10)
        paper.text(paper.look.margin + 330, paper.y + 11, right, font, 10)
        paper.y += 17


def quarters(name: str, look: Look, months: bool = False, roman_only: bool = False) -> Family:
    """Targets split over quarters or months, the period names under a common header."""
    records = Records()
    periods: list[dict[str, Any]] = []
    keys = (
        ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"]
        if months
        else ["tw1", "tw2", "tw3", "tw4"]
    )
    names = ["I", "II", "III", "IV"] if roman_only else ["TW I", "TW II", "TW III", "TW IV"]
    if months:
        names = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nov", "Des"]
    bold: dict[str, Any] = {"bold": True, "align": "center"}
    texts = ["NO", "SASARAN", "INDIKATOR KINERJA", "SATUAN", "TARGET"]
    header = [cell(0, c, t, row_span=2, **bold) for c, t in enumerate(texts)]
    header += [cell(0, 5, "TARGET BULANAN" if months else "TARGET TRIWULAN", column_span=len(names), **bold)]
    header += [cell(1, 5 + i, t, **bold) for i, t in enumerate(names)]
    body: list[Cell] = []
    row = 0
    for number, (objective, measures) in enumerate(LIBRARY.objectives, 1):
        records.enter("sasaran", objective)
        body += [cell(row, 0, str(number), row_span=len(measures)), cell(row, 1, objective, row_span=len(measures))]
        for text, unit, target, value in measures:
            body += [cell(row, 2, text), cell(row, 3, unit), cell(row, 4, target)]
            for i, key in enumerate(keys):
                last = i == len(keys) - 1
                shown = target if last else str(i + 1)
                body.append(cell(row, 5 + i, shown))
                periods.append({"periode": key, "target_teks": shown, "target": value if last else float(i + 1)})
            records.indicator("sasaran", text, unit, target, value)
            row += 1
    truth = {"indikator": records.indicators, "target_periode": periods}
    widths = [4.0, 20, 26, 9, 8] + [32.0 / len(names) + (1 if months else 0)] * len(names)
    return Family(name, look, titled(Sheet(widths, header, body), "RENCANA AKSI"), truth, "rencana_aksi")
