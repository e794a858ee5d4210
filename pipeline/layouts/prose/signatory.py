"""Who signed the document for its office: name, NIP, position, place and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.layouts.prose.blocks import TextBlock
from pipeline.layouts.prose.columns import text_height
from pipeline.layouts.prose.vocabulary import normal_words, vocabulary
from pipeline.pages.lines import Line
from pipeline.values import read_date, read_nip, tidy

NIP_LINE = re.compile(r"^\W*NI[PK]\b", re.IGNORECASE)
DATE_LINE = re.compile(
    r"^(?P<place>[A-Z][\w .'/-]{1,40}?)\s*,\s*(?P<date>(?:\S{0,12}\s+){0,2}?(?:[^\W\d_]+\s+)?20\d\d)\s*\.?$"
)
PARTY_FIELD = re.compile(r"^(?P<label>nama|jabatan)\s*:\s*(?P<value>\S.*)$", re.IGNORECASE)
ABOVE = 16.0  # times the height: how far above the NIP the block of a signature may begin
NAME_WORDS = range(1, 14)
DIGITS_OF_NIP = 18


@dataclass(frozen=True, slots=True)
class Signatory:
    """A signature as printed. `nip` is 18 digits; `tanggal` is ISO, as exact as printed; `bukti` the blocks."""

    penandatangan: str | None
    nip: str | None
    jabatan: str | None
    tempat: str | None
    tanggal: str | None
    tanggal_teks: str | None
    bukti: tuple[str, ...]
    blocks: tuple[TextBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line and the block it belongs to."""

    line: Line
    block: TextBlock

    @property
    def text(self) -> str:
        return self.line.text


def find_signatures(blocks: Sequence[TextBlock]) -> list[Signatory]:
    """Every signature that carries a NIP, in reading order."""
    found = []
    for page in dict.fromkeys(block.page for block in blocks):
        lines = [_Placed(line, block) for block in blocks if block.page == page for line in block.lines]
        found += [_signature(lines, line) for line in lines if NIP_LINE.match(line.text)]
    return found


def find_signatory(blocks: Sequence[TextBlock]) -> Signatory | None:
    """The signature that counts for the document, None where nobody signs.

    The head of the office comes before everybody else, a complete NIP before a partial one, then the signature that
    says more about itself, and of equals the last one. Where no signature has a NIP, the first party of an
    agreement counts.
    """
    positions = _party_positions(blocks)
    signatures = [_with_position(found, positions) for found in find_signatures(blocks) if found.penandatangan]
    if not signatures:
        return _first_party(blocks)
    best = max(enumerate(signatures), key=lambda pair: (*_rank(pair[1]), pair[0]))
    return best[1]


def _rank(found: Signatory) -> tuple[bool, bool, int]:
    head = found.jabatan is not None and vocabulary().heads.search(found.jabatan) is not None
    return head, found.nip is not None, sum(value is not None for value in (found.jabatan, found.tempat, found.tanggal))


def _party_positions(blocks: Sequence[TextBlock]) -> dict[tuple[str, ...], tuple[str, TextBlock]]:
    """What the `Nama :` and `Jabatan :` lines of an agreement say of each person, by the words of the name."""
    positions: dict[tuple[str, ...], tuple[str, TextBlock]] = {}
    name: tuple[str, ...] = ()
    for block in blocks:
        if field := PARTY_FIELD.match(block.text):
            if field["label"].casefold() == "nama":
                name = normal_words(field["value"])
            elif name:
                positions[name] = (field["value"], block)
    return positions


def _with_position(found: Signatory, positions: Mapping[tuple[str, ...], tuple[str, TextBlock]]) -> Signatory:
    known = positions.get(normal_words(found.penandatangan or ""))
    if found.jabatan is not None or known is None:
        return found
    jabatan, block = known
    return replace(found, jabatan=jabatan, bukti=(*found.bukti, block.sel_id), blocks=(*found.blocks, block))


def _signature(lines: Sequence[_Placed], nip: _Placed) -> Signatory:
    above = list(_above(lines, nip))
    name, rest = _name(above)
    date = next((line for line in rest if DATE_LINE.match(line.text)), None)
    position = _position(rest)
    used = [line for line in (date, *position, name, nip) if line is not None]
    blocks = tuple(dict.fromkeys(line.block for line in used))
    place, iso, text = _read_date(date.text) if date else (None, None, None)
    return Signatory(
        penandatangan=name.text.strip(" ,:_()") if name else None,
        nip=_nip(nip.text),
        jabatan=tidy(" ".join(line.text for line in position)).rstrip(" ,:") or None,
        tempat=place,
        tanggal=iso,
        tanggal_teks=text,
        bukti=tuple(block.sel_id for block in blocks),
        blocks=blocks,
    )


def _nip(text: str) -> str | None:
    found = read_nip(text)
    if found is not None:
        return found
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) == DIGITS_OF_NIP else None


def _above(lines: Sequence[_Placed], nip: _Placed) -> Iterator[_Placed]:
    """The lines above a NIP in its own column, nearest first, up to where the block of the signature begins."""
    box, height = nip.line.box, text_height(nip.line)
    higher = [other for other in lines if other.line.box.y1 <= box.y0 + 0.3 * height]
    near = [other for other in higher if _same_column(other.line, nip.line)]
    for other in sorted(near, key=lambda other: -other.line.box.y0):
        if box.y0 - other.line.box.y1 > ABOVE * height:
            return
        yield other
        if DATE_LINE.match(other.text):
            return


def _same_column(line: Line, nip: Line) -> bool:
    """Whether two lines share a left edge, a middle, or overlap without one being running text."""
    overlap = min(line.box.x1, nip.box.x1) - max(line.box.x0, nip.box.x0)
    if overlap <= 0:
        return False
    close = abs(line.box.x0 - nip.box.x0) < 6 or abs(line.box.center[0] - nip.box.center[0]) < 0.3 * nip.box.width
    return close or line.box.width < 2.2 * nip.box.width


def _name(above: Sequence[_Placed]) -> tuple[_Placed | None, list[_Placed]]:
    """The name of who signed, the nearest line that is no rank, and the lines above it."""
    words = vocabulary()
    for index, line in enumerate(above):
        if words.ranks.search(line.text) or not any(map(str.isalpha, line.text)):
            continue
        other = DATE_LINE.match(line.text) or words.heads.search(line.text)
        if len(line.text.split()) in NAME_WORDS and not other:
            return line, list(above[index + 1 :])
        break
    return None, list(above)


def _position(rest: Sequence[_Placed]) -> list[_Placed]:
    """The lines between the name and the date that say what the person is, in reading order."""
    words = vocabulary()
    lines = [line for line in rest if not DATE_LINE.match(line.text) and not words.parties.match(line.text)]
    start = next((i for i, line in enumerate(reversed(lines)) if words.heads.search(line.text)), None)
    ordered = list(reversed(lines))
    if start is not None:
        return _unbroken(ordered[start:])
    return _unbroken([line for line in ordered if line.text.isupper()])


def _unbroken(lines: list[_Placed]) -> list[_Placed]:
    """The first lines up to one that is running text again."""
    taken: list[_Placed] = []
    for line in lines:
        if taken and not (line.text.isupper() or line.text[0].isupper()):
            break
        taken.append(line)
    return taken


def _read_date(text: str) -> tuple[str | None, str | None, str | None]:
    match = DATE_LINE.match(text)
    if match is None:
        return None, None, None
    iso, _ = read_date(match["date"])
    return tidy(match["place"]), iso, tidy(match["date"])


def _first_party(blocks: Sequence[TextBlock]) -> Signatory | None:
    """The party of an agreement that is called the first one, out of its `Nama :` and `Jabatan :` lines."""
    values: dict[str, str] = {}
    used: list[TextBlock] = []
    for block in blocks:
        text = block.text
        if field := PARTY_FIELD.match(text):
            if field["label"].casefold() in values:
                values, used = {}, []
            values[field["label"].casefold()] = field["value"]
            used.append(block)
        elif "nama" in values and vocabulary().first_party.search(text):
            keys = tuple(found.sel_id for found in used)
            return Signatory(values["nama"], None, values.get("jabatan"), None, None, None, keys, tuple(used))
    return None
