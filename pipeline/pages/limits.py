"""How much a page may hold before reading it costs more than any plan is worth."""

from __future__ import annotations

# A poster of A0 in type of 6 points holds 200,000 characters; an A4 page of a plan 5,000.
MOST_CHARACTERS = 300_000


class TooComplexError(Exception):
    """A page holds more than is read; `page` counts from 1."""

    def __init__(self, page: int) -> None:
        super().__init__(page)
        self.page = page
