"""From the file on: what other tools do to a PDF does not make another document of it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pipeline.intake import ReadSettings, find_documents
from pipeline.reader import read_document
from pipeline.release.duplicates.resolve import find_duplicates
from tests.forms.budgets import coded, lettered
from tests.forms.sheet import A4, Look


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """By file: the file that it delivers again."""
    folder = tmp_path_factory.mktemp("kiriman")
    plan = coded("asli", Look(page=A4, size=9), columns=1).draw(folder / "asli.pdf")
    (folder / "ekor.pdf").write_bytes(plan.read_bytes() + b"\n% ekor\n")
    with pdfium.PdfDocument(plan) as document:
        document.save(folder / "simpan.pdf", version=17)
    coded("cetak", Look(page=(595.0, 500.0), size=10), columns=1).draw(folder / "cetak.pdf")
    lettered("lain", Look(page=A4, size=9)).draw(folder / "lain.pdf")
    documents = find_documents([folder]).documents
    results = [read_document(each.place.file, each.source, ReadSettings()) for each in documents]
    names = {result.dokumen_id: str(result.document["berkas"]) for result in results}
    verdicts = find_duplicates(results).verdicts
    origins = {key: verdict.duplikat_dari for key, verdict in verdicts.items()}
    return {name: names[origin] if (origin := origins.get(key)) else None for key, name in names.items()}


@pytest.mark.parametrize("name", ["ekor.pdf", "simpan.pdf"])
def test_other_bytes_of_the_same_pages_are_the_same_document(name: str, found: dict[str, str | None]) -> None:
    assert found[name] == "asli.pdf"


def test_the_same_plan_printed_on_other_pages_is_the_same_document(found: dict[str, str | None]) -> None:
    assert found["cetak.pdf"] == "asli.pdf"


@pytest.mark.parametrize("name", ["asli.pdf", "lain.pdf"])
def test_other_forms_of_the_office_stand_for_themselves(name: str, found: dict[str, str | None]) -> None:
    assert found[name] is None


@pytest.mark.long
def test_a_scan_of_an_annex_is_an_excerpt_of_its_plan_alone(samples: Path) -> None:
    results = [
        read_document(each.place.file, each.source, ReadSettings())
        for each in find_documents([samples / "facsimile"]).documents
    ]
    keys = {Path(str(result.document["berkas"])).stem: result.dokumen_id for result in results}
    verdicts = find_duplicates(results).verdicts
    (scan,) = verdicts
    assert keys["rkt-2024-bkpsdm-way-kanan-pindai"] == scan
    assert verdicts[scan].duplikat_dari == keys["rkt-2024-bkpsdm-way-kanan"]
    assert [finding.kode for finding in verdicts[scan].findings] == ["DOKUMEN_KUTIPAN"]
