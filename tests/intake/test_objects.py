"""Documents at addresses are found as files are, and downloaded only where they are new. The storage is in memory."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.intake import Intake, Problem, ProblemCode, find_documents
from pipeline.intake.found import MOST_BYTES
from pipeline.intake.seen import Seen
from pipeline.intake.spool import at_hand
from pipeline.storage import (
    DeniedError,
    Listed,
    ObjectChangedError,
    ObjectGoneError,
    Objects,
    Place,
    StorageError,
)
from tests.conftest import MakePdf


@pytest.fixture
def raw() -> Objects:
    """An empty folder `raw` of its own."""
    return Objects(f"memory://{uuid.uuid4().hex}/raw")


@pytest.fixture
def pdf(tmp_path: Path, make_pdf: MakePdf) -> bytes:
    return make_pdf(tmp_path / "contoh.pdf").read_bytes()


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were downloaded."""
    taken: list[str] = []
    chunks = Objects.chunks

    def counted(self: Objects, path: str, most: int | None = None) -> Iterator[bytes]:
        taken.append(self.address(path).rpartition("/raw/")[2])
        return chunks(self, path, most)

    monkeypatch.setattr(Objects, "chunks", counted)
    return taken


def find(raw: Objects, seen: Seen | None = None, settle: float = 0.0) -> Intake:
    return find_documents([Place(url=raw.url)], settle, seen)


def names(intake: Intake) -> list[str]:
    return [found.source.berkas for found in intake.documents]


def test_what_ends_in_pdf_is_found_and_named_as_in_a_folder(raw: Objects, pdf: bytes, tmp_path: Path) -> None:
    for path in ("2025/b.PDF", "2024/a.pdf", "2024/.hidden/c.pdf", ".d.pdf", "2024/catatan.txt"):
        raw.write(path, pdf + path.encode())

    intake = find(raw)

    assert names(intake) == ["raw/2024/a.pdf", "raw/2025/b.PDF"]
    assert intake.problems == []
    on_disk = tmp_path / "raw" / "2024" / "a.pdf"
    on_disk.parent.mkdir(parents=True)
    on_disk.write_bytes(pdf + b"2024/a.pdf")
    assert find_documents([on_disk]).documents[0].source == intake.documents[0].source


def test_an_object_named_outright_may_have_any_name_and_has_its_sidecar(raw: Objects, pdf: bytes) -> None:
    raw.write("naskah", pdf)
    raw.write("naskah.yaml", b"origin: manual\npublisher: Dinas Langit\n")

    (found,) = find_documents([Place(url=raw.address("naskah"))]).documents

    assert found.source.berkas == "raw/naskah"
    assert found.source.publisher == "Dinas Langit"
    assert found.source.notices == ()


def test_what_is_the_same_is_not_downloaded_again(
    raw: Objects, pdf: bytes, tmp_path: Path, downloads: list[str]
) -> None:
    raw.write("a.pdf", pdf)
    raw.write("a.pdf.yaml", b"publisher: Dinas Langit\n")
    first = find(raw, Seen(tmp_path / "seen"))
    assert sorted(downloads) == ["a.pdf", "a.pdf.yaml"]
    downloads.clear()

    assert find(raw, Seen(tmp_path / "seen")).documents == first.documents
    assert downloads == []

    raw.write("a.pdf.yaml", b"publisher: Dinas Awan\n")
    assert find(raw, Seen(tmp_path / "seen")).documents[0].source.publisher == "Dinas Awan"
    raw.write("a.pdf", pdf + b" ")
    later = find(raw, Seen(tmp_path / "seen")).documents[0]
    assert later.source.sha256 != first.documents[0].source.sha256
    assert downloads == ["a.pdf.yaml", "a.pdf", "a.pdf.yaml"]


def test_a_sidecar_that_went_is_forgotten(raw: Objects, pdf: bytes, tmp_path: Path) -> None:
    raw.write("a.pdf", pdf)
    raw.write("a.pdf.yaml", b"publisher: Dinas Langit\n")
    find(raw, Seen(tmp_path / "seen"))
    raw.delete(["a.pdf.yaml"])

    source = find(raw, Seen(tmp_path / "seen")).documents[0].source

    assert (source.publisher, source.origin) == (None, "manual")
    assert [notice.kode for notice in source.notices] == [ProblemCode.ASAL_BELUM_DICATAT]


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 64 + b"\n{}"])
def test_a_damaged_memory_costs_downloads_only(
    raw: Objects, pdf: bytes, tmp_path: Path, downloads: list[str], damage: bytes
) -> None:
    raw.write("a.pdf", pdf)
    first = find(raw, Seen(tmp_path / "seen"))
    (tmp_path / "seen").write_bytes(damage)
    downloads.clear()

    assert find(raw, Seen(tmp_path / "seen")).documents == first.documents
    assert downloads == ["a.pdf"]


def test_one_figure_changed_in_the_memory_names_no_other_document(raw: Objects, pdf: bytes, tmp_path: Path) -> None:
    raw.write("a.pdf", pdf)
    (first,) = find(raw, Seen(tmp_path / "seen")).documents
    content = (tmp_path / "seen").read_bytes()
    sha256 = first.source.sha256
    (tmp_path / "seen").write_bytes(content.replace(sha256.encode(), b"0" * 64))
    assert b"0" * 64 in (tmp_path / "seen").read_bytes()

    assert find(raw, Seen(tmp_path / "seen")).documents == [first]


def test_the_memory_forgets_what_has_gone_and_keeps_other_addresses(raw: Objects, pdf: bytes, tmp_path: Path) -> None:
    raw.write("2024/a.pdf", pdf)
    raw.write("2025/b.pdf", pdf + b" ")
    find(raw, Seen(tmp_path / "seen"))
    raw.delete(["2024/a.pdf", "2025/b.pdf"])

    find_documents([Place(url=raw.address("2024"))], seen=Seen(tmp_path / "seen"))

    assert Seen(tmp_path / "seen").addresses() == {raw.address("2025/b.pdf")}


def test_a_search_that_ends_early_need_not_begin_anew(
    raw: Objects, pdf: bytes, tmp_path: Path, downloads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"{number}.pdf" for number in range(5)]
    for name in names:
        raw.write(name, pdf + name.encode())
    with monkeypatch.context() as failing:
        refusing(StorageError, "4.pdf", failing)
        with pytest.raises(StorageError, match="silent"):
            find(raw, Seen(tmp_path / "seen"))
    downloads.clear()

    assert len(find(raw, Seen(tmp_path / "seen")).documents) == 5
    assert downloads == ["4.pdf"]


def test_what_the_first_bytes_show_is_told_in_the_second_run_too(raw: Objects, tmp_path: Path) -> None:
    raw.write("kosong.pdf", b"")
    raw.write("teks.pdf", b"Rencana Kinerja")
    for _ in range(2):
        problems = [found.problem for found in find(raw, Seen(tmp_path / "seen")).documents]
        assert problems == [
            Problem(ProblemCode.KOSONG, "raw/kosong.pdf"),
            Problem(ProblemCode.BUKAN_PDF, "raw/teks.pdf"),
        ]


def test_the_same_bytes_twice_are_one_document_wherever_they_lie(raw: Objects, pdf: bytes, tmp_path: Path) -> None:
    raw.write("a.pdf", pdf)
    raw.write("b.pdf", pdf)
    here = tmp_path / "c.pdf"
    here.write_bytes(pdf)

    intake = find_documents([Place(url=raw.url), here])

    assert [found.place for found in intake.documents] == [Place(here)]
    assert intake.twins == {Place(url=raw.address(name)): Place(here) for name in ("a.pdf", "b.pdf")}


def test_an_object_too_large_is_not_downloaded(
    raw: Objects, pdf: bytes, downloads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw.write("a.pdf", pdf)
    (one,) = raw.below()
    huge = Listed(one.path, MOST_BYTES + 1, one.written, one.version)
    monkeypatch.setattr(Objects, "below", lambda _self: [huge])

    assert find(raw).problems == [Problem(ProblemCode.TERLALU_BESAR, raw.address("a.pdf"), "2048")]
    assert downloads == []


def test_one_that_is_being_written_is_left_for_later_but_is_there(raw: Objects, pdf: bytes) -> None:
    raw.write("a.pdf", pdf)

    intake = find(raw, settle=60)

    assert intake.documents == []
    assert not intake.lacks(Place(url=raw.address("a.pdf")))
    assert intake.lacks(Place(url=raw.address("b.pdf")))
    assert not intake.lacks(Place(url=f"{raw.url}2/b.pdf"))
    time.sleep(0.02)
    assert len(find(raw, settle=0.01).documents) == 1


def test_nothing_at_an_address_is_said(raw: Objects) -> None:
    assert find(raw).problems == [Problem(ProblemCode.FOLDER_KOSONG, raw.url)]


def refusing(error: type[StorageError], ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects whose address ends so cannot be had."""
    chunks = Objects.chunks

    def refused(self: Objects, path: str, most: int | None = None) -> Iterator[bytes]:
        url = self.address(path)
        if url.endswith(ending):
            raise error(url) if error is not StorageError else StorageError("diam", "silent")
        return chunks(self, path, most)

    monkeypatch.setattr(Objects, "chunks", refused)


@pytest.mark.parametrize(("error", "detail"), [(DeniedError, "EACCES"), (ObjectGoneError, "ENOENT")])
def test_one_object_that_cannot_be_had_costs_only_itself(
    raw: Objects, pdf: bytes, monkeypatch: pytest.MonkeyPatch, error: type[StorageError], detail: str
) -> None:
    raw.write("a.pdf", pdf)
    raw.write("b.pdf", pdf + b" ")
    refusing(error, "a.pdf", monkeypatch)

    intake = find(raw)

    assert names(intake) == ["raw/b.pdf"]
    assert intake.problems == [Problem(ProblemCode.TIDAK_TERBUKA, raw.address("a.pdf"), detail)]


def test_a_storage_that_does_not_answer_ends_the_search(
    raw: Objects, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw.write("a.pdf", pdf)
    refusing(StorageError, "a.pdf", monkeypatch)

    with pytest.raises(StorageError, match="silent"):
        find(raw)


def test_a_sidecar_that_cannot_be_had_is_doubted_and_tried_again(
    raw: Objects, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw.write("a.pdf", pdf)
    raw.write("a.pdf.yaml", b"publisher: Dinas Langit\n")
    with monkeypatch.context() as refused:
        refusing(DeniedError, ".yaml", refused)
        (found,) = find(raw, Seen(tmp_path / "seen")).documents
    assert [(notice.kode, notice.detail) for notice in found.source.notices] == [
        (ProblemCode.SIDECAR_RUSAK, "izin ditolak")
    ]

    assert find(raw, Seen(tmp_path / "seen")).documents[0].source.publisher == "Dinas Langit"


def test_a_sidecar_that_could_not_be_had_and_went_is_doubted_no_more(
    raw: Objects, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw.write("a.pdf", pdf)
    raw.write("a.pdf.yaml", b"publisher: Dinas Langit\n")
    with monkeypatch.context() as refused:
        refusing(DeniedError, ".yaml", refused)
        find(raw, Seen(tmp_path / "seen"))
    raw.delete(["a.pdf.yaml"])

    notices = find(raw, Seen(tmp_path / "seen")).documents[0].source.notices

    assert [notice.kode for notice in notices] == [ProblemCode.ASAL_BELUM_DICATAT]


def test_a_name_that_the_library_takes_for_another_object_is_refused(raw: Objects, pdf: bytes) -> None:
    raw.write("x.pdf", pdf)
    raw.write("x.pdf?versionId=1.pdf", pdf + b" ")

    intake = find(raw)

    assert names(intake) == ["raw/x.pdf"]
    (problem,) = intake.problems
    assert (problem.kode, problem.detail) == (ProblemCode.TIDAK_TERBUKA, "EINVAL")
    assert "namanya tidak dapat dipakai" in problem.message()


@pytest.mark.parametrize("content", [b"x" * (1 << 17), b"\xff", b"- a", b"penerbit: x"])
def test_a_sidecar_of_no_use_is_doubted_as_on_a_disk(raw: Objects, pdf: bytes, tmp_path: Path, content: bytes) -> None:
    here = tmp_path / "raw" / "a.pdf"
    here.parent.mkdir()
    here.write_bytes(pdf)
    here.with_name("a.pdf.yaml").write_bytes(content)
    raw.write("a.pdf", pdf)
    raw.write("a.pdf.yaml", content)

    (there,) = find(raw, Seen(tmp_path / "seen")).documents

    assert [notice.kode for notice in there.source.notices] == [ProblemCode.SIDECAR_RUSAK]
    assert there.source == find_documents([here]).documents[0].source
    assert find(raw, Seen(tmp_path / "seen")).documents == [there]


def test_a_document_is_at_hand_for_a_while(raw: Objects, pdf: bytes, tmp_path: Path) -> None:
    raw.write("a.pdf", pdf)
    (found,) = find(raw).documents

    with at_hand(found.place, found.source.sha256, tmp_path / "spool") as path:
        assert path.read_bytes() == pdf
    assert list((tmp_path / "spool").iterdir()) == []

    raw.write("a.pdf", pdf + b" ")
    with pytest.raises(ObjectChangedError), at_hand(found.place, found.source.sha256, tmp_path / "spool"):
        pass
    raw.delete(["a.pdf"])
    with pytest.raises(ObjectGoneError), at_hand(found.place, found.source.sha256, tmp_path / "spool"):
        pass
    assert list((tmp_path / "spool").iterdir()) == []


def test_the_memory_is_plain_json_behind_its_checksum(raw: Objects, pdf: bytes, tmp_path: Path) -> None:
    raw.write("a.pdf", pdf)
    raw.write("a.pdf.yaml", b"\xff\xfe")
    find(raw, Seen(tmp_path / "seen"))

    _, _, content = (tmp_path / "seen").read_bytes().partition(b"\n")

    assert json.loads(content)[raw.address("a.pdf")]["sidecar"].encode("utf-8", "surrogateescape") == b"\xff\xfe"
