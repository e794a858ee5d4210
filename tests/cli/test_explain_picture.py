"""`rkt explain --halaman N --gambar`: what stands on the picture, where it goes, and what is said where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from pipeline.cli.main import main
from pipeline.cli.messages import set_language
from pipeline.cli.page_drawing import COLOURS, FADED, LEFT, LONGEST_SIDE, TOP, draw_reading
from pipeline.cli.page_marks import JoinMark, PageMarks, Score, TableMark, join_text, marks_of
from pipeline.document import Document, open_document
from pipeline.pages.model import Box, Page
from pipeline.worker.jobs import headers_of
from tests.forms.case import YEAR, Family, Records, head, titled
from tests.forms.draw import Paper
from tests.forms.sheet import A4, Look, Sheet, cell
from tests.hostile.structure import missing_kid

Capture = pytest.CaptureFixture[str]
Colour = tuple[int, ...]

ROWS = 120  # more than two pages hold


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table over three pages or more with its header on each, a merged cell cut by the breaks, and a footer."""
    monkeypatch.chdir(tmp_path)
    body = [cell(0, 0, "1", row_span=ROWS)]
    body += [
        cell(row, column, text)
        for row in range(ROWS)
        for column, text in enumerate((f"Program Arsip {row}", f"Indeks {row}", "75"), start=1)
    ]
    sheet = Sheet([6, 30, 30, 12], head(["No", "Program", "Indikator Kinerja", f"Target {YEAR}"]), body)
    look = Look(page=A4, size=12, footer="Rencana Kerja")
    return Family("sambung", look, titled(sheet), Records().truth()).draw(tmp_path / "rencana.pdf")


def read_marks(pdf: Path) -> tuple[Document, list[PageMarks]]:
    """The document, and what is drawn over each of its pages."""
    document = open_document(pdf, "x" * 16)
    readings = headers_of(document, "x" * 16, None)
    return document, [marks_of(pdf.name, document, readings, page.number) for page in document.pages]


def near(pixel: Colour, colour: Colour, off: int = 70) -> bool:
    return all(abs(a - b) <= off for a, b in zip(pixel, colour, strict=True))


class Drawn:
    """A picture of a page, asked by points of the page."""

    def __init__(self, pdf: Path, page: Page, marks: PageMarks) -> None:
        self.image = draw_reading(pdf, page, marks)
        # Only this scale lets the left edge of the page and its width be where they are.
        self.scale = (self.image.width - LEFT - 16) / page.width

    def pixel(self, x: float, y: float) -> Colour:
        found = self.image.getpixel((round(LEFT + x * self.scale), round(TOP + y * self.scale)))
        assert isinstance(found, tuple)
        return found


def test_a_page_is_drawn_to_a_file_and_that_is_said(plan: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["explain", str(plan), "--halaman", "2", "--gambar"]) == 0

    captured = capsys.readouterr()
    assert "Tabel 1 · halaman 1–" in captured.out
    assert captured.err.splitlines()[-1] == "Gambar: rencana-h002.png (rencana.pdf, halaman 2)"
    with Image.open(tmp_path / "rencana-h002.png") as picture:
        assert picture.format == "PNG"
        assert LONGEST_SIDE * 0.9 < max(picture.size) <= LONGEST_SIDE


def test_frames_cells_and_tints_stand_where_they_were_read(plan: Path) -> None:
    document, marks = read_marks(plan)
    (first,), (second,) = marks[0].tables, marks[1].tables
    drawn = [Drawn(plan, document.pages[index], marks[index]) for index in (0, 1)]

    for table, picture in zip((first, second), drawn, strict=True):
        x0, y0, x1, y1 = table.box
        for x, y in ((x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2), (x0 + 30, y1)):
            assert near(picture.pixel(x, y), COLOURS[0])
        inner = next(mark.box for mark in table.cells if mark.kind == "body" and mark.box.x0 > x0 + 5)
        assert near(picture.pixel(inner.x0, inner.center[1]), COLOURS[0])
    free = (first.box.x0 + 2, first.box.y0 + 3)
    header, repeated = drawn[0].pixel(*free), drawn[1].pixel(second.box.x0 + 2, second.box.y0 + 3)
    assert header[2] < header[0], "amber"
    assert repeated[1] < repeated[2], "violet"
    assert max(drawn[0].pixel(first.box.x0 - 30, 10)) == 255


def test_rows_are_numbered_through_and_a_cut_cell_is_known(plan: Path) -> None:
    _, marks = read_marks(plan)
    tables = [table for one in marks for table in one.tables]
    assert len(tables) == len(marks) > 2

    numbers = [row.label for table in tables for row in table.rows if row.kind != "repeated"]
    assert numbers == [str(number) for number in range(1, ROWS + 2)]
    assert [row.kind for row in tables[0].rows][:2] == ["header", "body"]
    assert [row.label for row in tables[1].rows if row.kind == "repeated"] == ["↻"]
    assert [(c.number, c.field) for c in tables[1].columns][1:3] == [("2", "program"), ("3", "indikator")]
    (merged,) = [mark for mark in tables[1].cells if mark.cut_above]
    assert merged.cut_below
    assert merged.box.height > tables[1].box.height / 2


def test_joins_say_from_where_and_to_where(plan: Path) -> None:
    _, marks = read_marks(plan)
    joins = [[join_text(1, join) for table in one.tables for join in table.joins] for one in marks]

    assert joins[0] == ["tabel 1 berlanjut ke hal. 2"]
    assert joins[1] == ["lanjutan tabel 1 dari hal. 1", "tabel 1 berlanjut ke hal. 3"]
    assert len(joins[-1]) == 1
    set_language("en")
    try:
        said = join_text(3, JoinMark(4, True, Score(5.21, 2.06)))
    finally:
        set_language("id")
    assert said == "table 3 goes on from page 4 (score 5.2, margin 2.1)"
    assert join_text(3, JoinMark(4, True, Score(5.21, 2.06))) == "lanjutan tabel 3 dari hal. 4 (skor 5,2, margin 2,1)"


def test_what_stands_in_no_table_is_told_apart(plan: Path) -> None:
    document, marks = read_marks(plan)
    assert [len(one.running) for one in marks] == [1] * len(marks)
    assert len(marks[0].outside) == 4, "the lines of the title"

    x0, _, x1, y1 = marks[0].running[0]
    drawn = Drawn(plan, document.pages[0], marks[0])
    edge = [drawn.pixel(x0 + step, y1 + 2 / drawn.scale) for step in range(int(x1 - x0))]
    assert any(near(pixel, (110, 110, 110), 20) for pixel in edge)
    title = marks[0].outside[0]
    assert near(drawn.pixel(title.center[0], title.y1), (90, 140, 90), 60)


def test_only_the_tables_of_the_page_are_told(tmp_path: Path, capsys: Capture) -> None:
    def write(paper: Paper) -> None:
        titled(Sheet([10, 30, 12], head(["No", "Program", "Ukuran Satu"]), [cell(0, 1, "Arsip")]))(paper)
        paper.new_page()
        titled(Sheet([25, 14, 20], head(["Ukuran Dua", "Lokasi", "Kegiatan"]), [cell(0, 1, "Arsip")]))(paper)

    pdf = Family("dua", Look(size=9), write, Records().truth()).draw(tmp_path / "dua.pdf")

    assert main(["explain", str(pdf), "--halaman", "2"]) == 0

    out = capsys.readouterr().out
    assert "Tabel 2 · halaman 2" in out
    assert "Tabel 1" not in out
    assert "ukuran dua" in out
    assert "ukuran satu" not in out
    assert not list(tmp_path.glob("*.png"))


def test_the_picture_goes_where_the_user_says(plan: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "gambar").mkdir()
    for output, written in (("gambar", "gambar/rencana-h001.png"), ("satu.png", "satu.png")):
        assert main(["explain", str(plan), "--halaman", "1", "--gambar", "-o", output]) == 0
        assert f"Gambar: {written} " in capsys.readouterr().err
        assert (tmp_path / written).is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--halaman", "99", "--gambar"], 1, "rencana.pdf: tidak ada halaman 99; halamannya 1 sampai"),
        (["--halaman", "99", "--lang", "en"], 1, "rencana.pdf: there is no page 99; its pages are 1 to"),
        (["--halaman", "0"], 2, "--halaman"),
        (["--halaman", "dua"], 2, "--halaman"),
        (["--gambar"], 2, "--halaman 3 --gambar"),
        (["-o", "a.png"], 2, "--halaman 3 --gambar"),
        (["--halaman", "1", "--gambar", "-o", "tidak-ada/a.png"], 1, "tidak-ada/a.png: tidak dapat ditulis"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    plan: Path, capsys: Capture, arguments: list[str], code: int, said: str
) -> None:
    assert main(["explain", str(plan), *arguments]) == code

    line = capsys.readouterr().err.splitlines()[-1]
    assert said in line


def test_a_damaged_page_is_named_and_the_others_are_drawn(tmp_path: Path, capsys: Capture) -> None:
    pdf = tmp_path / "hilang.pdf"
    pdf.write_bytes(missing_kid())
    picture = tmp_path / "a.png"

    assert main(["explain", str(pdf), "--halaman", "2", "--gambar", "-o", str(picture)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "hilang.pdf: halaman 2 rusak" in line
    assert not picture.exists()
    assert main(["explain", str(pdf), "--halaman", "1", "--gambar", "-o", str(picture)]) == 0
    assert "Tidak ada tabel di halaman 1." in capsys.readouterr().err
    assert picture.exists()


def test_a_copy_says_which_page_it_repeats(plan: Path) -> None:
    document, _ = read_marks(plan)
    document.pages[1].copy_of = 1
    marks = marks_of("a.pdf", document, headers_of(document, "x" * 16, None), 2)
    assert marks.notes == ["Halaman 2 salinan halaman 1: isinya dibaca di sana."]
    assert marks.tables == []


def test_a_table_whose_cells_were_all_read_from_a_copy_still_has_its_frame(plan: Path) -> None:
    document, before = read_marks(plan)
    (table,) = document.tables
    for part in (part for one in table.cells() for part in one.parts if part.page == 1):
        part.page = 9

    (mark,) = marks_of("a.pdf", document, headers_of(document, "x" * 16, None), 1).tables

    assert mark.cells == []
    assert mark.box == pytest.approx(before[0].tables[0].box, abs=1)


def test_a_scan_is_drawn_upright_and_straight(tmp_path: Path) -> None:
    """A sheet with a long level rule, laid askew and on its side into the scanner."""
    sheet = Image.new("L", (1240, 877), 255)
    pen = ImageDraw.Draw(sheet)
    for y in range(200, 700, 50):
        pen.rectangle((100, y, 1140, y + 3), fill=0)
    pdf = tmp_path / "pindai.pdf"
    sheet.rotate(1.5, fillcolor=255, resample=Image.Resampling.BICUBIC).rotate(90, expand=True).save(
        pdf, dpi=(106, 106)
    )
    width, height = 1240 * 72 / 106, 877 * 72 / 106
    page = Page(1, width, height, kind="pindai", orientation=90, skew=1.5)

    drawn = Drawn(pdf, page, PageMarks("pindai"))

    assert drawn.image.width > drawn.image.height
    for x in (120, 600, 1120):
        assert max(drawn.pixel(x * 72 / 106, 201.5 * 72 / 106)) < 255 * FADED + 60


@pytest.mark.parametrize("size", [(20.0, 500.0), (3000.0, 2000.0), (300.0, 200.0)])
def test_a_page_of_any_size_and_any_number_of_tables_fits(tmp_path: Path, size: tuple[float, float]) -> None:
    pdf = tmp_path / "a.pdf"
    canvas = Canvas(str(pdf), pagesize=size)
    canvas.showPage()
    canvas.save()
    box = Box(5, 5, 15, 15)
    tables = [TableMark(n, box, [], [], [], [], ["Tabel " + "keraguan yang panjang " * 40] * 2) for n in range(1, 30)]

    image = draw_reading(pdf, Page(1, *size), PageMarks("a", tables))

    assert max(image.size) <= LONGEST_SIDE
