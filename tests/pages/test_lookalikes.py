from __future__ import annotations

from pipeline.pages.lookalikes import Mended, mend_lookalikes
from pipeline.pages.model import OCR_ENGINE, Box, Page, Word


def page(*words: tuple[str, float], engine: str = OCR_ENGINE) -> Page:
    made = [Word(text, Box(10 * i, 0, 10 * i + 9, 10), confidence=score) for i, (text, score) in enumerate(words)]
    return Page(1, 600, 800, words=made, engine=engine)


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_a_unit_with_a_letter_misread_is_the_unit_however_sure_the_reading_was() -> None:
    scan = page(("Ruplah", 0.99), ("Poln", 0.8), ("Rupiah", 0.999))
    assert mend_lookalikes([scan]) == [Mended(1, "Ruplah", "Rupiah"), Mended(1, "Poln", "Poin")]
    assert texts(scan) == ["Rupiah", "Poin", "Rupiah"]
    assert [word.confidence for word in scan.words] == [0.99, 0.8, 0.999]


def test_a_word_that_the_document_prints_elsewhere() -> None:
    scan = page(("Zurnaling", 0.99), ("Zurnaling", 0.999), ("Zurnallng,", 0.7))
    mend_lookalikes([scan])
    assert texts(scan)[2] == "Zurnaling,"


def test_figures_and_words_without_a_known_lookalike_stay_as_they_were_read() -> None:
    scan = page(("1l0.6O0", 0.4), ("Brumblat", 0.3), ("2025", 0.5), ("Xi", 0.2))
    assert mend_lookalikes([scan]) == []
    assert texts(scan) == ["1l0.6O0", "Brumblat", "2025", "Xi"]


def test_a_word_that_looks_like_two_known_ones_is_left() -> None:
    scan = page(*[("Molora", 0.99)] * 2, *[("Motora", 0.99)] * 2, ("Moiora", 0.5))
    assert mend_lookalikes([scan]) == []


def test_text_layers_are_never_touched() -> None:
    text = page(("Ruplah", 1.0), engine="pdfium")
    assert mend_lookalikes([text]) == []
    assert texts(text) == ["Ruplah"]
