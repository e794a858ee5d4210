from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.release.comparing.choice import find_document
from pipeline.release.errors import ReleaseError
from pipeline.reports.gather import earlier_pair, read_document
from tests.reports.conftest import EARLIER, HOSTILE, LATER, PAGU, plan, release_of


def test_the_document_is_found_by_key_name_and_content(release: Path) -> None:
    assert find_document(release, LATER) == LATER
    assert find_document(release, "2024/rencana.pdf") == LATER
    assert find_document(release, "salah nama.pdf", LATER * 4) == LATER
    assert find_document(release, "tidak-ada.pdf") is None


def test_content_goes_before_a_name_that_another_document_has(release: Path) -> None:
    assert find_document(release, "2023/rencana.pdf", LATER * 4) == LATER


def test_a_file_that_is_not_in_the_release_is_not_taken_for_another_of_its_name(release: Path) -> None:
    assert find_document(release, "2023/rencana.pdf", "f" * 64) is None


def test_a_name_of_two_documents_asks_which(release: Path) -> None:
    with pytest.raises(ReleaseError, match=f"{EARLIER}.*{LATER}"):
        find_document(release, "rencana.pdf")


def test_the_tree_has_depths_pagu_and_indicators(release: Path) -> None:
    document = read_document(release, LATER)
    (listing,) = document.listings
    assert [node.depth for node in listing.nodes] == [0] + [1] * len(HOSTILE)
    assert document.pagu == Decimal(PAGU[LATER] * len(HOSTILE))
    assert all(len(node.indicators) == 1 for node in listing.nodes[1:])
    assert [row["indikator"] for row in document.loose] == ["Indeks"]
    assert document.levels == {"galat": 0, "peringatan": 1, "info": 2}


@pytest.mark.parametrize("name", ["2024/renc", "2024/RENCANA.pdf", "4/rencana", LATER.upper()])
def test_a_part_of_the_name_will_do_as_it_does_for_a_comparison(release: Path, name: str) -> None:
    assert find_document(release, name) == LATER


def test_a_part_of_two_names_lists_both(release: Path) -> None:
    with pytest.raises(ReleaseError, match=f"{EARLIER}.*2023/rencana.pdf.*{LATER}"):
        find_document(release, "renc")


def test_an_unknown_key_is_an_error(release: Path) -> None:
    with pytest.raises(ReleaseError, match="not in this release"):
        read_document(release, "0" * 16)


def test_a_release_gives_the_changes_since_the_year_before(release: Path) -> None:
    pair = earlier_pair(release, read_document(release, LATER))
    assert pair is not None
    assert pair.before.facts["dokumen_id"] == EARLIER
    assert {row["aspek"] for row in pair.changes} == {"pagu"}
    assert sum(row["selisih"] for row in pair.changes) == pair.difference


def test_without_rows_of_comparison_there_is_no_earlier_pair(release: Path) -> None:
    assert earlier_pair(release, read_document(release, EARLIER)) is None


def test_a_document_without_any_row_is_read(tmp_path: Path) -> None:
    release = release_of(tmp_path, plan(LATER, 2024))
    assert read_document(release, LATER).facts["tahun"] == 2024
