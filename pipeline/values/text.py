"""Tidy text: one form for every string out of a PDF, and the lines of a cell joined to one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from pipeline.values.vocabulary import WORDS

# A soft hyphen, or the mark that a text layer puts for a line-break hyphen, with the break after it.
_SOFT_BREAK = re.compile("[\u00ad\ufffe][^\\S\\n]*\\n\\s*")
# Unassigned code points stay: newer Unicode versions assign them. Private-use ones stay: symbol fonts live there.
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
_NONCHARACTERS = frozenset("\ufffe\uffff")
# Readers of images print some signs and digits in the wide forms of East Asian type.
_WIDE_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_AND_HYPHENS = re.compile(r"[^\s/]*$")


def tidy(text: str) -> str:
    """NFC, spaces of every kind collapsed to one, invisible and control characters out, stripped.

    A word broken at a soft hyphen is made whole. Nothing else about the wording changes; idempotent.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _SOFT_BREAK.sub("", text)
    visible = "".join(" " if char.isspace() else char for char in text if char.isspace() or not _is_dropped(char))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def narrow(text: str) -> str:
    """Tidy text with wide digits and signs as plain ones: for reading a value, not for publishing the wording."""
    text = tidy(text)
    return text if text.isascii() else tidy(text.translate(_WIDE_FORMS))


def _is_dropped(char: str) -> bool:
    return char in _NONCHARACTERS or unicodedata.category(char) in _DROPPED_CATEGORIES


def join_lines(
    lines: Sequence[str],
    hyphenated: Sequence[bool] | None = None,
    *,
    full: Sequence[bool] | None = None,
    known: Callable[[str], bool] | None = None,
) -> str:
    """The lines of one cell as one tidy text.

    A break becomes a space, but a hyphen at a line's end that only divides a word goes, and one that belongs to the
    word (`Undang-` + `Undang`, `RKA-` + `SKPD`, `per-` + `tahun`) stays without a space. `hyphenated[i]` tells
    whether the text layer calls the last hyphen of line i a line-break hyphen; without it every one may be.

    A word cut without a hyphen, by a cell too narrow for it, is glued where `full[i]` (line i reaches the right
    edge of its cell) and `known`, called with the whole word in lower case, agree, and its halves are not two known
    words. `hyphenated` and `full` are as long as `lines` or one shorter. Raises ValueError where they are not.
    """
    for flags in (hyphenated, full):
        if flags is not None and not len(lines) - 1 <= len(flags) <= len(lines):
            raise ValueError(f"{len(flags)} flags for {len(lines)} lines")
    joined = ""
    for index, line in enumerate(map(tidy, lines)):
        if not line:
            continue
        before = index - 1
        soft = hyphenated is None or (before >= 0 and hyphenated[before])
        reaches_edge = full is not None and before >= 0 and full[before]
        joined = _join(joined, line, soft, known if reaches_edge else None, known)
    return joined


def _join(
    left: str, right: str, soft: bool, glue: Callable[[str], bool] | None, known: Callable[[str], bool] | None
) -> str:
    if not left:
        return right
    if left[-1] in "-\u2010" and len(left) > 1 and left[-2].isalnum():
        return _join_at_hyphen(left, right, soft, known)
    if glue is not None and _is_cut_word(left, right, glue):
        return left + right
    return f"{left} {right}"


def _join_at_hyphen(left: str, right: str, soft: bool, known: Callable[[str], bool] | None) -> str:
    stem = _trailing_token(left[:-1])
    first = _FIRST_WORD.match(right)
    if first is None:
        return left + right if right[0].isdigit() else f"{left} {right}"
    if known is not None and soft and known((_last_piece(stem) + first.group()).casefold()):
        return left[:-1] + right
    if not soft or _keeps_hyphen(stem, first.group()):
        return left + right
    return left[:-1] + right


def _keeps_hyphen(stem: str, continuation: str) -> bool:
    """Whether the hyphen between them belongs to the word rather than to the line break."""
    if not continuation[0].islower() or not stem[-1].isalpha() or (len(stem) > 1 and stem.isupper()):
        return True
    piece = _last_piece(stem).casefold()
    if piece in WORDS.hyphen_stems or continuation in WORDS.hyphen_pairs.get(piece, ()):
        return True
    return _is_reduplication(piece, continuation.casefold())


def _is_reduplication(piece: str, continuation: str) -> bool:
    """`sungguh-sungguhnya`, `undang-undangan`, `tolong-menolong`: the second word repeats the first one's root."""
    if len(piece) < 3:
        return False
    root = piece[3:] if len(piece) > 5 and piece.startswith(("ber", "per", "ter", "men", "mem")) else piece
    return continuation.startswith((piece, root)) or (len(piece) > 3 and piece[1:] in continuation)


def _is_cut_word(left: str, right: str, known: Callable[[str], bool]) -> bool:
    head, tail = _LAST_WORD.search(left), _FIRST_WORD.match(right)
    if head is None or tail is None:
        return False
    first, second = head.group().casefold(), tail.group().casefold()
    return known(first + second) and not (known(first) and known(second))


def _trailing_token(text: str) -> str:
    match = _LETTERS_AND_HYPHENS.search(text)
    return match.group() if match else text


def _last_piece(stem: str) -> str:
    match = _LAST_WORD.search(stem)
    return match.group() if match else ""
