"""What sums say of figures that were read from a picture: which they bear out, and which one digit would mend.

Sums doubt and bear out; they change no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks.book import Book, Node
from pipeline.checks.context import DocumentContext
from pipeline.checks.sums import MONEY_COLUMNS, level_sums, node_sums, scopes
from schemas.ledger import Ledger, Record


@dataclass(frozen=True, slots=True)
class Suspect:
    """An amount that would agree with its sum if a single digit of it were another: `proposal`."""

    record: Record
    column: str
    printed: Decimal
    proposal: Decimal


@dataclass(frozen=True, slots=True)
class Corroboration:
    """By key of the row and column: the amounts that a sum bears out, those in sums that fail, and the suspects."""

    borne_out: frozenset[tuple[str, str]]
    in_failing_sums: frozenset[tuple[str, str]]
    suspects: tuple[Suspect, ...]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A printed amount, the node that prints it (None: a total of the table), and the rows that it may add up."""

    column: str
    printed: Decimal
    node: Node | None
    choices: Sequence[tuple[list[Node], Decimal]]

    @property
    def members(self) -> list[Node]:
        """The rows that take part: of the choice that agrees, else of the first; with the node itself."""
        parts = next((parts for parts, total in self.choices if total == self.printed), self.choices[0][0])
        return [*parts, *([self.node] if self.node else [])]

    @property
    def holds(self) -> bool:
        return any(total == self.printed for _, total in self.choices)


def corroborate(ledger: Ledger, context: DocumentContext) -> Corroboration:
    """Set every printed sum of a document's book against its parts."""
    found = list(_sums(Book(ledger, context)))
    holding = [one for one in found if one.holds and one.printed]
    failing = [one for one in found if not one.holds]
    borne_out = frozenset(key for one in holding for key in _keys(one))
    return Corroboration(
        borne_out,
        frozenset(key for one in failing for key in _keys(one)) - borne_out,
        tuple(suspect for one in failing for suspect in _suspects(one)),
    )


def _keys(one: _Sum) -> Iterator[tuple[str, str]]:
    return ((node.record.baris_id, one.column) for node in one.members)


def _sums(book: Book) -> Iterator[_Sum]:
    for column in MONEY_COLUMNS:
        for node, printed, sums in node_sums(book, column):
            yield _Sum(column, printed, node, sums)
    for total in book.context.totals:
        if total.kolom in MONEY_COLUMNS:
            rows = [part for nodes in scopes(book, total)[:1] for part in level_sums(nodes, total.kolom)]
            summed = [(parts, amount) for _, parts, amounts in rows for amount in sorted(amounts)]
            if summed:
                yield _Sum(total.kolom, total.nilai, None, summed)


def _suspects(one: _Sum) -> Iterator[Suspect]:
    """The amounts of a failing sum of which one digit, and nothing else, would have to change."""
    parts, total = one.choices[0]
    if one.node is not None and one_digit_apart(one.printed, total):
        yield Suspect(one.node.record, one.column, one.printed, total)
    for part in parts:
        amount = part.money(one.column)
        if amount is not None:
            wanted = amount + one.printed - total
            if one_digit_apart(amount, wanted):
                yield Suspect(part.record, one.column, amount, wanted)


def one_digit_apart(a: Decimal, b: Decimal) -> bool:
    """Whether two amounts have as many digits, of which one differs."""
    first, second = (f"{amount:.2f}" for amount in (a, b))
    if len(first) != len(second) or min(a, b) < 0:
        return False
    return sum(x != y for x, y in zip(first, second, strict=True)) == 1
