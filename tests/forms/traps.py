"""Single traps of real documents, each on its own small page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.forms.case import OFFICE, REGION, YEAR, Family, Records, head, titled
from tests.forms.draw import Paper
from tests.forms.library import GOALS, PROGRAMS, money, sum_of
from tests.forms.sheet import A4, Cell, Look, Sheet, cell

TALL = Look(page=A4, size=9)
LOW = replace(TALL, page=(595.0, 330.0))
FIELDS = ["KODE", "PROGRAM/KEGIATAN", "INDIKATOR KINERJA", "TARGET", "PAGU (Rp)"]
WIDTHS = [12.0, 28, 30, 14, 16]


def _line(body: list[Cell], row: int, values: list[str], **more: Any) -> None:
    for column, value in enumerate(values):
        body.append(cell(row, column, value, align="right" if column == len(values) - 1 else "left", **more))


def _rows(records: Records) -> list[tuple[str, list[str]]]:
    """The rows of the invented programs and their kegiatan, and their records."""
    found = []
    for program in PROGRAMS:
        text, unit, target, value = program["hasil"]
        amount: float = sum_of(program)
        records.node("program", program["nama"], amount, kode=program["kode"])
        records.indicator("program", text, unit, f"{target} {unit}", value)
        found.append(("program", [program["kode"], program["nama"], text, f"{target} {unit}", money(amount)]))
        for group in program["kegiatan"]:
            text, unit, target, value = group["sub"][0][2]
            amount = sum(sub[3] for sub in group["sub"])
            records.node("kegiatan", group["nama"], amount, kode=group["kode"])
            records.indicator("kegiatan", text, unit, f"{target} {unit}", value)
            found.append(("kegiatan", [group["kode"], group["nama"], text, f"{target} {unit}", money(amount)]))
    return found


def running_header() -> Family:
    """The program is printed again as the first row of each page."""
    records = Records()
    rows = _rows(records)
    parts = [rows[:2], [rows[0], rows[2]], rows[3:]]

    def write(paper: Paper) -> None:
        for index, part in enumerate(parts):
            body: list[Cell] = []
            for row, (_, values) in enumerate(part):
                _line(body, row, values)
            sheet = Sheet(WIDTHS, head(FIELDS), body)
            if index:
                paper.new_page()
                paper.table(sheet)
            else:
                titled(sheet)(paper)

    return Family("kepala-berjalan", LOW, write, records.truth())


def missing_rules(columns: tuple[int, ...] = (3, 4)) -> Family:
    """Some columns have no horizontal rules between their rows."""
    records = Records()
    body: list[Cell] = []
    rows = _rows(records)
    for row, (_, values) in enumerate(rows):
        for column, value in enumerate(values):
            open_column = column in columns
            body.append(
                cell(
                    row, column, value, top=not open_column or row == 0, bottom=not open_column or row == len(rows) - 1
                )
            )
    return Family("garis-hilang", TALL, titled(Sheet(WIDTHS, head(FIELDS), body)), records.truth())


def hidden_and_clipped() -> Family:
    """Text outside the clipping box is not read; text that its cell cuts off is read as far as it is printed."""
    records = Records()
    body: list[Cell] = []
    for row, (_, values) in enumerate(_rows(records)):
        _line(body, row, values)
    table = titled(Sheet(WIDTHS, head(FIELDS), body))

    def write(paper: Paper) -> None:
        paper.hidden(paper.look.margin + 80, 160, "999.999.999")
        table(paper)
        paper.hidden(paper.look.margin + 380, 170, "123.456")

    return Family("teks-tersembunyi", TALL, write, records.truth())


def nameless() -> Family:
    """A program row with code and amount, but without a name."""
    records = Records()
    body: list[Cell] = []
    for row, (level, values) in enumerate(_rows(records)):
        blank = level == "program" and row == 0
        _line(body, row, [values[0], "" if blank else values[1], *values[2:]])
    first = PROGRAMS[0]["nama"]
    for record in [*records.nodes, *records.indicators]:
        for name in ("nama", "program"):
            if record.get(name) == first:
                record[name] = None
    return Family("tanpa-nama", TALL, titled(Sheet(WIDTHS, head(FIELDS), body)), records.truth())


def two_in_one_line() -> Family:
    """Two indicators in one row: as many units as numbers means two, each pair on one line."""
    records = Records()
    body: list[Cell] = []
    objective = GOALS[0][1][0][0]
    records.enter("sasaran", objective)
    body += [
        cell(0, 0, "1"),
        cell(0, 1, objective),
        cell(0, 2, "Indeks literasi masyarakat\nTingkat kegemaran membaca"),
    ]
    body += [cell(0, 3, "Poin Poin"), cell(0, 4, "63 210")]
    records.indicator("sasaran", "Indeks literasi masyarakat", "Poin", "63", 63.0)
    records.indicator("sasaran", "Tingkat kegemaran membaca", "Poin", "210", 210.0)
    other = GOALS[1][1][0][0]
    records.enter("sasaran", other)
    body += [
        cell(1, 0, "2"),
        cell(1, 1, other),
        cell(1, 2, "Nilai pengawasan kearsipan"),
        cell(1, 3, "Nilai"),
        cell(1, 4, "71,25"),
    ]
    records.indicator("sasaran", "Nilai pengawasan kearsipan", "Nilai", "71,25", 71.25)
    texts = ["NO", "SASARAN", "INDIKATOR KINERJA", "SATUAN", "TARGET"]
    return Family(
        "dua-sebaris", TALL, titled(Sheet([4, 26, 30, 14, 14], head(texts), body)), {"indikator": records.indicators}
    )


# Printed targets of all conventions in one column: text, unit, printed target, value.
NUMBERS = [
    ("Jumlah pengunjung", "Orang", "12.500", 12500.0),
    ("Jumlah anggota baru", "Orang", "2.050", 2050.0),
    ("Indeks literasi", "Indeks", "59.1", 59.1),
    ("Indeks kepuasan", "Indeks", "3,41", 3.41),
    ("Rasio koleksi", "Rasio", "0,81", 0.81),
    ("Persentase arsip tertata", "%", "62,50", 62.5),
    ("Persentase desa aktif", "Persen", "100%", 100.0),
    ("Jumlah laporan", "Laporan", "1 (satu) Laporan", 1.0),
    ("Jumlah bulan layanan", "Bulan", "12 Bulan", 12.0),
    ("Nilai evaluasi kinerja", "Nilai", "71.25", 71.25),
]


def mixed_numbers() -> Family:
    records = Records()
    body: list[Cell] = []
    records.enter("sasaran", "Meningkatnya layanan")
    body += [cell(0, 0, "1", row_span=len(NUMBERS)), cell(0, 1, "Meningkatnya layanan", row_span=len(NUMBERS))]
    for row, (text, unit, target, value) in enumerate(NUMBERS):
        body += [cell(row, 2, text), cell(row, 3, unit), cell(row, 4, target)]
        records.indicator("sasaran", text, unit, target, value)
    texts = ["NO", "SASARAN", "INDIKATOR KINERJA", "SATUAN", "TARGET"]
    return Family(
        "angka-campur", TALL, titled(Sheet([4, 26, 30, 12, 16], head(texts), body)), {"indikator": records.indicators}
    )


def middle_total() -> Family:
    """A total after each program, worded in different ways, and one at the end."""
    records = Records()
    body: list[Cell] = []
    row = 0
    rows = _rows(records)
    for level, values in rows:
        if level == "program" and row:
            row = _put_total(body, row, "SUB TOTAL", sum_of(PROGRAMS[0]))
        _line(body, row, values)
        row += 1
    row = _put_total(body, row, "Sub Total", sum_of(PROGRAMS[1]))
    _put_total(body, row, "T O T A L", sum(map(sum_of, PROGRAMS)))
    return Family("jumlah-tengah", TALL, titled(Sheet(WIDTHS, head(FIELDS), body)), records.truth())


def _put_total(body: list[Cell], row: int, label: str, amount: float) -> int:
    body += [
        cell(row, 0, label, column_span=4, align="center", bold=True),
        cell(row, 4, money(amount), align="right", bold=True),
    ]
    return row + 1


def narrow() -> Family:
    """Columns so narrow that header words and values are cut without a hyphen."""
    records = Records()
    body: list[Cell] = []
    for row, (_, values) in enumerate(_rows(records)):
        _line(body, row, values)
    widths = [9.0, 20, 22, 5.6, 7.2]
    return Family("kolom-sempit", replace(TALL, size=8), titled(Sheet(widths, head(FIELDS), body)), records.truth())


def lettered_outline() -> Family:
    """Tujuan and sasaran in one column, told apart by their ordinals; indicators beside the sasaran."""
    records = Records()
    body: list[Cell] = []
    row = 0
    for index, (goal, objectives) in enumerate(GOALS):
        records.enter("tujuan", goal)
        _line(body, row, [f"{'AB'[index]}.", goal, "", "", ""], bold=True)
        row += 1
        for number, (objective, measures) in enumerate(objectives, 1):
            records.enter("sasaran", objective)
            for i, (text, unit, target, value) in enumerate(measures):
                _line(body, row, [f"{number}." if i == 0 else "", objective if i == 0 else "", text, unit, target])
                records.indicator("sasaran", text, unit, target, value)
                row += 1
    texts = ["NO", "TUJUAN/SASARAN", "INDIKATOR KINERJA", "SATUAN", "TARGET"]
    return Family(
        "garis-besar", TALL, titled(Sheet([5, 32, 34, 12, 12], head(texts), body)), {"indikator": records.indicators}
    )


def loose_text_between() -> Family:
    """Two tables of different kinds on one page, with a paragraph between them."""
    records = Records()
    first: list[Cell] = []
    for row, (_, values) in enumerate(_rows(records)):
        _line(first, row, values)
    records.open.clear()
    records.enter("sasaran", GOALS[1][1][0][0])
    measures = GOALS[1][1][0][1]
    second = [cell(0, 0, GOALS[1][1][0][0], row_span=len(measures))]
    for row, (text, unit, target, value) in enumerate(measures):
        shown = f"{target}%" if unit == "%" else f"{target} {unit}"
        second += [cell(row, 1, text), cell(row, 2, shown)]
        records.indicator("sasaran", text, unit, shown, value)
    tables = (Sheet(WIDTHS, head(FIELDS), first), Sheet([30, 40, 20], head(["SASARAN", "INDIKATOR", "TARGET"]), second))

    def write(paper: Paper) -> None:
        titled(tables[0])(paper)
        paper.y += 8
        paper.say(f"Sasaran {OFFICE} {REGION} Tahun {YEAR} dirinci sebagai berikut.", 10, after=8)
        paper.table(tables[1])

    return Family("dua-tabel", TALL, write, records.truth())


def traps() -> list[Family]:
    makers: list[Callable[[], Family]] = [
        running_header,
        missing_rules,
        hidden_and_clipped,
        nameless,
        two_in_one_line,
        mixed_numbers,
        middle_total,
        narrow,
        lettered_outline,
        loose_text_between,
    ]
    return [make() for make in makers]
