"""Visi and misi out of the sections that speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.layouts.prose.blocks import TextBlock
from pipeline.layouts.prose.sections import Section, join_paragraph, paragraphs
from pipeline.layouts.prose.vocabulary import vocabulary

QUOTED = re.compile(r"[“”\"„]\s*(?P<text>[^“”\"„]{8,400}?)\s*[“”\"]")
HEADED = re.compile(r"\bvisi\b", re.IGNORECASE)
HEADED_MISSION = re.compile(r"\bmisi\b", re.IGNORECASE)
AFTER_COLON = re.compile(r"\bvisi\b[^:]{0,160}:\s*(?P<text>\S.*)$", re.IGNORECASE)
VISION_WORDS = range(3, 45)
MISSION_WORDS = 45


@dataclass(frozen=True, slots=True)
class Statement:
    """A vision or mission as printed, without quotation marks, and the blocks it was read from."""

    text: str
    bukti: tuple[str, ...]


def find_vision(sections: Sequence[Section]) -> Statement | None:
    """The first vision that is quoted, or set after a colon, where the text speaks of it; None where none is.

    Sections whose heading speaks of the vision come first.
    """
    headed = [section for section in sections if HEADED.search(section.judul)]
    others = [section for section in sections if section not in headed]
    for section in (*headed, *others):
        if found := _vision_in(section, quoted_only=section in others):
            return found
    return None


def _vision_in(section: Section, *, quoted_only: bool) -> Statement | None:
    groups = paragraphs(section.blocks)
    for index, group in enumerate(groups):
        text = join_paragraph(group)
        intro = vocabulary().vision_intro.search(text)
        if intro is None:
            continue
        following = groups[index + 1 : index + 2]
        after = [join_paragraph(blocks) for blocks in following]
        candidates = [(text[intro.start() :], group), *zip(after, following, strict=True)]
        for candidate, blocks in candidates:
            quoted = QUOTED.search(candidate)
            if quoted and not HEADED_MISSION.search(candidate[: quoted.start()]):
                return _statement(quoted["text"], [*group, *blocks])
        if quoted_only:
            continue
        if stated := AFTER_COLON.search(text):
            return _plausible(stated["text"], group)
        if text.endswith(":") and after and vocabulary().marker.match(after[0]) is None:
            return _plausible(after[0], [*group, *following[0]])
    return None


def _plausible(text: str, blocks: Sequence[TextBlock]) -> Statement | None:
    """A vision of a fitting length that is no caption or label."""
    if len(text.split()) not in VISION_WORDS or vocabulary().never_headings.search(text):
        return None
    return _statement(text, blocks)


def _statement(text: str, blocks: Sequence[TextBlock]) -> Statement:
    keys = dict.fromkeys(block.sel_id for block in blocks)
    return Statement(text.strip(' “”".;:'), tuple(keys))


def find_missions(sections: Sequence[Section]) -> list[Statement]:
    """The missions in the order printed: a list that the text opens, or one named inside a sentence."""
    headed = [section for section in sections if HEADED_MISSION.search(section.judul)]
    for group in (headed, [section for section in sections if section not in headed]):
        for read in (_listed, _inline):
            for section in group:
                if found := list(read(section)):
                    return found
    return []


def _listed(section: Section) -> Iterator[Statement]:
    """The items of the first list that a phrase about the mission opens, up to the first paragraph after it."""
    opened = started = False
    for group in paragraphs(section.blocks):
        text = join_paragraph(group)
        marked = vocabulary().marker.match(text)
        if marked is None:
            if started:
                return
            opened = vocabulary().mission_intro.search(text) is not None
        elif opened:
            if len(text.split()) > MISSION_WORDS:
                return
            started = True
            yield _statement(text[marked.end() :], group)


def _inline(section: Section) -> Iterator[Statement]:
    for group in paragraphs(section.blocks):
        for match in vocabulary().mission_inline.finditer(join_paragraph(group)):
            yield _statement(match["text"], group)
