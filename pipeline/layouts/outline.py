"""The level of each entry of an outline, by the signs that the table gives: codes, words, ordinals, place, look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from pipeline.layouts.entries import Entry
from pipeline.layouts.labels import read_level_word
from pipeline.layouts.vocabulary import LEVELS, Vocabulary
from pipeline.values import code_level, read_ordinal

SAME_INDENT = 4.0
Sign = Callable[[Entry], object]


def assign_levels(entries: Sequence[Entry], levels: Sequence[str], vocabulary: Vocabulary) -> list[Entry]:
    """Set the level of every entry; returns those whose level no sign but their place told.

    `levels` are those that the header names, coarsest first. Codes tell most, then words, then what entries of a
    known level look like, then the place of the name.
    """
    names = [entry for entry in entries if not entry.text_row]
    _by_code(names, levels, vocabulary)
    _by_word(names, levels, vocabulary)
    for sign in (_full_look, _ordinal_and_look, _ordinal_place, _color):
        _by_likeness(names, sign)
    return _by_place(names, levels)


def _by_code(entries: Sequence[Entry], levels: Sequence[str], vocabulary: Vocabulary) -> None:
    coded = [entry for entry in entries if entry.kode and not entry.level]
    if not coded:
        return
    deepest = max(len((entry.kode or "").split(".")) for entry in coded)
    official = {entry: code_level(entry.kode or "") for entry in coded}
    if deepest >= 3 and all(official.values()):
        for entry, level in official.items():
            entry.level = level or ""
        return
    _by_code_length(coded, levels, vocabulary)


def _by_code_length(coded: Sequence[Entry], levels: Sequence[str], vocabulary: Vocabulary) -> None:
    """Codes of another kind: their lengths in order are the levels in order, a length of programs anchoring them."""
    lengths = sorted({entry.code_depth for entry in coded})
    order = [level for level in LEVELS if level in levels]
    anchor = _program_length(coded, vocabulary)
    if anchor in lengths and "program" in LEVELS:
        first = LEVELS.index("program") - lengths.index(anchor)
        chosen = [LEVELS[first + i] for i in range(len(lengths)) if 0 <= first + i < len(LEVELS)]
    else:
        chosen = order[-len(lengths) :]
    if len(chosen) != len(lengths):
        return
    for entry in coded:
        entry.level = chosen[lengths.index(entry.code_depth)]


def _program_length(coded: Sequence[Entry], vocabulary: Vocabulary) -> int | None:
    counts: Counter[int] = Counter()
    for entry in coded:
        word = read_level_word(entry.nama, vocabulary)
        if word and word.name == "program":
            counts[entry.code_depth] += 1
    return counts.most_common(1)[0][0] if counts else None


def _by_word(entries: Sequence[Entry], levels: Sequence[str], vocabulary: Vocabulary) -> None:
    for entry in entries:
        if not entry.level and entry.lines:
            word = read_level_word(entry.lines[0].text if not entry.nomor else entry.nama, vocabulary)
            word = word or read_level_word(_without_ordinal(entry), vocabulary)
            if word and word.name in levels:
                entry.level = word.name


def _without_ordinal(entry: Entry) -> str:
    text = " ".join(line.text for line in entry.lines)
    return text[text.find(" ") + 1 :] if entry.nomor and text.startswith(entry.nomor) else text


def _style(entry: Entry) -> str | None:
    ordinal = read_ordinal(entry.nomor) if entry.nomor else None
    return ordinal.style if ordinal else None


def _full_look(entry: Entry) -> object:
    return _style(entry), entry.label_column, entry.bold, entry.cells[0].fill, round(entry.indent / SAME_INDENT)


def _ordinal_and_look(entry: Entry) -> object:
    return _style(entry), entry.label_column, entry.bold, entry.cells[0].fill


def _ordinal_place(entry: Entry) -> object:
    return (_style(entry), entry.label_column) if entry.label_column >= 0 else None


def _color(entry: Entry) -> object:
    return entry.cells[-1].fill


def _by_likeness(entries: Sequence[Entry], sign: Sign) -> None:
    """Entries without a level take that of those which look alike, where all of these agree."""
    votes: dict[object, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if entry.level:
            votes[sign(entry)][entry.level] += 1
    for entry in entries:
        key = sign(entry)
        if not entry.level and key is not None and len(votes[key]) == 1:
            entry.level = next(iter(votes[key]))


def _by_place(entries: Sequence[Entry], levels: Sequence[str]) -> list[Entry]:
    """Entries left over, in groups that look alike, take their level from where their ordinal and name stand."""
    left = [entry for entry in entries if not entry.level]
    known = [entry for entry in entries if entry.level]
    order = [level for level in LEVELS if level in levels]
    groups: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in left:
        groups[(*_place(entry), _style(entry), entry.bold)].append(entry)
    certain = not known and len({key[:3] for key in groups}) == len(order)
    for _, group in sorted(groups.items(), key=lambda pair: pair[0][:2]):
        level = _beside(group[0], known, order)
        for entry in group:
            entry.level = level
        known += group
    return [] if certain else left


def _place(entry: Entry) -> tuple[int, int]:
    return max(cell.column for cell in entry.cells), round(entry.indent / SAME_INDENT) if entry.label_column < 0 else 0


def _beside(entry: Entry, known: Sequence[Entry], order: Sequence[str]) -> str:
    """The level of known entries that look alike at the same place; else one finer than those there or left of it.

    Plain names below bold ones are finer, too: bold is how an outline without ordinals marks its headings.
    """
    place, style = _place(entry), _style(entry)
    there = [other for other in known if _place(other) == place and _style(other) == style]
    same = Counter(other.level for other in there if entry.bold or not other.bold)
    if same:
        return same.most_common(1)[0][0]
    deepest = max((other.depth for other in known if _place(other) <= place), default=-1)
    finer = [level for level in order if LEVELS.index(level) > deepest]
    return finer[0] if finer else order[-1]


def set_parents(entries: Sequence[Entry]) -> None:
    """Hang every entry of an outline on the entry whose code begins its own, else on the last coarser one above."""
    by_code: dict[str, Entry] = {}
    for entry in entries:
        if entry.kode and not entry.text_row:
            by_code.setdefault(entry.kode, entry)
    open_entries: list[Entry] = []
    named: dict[str, Entry] = {}
    for entry in entries:
        if entry.text_row:
            continue
        while open_entries and open_entries[-1].depth >= entry.depth:
            open_entries.pop()
        above = open_entries[-1] if open_entries else None
        if entry.nama:
            named[entry.level] = entry
        else:
            entry.before = named.get(entry.level)
        entry.parent = _by_prefix(entry, by_code) or above
        open_entries.append(entry)


def _by_prefix(entry: Entry, by_code: dict[str, Entry]) -> Entry | None:
    if not entry.kode:
        return None
    parts = entry.kode.split(".")
    for length in range(len(parts) - 1, 0, -1):
        found = by_code.get(".".join(parts[:length]))
        if found is not None and found is not entry and found.depth < entry.depth:
            return found
    return None


def set_ends(entries: Sequence[Entry], last_row: int) -> None:
    """In an outline a row belongs to the last entry above it: each entry reaches to the next of any level."""
    names = [entry for entry in entries if not entry.text_row]
    for entry, next_row in zip(names, [*(entry.row for entry in names), last_row][1:], strict=True):
        entry.end = max(entry.row + 1, next_row)
