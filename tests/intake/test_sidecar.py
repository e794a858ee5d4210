from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.intake import ProblemCode, Source, find_documents
from pipeline.intake.source import note_origin
from schemas.ledger import Ledger
from tests.conftest import MakePdf


def source_of(path: Path) -> Source:
    (found,) = find_documents([path]).documents
    return found.source


def test_a_document_under_raw_gets_a_sidecar_once(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "raw" / "2024" / "rkt.pdf")
    sidecar = path.with_name("rkt.pdf.yaml")

    first = source_of(path)
    written = sidecar.read_bytes()
    second = source_of(path)

    assert yaml.safe_load(written) == {
        "origin": "manual",
        "url": None,
        "publisher": None,
        "retrieved": None,
        "licence": None,
        "sha256": first.sha256,
    }
    assert sidecar.read_bytes() == written
    assert second == first, "a second run must say what the first said"
    assert [notice.kode for notice in first.notices] == [ProblemCode.ASAL_BELUM_DICATAT]


def test_nothing_is_written_outside_of_raw(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "unduhan" / "rkt.pdf")

    source = source_of(path)

    assert [file.name for file in path.parent.iterdir()] == ["rkt.pdf"]
    assert source.origin is None
    assert source.notices == ()


def test_a_complete_sidecar_gives_the_origin(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "raw" / "rkt.pdf")
    path.with_name("rkt.pdf.yaml").write_text(
        "origin: web\nurl: https://example.go.id/rkt.pdf\npublisher: Dinas Contoh\n"
        "retrieved: 2024-02-01\nlicence: CC-BY-4.0\n"
    )

    source = source_of(path)

    assert source.columns() == {
        "berkas": "raw/rkt.pdf",
        "sha256": source.sha256,
        "sumber_url": "https://example.go.id/rkt.pdf",
        "penerbit": "Dinas Contoh",
        "diambil": "2024-02-01",
        "lisensi": "CC-BY-4.0",
    }
    assert source.notices == ()


def test_another_file_than_the_sidecar_records_is_a_finding(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "rkt.pdf")
    path.with_name("rkt.pdf.yaml").write_text(f"origin: web\nsha256: {'a' * 64}\n")
    source = source_of(path)
    ledger = Ledger(source.dokumen_id)
    ledger.add("dokumen", **source.columns())

    note_origin(ledger, source)

    (finding,) = ledger.findings
    assert (finding.kode, finding.tingkat, finding.dataset) == ("SIDECAR_TIDAK_COCOK", "peringatan", "dokumen")
    assert "rkt.pdf.yaml" in finding.pesan


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[: rusak", "bukan YAML"),
        ("- daftar", "nama: nilai"),
        ("asal: web", "asal"),
        ("origin: [1]", "origin"),
        ("retrieved: kemarin", "kemarin"),
        ("url: !!python/object/apply:os.system ['true']", "bukan YAML"),
        ("[" * 60_000, "bukan YAML"),
        ("- " * 30_000, "bukan YAML"),
        ("[? " * 20_000, "bukan YAML"),
    ],
    ids=lambda value: value[:20],
)
def test_a_sidecar_that_cannot_be_used_is_told_not_raised(
    tmp_path: Path, make_pdf: MakePdf, content: str, reason: str
) -> None:
    path = make_pdf(tmp_path / "rkt.pdf")
    path.with_name("rkt.pdf.yaml").write_text(content)

    source = source_of(path)

    (notice,) = source.notices
    assert notice.kode is ProblemCode.SIDECAR_RUSAK
    assert reason in notice.message()
    assert source.origin is None


def test_origin_and_doubts_are_part_of_a_results_identity(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = make_pdf(tmp_path / "rkt.pdf")
    bare = source_of(path)
    path.with_name("rkt.pdf.yaml").write_text("origin: web\nurl: https://example.go.id/rkt.pdf\n")

    assert source_of(path).digest() != bare.digest()
    assert source_of(path).dokumen_id == bare.dokumen_id == bare.sha256[:16]
