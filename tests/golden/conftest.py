"""Golden cases that the reader does not get right yet: strict, so that a case that is mended must leave the list."""

from __future__ import annotations

import pytest

OPEN: dict[str, str] = {
    "test_records_come_out_as_printed[f5-lanjutan]": "a table with its title printed again (`Lanjutan …`) loses the program over its first rows",
    "test_records_come_out_as_printed[f6-lepas]": "an unruled list of programs and amounts under a table gives no node",
    "test_records_come_out_as_printed[f6-tanpa]": "an unruled list of programs and amounts under a table gives no node",
    "test_records_come_out_as_printed[f7-bulan]": "a target that a narrow column cuts (`12.50` / `0`) is not joined",
    "test_the_look_does_not_matter[stacked-footer-box]": "a boxed footer that touches the table hides the row that the page break cuts",
    "test_a_second_copy_yields_nothing_twice[own_rows-stacked]": "a second copy whose form is filled in another way is read as new",
    "test_a_second_copy_yields_nothing_twice[stacked-both]": "a second copy whose form is filled in another way is read as new",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the open cases to fail."""
    for item in items:
        reason = OPEN.get(item.name)
        if reason is not None:
            item.add_marker(pytest.mark.xfail(strict=True, reason=reason))
