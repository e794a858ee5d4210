"""The flow, whole, into a bucket: published, nothing new, the storage gone; and no keys anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.summary import Summary, Unwatched
from pipeline.release.copies import readable
from pipeline.release.query import query
from pipeline.release.remote import look
from pipeline.storage import Objects, Place, StorageError
from pipeline.worker.last_run import read_status, status_folder
from tests.conftest import FAKE_READER, MakePdf
from tests.storage.conftest import texts_below
from tests.storage.server import KEY, SECRET, forget_connections, free_port

pytestmark = pytest.mark.xdist_group("prefect")


def run(curated: str, raw: Path) -> Summary:
    from flows.run import run_ingest

    return run_ingest(Unwatched(), paths=[str(raw)], curated=curated, reader=FAKE_READER, workers=1)


@pytest.mark.usefixtures("prefect_home")
def test_a_run_publishes_into_a_bucket(
    bucket: str, tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    curated = Place.parse(f"{bucket}/curated")
    make_pdf(tmp_path / "masuk" / "baik-1.pdf", "satu")
    objects = Objects(str(curated))

    assert run(str(curated), tmp_path / "masuk").release == 1
    again = run(str(curated), tmp_path / "masuk")
    assert again.release is None
    assert again.standing is not None
    assert again.standing.number == 1
    last = read_status(status_folder(curated)).last
    assert last is not None
    assert last.ending == "lengkap"

    make_pdf(tmp_path / "masuk" / "baik-2.pdf", "dua")
    with monkeypatch.context() as away:
        away.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
        forget_connections()
        with pytest.raises(StorageError, match="does not answer"):
            run(str(curated), tmp_path / "masuk")
    forget_connections()
    assert look(Objects(str(curated))).whole() == [1]
    assert run(str(curated), tmp_path / "masuk").release == 2
    assert query(readable(curated), "SELECT count(*) FROM dokumen").rows == [(2,)]

    objects = Objects(str(curated))
    there = [(one.path, objects.read(one.path)) for one in objects.below()]
    for name, content in [*texts_below(tmp_path), *there]:
        assert KEY.encode() not in content, name
        assert SECRET.encode() not in content, name
