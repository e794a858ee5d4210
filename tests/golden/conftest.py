"""Golden cases that the reader does not get right yet: strict, so that a case that is mended must leave the list."""

from __future__ import annotations

import pytest

# Why a case fails, and the cases that fail for it.
OPEN: dict[str, list[str]] = {
    "a target that a narrow column cuts (`12.50` / `0`) is not joined": [
        "test_records_come_out_as_printed[f7-bulan]",
    ],
    "a boxed footer that touches the table hides the row that the page break cuts": [
        "test_the_look_does_not_matter[stacked-footer-box]",
    ],
    "a page break inside a block, or a two-page table without repeated header": [
        "test_any_mixture[37]",
        "test_any_mixture[49]",
        "test_any_mixture[52]",
        "test_any_mixture[57]",
    ],
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the open cases to fail."""
    reasons = {name: reason for reason, names in OPEN.items() for name in names}
    for item in items:
        if item.name in reasons:
            item.add_marker(pytest.mark.xfail(strict=True, reason=reasons[item.name]))
