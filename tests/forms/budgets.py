"""Layout families with amounts: lettered programs, code columns, Renja tables."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any

from tests.forms.case import LEVELS, Family, Records, head, titled
from tests.forms.library import LIBRARY, Office, money, sum_of
from tests.forms.sheet import Cell, Look, Sheet, cell


def lettered(
    name: str, look: Look, own_ordinals: bool = True, shaded: bool = True, outcome_words: bool = True
) -> Family:
    """Program rows with letters and kegiatan rows with numbers in one column, with outcome and output texts."""
    records = Records()
    sheet = lettered_sheet(records, LIBRARY, own_ordinals, shaded, outcome_words)
    return Family(name, look, titled(sheet), records.truth())


def lettered_sheet(
    records: Records, office: Office, own_ordinals: bool = True, shaded: bool = True, outcome_words: bool = True
) -> Sheet:
    """The table of it, with an office's plan, noted in `records`."""
    body: list[Cell] = []
    row = 0
    for index, program in enumerate(office.programs):
        letter = string.ascii_uppercase[index]
        _lettered_row(
            body,
            row,
            letter,
            program["nama"],
            program["hasil"],
            sum_of(program),
            own_ordinals,
            outcome_words,
            "Outcome",
            0.8 if shaded else None,
        )
        records.node("program", program["nama"], sum_of(program), nomor=letter)
        text, unit, target, value = program["hasil"]
        records.indicator("program", text, unit, f"{target} {unit}", value, jenis="hasil" if outcome_words else None)
        row += 1
        for number, group in enumerate(program["kegiatan"], 1):
            amount = sum(sub[3] for sub in group["sub"])
            output = group["sub"][0][2]
            _lettered_row(
                body, row, str(number), group["nama"], output, amount, own_ordinals, outcome_words, "Output", None
            )
            records.node("kegiatan", group["nama"], amount, nomor=str(number))
            text, unit, target, value = output
            records.indicator(
                "kegiatan", text, unit, f"{target} {unit}", value, jenis="keluaran" if outcome_words else None
            )
            row += 1
    body += [cell(row, 0, "JUMLAH", bold=True, column_span=4 if own_ordinals else 3, align="center")]
    body += [cell(row, 4 if own_ordinals else 3, money(office.total), bold=True, align="right")]
    texts = ["NO", "PROGRAM/KEGIATAN", "INDIKATOR KINERJA", "TARGET", "ANGGARAN (Rp)"]
    widths = [4.0, 30, 34, 12, 14]
    if not own_ordinals:
        texts, widths = texts[1:], widths[1:]
    return Sheet(widths, head(texts), body)


def _lettered_row(
    body: list[Cell],
    row: int,
    ordinal: str,
    name: str,
    measure: tuple[str, str, str, float],
    amount: float,
    own: bool,
    words: bool,
    word: str,
    fill: float | None,
) -> None:
    bold = word == "Outcome"
    text = f"{word}: {measure[0]}" if words else measure[0]
    cells = [name if own else f"{ordinal}. {name}", text, f"{measure[2]} {measure[1]}", money(amount)]
    if own:
        cells.insert(0, ordinal + ".")
    for column, value in enumerate(cells):
        right = column == len(cells) - 1
        body.append(cell(row, column, value, bold=bold, fill=fill, align="right" if right else "left"))


def coded(
    name: str, look: Look, columns: int = 4, totals: bool = True, number: Callable[[float], str] = money
) -> Family:
    """Code columns, name, lokasi, anggaran; indicator texts in rows of their own; totals per program and at the end."""
    records = Records()
    return Family(name, look, titled(coded_sheet(records, LIBRARY, columns, totals, number)), records.truth())


def coded_sheet(
    records: Records, office: Office, columns: int = 4, totals: bool = True, number: Callable[[float], str] = money
) -> Sheet:
    """The table of it, with an office's plan, noted in `records`."""
    body: list[Cell] = []
    row = 0
    wide = columns + 3

    def put(code: str | None, text: str, lokasi: str, amount: str, bold: bool = False) -> None:
        nonlocal row
        parts = _code_parts(code, columns) if code else [""] * columns
        texts = [*parts, text, lokasi, amount]
        for column, value in enumerate(texts):
            body.append(cell(row, column, value, bold=bold, align="right" if column == wide - 1 else "left"))
        row += 1

    for program in office.programs:
        put(program["kode"], program["nama"], "", number(sum_of(program)), bold=True)
        records.node("program", program["nama"], sum_of(program), kode=program["kode"])
        for group in program["kegiatan"]:
            amount = sum(sub[3] for sub in group["sub"])
            put(group["kode"], group["nama"], "", number(amount), bold=True)
            records.node("kegiatan", group["nama"], amount, kode=group["kode"])
            for code, text, output, pagu in group["sub"]:
                put(code, text, office.place, number(pagu))
                records.node("sub_kegiatan", text, pagu, kode=code, lokasi=office.place)
                put(None, f"- {output[0]}", "", "")
                records.open["sub_kegiatan"] = text
                records.indicator("sub_kegiatan", output[0], None, None, None)
        if totals:
            total_row(body, row, wide, f"Jumlah {program['nama']}", number(sum_of(program)))
            row += 1
    total_row(body, row, wide, "JUMLAH", number(office.total))
    header = [cell(0, 0, "KODE", bold=True, align="center", column_span=columns)]
    header += [
        cell(0, columns + i, t, bold=True, align="center")
        for i, t in enumerate(["PROGRAM/KEGIATAN/SUB KEGIATAN", "LOKASI", "ANGGARAN (Rp)"])
    ]
    widths = [22.0 / columns] * columns + [44.0, 16, 16]
    return Sheet(widths, header, body)


def total_row(body: list[Cell], row: int, wide: int, label: str, amount: str) -> None:
    body.append(cell(row, 0, label, bold=True, column_span=wide - 1, align="center"))
    body.append(cell(row, wide - 1, amount, bold=True, align="right"))


def _code_parts(code: str, columns: int) -> list[str]:
    parts = code.split(".")
    if columns == 1:
        return [code]
    if columns == 6:
        return [*parts, *[""] * (6 - len(parts))]
    merged = (
        [parts[0], parts[1], parts[2], ".".join(parts[3:5]), *parts[5:]]
        if columns == 5
        else [".".join(parts[:2]), parts[2], ".".join(parts[3:5]), *parts[5:]]
    )
    return [*merged, *[""] * columns][:columns]


def renja(
    name: str, look: Look, columns: int = 1, staircase: bool = False, number: Callable[[float], str] = money
) -> Family:
    """Table T-C.33: code, names, indicator, lokasi, target, pagu, sumber dana, catatan, next year's target and pagu."""
    records = Records()
    sheet = renja_sheet(records, LIBRARY, columns, staircase, number)
    return Family(name, look, titled(sheet, "RENCANA KERJA"), records.truth(), "renja")


def renja_sheet(
    records: Records, office: Office, columns: int = 1, staircase: bool = False, number: Callable[[float], str] = money
) -> Sheet:
    """The table of it, with an office's plan, noted in `records`."""
    body: list[Cell] = []
    row = 0
    steps = 3 if staircase else 1

    def put(level: str, code: str, text: str, measure: tuple[str, str, str, float], amount: float, last: bool) -> None:
        nonlocal row
        ahead = amount * 1.1
        step = LEVELS.index(level) - 2 if staircase else 0
        body.extend(cell(row, c, part) for c, part in enumerate(_code_parts(code, columns)))
        body.append(cell(row, columns + step, text, bold=level != "sub_kegiatan"))
        texts = [
            measure[0],
            office.place,
            f"{measure[2]} {measure[1]}",
            number(amount),
            "DAU" if last else "",
            "",
            f"{measure[2]} {measure[1]}",
            number(ahead),
        ]
        for offset, value in enumerate(texts):
            body.append(cell(row, columns + steps + offset, value, align="right" if offset in (3, 7) else "left"))
        records.node(level, text, amount, kode=code, prakiraan_pagu=round(ahead), lokasi=office.place)
        records.open[level] = text
        records.indicator(level, measure[0], measure[1], texts[2], measure[3], prakiraan_target_teks=texts[2])
        row += 1

    for program in office.programs:
        put("program", program["kode"], program["nama"], program["hasil"], sum_of(program), False)
        for group in program["kegiatan"]:
            amount = sum(sub[3] for sub in group["sub"])
            put("kegiatan", group["kode"], group["nama"], group["sub"][0][2], amount, False)
            for code, text, output, pagu in group["sub"]:
                put("sub_kegiatan", code, text, output, pagu, True)
    width = columns + steps + 8
    body.append(cell(row, 0, "TOTAL", bold=True, column_span=columns + steps + 3, align="center"))
    body += [
        cell(row, columns + steps + 3, number(office.total), align="right"),
        cell(row, width - 1, number(office.total * 1.1), align="right"),
    ]
    header = _renja_header(columns, steps, office.year)
    return Sheet(_renja_widths(columns, steps), header, body, [str(i) for i in range(1, width + 1)])


def _renja_widths(columns: int, steps: int) -> list[float]:
    return (
        [12.0 / columns + 1] * columns
        + [22.0 / steps + (4 if steps > 1 else 0)] * steps
        + [20.0, 8, 9, 10, 6, 6, 9, 10]
    )


def _renja_header(columns: int, steps: int, year: int) -> list[Cell]:
    bold: dict[str, Any] = {"bold": True, "align": "center"}
    names = (
        ["Program", "Kegiatan", "Sub Kegiatan"]
        if steps == 3
        else ["Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan/Sub Kegiatan"]
    )
    at = columns + steps
    header = [cell(0, 0, "Kode", column_span=columns, row_span=2, **bold)]
    header += [cell(0, columns + i, t, row_span=2, **bold) for i, t in enumerate(names)]
    header += [cell(0, at, "Indikator Kinerja Program/Kegiatan/Sub Kegiatan", row_span=2, **bold)]
    header += [
        cell(0, at + 1, f"Rencana Tahun {year}", column_span=4, **bold),
        cell(0, at + 5, "Catatan Penting", row_span=2, **bold),
    ]
    header += [cell(0, at + 6, f"Prakiraan Maju Rencana Tahun {year + 1}", column_span=2, **bold)]
    low = ["Lokasi", "Target Capaian Kinerja", "Kebutuhan Dana/ Pagu Indikatif (Rp)", "Sumber Dana"]
    header += [cell(1, at + 1 + i, t, **bold) for i, t in enumerate(low)]
    return [
        *header,
        cell(1, at + 6, "Target Capaian Kinerja", **bold),
        cell(1, at + 7, "Kebutuhan Dana/ Pagu Indikatif (Rp)", **bold),
    ]
