"""What is reached on the sample documents, written down in docs/accuracy.md: `make score`.

`python -m benchmarks.scoreboard [SAMPLES]`; without it, RKT_SAMPLES names the folder. It holds `score.py`, documents
with a truth file beside them, and documents without. Of their texts only words of headers are written down, cut short.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from benchmarks.scoring import Read, Score, read_all, score_all, total
from pipeline.cli.explain import UNKNOWN
from pipeline.layouts.tables import TableReading, unknown_phrases
from pipeline.layouts.vocabulary import load_vocabulary

SCANS = Path(__file__).parents[1] / "docs" / "accuracy-scans.md"
REPORT = Path(__file__).parents[1] / "docs" / "accuracy.md"
JUDGED = Path(__file__).parent / "headers_judged.yaml"
PLAN_LAYOUTS = ("rencana_kinerja", "program_kegiatan", "indikator", "arah_kebijakan", "rekening")
MOST_WORDS = 8
BODY = "(text of the body)"
ORDINAL = re.compile(r"\b\d+(?:\.\d+)+")
# Which office or region a header names says nothing about the reader.
NAMED = re.compile(
    r"\b(?:prov(?:insi)?|kab(?:upaten)?|kota|dinas|badan|biro|unit|upt\w*)\b\.?(?:\s+\w+)?", re.IGNORECASE
)
FIGURE = re.compile(r"(?:Rp\.?\s*)?[\d.,]*\d[\d.,]*(?:\s*%)?")


@dataclass(slots=True)
class Understanding:
    """Of one document: its tables by how they were read, and what ended in no record."""

    document: Read
    layouts: Counter[str] = field(default_factory=Counter)
    headless: int = 0  # tables in which no header was found: boxes of charts, mostly
    headers: list[str] = field(default_factory=list)  # of the tables that have one and are not understood
    phrases: list[str] = field(default_factory=list)  # unknown ones, once per table
    figures: int = 0
    figure_pages: list[int] = field(default_factory=list)
    figures_of_unknown: int = 0
    unread_pages: int = 0
    lost_words: int = 0

    @property
    def tables(self) -> int:
        return sum(self.layouts.values())

    @property
    def understood(self) -> int:
        return self.tables - self.layouts[UNKNOWN]


def understand(document: Read) -> Understanding:
    """What the headers and the published tables of a document tell of how it was understood."""
    found = Understanding(document)
    known = load_vocabulary(None)
    for reading in document.headers:
        found.layouts[reading.layout] += 1
        headed = any(column.path for column in reading.header.columns)
        if reading.layout == UNKNOWN:
            found.headless += not headed
            found.headers += [_words(reading)] if headed else []
        if headed:
            found.phrases += [_short(phrase) for phrase in unknown_phrases(reading, known)]
    _count_losses(found)
    return found


def _count_losses(found: Understanding) -> None:
    document = found.document
    codes = Counter(row["kode"] for row in document.rows("temuan"))
    loose = [row["halaman"] for row in document.rows("temuan") if row["kode"] == "ANGKA_TANPA_REKAMAN"]
    found.figures, found.figure_pages = len(loose), sorted(set(loose))
    unknown = {row["tabel_id"] for row in document.rows("tabel") if row["tata_letak"] == UNKNOWN}
    cells = [row["teks"] or "" for row in document.rows("sel") if row["tabel_id"] in unknown]
    found.figures_of_unknown = sum(FIGURE.fullmatch(text) is not None for text in cells)
    found.unread_pages = codes["HALAMAN_TAK_TERBACA"]
    found.lost_words = sum(row["kata"] - row["kata_terpakai"] for row in document.rows("halaman"))


def _words(reading: TableReading) -> str:
    """A header in a few words: the lowest text over each column."""
    return _short(" | ".join(column.path[-1] for column in reading.header.columns if column.path))


def _short(text: str) -> str:
    if ORDINAL.search(text):
        return BODY
    words = NAMED.sub("…", text).casefold().split()
    return " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")


def write_report(samples: Path, documents: Sequence[Read], scores: Sequence[Score]) -> str:
    """The text of docs/accuracy.md."""
    found = [understand(document) for document in documents]
    judged: dict[str, dict[str, Any]] = yaml.safe_load(JUDGED.read_text("utf-8"))
    headers = judged["headers"]
    scanned = {document.key for document in documents if document.scanned}
    parts = [
        _INTRODUCTION,
        *_score_lines(samples, scores, scanned, documents),
        *_scan_lines(),
        "\n## Tables understood\n",
        *_understood_lines(found, judged),
        "\n## Documents\n",
        *_document_lines(found),
        "\n## Headers not understood\n",
        *_header_lines(found, headers),
        "\n## Phrases not known\n",
        *_phrase_lines(found, judged["phrases"]),
    ]
    return "\n".join(parts) + "\n"


def _scan_lines() -> Iterator[str]:
    """The table of scans under ever worse scanners, as `python -m benchmarks.scans` wrote it."""
    table = [line for line in SCANS.read_text("utf-8").splitlines() if line.startswith("|")]
    yield "\n## Scans, one factor at a time\n"
    yield f"Nine pages of a drawn plan, scanned in other ways; more of it in [{SCANS.name}]({SCANS.name}).\n"
    yield from table


_INTRODUCTION = """# Accuracy

Written by `make score` out of the sample documents that `RKT_SAMPLES` names; they are not part of this repository, and
of their texts only words of table headers stand here. A record counts only when all its essential fields are right. A
figure is *doubted* where it is wrong and a finding says so, *silent* where nothing does, *omitted* where it is neither
published nor in quarantine. *Right but doubted* are right figures under a finding about our reading.

## Against the truth
"""


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(str(value).replace("|", "\\|") for value in row) + " |"


def _score_lines(samples: Path, scores: Sequence[Score], scanned: set[str], documents: Sequence[Read]) -> Iterator[str]:
    columns = ["document", "dataset", "records", "published", "right", "recall", "precision", "figures right"]
    columns += ["doubted", "silent", "omitted", "right but doubted", "identity"]
    folders = {d.key: d.path.relative_to(samples).parts[0] for d in documents}
    text = [score for score in scores if score.key not in scanned]
    groups = [
        total([score for score in text if folders[score.key] == folder], f"all of {folder}, text")
        for folder in sorted({folders[score.key] for score in text})
    ]
    if scanned & {score.key for score in scores}:
        groups.append(total([score for score in scores if score.key in scanned], "all scans"))
    yield from _table(columns, [_score_row(score) for score in [*scores, *groups]])


def _score_row(score: Score) -> list[object]:
    return [
        score.key,
        score.dataset,
        score.truth,
        score.out,
        score.exact,
        f"{score.recall:.3f}",
        f"{score.precision:.3f}" if score.out else "",
        f"{score.figures_right} of {score.figures}",
        score.doubted,
        score.silent,
        score.omitted,
        f"{score.doubted_share:.1%}",
        "wrong: " + ", ".join(score.wrong_identity) if score.wrong_identity else "right",
    ]


def _understood_lines(found: Sequence[Understanding], judged: dict[str, Any]) -> Iterator[str]:
    tables = sum(one.tables for one in found)
    known = sum(one.understood for one in found)
    headless = sum(one.headless for one in found)
    yield f"- All tables: {known} of {tables} ({known / tables:.0%})."
    yield (
        f"- Tables in which a header was found: {known} of {tables - headless} ({known / (tables - headless):.0%}). "
        f"The other {headless} are mostly boxes of charts, which are ruled like tables. "
        "Understood are also tables known to be none of a plan's, such as what was achieved."
    )
    yield f"- Tables of a plan: {_plan_share(found, judged)}."
    untold = [one for one in found if one.document.truth is None]
    yield f"- Tables of a plan in documents without a truth file: {_plan_share(untold, judged)}."
    yield (
        "\nWhich of the tables that are not understood are a plan's was judged by eye; one that nobody judged yet "
        "counts as such. Of those understood, the ones found to be misread are taken off. A table counts when its "
        "header is understood; what its rows left over is in the next section."
    )


def _plan_share(found: Sequence[Understanding], judged: dict[str, Any]) -> str:
    """Of the tables of a plan in these documents, how many were understood."""
    keys = [one.document.key for one in found]
    plan = sum(one.layouts[layout] for one in found for layout in PLAN_LAYOUTS)
    plan -= sum(judged["misread"].get(key, 0) for key in keys)
    headers = [header for one in found for header in one.headers]
    missed = sum(judged["headers"].get(header, {"plan": True})["plan"] for header in headers)
    missed += sum(judged["headless"].get(key, 0) for key in keys)
    return f"{plan} of {plan + missed} ({plan / (plan + missed):.0%})"


def _document_lines(found: Sequence[Understanding]) -> Iterator[str]:
    yield (
        "*Of the plan*: tables that became records. *Other*: known to be none of a plan's. *Boxes*: tables without a "
        "header. *In no record*: figures of a plan's tables that no record took, each with a finding, and their pages; "
        "then the number cells of tables not understood. *Words lost*: words that stand in no cell, text or running "
        "header.\n"
    )
    columns = ["document", "pages", "not read", "kind", "year", "status", "tables", "of the plan", "other"]
    columns += ["not understood", "boxes", "understood", "in no record", "in quarantine", "words lost"]
    yield from _table(columns, [_document_row(one) for one in found])


def _document_row(one: Understanding) -> list[object]:
    row = one.document.result.document
    plan = sum(one.layouts[layout] for layout in PLAN_LAYOUTS)
    return [
        one.document.key,
        row["jumlah_halaman"],
        one.unread_pages or "",
        row["jenis_dokumen"],
        row["tahun"] or "?",
        row["status"],
        one.tables,
        plan,
        one.understood - plan,
        one.layouts[UNKNOWN] - one.headless,
        one.headless,
        f"{one.understood / one.tables:.0%}" if one.tables else "",
        f"{one.figures}{_pages(one.figure_pages)} + {one.figures_of_unknown}",
        one.document.result.quarantined,
        one.lost_words,
    ]


def _pages(pages: Sequence[int]) -> str:
    return f" (p. {', '.join(map(str, pages))})" if pages else ""


def _header_lines(found: Sequence[Understanding], judged: dict[str, Any]) -> Iterator[str]:
    counted = Counter(header for one in found for header in one.headers)
    yield f"{sum(counted.values())} tables with a header, by how often it occurs, and what they were found to be.\n"
    rows = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from _table(
        ["header", "tables", "what it is", "of a plan"],
        [(header, count, *_verdict(judged.get(header))) for header, count in rows],
    )


def _verdict(judged: dict[str, Any] | None) -> tuple[str, str]:
    return (judged["what"], "yes" if judged["plan"] else "no") if judged else ("not looked at yet", "?")


def _phrase_lines(found: Sequence[Understanding], judged: dict[str, Any]) -> Iterator[str]:
    counted = Counter(phrase for one in found for phrase in one.phrases)
    most = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    yield (
        f"{len(counted)} phrases over single columns, in all tables with a header, understood or not; those that occur "
        "more than once. `rkt explain` shows them for a document, as a file for `--vocabulary`.\n"
    )
    yield from _table(
        ["phrase", "tables", "what it is", "of a plan"],
        [(phrase, count, *_verdict(judged.get(phrase))) for phrase, count in most if count > 1],
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", nargs="?", type=Path, default=os.environ.get("RKT_SAMPLES") or None)
    samples = parser.parse_args().samples
    if samples is None:
        parser.error("name the folder of samples, or set RKT_SAMPLES")
    documents = read_all(sorted(Path(samples).glob("*/*.pdf")))
    with tempfile.TemporaryDirectory() as folder:
        scores = score_all(Path(samples), documents, Path(folder))
    REPORT.write_text(write_report(Path(samples), documents, scores), "utf-8")
    pages = sum(d.result.document["jumlah_halaman"] for d in documents)
    seconds = sum(d.seconds for d in documents)
    print(f"{len(documents)} documents, {pages} pages, {seconds / pages:.3f} s per page; see {REPORT}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
