"""Scans that come with a text layer: the layer is kept where the picture bears it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.pages.garbage import compare_with_picture
from pipeline.pages.image import Picture
from pipeline.pages.language import layer_is_garbage
from pipeline.pages.model import Box, Page, Word
from pipeline.pages.ocr_need import LAYER
from pipeline.pages.rules_in_image import find_rules
from pipeline.pages.upright import lies_sideways, skew_of, straighten, turned_box


def keep_layer(picture: Picture, page: Page) -> Page | None:
    """The page with the words of its text layer and the rules of its picture; None where the layer is not sound.

    It is not where its words are no language, where the page lies on its side (a layer made of such a page is noise),
    or where more than a fifth of a sample of its figures are not what the picture shows. Of a sound layer every figure
    is compared; the confidence of one that the picture contradicts is 0.
    """
    if layer_is_garbage(page.words) or lies_sideways(picture):
        return None
    if not compare_with_picture(page.words, picture).is_sound:
        return None
    refuted = {id(word) for word in compare_with_picture(page.words, picture, most=None).differing}
    skew = skew_of(picture)
    straight = straighten(picture, skew)
    words = [replace(word, confidence=0.0) if id(word) in refuted else word for word in page.words]
    return replace(
        page,
        words=_turned(words, page, skew),
        rules=find_rules(straight).rules,
        kind="campuran",
        engine=LAYER,
        skew=skew,
        dpi=picture.native_dpi,
    )


def _turned(words: Sequence[Word], page: Page, skew: float) -> list[Word]:
    if not skew:
        return list(words)
    return [replace(word, box=_as_high(word, page, skew)) for word in words]


def _as_high(word: Word, page: Page, skew: float) -> Box:
    """The box of a word on the straight page, no higher than it was: bounds of a turned box grow with its width."""
    turned = turned_box(word.box, page.width, page.height, skew)
    middle, half = turned.center[1], word.box.height / 2
    return Box(turned.x0, middle - half, turned.x1, middle + half)
