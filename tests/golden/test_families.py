"""The other layout families and single traps: the records of an invented document must come out of its PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.case import Family
from tests.forms.families import families
from tests.forms.reading import differences, read
from tests.forms.traps import traps


@pytest.mark.parametrize("family", [*families(), *traps()], ids=lambda family: family.name)
def test_records_come_out_as_printed(tmp_path: Path, family: Family) -> None:
    result = read(family.draw(tmp_path / "rencana.pdf"))
    problems = differences(result, family.truth)
    assert not problems, "\n".join(problems)
    assert result.quarantined == 0
    assert result.document["tahun"] == 2025
    assert result.document["jenis_dokumen"] == family.jenis
