"""What the checks find on the sample documents, and how much of it an auditor would call false: docs/checks.md.

`python -m benchmarks.findings [SAMPLES] [--scans]`; without it, RKT_SAMPLES names the folder. Scans are read on request
only, for they take minutes. Of the documents only the codes of their files and of findings are written down.
"""

from __future__ import annotations

import argparse
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import yaml

from benchmarks.scoring import Read, read_all
from pipeline.pages.kinds import settle_kind
from pipeline.pages.ocr_need import needs_ocr
from pipeline.pages.pdfium import read_or_blank

REPORT = Path(__file__).parents[1] / "docs" / "checks.md"
JUDGED = Path(__file__).parent / "findings_judged.yaml"
START, END = "<!-- findings: start -->", "<!-- findings: end -->"
HIDDEN = "TEKS_TERSEMBUNYI"
MOST_PICTURES = 0.5  # of a document's pages; with more, reading it takes minutes
YEAR_OF_FACSIMILE = re.compile(r"rkt-(?P<year>\d{4})-.*?(?P<scan>-pindai)?")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was looked at: by sample the findings of each code, and those of them that were judged false, with why."""

    seen: Mapping[str, Mapping[str, int]]
    false: Sequence[Mapping[str, Any]]

    def false_of(self, sample: str) -> list[Mapping[str, Any]]:
        return [finding for finding in self.false if finding["sample"] == sample]


@dataclass(frozen=True, slots=True)
class Found:
    """The findings about the content of one sample, `(code, page)` each."""

    sample: str
    has_truth: bool
    findings: Sequence[tuple[str, int | None]]

    @property
    def codes(self) -> Counter[str]:
        return Counter(code for code, _ in self.findings)


def load_judgement(path: Path = JUDGED) -> Judgement:
    """What was judged so far. Raises KeyError where the file lacks one of its two lists."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return Judgement(raw["seen"], raw["judged_false"] or [])


def is_text(path: Path) -> bool:
    """Whether most pages of a PDF are read from their text. Raises pypdfium2.PdfiumError where it cannot be opened."""
    with pdfium.PdfDocument(path) as document:
        pages = [read_or_blank(document, index) for index in range(len(document))]
    for page in pages:
        settle_kind(page)
    return sum(map(needs_ocr, pages)) <= MOST_PICTURES * len(pages)


def short_name(document: Read) -> str:
    """The code of a sample's file; of our own facsimiles what they are."""
    ours = YEAR_OF_FACSIMILE.fullmatch(document.key)
    return f"facsimile {ours['year']}{' (scan)' if ours['scan'] else ''}" if ours else document.key


def found_in(document: Read) -> Found:
    rows = [row for row in document.rows("temuan") if row["jenis"] == "isi"]
    return Found(short_name(document), document.truth is not None, [(row["kode"], row["halaman"]) for row in rows])


def stale(found: Sequence[Found], judgement: Judgement) -> list[str]:
    """Judgements that no finding answers to any more, as `sample code page`."""
    there = {(one.sample, code, page) for one in found for code, page in one.findings}
    samples = {one.sample for one in found}
    keys = [(entry["sample"], entry["code"], entry["page"]) for entry in judgement.false]
    return [" ".join(map(str, key)) for key in keys if key[0] in samples and key not in there]


def unseen(one: Found, judgement: Judgement) -> Counter[str]:
    """Findings of a sample that nobody has looked at yet, by code; hidden words are facts of the file, not judged."""
    new = one.codes - Counter(judgement.seen.get(one.sample, {}))
    del new[HIDDEN]
    return new


def table(found: Sequence[Found], judgement: Judgement) -> str:
    """A row per sample, and under it what it comes to, as Markdown."""
    return "\n".join([*_rows(found, judgement), "", *_shares(found, judgement)])


def _rows(found: Sequence[Found], judgement: Judgement) -> Iterator[str]:
    yield "| sample | findings | judged false |"
    yield "|---|---|---|"
    for one in sorted(found, key=lambda one: (not one.has_truth, one.sample)):
        counts = ", ".join(f"`{code}` {count}" for code, count in sorted(one.codes.items()))
        false = [f"`{entry['code']}` p. {entry['page']}: {entry['why']}" for entry in judgement.false_of(one.sample)]
        new = [f"not looked at yet: `{code}` {n}" for code, n in sorted(unseen(one, judgement).items())]
        yield f"| {one.sample} | {counts or 'none'} | {'; '.join([*false, *new]) or ('none' if counts else '')} |"


def _shares(found: Sequence[Found], judgement: Judgement) -> Iterator[str]:
    for name, truth in (("Samples with a truth file", True), ("Corpus", False)):
        group = [one for one in found if one.has_truth is truth]
        hidden = sum(one.codes[HIDDEN] for one in group)
        total = sum(one.codes.total() for one in group) - hidden
        false = sum(entry["code"] != HIDDEN for one in group for entry in judgement.false_of(one.sample))
        share = f" ({100 * false / total:.0f} %)" if total else ""
        yield (
            f"- {name}: {len(group)} documents, {total} findings, {false} judged false{share}; besides, hidden words "
            f"(`{HIDDEN}`) on {hidden} pages, neither judged nor counted."
        )


def updated(page: str, text: str) -> str:
    """The page with its table renewed. Raises ValueError when the marks around the table are missing."""
    head, start, rest = page.partition(START)
    _, end, tail = rest.partition(END)
    if not start or not end:
        raise ValueError(f"{REPORT.name} has no marks around its table of findings")
    return f"{head}{START}\n{text}\n{END}{tail}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", nargs="?", type=Path, default=os.environ.get("RKT_SAMPLES") or None)
    parser.add_argument("--scans", action="store_true", help="read documents whose pages are pictures, too")
    options = parser.parse_args()
    if options.samples is None:
        parser.error("name the folder of samples, or set RKT_SAMPLES")
    paths = sorted(Path(options.samples).glob("*/*.pdf"))
    wanted = [path for path in paths if options.scans or is_text(path)]
    found, judgement = [found_in(document) for document in read_all(wanted)], load_judgement()
    left_out = f"\n- {len(paths) - len(wanted)} documents whose pages are pictures were left out."
    text = table(found, judgement) + (left_out if len(wanted) < len(paths) else "")
    REPORT.write_text(updated(REPORT.read_text("utf-8"), text), "utf-8")
    old, new = stale(found, judgement), sum((unseen(one, judgement) for one in found), Counter())
    print(*(f"no longer found: {key}" for key in old), f"{new.total()} findings not looked at yet", sep="\n")
    return 1 if old or new else 0


if __name__ == "__main__":
    raise SystemExit(main())
