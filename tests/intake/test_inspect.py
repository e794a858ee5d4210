from __future__ import annotations

from pathlib import Path

from pipeline.intake import Problem, ProblemCode, ReadSettings, inspect_file
from pipeline.intake.inspect import is_cut_off
from tests.conftest import MakePdf


def problem_of(path: Path, settings: ReadSettings | None = None) -> ProblemCode | None:
    problem = inspect_file(path, path.name, settings or ReadSettings())
    return problem.kode if isinstance(problem, Problem) else None


def test_a_sound_pdf_has_no_problem(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "baik.pdf", pages=3)
    assert inspect_file(path, path.name, ReadSettings()) == 3


def test_a_password_locks(tmp_path: Path, make_pdf: MakePdf) -> None:
    assert problem_of(make_pdf(tmp_path / "terkunci.pdf", password="rahasia")) is ProblemCode.TERKUNCI


def test_every_cut_is_seen(tmp_path: Path, make_pdf: MakePdf) -> None:
    whole = make_pdf(tmp_path / "utuh.pdf", pages=3).read_bytes()
    path = tmp_path / "terpotong.pdf"
    for length in range(50, len(whole) - 10, 97):
        path.write_bytes(whole[:length])
        assert problem_of(path) is ProblemCode.TERPOTONG, f"cut at {length} of {len(whole)}"


def test_no_pages(pdf_without_pages: Path) -> None:
    assert problem_of(pdf_without_pages) is ProblemCode.TANPA_HALAMAN


def test_damaged_but_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "rusak.pdf"
    path.write_bytes(b"%PDF-1.4\nbukan objek\n%%EOF\n")
    assert problem_of(path) is ProblemCode.RUSAK


def test_more_pages_than_allowed(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "panjang.pdf", pages=3)
    problem = inspect_file(path, "panjang.pdf", ReadSettings(max_pages=2))
    assert isinstance(problem, Problem)
    assert problem.kode is ProblemCode.TERLALU_BANYAK_HALAMAN
    assert "3 halaman" in problem.message()


def test_bytes_behind_the_end_are_no_cut(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "berekor.pdf")
    path.write_bytes(path.read_bytes() + b"\n<!-- server -->" * 500)
    assert not is_cut_off(path)


def test_a_linearized_file_says_how_long_it_should_be(tmp_path: Path) -> None:
    path = tmp_path / "linear.pdf"
    path.write_bytes(b"%PDF-1.5\n1 0 obj\n<< /Linearized 1 /L 90000 /H [1 2] >>\nendobj\n%%EOF\n" + b"x" * 5000)
    assert is_cut_off(path)
