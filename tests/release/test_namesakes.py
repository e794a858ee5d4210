"""Offices of one name in many regions share a key: none is looked at for nothing, and no delivery of one is missed."""

from __future__ import annotations

import random
from collections import Counter

import pyarrow as pa

from pipeline.release.duplicates.identity import Identity, differs
from pipeline.release.duplicates.resolve import find_duplicates
from pipeline.release.duplicates.standing import Standing
from pipeline.release.result import DocumentResult
from tests.release.deliveries import Delivery

REGIONS = [
    "Bogor",
    "Subang",
    "Sumedang",
    "Cianjur",
    "Garut",
    "Ciamis",
    "Kuningan",
    "Majalengka",
    "Cirebon",
    "Indramayu",
]
NEAR_NAMES = [
    None,
    "kabupaten sumedang",
    "kabupaten sumedamg",
    "sumedang kabupaten",
    "kota bogor",
    "kota b0gor",
    "kabupaten bogor",
    "kecamatan i",
    "kecamatan ii",
    "provinsi kepulauan riau",
    "provinsi kepulauanriau",
]


class Counted:
    """A result that counts how often each of its tables is read."""

    def __init__(self, result: DocumentResult, read: Counter[str]) -> None:
        self._result, self._read = result, read
        self.dokumen_id, self.tahun = result.dokumen_id, result.tahun
        self.counts, self.keys = result.counts, result.keys

    def table(self, name: str) -> pa.Table:
        self._read[name] += 1
        return self._result.table(name)


def office_of(number: int, region: str | None) -> DocumentResult:
    """The plan of an office of one name; each number is a plan of its own."""
    return Delivery(f"{number:016x}", plan=number, rows=8, facts={"wilayah": region}).result()


def decided(results: list[DocumentResult]) -> tuple[dict[str, str], Counter[str]]:
    read: Counter[str] = Counter()
    verdicts = find_duplicates([Counted(result, read) for result in results]).verdicts
    return {name: verdict.duplikat_dari or "" for name, verdict in verdicts.items()}, read


def test_offices_of_other_regions_are_not_read() -> None:
    found, read = decided([office_of(number, f"Kabupaten {name}") for number, name in enumerate(REGIONS)])
    assert (found, read["sel"]) == ({}, 0)


def test_of_many_offices_without_a_region_each_is_read_once() -> None:
    found, read = decided([office_of(number, None) for number in range(12)])
    assert found == {}
    assert read["sel"] <= 12 + 9 * 8 / 2, "the first nine are compared as they are, in pairs"


def test_a_delivery_whose_region_was_not_read_is_found_among_many() -> None:
    offices = [office_of(number, f"Kabupaten {name}") for number, name in enumerate(REGIONS)]
    again = Delivery("f" * 16, plan=7, rows=8, facts={"wilayah": None}).result()
    assert decided([*offices, again])[0] == {"f" * 16: f"{7:016x}"}


def test_what_stands_near_is_what_looking_at_each_would_find() -> None:
    draw = random.Random(4)
    known = [
        (
            Identity(2025, draw.choice([None, "rkt", "renja"]), None, "dinas", draw.choice(NEAR_NAMES)),
            draw.random() < 0.4,
            tuple(draw.sample(range(4), 2)),
        )
        for _ in range(150)
    ]
    standing = Standing()
    for place, (identity, scanned, keys) in enumerate(known):
        expected = {
            other: len({*keys} & {*shared})
            for other, (there, scan, shared) in enumerate(known[:place])
            if {*keys} & {*shared} and not differs(identity, there, scanned or scan)
        }
        assert standing.near(identity, scanned, keys) == expected
        standing.add(place, identity, scanned, keys)
