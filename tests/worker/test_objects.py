"""Documents at an address, from the plan to the reader. The storage is in memory."""

from __future__ import annotations

import errno
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.intake import ProblemCode, ReadSettings, find_documents
from pipeline.intake.seen import Seen
from pipeline.storage import DeniedError, Listed, Objects, Place, StorageError
from pipeline.worker.model import Job, Outcome
from pipeline.worker.plan import Plan, Planner, Wishes, entries
from pipeline.worker.pool import PoolSettings, ReaderPool
from pipeline.worker.remote import Errand, carry_out
from pipeline.worker.store import StateError, Store, save_result
from tests.conftest import FAKE_READER, MakePdf

READ = Outcome(status="lengkap", pages=1)
Put = Callable[..., Place]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "state")
    store.prepare()
    return store


@pytest.fixture
def raw() -> Objects:
    """An empty folder `raw` of its own."""
    return Objects(f"memory://{uuid.uuid4().hex}/raw")


@pytest.fixture
def put(raw: Objects, tmp_path: Path, make_pdf: MakePdf) -> Put:
    """Makes a document there; returns its address."""

    def make(path: str, text: str | None = None) -> Place:
        raw.upload(make_pdf(tmp_path / "sementara.pdf", text or path), path)
        return Place(url=raw.address(path))

    return make


def plan_of(store: Store, *places: Place, withdraw_missing: bool = False) -> Plan:
    wishes = Wishes.of(places, force=False, withdraw_missing=withdraw_missing)
    return Planner(store, ReadSettings(), wishes=wishes).plan(find_documents(places, seen=Seen(store.objects)))


def ingest(store: Store, *places: Place) -> Plan:
    plan = plan_of(store, *places)
    for document in plan.unread():
        document.outcome = READ
        save_result(store.result_path(document.entry.key), b"hasil", READ)
    store.save_documents(entries(plan.documents), plan.withdrawn.values())
    return plan


def names(plan: Plan) -> list[str]:
    return sorted(document.berkas for document in plan.documents)


def test_the_list_remembers_where_an_object_lies(store: Store, put: Put) -> None:
    places = [put("2024/satu.pdf"), put("2024/apa? @#.pdf")]
    ingest(store, *places)

    assert {entry.place for entry in store.documents().values()} == set(places)
    assert plan_of(store, *places).unread() == []


def test_the_same_file_on_a_disk_is_at_hand(store: Store, put: Put, tmp_path: Path, make_pdf: MakePdf) -> None:
    place = put("2024/satu.pdf", "satu")
    ingest(store, place)
    here = make_pdf(tmp_path / "raw" / "2024" / "satu.pdf", "satu")

    plan = ingest(store, Place(here))

    assert [document.cached for document in plan.documents] == [True]
    assert [entry.place for entry in store.documents().values()] == [Place(here)]


def test_another_object_at_the_address_replaces_the_old(store: Store, raw: Objects, put: Put) -> None:
    ingest(store, put("satu.pdf", "lama"))
    (old,) = store.documents()

    plan = ingest(store, put("satu.pdf", "baru"))

    assert plan.replaced == {old}
    assert len(plan.documents) == 1
    assert list(store.documents()) != [old]


def test_an_object_that_went_is_told_where_it_was_looked_for(store: Store, raw: Objects, put: Put) -> None:
    folder = Place(url=raw.url)
    for name in ("a/satu.pdf", "a/dua.pdf", "b/tiga.pdf"):
        put(name)
    ingest(store, folder)
    raw.delete(["a/satu.pdf", "b/tiga.pdf"])

    plan = plan_of(store, Place(url=raw.address("a")))

    assert names(plan) == ["raw/a/dua.pdf", "raw/a/satu.pdf", "raw/b/tiga.pdf"]
    assert [(notice.kode, notice.berkas) for notice in plan.notices] == [
        (ProblemCode.HILANG, raw.address("a/satu.pdf"))
    ]
    assert plan.leaving == []
    leaving = plan_of(store, Place(url=raw.address("a")), withdraw_missing=True)
    assert [one.berkas for one in leaving.leaving] == ["raw/a/satu.pdf"]
    assert names(leaving) == ["raw/a/dua.pdf", "raw/b/tiga.pdf"]


def test_nothing_is_withdrawn_from_an_address_that_holds_nothing(store: Store, raw: Objects, put: Put) -> None:
    put("satu.pdf")
    ingest(store, Place(url=raw.url))
    raw.delete(["satu.pdf"])

    plan = plan_of(store, Place(url=raw.url), withdraw_missing=True)

    assert (plan.leaving, names(plan)) == ([], ["raw/satu.pdf"])


def test_what_was_named_outright_is_not_gone_because_a_folder_would_pass_it_over(
    store: Store, raw: Objects, put: Put
) -> None:
    named = [put("a.pdf"), put("rencana"), put(".lama/c.pdf")]
    assert len(ingest(store, *named).documents) == 3

    plan = plan_of(store, Place(url=raw.url), withdraw_missing=True)

    assert (plan.leaving, plan.notices) == ([], [])
    assert len(plan.documents) == 3


def test_what_was_read_before_stands_where_the_same_bytes_cannot_be_had(
    store: Store, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.reading import write_failures

    new, old = put("baru.pdf"), put("lama.pdf")
    before = ingest(store, old).documents[0].entry
    monkeypatch.setattr("pipeline.worker.store.reader_version", lambda: "9.9.9+lain")
    planner = Planner(store, ReadSettings())
    plan = planner.plan(find_documents([new, old]))
    assert len(plan.unread()) == 2
    for document in plan.documents:
        document.outcome = Outcome.failed(ProblemCode.TIDAK_TERBUKA, document.berkas, "EACCES")

    with ReaderPool(PoolSettings(workers=1)) as pool:
        write_failures(plan, planner, pool)

    states = {document.berkas: (document.cached, document.outcome.status) for document in plan.documents}  # type: ignore[union-attr]
    assert states == {"raw/baru.pdf": (False, "gagal"), "raw/lama.pdf": (True, "lengkap")}
    assert [document.entry.key for document in plan.documents if document.cached] == [before.key]
    assert [problem.berkas for problem in plan.problems] == ["raw/lama.pdf"]


def test_names_that_look_like_addresses_are_counted_too(store: Store, raw: Objects, put: Put) -> None:
    put("sisa.pdf")
    gone = [f"{number:02}.pdf" for number in range(10)] + ["x://y.pdf", "x:///z.pdf"]
    for name in gone:
        put(name)
    ingest(store, Place(url=raw.url))
    raw.delete(gone)

    more = plan_of(store, Place(url=raw.url)).notices[-1]

    assert (more.kode, more.berkas, more.detail) == (ProblemCode.HILANG_LAIN, raw.address("x:/"), "2")


def test_many_that_went_are_counted_for_each_kind_of_place(
    store: Store, raw: Objects, put: Put, tmp_path: Path, make_pdf: MakePdf
) -> None:
    put("sisa.pdf")
    here = [make_pdf(tmp_path / "di-sini" / f"{number}.pdf", f"teks {number}") for number in range(12)]
    for number in range(3):
        put(f"b/{number}.pdf")
    ingest(store, Place(url=raw.url), *map(Place, here))
    raw.delete([f"b/{number}.pdf" for number in range(3)])
    for path in here:
        path.unlink()

    more = [notice for notice in plan_of(store, Place(url=raw.url)).notices if notice.kode is ProblemCode.HILANG_LAIN]

    assert [(each.berkas, each.detail) for each in more] == [
        (str(tmp_path / "di-sini"), "2"),
        (raw.address("b"), "3"),
    ]


def test_a_changed_reader_reads_objects_again_that_were_not_named(
    store: Store, raw: Objects, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [put(f"{name}.pdf") for name in ("ada", "berubah", "hilang")]
    ingest(store, *places)
    put("berubah.pdf", "lain")
    raw.delete(["hilang.pdf"])
    monkeypatch.setattr("pipeline.worker.store.reader_version", lambda: "9.9.9+lain")

    listings: list[str] = []
    below = Objects.below

    def counted(self: Objects, folder: str = "") -> list[Listed]:
        listings.append(self.url)
        return below(self, folder)

    monkeypatch.setattr(Objects, "below", counted)
    plan = plan_of(store)

    assert listings == [raw.url]
    assert [document.berkas for document in plan.unread()] == ["raw/ada.pdf"]
    assert names(plan) == ["raw/ada.pdf", "raw/berubah.pdf", "raw/hilang.pdf"]


def job_of(place: Place, store: Store) -> Job:
    (found,) = find_documents([place]).documents
    return Job(found.place, found.source, ReadSettings(), store.result_path("hasil"), FAKE_READER)


def test_a_document_is_brought_here_and_read(store: Store, put: Put) -> None:
    job = job_of(put("satu.pdf"), store)

    with ReaderPool(PoolSettings(workers=1), spool=store.spool) as pool:
        assert pool.read(job).status == "lengkap"
        far = carry_out(Errand(job, PoolSettings(timeout=20), 1))

    assert far.result == job.target.read_bytes()
    assert list(store.spool.iterdir()) == []


def test_one_that_cannot_be_brought_here_has_failed_and_says_why(
    store: Store, raw: Objects, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed, gone, denied = (job_of(put(f"{name}.pdf"), store) for name in ("berubah", "hilang", "dilarang"))
    put("berubah.pdf", "lain")
    raw.delete(["hilang.pdf"])
    download = Objects.download

    def refused(self: Objects, path: str, target: Path, sha256: str | None = None) -> None:
        if self.url.endswith("dilarang.pdf"):
            raise DeniedError(self.url)
        download(self, path, target, sha256)

    monkeypatch.setattr(Objects, "download", refused)
    details = {}
    with ReaderPool(PoolSettings(workers=1), spool=store.spool) as pool:
        for job in (changed, gone, denied):
            for outcome in (pool.read(job), carry_out(Errand(job, PoolSettings(timeout=20), 1)).outcome):
                assert outcome.problem is not None
                assert (outcome.status, outcome.problem.kode) == ("gagal", ProblemCode.TIDAK_TERBUKA)
                details.setdefault(job.source.berkas, set()).add(outcome.problem.detail)
    assert details == {"raw/berubah.pdf": {"ESTALE"}, "raw/hilang.pdf": {"ENOENT"}, "raw/dilarang.pdf": {"EACCES"}}


def test_no_document_has_failed_where_the_storage_is_silent_or_this_disk_is_full(
    store: Store, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = job_of(put("satu.pdf"), store)
    raised: Iterator[Exception] = iter([StorageError("diam", "silent"), OSError(errno.ENOSPC, "full")])

    def failing(_self: Objects, _path: str, _target: Path, _sha256: str | None = None) -> None:
        raise next(raised)

    monkeypatch.setattr(Objects, "download", failing)
    with ReaderPool(PoolSettings(workers=1), spool=store.spool) as pool:
        with pytest.raises(StorageError, match="silent"):
            pool.read(job)
        with pytest.raises(StateError, match="ENOSPC"):
            pool.read(job)
