from __future__ import annotations

import os
from pathlib import Path

from pipeline.intake import Problem, ProblemCode, find_documents
from pipeline.intake.problems import explain_reason, system_reason
from pipeline.storage import Place
from tests.conftest import MakePdf


def test_finds_pdfs_in_folders_whatever_the_case_of_their_ending(tmp_path: Path, make_pdf: MakePdf) -> None:
    make_pdf(tmp_path / "b" / "dua.PDF", "dua")
    make_pdf(tmp_path / "a" / "satu.pdf", "satu")
    (tmp_path / "a" / "catatan.txt").write_text("bukan dokumen")
    make_pdf(tmp_path / ".tersembunyi" / "tiga.pdf", "tiga")

    intake = find_documents([tmp_path])

    assert [found.place.file.relative_to(tmp_path).as_posix() for found in intake.documents] == [
        "a/satu.pdf",
        "b/dua.PDF",
    ]
    assert intake.problems == []


def test_a_document_named_twice_or_stored_twice_is_one(tmp_path: Path, make_pdf: MakePdf) -> None:
    first = make_pdf(tmp_path / "asli.pdf")
    copy = tmp_path / "salinan.pdf"
    copy.write_bytes(first.read_bytes())

    intake = find_documents([tmp_path, first, copy])

    assert [found.place.file for found in intake.documents] == [first]
    assert intake.twins == {Place(copy): Place(first)}


def test_the_published_name_tells_nothing_of_the_machine(tmp_path: Path, make_pdf: MakePdf) -> None:
    inside = make_pdf(tmp_path / "raw" / "2024" / "rkt.pdf", "dalam")
    outside = make_pdf(tmp_path / "lain" / "rkt.pdf", "luar")

    names = {found.place.file: found.source.berkas for found in find_documents([inside, outside]).documents}

    assert names == {inside: "raw/2024/rkt.pdf", outside: "rkt.pdf"}


def test_what_the_first_bytes_show_is_told_and_the_others_go_on(tmp_path: Path, make_pdf: MakePdf) -> None:
    (tmp_path / "kosong.pdf").write_bytes(b"")
    (tmp_path / "teks.pdf").write_text("Rencana Kinerja Tahunan")
    make_pdf(tmp_path / "baik.pdf")

    documents = find_documents([tmp_path]).documents
    problems = {found.place.file.name: found.problem and found.problem.kode for found in documents}

    assert problems == {"baik.pdf": None, "kosong.pdf": ProblemCode.KOSONG, "teks.pdf": ProblemCode.BUKAN_PDF}


def test_what_the_system_says_is_said_in_the_users_language() -> None:
    problem = Problem(ProblemCode.TIDAK_TERBUKA, "rkt.pdf", system_reason(PermissionError(13, "Permission denied")))

    assert "(izin ditolak)" in problem.message()
    assert "(permission denied)" in problem.message("en")
    assert explain_reason("EMFILE") == os.strerror(24)


def test_paths_that_lead_nowhere_are_named_with_what_to_do(tmp_path: Path) -> None:
    empty = tmp_path / "kosong"
    empty.mkdir()
    missing = tmp_path / "tidak-ada.pdf"

    problems = find_documents([empty, missing]).problems

    assert [(problem.kode, problem.berkas) for problem in problems] == [
        (ProblemCode.FOLDER_KOSONG, str(empty)),
        (ProblemCode.TIDAK_ADA, str(missing)),
    ]
    assert str(empty) in problems[0].message()
    assert "Simpan dokumen di sana" in problems[0].message()
    assert "Put the documents there" in problems[0].message("en")
