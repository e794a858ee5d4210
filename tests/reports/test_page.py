from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.reports.gather import read_document
from pipeline.reports.model import Pair
from pipeline.reports.page import MOST_CHANGES, comparison_page, document_page
from pipeline.reports.texts import Words
from tests.reports.conftest import FORMULA, HOSTILE, LATER, MARKUP, MakePair, change

_VOID = frozenset({"meta", "img", "br"})


class Parsed(HTMLParser):
    """The elements of a page with their attributes, and the text of each table row by section."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.rows: list[list[str]] = []
        self.section = ""
        self.sections: dict[str, list[list[str]]] = {}
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)
        if tag == "section":
            self.section = dict(attrs)["id"] or ""
        elif tag == "tr":
            self.sections.setdefault(self.section, []).append([])
        elif tag in ("td", "th"):
            self.sections[self.section][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.text.append(data)
        if "td" in self.open or "th" in self.open:
            self.sections[self.section][-1][-1] += data


@pytest.fixture
def indonesian() -> Words:
    return Words("id")


def _column(rows: list[list[str]], title: str) -> list[str]:
    place = rows[0].index(title)
    return [row[place].strip() for row in rows[1:]]


def _pages(make_pair: MakePair, release: Path, words: Words) -> Iterator[str]:
    yield comparison_page([make_pair()], words, "buku.xlsx")
    yield comparison_page([make_pair(), make_pair()], words, "buku.xlsx")
    yield document_page(read_document(release, LATER), make_pair(), words, "buku.xlsx")


def test_the_page_needs_nothing_from_outside(make_pair: MakePair, release: Path, indonesian: Words) -> None:
    for html in _pages(make_pair, release, indonesian):
        page = Parsed(html)
        assert not {"script", "link", "iframe", "object", "b"} & {tag for tag, _ in page.elements}
        sources = [value for _, given in page.elements for name, value in given.items() if name in ("src", "href")]
        assert sources
        assert all(str(source).startswith("data:image/svg+xml;base64,") for source in sources)
        assert not any(name.startswith("on") or name == "style" for _, given in page.elements for name in given)


def test_the_policy_allows_this_style_and_nothing_else(make_pair: MakePair, indonesian: Words) -> None:
    html = comparison_page([make_pair()], indonesian, "buku.xlsx")
    policies = [given["content"] for _, given in Parsed(html).elements if "http-equiv" in given]
    style = re.findall("<style>(.*?)</style>", html, re.DOTALL)[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    wanted = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert policies == [wanted]


def test_markup_in_names_is_text(make_pair: MakePair, release: Path, indonesian: Words) -> None:
    for html in _pages(make_pair, release, indonesian):
        assert "<script>" not in html
        assert MARKUP in "".join(Parsed(html).text)


def test_what_turns_a_line_around_is_not_shown(release: Path, indonesian: Words) -> None:
    html = document_page(read_document(release, LATER), None, indonesian, "buku.xlsx")
    assert "\u202e" not in html
    assert "$x^2$ {{ 7*7 }} & \ufffdgpj.exe" in "".join(Parsed(html).text)


def test_pagu_stands_beside_pagu_with_pages_and_total(make_pair: MakePair, indonesian: Words) -> None:
    rows = Parsed(comparison_page([make_pair()], indonesian, "buku.xlsx")).sections["pagu"]
    count = len(HOSTILE)
    assert rows[0] == ["Program", "RKT 2023", "Hal.", "RKT 2024", "Hal.", "Selisih", "%"]
    before, after = f"{count}.000.000", f"{count * 1_234_567:,}".replace(",", ".")
    difference = f"+{count * 234_567:,}".replace(",", ".")
    assert rows[1] == ["Program Contoh", before, "4", after, "4", difference, "+23,5"]
    assert rows[2] == ["Jumlah", before, "", after, "", difference, "+23,5"]


def test_the_largest_changes_come_first_new_and_gone_in_full(make_pair: MakePair, indonesian: Words) -> None:
    rows = Parsed(comparison_page([make_pair()], indonesian, "buku.xlsx")).sections["terbesar"]
    assert _column(rows, "Selisih") == ["+9.876.543", "−600.000", "+234.567", "−50"]
    assert _column(rows, "RKT 2024") == ["9.876.543", "400.000", "1.234.567", ""]
    assert _column(rows, "%") == ["", "−60", "+23,5", ""]
    assert [row[3] + row[5] for row in rows[1:]] == ["45"] * 4


def test_a_change_that_is_no_money_keeps_its_wording(make_pair: MakePair, indonesian: Words) -> None:
    rows = Parsed(comparison_page([make_pair()], indonesian, "buku.xlsx")).sections["perubahan"]
    (row,) = [row for row in rows if row[1] == "target"]
    assert [row[2], row[4]] == ["=2+2", "210"]


def test_changes_are_counted_by_kind(make_pair: MakePair, indonesian: Words) -> None:
    rows = Parsed(comparison_page([make_pair()], indonesian, "buku.xlsx")).sections["jenis"]
    counted = {"baru": "1", "hilang": "1", "nama": "1", "pagu": "2", "target": "1", "Jumlah": "6"}
    assert dict(row for row in rows[1:]) == counted


def test_both_documents_and_their_findings_are_told(make_pair: MakePair, indonesian: Words) -> None:
    page = Parsed(comparison_page([make_pair()], indonesian, "buku.xlsx"))
    text = "".join(page.text)
    assert "2023/rencana.pdf" in text
    assert "Dinas <Contoh>, Kabupaten Contoh" in text
    assert [row[-3:] for row in page.sections["dokumen"][1:]] == [["0", "1", "2"]] * 2
    assert len([row for row in page.sections["temuan"] if "TARGET_BEDA" in row]) == 2


def test_english_says_that_findings_are_in_indonesian(make_pair: MakePair) -> None:
    html = comparison_page([make_pair()], Words("en"), "buku.xlsx")
    assert '<html lang="en">' in html
    assert "worded in Indonesian" in html
    assert "Jumlah" not in {row[0] for row in Parsed(html).sections["pagu"]}


def test_many_changes_are_cut_and_the_page_says_where_the_rest_is(make_pair: MakePair, indonesian: Words) -> None:
    changes = tuple(change(number) for number in range(2_000))
    html = comparison_page([make_pair(changes)], indonesian, "buku.xlsx")
    page = Parsed(html)
    assert len(page.sections["perubahan"]) == MOST_CHANGES + 1
    assert f"Ditampilkan {MOST_CHANGES} dari 2.000. Semuanya ada di buku.xlsx, lembar “Perubahan”." in "".join(
        page.text
    )
    assert len(page.sections["terbesar"]) == 11


def test_pairs_of_many_offices_stand_side_by_side(make_pair: MakePair, indonesian: Words) -> None:
    page = Parsed(comparison_page([make_pair(), make_pair(())], indonesian, "buku.xlsx"))
    assert len(page.sections["pagu"]) == 1 + 2 + 1
    assert page.sections["pagu"][0][0] == "Perangkat daerah"
    assert LATER in page.sections["terbesar"][1][0]


def test_a_document_without_pagu_says_so_and_draws_nothing(make_pair: MakePair, indonesian: Words) -> None:
    pair = make_pair(())
    bare = replace(pair.after, programs=())
    page = Parsed(comparison_page([Pair(bare, bare, ())], indonesian, "buku.xlsx"))
    assert "pagu" not in page.sections
    assert "tidak tercetak" in "".join(page.text)
    assert "Tidak ada perubahan." in "".join(page.text)


def test_a_pagu_that_one_year_does_not_print_is_no_change(make_pair: MakePair, indonesian: Words) -> None:
    pair = make_pair(())
    bare = Pair(replace(pair.before, programs=()), pair.after, ())
    for pairs in ([bare], [bare, pair]):
        rows = Parsed(comparison_page(pairs, indonesian, "buku.xlsx")).sections["pagu"]
        assert (rows[1][-2:], rows[-1][-2:]) == (["", ""], ["", ""])


def test_programs_without_a_ceiling_leave_no_broken_picture(make_pair: MakePair, indonesian: Words) -> None:
    pair = make_pair(())
    nothing = replace(pair.after, programs=tuple(replace(one, pagu=Decimal(0)) for one in pair.after.programs))
    page = Parsed(comparison_page([Pair(nothing, nothing, ())], indonesian, "buku.xlsx"))
    assert not [given for tag, given in page.elements if tag == "img"]


@pytest.mark.parametrize(
    ("facts", "told"),
    [({"duplikat_dari": "c3" * 8}, "kiriman ulang dari " + "c3" * 8), ({"status": "sebagian"}, "(status sebagian)")],
)
def test_a_duplicate_and_a_document_read_in_part_are_told(
    make_pair: MakePair, indonesian: Words, facts: dict[str, Any], told: str
) -> None:
    document = make_pair().after
    html = document_page(replace(document, facts={**document.facts, **facts}), None, indonesian, "buku.xlsx")
    assert told in html


def test_the_plan_is_a_tree_with_targets_and_pages(release: Path, indonesian: Words) -> None:
    rows = Parsed(document_page(read_document(release, LATER), None, indonesian, "buku.xlsx")).sections["rencana"]
    assert rows[1] == ["Program Contoh", "", "3"]
    assert rows[2] == [FORMULA, "1.234.567", "4"]
    assert rows[3] == [f"keluaran: Jumlah {FORMULA}", "=1+1", "Dokumen", "", "4"]


def test_changes_since_the_year_before_are_told_money_first(make_pair: MakePair, indonesian: Words) -> None:
    pair = make_pair()
    rows = Parsed(document_page(pair.after, pair, indonesian, "buku.xlsx")).sections["perubahan"]
    assert [row[1] for row in rows[1:]] == ["baru", "pagu", "pagu", "hilang", "nama", "target"]


def test_a_renamed_program_stays_one_row(make_pair: MakePair, indonesian: Words) -> None:
    pair = make_pair()
    renamed = change(aspek="nama", level="program", nilai_dari="Program Contoh", nilai_ke="Program Teladan")
    after = replace(pair.after, programs=tuple(replace(one, name="Program Teladan") for one in pair.after.programs))
    page = Parsed(comparison_page([Pair(pair.before, after, [renamed])], indonesian, "buku.xlsx"))
    assert [row[0] for row in page.sections["pagu"]] == ["Program", "Program Teladan", "Jumlah"]
