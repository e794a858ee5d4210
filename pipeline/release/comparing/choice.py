"""What a user asks to compare: years or documents, offices and regions, each named as loosely as people do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.reference.words import expand, is_acronym_of
from pipeline.release.comparing.pairs import Pair
from pipeline.release.comparing.reading import Alone, pairs_of_years
from pipeline.release.errors import ReleaseError
from pipeline.release.query import fetch, open_catalog

_MOST_NAMED = 10
_NAMES = "SELECT DISTINCT perangkat_daerah, wilayah FROM dokumen WHERE perangkat_daerah IS NOT NULL"
_FOUND = """
    SELECT dokumen_id, berkas, perangkat_daerah, wilayah,
        CASE
            WHEN $sha256 IS NOT NULL OR dokumen_id = lower($named) THEN 0
            WHEN berkas = $named THEN 1
            WHEN ends_with(lower(berkas), '/' || lower($named)) THEN 2
            ELSE 3
        END AS urutan
    FROM dokumen
    WHERE CASE
        WHEN $sha256 IS NOT NULL THEN sha256 = $sha256
        ELSE dokumen_id = lower($named) OR contains(lower(berkas), lower($named))
    END
    ORDER BY urutan, berkas, dokumen_id
"""
_OWNERS = "SELECT dokumen_id, perangkat_daerah, wilayah FROM dokumen WHERE list_contains($keys, dokumen_id)"


class ChoiceError(ReleaseError):
    """What is to be compared cannot be found, or is not clear."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The pairs to compare, and the plans of these years that have no other one to be compared with."""

    pairs: Sequence[Pair]
    alone: Sequence[Alone] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Which office and region a user named; None where any will do."""

    perangkat_daerah: str | None = None
    wilayah: str | None = None


def is_year(text: str) -> bool:
    """Whether an argument is a year and not a document."""
    return len(text) == 4 and text.isdecimal()


def choose_years(release: Path, dari: int, ke: int, names: Names) -> Choice:
    """The current documents of two years, of all offices or of those named. Raises ChoiceError."""
    offices, regions = _named(release, names)
    return Choice(*pairs_of_years(release, dari, ke, offices, regions))


def choose_documents(release: Path, dari: str, ke: str, names: Names) -> Choice:
    """Two documents by `dokumen_id` or part of the file's name. Raises ChoiceError."""
    keys = [_document(release, named, names) for named in (dari, ke)]
    if keys[0] == keys[1]:
        raise ChoiceError(
            f"{dari} dan {ke} adalah dokumen yang sama. Sebut dua dokumen yang berbeda.",
            f"{dari} and {ke} are the same document. Name two different ones.",
        )
    return Choice([Pair(keys[0], keys[1])])


def find_document(release: Path, named: str, sha256: str | None = None, names: Names | None = None) -> str | None:
    """The `dokumen_id` of a document; null where the release has none.

    With the `sha256` of a file its content alone decides. Without it, `named` is the key, or the file as it was read,
    or else the end of its path, or else a part of it; only of the offices and regions in `names`. Raises ChoiceError
    with the choices where that means several documents.
    """
    offices, regions = _named(release, names or Names())
    with open_catalog(release) as connection:
        rows = list(fetch(connection, _FOUND, {"named": named, "sha256": sha256}).records())
    found = [
        row
        for row in rows
        if (offices is None or row["perangkat_daerah"] in offices) and (regions is None or row["wilayah"] in regions)
    ]
    best = [row for row in found if row["urutan"] == found[0]["urutan"]]
    if len(best) > 1:
        raise _ambiguous(named, [f"{row['dokumen_id']} ({row['berkas']})" for row in best])
    return str(best[0]["dokumen_id"]) if best else None


def other_owners(release: Path, pair: Pair) -> list[tuple[str, str]]:
    """The offices and the regions of two documents where these differ, the earlier first; what is unknown does not."""
    with open_catalog(release) as connection:
        rows = {row["dokumen_id"]: row for row in fetch(connection, _OWNERS, {"keys": [pair.dari, pair.ke]}).records()}
    return differing(rows[pair.dari], rows[pair.ke])


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The same of two rows of `dokumen`."""
    names = [(before[column], after[column]) for column in ("perangkat_daerah", "wilayah")]
    return [(one, other) for one, other in names if one and other and expand(one) != expand(other)]


def _document(release: Path, named: str, names: Names) -> str:
    found = find_document(release, named, names=names)
    if found is None:
        raise ChoiceError(
            f"Tidak ada dokumen dengan kunci atau nama berkas {named} di rilis ini.",
            f"No document of this release has the key or file name {named}.",
        )
    return found


def _named(release: Path, names: Names) -> tuple[list[str] | None, list[str] | None]:
    """All spellings of the office and the region that are meant; None where none is named."""
    if names.perangkat_daerah is None and names.wilayah is None:
        return None, None
    with open_catalog(release) as connection:
        rows = fetch(connection, _NAMES).rows
    regions = _spellings(names.wilayah, {region for _, region in rows if region is not None})
    there = {office for office, region in rows if regions is None or region in regions}
    return _spellings(names.perangkat_daerah, there), regions


def _spellings(named: str | None, known: Iterable[str]) -> list[str] | None:
    """The known names that a name stands for: the same words, or else all its words, or else its letters.

    Raises ChoiceError where these are no name, or several.
    """
    if named is None:
        return None
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(known):
        groups.setdefault(expand(name), []).append(name)
    words = expand(named)
    if words in groups:
        return groups[words]
    found = [key for key in groups if set(words) <= set(key)] or [key for key in groups if _within(named, key)]
    found = found or [key for key, names in groups.items() if is_acronym_of(named, names[0])]
    if not words or not found:
        raise ChoiceError(
            f"Tidak ada perangkat daerah atau wilayah bernama {named} di rilis ini.",
            f"No office or region of this release is called {named}.",
        )
    if len(found) > 1:
        raise _ambiguous(named, [groups[key][0] for key in found])
    return groups[found[0]]


def _within(named: str, words: Iterable[str]) -> bool:
    parts = expand(named)
    return all(any(part in word for word in words) for part in parts)


def _ambiguous(named: str, choices: Sequence[str]) -> ChoiceError:
    shown = "; ".join(choices[:_MOST_NAMED])
    more = len(choices) - _MOST_NAMED
    rest_id, rest_en = (f"; dan {more} lagi", f"; and {more} more") if more > 0 else ("", "")
    return ChoiceError(
        f"{named} dapat berarti {len(choices)} nama. Sebut salah satu: {shown}{rest_id}.",
        f"{named} may mean {len(choices)} names. Name one of them: {shown}{rest_en}.",
    )
