"""The flow, whole, into a bucket: published, read, nothing new; and no keys anywhere.

What it does where the storage fails is tried in tests/faults.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.summary import Summary, Unwatched
from pipeline.release.copies import readable
from pipeline.release.query import query
from pipeline.storage import Objects, Place
from pipeline.worker.last_run import read_status, status_folder
from tests.conftest import FAKE_READER, MakePdf
from tests.storage.conftest import texts_below
from tests.storage.server import KEY, SECRET

pytestmark = pytest.mark.xdist_group("prefect")


def run(curated: Place, raw: Path) -> Summary:
    from flows.run import run_ingest

    return run_ingest(Unwatched(), paths=[str(raw)], curated=str(curated), reader=FAKE_READER, workers=1)


@pytest.mark.usefixtures("prefect_home")
def test_a_run_publishes_into_a_bucket(bucket: str, tmp_path: Path, make_pdf: MakePdf) -> None:
    curated = Place.parse(f"{bucket}/curated")
    make_pdf(tmp_path / "masuk" / "baik-1.pdf", "satu")

    assert run(curated, tmp_path / "masuk").release == 1
    assert query(readable(curated), "SELECT count(*) FROM dokumen").rows == [(1,)]
    again = run(curated, tmp_path / "masuk")
    assert again.release is None
    assert again.standing is not None
    assert again.standing.number == 1
    last = read_status(status_folder(curated)).last
    assert last is not None
    assert last.ending == "lengkap"

    objects = Objects(str(curated))
    there = [(one.path, objects.read(one.path)) for one in objects.below()]
    assert len(there) > 30
    for name, content in [*texts_below(tmp_path), *there]:
        assert KEY.encode() not in content, name
        assert SECRET.encode() not in content, name
