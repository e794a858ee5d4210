"""What the pages of a file say, and how much of what one page says stands on others too.

Words are looked for in a window of neighbouring pages, in whatever order, so that it does not matter where pages break,
how a table is filled in, or whether its header is printed again. A word counts the more, the fewer pages show it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.pages.copy_stream import TOKEN, shown, stream
from pipeline.pages.model import Page

HELD = 0.9  # of the weight of a page's words: the rest is what was misread, or a slip
STRANGE_FIGURES = 0.2  # of a page's figures: with more it is filled in otherwise, and is read
RARE = 12  # pages: a token that more of them show tells no page from another when like ones are looked for
LINE = 0.02  # of the weight of a page's words, about what one line has: less draws no page into a window


class Texts:
    """Pages by their places, from 0, and what is compared of them."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self._places = {page.number: place for place, page in enumerate(pages)}
        tokens = [[token for word in shown(page) for token in TOKEN.findall(word.text.casefold())] for page in pages]
        self.words = [frozenset(token for token in of_page if not token[0].isdigit()) for of_page in tokens]
        self.all = [frozenset(of_page) for of_page in tokens]
        self.counts = [Counter(of_page) for of_page in tokens]
        self._pairs = [{a + b: (a, b) for a, b in pairwise(of_page)} for of_page in tokens]
        self._pages_with = Counter(token for of_page in self.all for token in of_page)
        # A word that only one page shows may be one cut in two: it weighs no more than one that two show.
        self._weights = {token: 1 / max(2, count) for token, count in self._pages_with.items()}
        self._figures: dict[int, list[str]] = {}

    def free(self, place: int) -> bool:
        """Whether a page is no copy."""
        return self.pages[place].copy_of is None

    def free_pages(self, start: int, stop: int) -> list[int]:
        """The pages that are no copies, from `start` to before `stop`."""
        return [place for place in range(max(0, start), min(stop, len(self.pages))) if self.free(place)]

    def kept(self, place: int) -> int:
        """The page that is kept instead of a page: itself where it is no copy."""
        while not self.free(place):
            place = self._places[self.pages[place].copy_of or 0]
        return place

    def weight(self, tokens: Iterable[str]) -> float:
        """How much tokens say: the less, the more pages show each."""
        return sum(self._weights[token] for token in tokens)

    def mass(self, places: Iterable[int]) -> float:
        """How much pages say, each token as often as it stands there: that of a header adds up to a page or two."""
        shown = sum((self.counts[place] for place in places), Counter[str]())
        return sum(count * self._weights[token] for token, count in shown.items())

    def figures(self, place: int) -> list[str]:
        """The figures of a page, without those that number the columns of a table."""
        if place not in self._figures:
            self._figures[place] = [
                token.text for token in stream(self.pages[place : place + 1]) if token.is_figure and not token.column
            ]
        return self._figures[place]

    def likest_before(self) -> dict[int, int]:
        """By page, the page before it that shares most rare tokens with it, the first of equals."""
        holders: dict[str, list[int]] = defaultdict(list)
        found = {}
        for place, tokens in enumerate(self.all):
            shared: Counter[int] = Counter()
            for token in tokens:
                if 1 < self._pages_with[token] <= RARE:
                    for other in holders[token]:
                        shared[other] += 1
                    holders[token].append(place)
            if shared:
                found[place] = max(shared, key=lambda other: (shared[other], -other))
        return found

    def likest(self, place: int, among: Iterable[int]) -> int:
        """The page that shares most with a page, the first of equals; a blank one for a blank one."""

        def share(other: int) -> float:
            return self.weight(self.all[place] & self.all[other]) if self.all[place] else -len(self.all[other])

        return max(among, key=share)

    def window(self, place: int, other: int, among: list[int]) -> list[int]:
        """The pages of `among` around another to which a page may have been spread, and one more on each side.

        They go on as long as each holds what may be a line of the page that the others do not hold.
        """
        low = high = among.index(other)
        missing = self.words[place] - self.words[other]
        least = LINE * self.weight(self.words[place])
        while True:
            sides = [side for side in (low - 1, high + 1) if 0 <= side < len(among)]
            side = max(sides, key=lambda one: self.weight(missing & self.words[among[one]]), default=low)
            if self.weight(missing & self.words[among[side]]) <= least:
                return among[max(0, low - 1) : high + 2]
            missing -= self.words[among[side]]
            low, high = min(low, side), max(high, side)

    def held(self, place: int, others: Sequence[int]) -> float:
        """How much of the weight of a page's words others hold, 0 to 1; in one of them a word may be cut in two."""
        words = frozenset[str]().union(*(self.words[other] for other in others))
        missing = self.words[place] - words
        if missing:
            missing = missing.difference(*(self._pairs[other] for other in others))
            pairs = self._pairs[place]
            missing = missing.difference(*(pairs[whole] for whole in pairs.keys() & words))
        return 1 - self.weight(missing) / self.weight(self.words[place]) if missing else 1.0

    def strange(self, place: int, others: Sequence[int]) -> int:
        """How many figures of a page none of the others shows."""
        known = frozenset[str]().union(*(self.all[other] for other in others))
        return sum(figure not in known for figure in self.figures(place))

    def repeats(self, place: int, others: Sequence[int]) -> bool:
        """Whether others say what a page says, a few figures aside; a blank page repeats a blank one."""
        if not self.all[place]:
            return any(not self.all[other] for other in others)
        return self.held(place, others) >= HELD and self.is_filled_alike(place, others)

    def is_filled_alike(self, place: int, others: Sequence[int]) -> bool:
        """Whether others show nearly all figures of a page."""
        return self.strange(place, others) <= max(1, STRANGE_FIGURES * len(self.figures(place)))

    def are_one(self, place: int, other: int) -> bool:
        """Whether two pages say the same, and something."""
        return bool(self.all[place]) and self.repeats(place, [other]) and self.repeats(other, [place])
