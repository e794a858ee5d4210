"""Pages for the browser and the printer: one HTML file with its style and pictures inside, and no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.reports.charts import MOST_BARS, pagu_chart
from pipeline.reports.doubts import distinct
from pipeline.reports.gather import MOST_WHOLE
from pipeline.reports.model import LEVELS, Listing, Node, Pair, PlanDocument, Row
from pipeline.reports.summary import (
    Beside,
    Change,
    all_changes,
    changes_by_aspect,
    edition,
    editions,
    largest_changes,
    money_of,
    offices_beside,
    owner,
    programs_beside,
    title_of,
)
from pipeline.reports.texts import Words
from pipeline.reports.unsure import all_unsure
from pipeline.reports.wording import SHEETS, printable, target_of
from pipeline.values.written import write_amount

_TEMPLATES = Path(__file__).parent / "templates"
# A page with more rows than this is slow to open and to print; the workbook has them all.
MOST_CHANGES, MOST_NODES, MOST_FINDINGS, MOST_PAIRS, MOST_PROGRAMS, MOST_PREVIOUS = 500, 600, 200, 100, 100, 50
MOST_UNSURE = 200


def comparison_page(pairs: Sequence[Pair], words: Words, workbook: str) -> str:
    """The HTML of a comparison of one or many pairs; `workbook` is the name of the file that has every row."""
    many = len(pairs) > 1
    beside = offices_beside(pairs) if many else programs_beside(pairs[0])
    labels = (words("earlier"), words("later")) if many else editions(pairs[0], words)
    changes, unsure = all_changes(pairs), all_unsure(pairs, words)
    by_difference = sorted(beside, key=lambda row: -abs(row.difference or Decimal(0)))
    context = {
        "title": words("title.comparison"),
        "subtitle": title_of(pairs),
        "pairs": pairs[:MOST_PAIRS],
        "total_pairs": len(pairs),
        "many": many,
        "beside": beside,
        "beside_shown": by_difference[:MOST_PROGRAMS] if len(beside) > MOST_PROGRAMS else beside,
        "total": _total(beside, words) if beside else None,
        "chart": _picture(beside, labels, words),
        "labels": labels,
        "doubts": any(_has_doubts(document) for pair in pairs for document in (pair.before, pair.after)),
        "largest": largest_changes(changes),
        "by_aspect": {aspect: len(rows) for aspect, rows in changes_by_aspect(changes).items()},
        "changes": changes[:MOST_CHANGES],
        "total_changes": len(changes),
        "unsure": unsure[:MOST_UNSURE],
        "total_unsure": len(unsure),
        "left_out": not all(pair.after.whole for pair in pairs),
        "most_whole": MOST_WHOLE,
        "findings": [] if many else [_gravest(document) for document in (pairs[0].before, pairs[0].after)],
        "total_findings": sum(len(document.findings) for pair in pairs for document in (pair.before, pair.after)),
    }
    return _render("comparison.html.j2", words, workbook, context)


def document_page(document: PlanDocument, previous: Pair | None, words: Words, workbook: str) -> str:
    """The HTML of one document; `previous` is its comparison with the year before, where there is one."""
    beside = [
        Beside(program.name, None, program.pagu, doubts_after=program.doubts, unread_after=program.unread)
        for program in document.programs
    ]
    listings = _cut_listings(document.listings, words)
    changes = all_changes([previous]) if previous else []
    unsure = all_unsure([previous], words) if previous else []
    context = {
        "title": words("title.document"),
        "subtitle": f"{edition(document)}, {owner(document)}",
        "document": document,
        "identity": _identity(document, words),
        "beside": beside,
        "chart": _picture(beside, (edition(document),), words),
        "previous": previous,
        "previous_changes": _money_first(changes)[:MOST_PREVIOUS],
        "labels": editions(previous, words) if previous else (),
        "doubts": _has_doubts(document) or bool(previous and _has_doubts(previous.before)),
        "unsure": unsure[:MOST_UNSURE],
        "total_unsure": len(unsure),
        "findings": document.findings[:MOST_FINDINGS],
        "loose": document.loose[:MOST_FINDINGS],
        "listings": listings,
        "shown_nodes": sum(len(nodes) for _, nodes in listings),
        "total_nodes": sum(len(listing.nodes) for listing in document.listings),
    }
    return _render("document.html.j2", words, workbook, context)


def _has_doubts(document: PlanDocument) -> bool:
    return bool(document.doubts.codes)


def _money_first(changes: Sequence[Change]) -> list[Change]:
    largest = largest_changes(changes, len(changes))
    return [*largest, *(change for change in changes if not change.money)]


def _render(template: str, words: Words, workbook: str, context: dict[str, Any]) -> str:
    style = (_TEMPLATES / "style.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    common = {
        "words": words,
        "workbook": workbook,
        "sheets": {name: words(key) for name, key in SHEETS.items()},
        "levels": LEVELS,
        "most_bars": MOST_BARS,
        "style": Markup(style),
        "style_hash": f"sha256-{digest}",
    }
    return _environment().get_template(template).render(**common, **context)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_as_text,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["one_decimal"] = _one_decimal
    environment.globals.update(
        amount=write_amount,
        signed=lambda value: write_amount(value, signed=True),
        edition=edition,
        owner=owner,
        figure=_figure,
        target=target_of,
        is_money=_is_money,
    )
    return environment


def _as_text(value: object) -> object:
    """Nothing for null; text without what a browser may not show or what turns its direction."""
    if value is None:
        return ""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _one_decimal(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _figure(row: Row, value: str | None) -> str:
    """A value of `perbandingan` as grouped rupiah where it is money; empty where it is text."""
    return write_amount(money_of(row, value))


def _is_money(row: Row) -> bool:
    """Whether an indicator only repeats its node's pagu: the contract's `Dana` input in Rupiah."""
    return bool(row["jenis"] == "masukan" and row["satuan"] == "Rupiah")


def _total(rows: Sequence[Beside], words: Words) -> Beside:
    before = sum((row.before for row in rows if row.before is not None), Decimal(0))
    after = sum((row.after for row in rows if row.after is not None), Decimal(0))
    comparable = all(row.comparable for row in rows)
    doubted = [distinct(row.doubts_before for row in rows), distinct(row.doubts_after for row in rows)]
    return Beside(
        words("total"),
        before,
        after,
        comparable=comparable,
        doubts_before=doubted[0],
        doubts_after=doubted[1],
        unread_before=sum(row.unread_before for row in rows),
        unread_after=sum(row.unread_after for row in rows),
    )


def _picture(rows: Sequence[Beside], labels: Sequence[str], words: Words) -> str:
    """The chart as a data URL: as an image of its own, nothing in it can reach the page."""
    if not any(row.size for row in rows):
        return ""
    return "data:image/svg+xml;base64," + base64.b64encode(pagu_chart(rows, labels, words)).decode()


def _gravest(document: PlanDocument) -> tuple[PlanDocument, tuple[Row, ...], int]:
    return document, document.findings[:MOST_FINDINGS], len(document.findings)


def _identity(document: PlanDocument, words: Words) -> list[tuple[str, object]]:
    facts = document.facts
    pagu = words("pagu.none") if document.pagu is None else f"Rp {write_amount(document.pagu)}"
    mark = f" ⚠ {words('doubt.mark')}" if document.pagu_doubts else ""
    if document.unread:
        pagu = "" if document.pagu is None else pagu
        mark += f" ⚠ {words('pagu.unread', count=write_amount(document.unread))}"
    return [
        (words("office"), owner(document)),
        (words("kind"), edition(document)),
        (words("document"), facts["berkas"]),
        (words("key"), facts["dokumen_id"]),
        (words("pages"), facts["jumlah_halaman"]),
        (words("status"), facts["status"]),
        (words("pagu"), pagu + mark),
    ]


def _cut_listings(listings: Sequence[Listing], words: Words) -> list[tuple[str, Sequence[Node]]]:
    """As many nodes as a page bears, the tables in their order, each under its heading."""
    shown: list[tuple[str, Sequence[Node]]] = []
    left = MOST_NODES
    for listing in listings:
        if left <= 0:
            break
        shown.append((heading_of(listing, words), listing.nodes[:left]))
        left -= len(listing.nodes)
    return shown


def heading_of(listing: Listing, words: Words) -> str:
    """Where a table stands."""
    if listing.table is None:
        return words("listing.unknown")
    first, last = listing.table["halaman"], listing.table["halaman_akhir"]
    key = "listing" if last and last != first else "listing.one"
    return words(key, first=first, last=last)
