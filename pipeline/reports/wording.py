"""What page and workbook write alike: text that can be shown, targets, names of sheets and files."""

from __future__ import annotations

import re

from pipeline.reports.model import Row
from pipeline.values.written import write_amount

SHEETS = {
    "summary": "summary",
    "programs": "program",
    "changes": "changes",
    "plan": "plan",
    "indicators": "indicators",
    "findings": "findings",
    "unsure": "unsure",
}
"""What a sheet holds, and the key of its name."""

# What XML and HTML may not hold, and what turns the direction of a line: in the text of a PDF it would only deceive.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_NOT_OF_FILES = re.compile(r"[^0-9a-z]+")
_LONGEST_NAME = 60


def printable(text: str) -> str:
    """The text with a replacement character for each one that cannot be shown."""
    return _UNPRINTABLE.sub("\ufffd", text)


def target_of(row: Row) -> str:
    """An indicator's target as printed; where only its figure is known, the figure, and nothing where none is."""
    if row["target_teks"]:
        return str(row["target_teks"])
    return row["target_kategori"] or write_amount(row["target"])


def file_stem(*parts: object) -> str:
    """A file name that every system takes: lower-case letters, digits and hyphens."""
    words = "-".join(str(part) for part in parts if part is not None)
    return _NOT_OF_FILES.sub("-", words.lower()).strip("-")[:_LONGEST_NAME].rstrip("-")
