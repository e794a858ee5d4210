from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pipeline.intake import ProblemCode, ReadSettings, find_documents
from pipeline.release.manifest import InputFile
from pipeline.worker.model import Outcome
from pipeline.worker.plan import Plan, Planner, Wishes, entries
from pipeline.worker.store import StateBusyError, StateError, Store, save_result, state_folder
from tests.conftest import MakePdf

READ = Outcome(status="lengkap", pages=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "state")
    store.prepare()
    return store


def wishing(store: Store, *paths: Path, force: bool = False, withdraw_missing: bool = False) -> Plan:
    wishes = Wishes.of(paths, force=force, withdraw_missing=withdraw_missing)
    return Planner(store, ReadSettings(), wishes=wishes).plan(find_documents(paths))


def ingest(store: Store, *paths: Path) -> Plan:
    """Plan, read everything, and remember it: an ingest without a reader."""
    plan = wishing(store, *paths)
    for document in plan.unread():
        document.outcome = READ
        save_result(store.result_path(document.entry.key), b"hasil", READ)
    store.save_documents(entries(plan.documents), plan.withdrawn.values())
    return plan


def names(plan: Plan) -> list[str]:
    return sorted(document.entry.place.file.name for document in plan.documents)


def test_what_was_read_is_not_read_again(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    path = make_pdf(tmp_path / "rkt.pdf")
    assert len(Planner(store, ReadSettings()).plan(find_documents([path])).unread()) == 1
    ingest(store, path)

    (document,) = Planner(store, ReadSettings()).plan(find_documents([path])).documents

    assert document.cached
    assert document.outcome == READ


def test_another_reader_setting_or_origin_reads_again(
    tmp_path: Path, make_pdf: MakePdf, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_pdf(tmp_path / "rkt.pdf")
    ingest(store, path)

    assert len(Planner(store, ReadSettings(max_pages=5)).plan(find_documents([path])).unread()) == 1
    path.with_name("rkt.pdf.yaml").write_text("origin: web\n")
    assert len(Planner(store, ReadSettings()).plan(find_documents([path])).unread()) == 1
    path.with_name("rkt.pdf.yaml").unlink()
    assert Planner(store, ReadSettings()).plan(find_documents([path])).unread() == []
    monkeypatch.setattr("pipeline.worker.store.reader_version", lambda: "9.9.9+lain")
    assert len(Planner(store, ReadSettings()).plan(find_documents([path])).unread()) == 1


def test_a_release_holds_what_earlier_runs_brought(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    first = make_pdf(tmp_path / "2023" / "lama.pdf", "lama")
    second = make_pdf(tmp_path / "2024" / "baru.pdf", "baru")
    ingest(store, first)

    plan = ingest(store, second)

    assert names(plan) == ["baru.pdf", "lama.pdf"]
    assert {document.entry.place.file.name: document.asked for document in plan.documents} == {
        "baru.pdf": True,
        "lama.pdf": False,
    }


def test_a_new_version_under_the_same_name_replaces_the_old(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    path = make_pdf(tmp_path / "rkt.pdf", "versi satu")
    (old,) = ingest(store, path).documents
    make_pdf(path, "versi dua")

    (new,) = ingest(store, path).documents

    assert new.entry.source.sha256 != old.entry.source.sha256
    assert list(store.documents()) == [new.entry.source.sha256]


def test_a_changed_reader_reads_earlier_documents_again(
    tmp_path: Path, make_pdf: MakePdf, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = make_pdf(tmp_path / "ada.pdf", "ada"), make_pdf(tmp_path / "hilang.pdf", "hilang")
    asked = make_pdf(tmp_path / "baru.pdf", "baru")
    ingest(store, kept, gone)
    gone.unlink()
    monkeypatch.setattr("pipeline.worker.store.reader_version", lambda: "9.9.9+lain")

    plan = Planner(store, ReadSettings()).plan(find_documents([asked]))

    assert sorted(document.entry.place.file.name for document in plan.unread()) == ["ada.pdf", "baru.pdf"]
    assert names(plan) == ["ada.pdf", "baru.pdf", "hilang.pdf"]
    assert [(notice.kode, notice.berkas) for notice in plan.notices] == [(ProblemCode.HILANG, str(gone))]


def test_a_document_that_is_lost_with_its_result_is_a_problem(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    lost, asked = make_pdf(tmp_path / "hilang.pdf", "hilang"), make_pdf(tmp_path / "baru.pdf", "baru")
    (document,) = ingest(store, lost).documents
    lost.unlink()
    store.result_path(document.entry.key).unlink()

    plan = Planner(store, ReadSettings()).plan(find_documents([asked]))

    assert names(plan) == ["baru.pdf"]
    assert [(problem.kode, problem.berkas) for problem in plan.problems] == [(ProblemCode.HASIL_HILANG, str(lost))]


def test_a_failure_is_tried_again_only_when_asked_for(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    bad, good = make_pdf(tmp_path / "gagal.pdf", "gagal"), make_pdf(tmp_path / "baik.pdf", "baik")
    planner = Planner(store, ReadSettings())
    plan = planner.plan(find_documents([bad]))
    outcome = Outcome.failed(ProblemCode.BERHENTI, "gagal.pdf")
    job = planner.failed(plan.documents[0], outcome)
    save_result(job.target, b"hasil", outcome)
    store.save_documents(entries(plan.documents))

    assert len(planner.plan(find_documents([bad])).unread()) == 1
    later = planner.plan(find_documents([good]))
    assert [document.entry.place.file.name for document in later.unread()] == ["baik.pdf"]
    assert {document.entry.place.file.name: document.outcome for document in later.documents}["gagal.pdf"] == outcome


def test_pruning_leaves_what_is_published(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    (document,) = ingest(store, make_pdf(tmp_path / "rkt.pdf")).documents
    save_result(store.result_path("lama-0.0.1+abc-1"), b"lama", READ)

    assert store.prune([document.entry.key]) == 2
    assert store.outcome(document.entry.key) == READ


def test_a_damaged_list_is_said_and_a_damaged_outcome_is_read_again(
    tmp_path: Path, make_pdf: MakePdf, store: Store
) -> None:
    path = make_pdf(tmp_path / "rkt.pdf")
    (document,) = ingest(store, path).documents
    store.result_path(document.entry.key).with_suffix(".json").write_text("{")
    assert len(Planner(store, ReadSettings()).plan(find_documents([path])).unread()) == 1

    known = store.documents()
    store.index.write_text("[]")
    assert store.documents() == known
    store.copy.write_text("[]")
    with pytest.raises(StateError, match=r"documents\.copy\.json"):
        store.documents()


def test_a_name_that_is_no_text_is_remembered(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    path = make_pdf(tmp_path / os.fsdecode(b"bukan-\xff-teks.pdf"))

    (document,) = ingest(store, path).documents

    assert document.berkas == "bukan-\ufffd-teks.pdf"
    assert [entry.place.file for entry in store.documents().values()] == [path]
    assert store.index.read_bytes().decode("utf-8")


def test_only_one_ingest_at_a_time(store: Store) -> None:
    with store.lock(), pytest.raises(StateBusyError), Store(store.folder).lock():
        pass
    with store.lock():
        pass


def test_a_target_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(StateError, match="berkas"):
        Store(tmp_path / "berkas" / "state").prepare()


def test_the_state_lies_with_the_data_unless_told_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RKT_STATE", raising=False)
    assert state_folder(tmp_path) == tmp_path / ".state"
    monkeypatch.setenv("RKT_STATE", str(tmp_path / "lain"))
    assert state_folder(tmp_path) == tmp_path / "lain"


@pytest.mark.parametrize("damage", [b"", b"has", b"hasil lain"], ids=["empty", "cut", "another"])
def test_a_result_that_is_not_what_was_read_is_said_and_read_again(
    tmp_path: Path, make_pdf: MakePdf, store: Store, damage: bytes
) -> None:
    path = make_pdf(tmp_path / "rkt.pdf")
    (document,) = ingest(store, path).documents
    result = store.result_path(document.entry.key)
    result.write_bytes(damage)

    named = Planner(store, ReadSettings()).plan(find_documents([path]))
    known = Planner(store, ReadSettings()).plan(find_documents([]))
    for plan in (named, known):
        assert [unread.berkas for unread in plan.unread()] == ["rkt.pdf"]
        assert [(notice.kode, notice.berkas) for notice in plan.notices] == [(ProblemCode.HASIL_RUSAK, "rkt.pdf")]
    assert ingest(store, path).notices != []
    assert ingest(store, path).notices == []

    result.write_bytes(damage)
    path.unlink()
    without = Planner(store, ReadSettings()).plan(find_documents([]))
    assert [problem.kode for problem in without.problems] == [ProblemCode.HASIL_HILANG]


def test_an_outcome_of_an_earlier_version_is_taken_as_it_is(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    (document,) = ingest(store, make_pdf(tmp_path / "rkt.pdf")).documents
    outcome = store.result_path(document.entry.key).with_suffix(".json")
    outcome.write_text(json.dumps(READ.to_json()))

    assert store.outcome(document.entry.key) == READ


def test_what_is_named_is_read_again_by_force_and_nothing_else(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    named, other = make_pdf(tmp_path / "a" / "satu.pdf", "satu"), make_pdf(tmp_path / "b" / "dua.pdf", "dua")
    ingest(store, named, other)

    plan = wishing(store, named.parent, force=True)

    assert [document.entry.place.file for document in plan.unread()] == [named]
    assert names(plan) == ["dua.pdf", "satu.pdf"]
    assert plan.notices == []


def test_documents_whose_files_are_gone_stay_and_are_told(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    folder = tmp_path / "masuk"
    gone = [make_pdf(folder / f"{number:02}.pdf", f"teks {number}") for number in range(12)]
    asked = make_pdf(tmp_path / "baru.pdf", "baru")
    ingest(store, folder)
    for path in gone:
        path.unlink()

    plan = ingest(store, asked)

    assert len(plan.documents) == 13
    assert [notice.kode for notice in plan.notices] == [ProblemCode.HILANG] * 10 + [ProblemCode.HILANG_LAIN]
    assert str(gone[0]) in plan.notices[0].message()
    assert f"rkt withdraw {plan.notices[0].detail}" in plan.notices[0].message("en")
    assert (plan.notices[-1].berkas, plan.notices[-1].detail) == (str(folder), "2")


def test_what_is_missing_is_withdrawn_only_when_asked_and_only_there(
    tmp_path: Path, make_pdf: MakePdf, store: Store
) -> None:
    kept, gone = make_pdf(tmp_path / "a" / "ada.pdf", "ada"), make_pdf(tmp_path / "a" / "hilang.pdf", "hilang")
    elsewhere, empty = make_pdf(tmp_path / "b" / "lain.pdf", "lain"), make_pdf(tmp_path / "c" / "satu.pdf", "satu")
    ingest(store, kept, gone, elsewhere, empty)
    for path in (gone, elsewhere, empty):
        path.unlink()

    assert wishing(store, kept.parent).leaving == []
    plan = wishing(store, kept.parent, empty.parent, withdraw_missing=True)

    assert [leaving.berkas for leaving in plan.leaving] == ["hilang.pdf"]
    assert list(plan.withdrawn.values()) == plan.leaving
    assert names(plan) == ["ada.pdf", "lain.pdf", "satu.pdf"]


def test_a_withdrawn_document_stays_out_until_its_file_is_named(
    tmp_path: Path, make_pdf: MakePdf, store: Store
) -> None:
    out, stays = make_pdf(tmp_path / "keluar.pdf", "keluar"), make_pdf(tmp_path / "tetap.pdf", "tetap")
    twin = tmp_path / "zz-kembar.pdf"
    twin.write_bytes(out.read_bytes())
    plan = ingest(store, out, stays)
    (gone,) = (document.entry for document in plan.documents if document.entry.place.file == out)
    kept = {sha256: entry for sha256, entry in store.documents().items() if sha256 != gone.source.sha256}
    store.save_documents(kept, [InputFile(gone.source.berkas, gone.source.sha256)])

    folder = ingest(store, tmp_path)
    assert names(folder) == ["tetap.pdf"]
    assert [(notice.kode, notice.detail) for notice in folder.notices] == [(ProblemCode.DITARIK, str(out))]
    assert list(folder.withdrawn) == [gone.source.sha256]

    assert names(wishing(store, tmp_path, twin)) == ["keluar.pdf", "tetap.pdf"]
    back = ingest(store, out)
    assert names(back) == ["keluar.pdf", "tetap.pdf"]
    assert names(ingest(store, tmp_path)) == ["keluar.pdf", "tetap.pdf"]


def test_an_equal_list_is_not_written_again(tmp_path: Path, make_pdf: MakePdf, store: Store) -> None:
    path = make_pdf(tmp_path / "rkt.pdf")
    ingest(store, path)
    before = [each.stat().st_ino for each in (store.index, store.copy)]
    ingest(store, path)
    assert [each.stat().st_ino for each in (store.index, store.copy)] == before
    ingest(store, make_pdf(tmp_path / "lain.pdf", "lain"))
    assert store.index.stat().st_ino != before[0]
