"""What a comparison cannot tell for certain, as rows of a table: the gravest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.release.comparing.rows import DOUBTED, PARTIAL, UNTOLD
from pipeline.reports.model import Pair
from pipeline.reports.texts import Words

_ORDER = (PARTIAL, "only_before", "only_after", UNTOLD, DOUBTED)


@dataclass(frozen=True, slots=True)
class Unsure:
    """One thing that is not certain: its kind, a sentence, and the page of the later document where there is one.

    `kind` is the code of a finding, or `only_before` or `only_after` for what only one document has.
    """

    pair: Pair
    kind: str
    message: str
    page: int | None = None
    key: str | None = None


def all_unsure(pairs: Iterable[Pair], words: Words) -> list[Unsure]:
    """Everything that the comparison of these pairs leaves open, the gravest kinds first."""
    found = [one for pair in pairs for one in _of(pair, words)]
    return sorted(found, key=lambda one: _ORDER.index(one.kind))


def _of(pair: Pair, words: Words) -> Iterator[Unsure]:
    for kind, names in (("only_before", pair.uncertain.only_before), ("only_after", pair.uncertain.only_after)):
        if names:
            yield Unsure(pair, kind, words(f"unsure.{kind}.long", names=_listed(names, words)))
    for finding in pair.uncertain.findings:
        yield Unsure(pair, finding.kode, finding.pesan, finding.halaman, finding.baris_id)


def _listed(names: Sequence[str], words: Words) -> str:
    return "; ".join(words.level(name) for name in names)
