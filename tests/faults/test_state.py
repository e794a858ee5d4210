"""The list of documents is damaged, cut or gone: the next plan still knows every document, and says what happened."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.intake import ProblemCode, ReadSettings, find_documents
from pipeline.worker.plan import Planner, entries
from pipeline.worker.store import Known, StateDamagedError, StateError, Store
from tests.conftest import MakePdf
from tests.faults.child import REFUSED, Fault, save_faulty
from tests.faults.conftest import in_child

Damage = Callable[[Path], object]

DAMAGES: dict[str, Damage] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "noise": lambda path: path.write_bytes(b"\xff\x00\xa5" * 99),
    "other JSON": lambda path: path.write_text('{"documents": [{"path": 1}]}'),
    "gone": Path.unlink,
}


@pytest.fixture
def store(tmp_path: Path, make_pdf: MakePdf) -> Store:
    """A state folder that knows three documents."""
    store = Store(tmp_path / "state")
    store.prepare()
    for name in ("satu", "dua", "tiga"):
        make_pdf(tmp_path / "raw" / f"{name}.pdf", name)
    store.save_documents(entries(Planner(store, ReadSettings()).plan(find_documents([tmp_path / "raw"])).documents))
    return store


def read_again(store: Store) -> Known:
    known = store.known()
    assert known is not None
    return known


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_list_loses_no_document(store: Store, damage: Damage) -> None:
    before = store.documents()
    damage(store.index)
    assert read_again(store).copied
    plan = Planner(store, ReadSettings()).plan(find_documents([]))
    assert entries(plan.documents).keys() == before.keys()
    assert [problem.kode for problem in plan.notices] == [ProblemCode.DAFTAR_RUSAK]
    store.save_documents(entries(plan.documents))
    assert not read_again(store).copied
    assert store.documents().keys() == before.keys()


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_copy_is_no_matter(store: Store, damage: Damage) -> None:
    damage(store.copy)
    plan = Planner(store, ReadSettings()).plan(find_documents([]))
    assert (len(plan.documents), plan.notices) == (3, [])


def test_where_both_are_damaged_nothing_is_made_up(store: Store) -> None:
    store.index.write_bytes(b"{")
    store.copy.write_bytes(b"{")
    with pytest.raises(StateDamagedError):
        store.documents()


@pytest.mark.parametrize("kind", ["kill", "kill-after", "full"])
@pytest.mark.parametrize("call", [1, 2])
def test_saving_the_list_is_whole_or_not_at_all(store: Store, call: int, kind: str) -> None:
    """Killed or refused at the list and at its copy: both stay readable, the list is old or new, never between."""
    first = next(iter(store.documents()))
    ended = in_child(save_faulty, store.folder, [first], Fault("pathlib:Path.replace", call, kind))
    assert ended == (REFUSED if kind == "full" else -9)
    written = call == 2 or kind == "kill-after"
    assert len(store.documents()) == (1 if written else 3)
    assert not read_again(store).copied


def test_a_list_that_may_not_be_read_is_no_empty_list(store: Store) -> None:
    store.index.unlink()
    store.index.mkdir()
    with pytest.raises(StateError):
        store.documents()
