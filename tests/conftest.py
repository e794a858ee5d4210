"""What all tests share: small PDFs of our own making, and the samples where RKT_SAMPLES names them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from flows.environment import prepare_prefect

# Test modules import Prefect before `prefect_home` prepares it, and two suites at once start its server slowly.
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")

MakePdf = Callable[..., Path]

RAW = Path(__file__).parent.parent / "raw"

# A reader whose behaviour follows from the name of the file.
FAKE_READER = "tests.worker.fake_reader:read"


@pytest.fixture
def make_pdf() -> MakePdf:
    """Writes a PDF with a line of text per page; no two calls with the same text give different bytes."""

    def make(path: Path, text: str = "Rencana Kinerja Tahunan", pages: int = 1, password: str | None = None) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        encryption = None if password is None else StandardEncryption(password)
        canvas = Canvas(str(path), invariant=True, encrypt=encryption)
        for number in range(1, pages + 1):
            canvas.drawString(72, 720, f"{text} {number}")
            canvas.showPage()
        canvas.save()
        return path

    return make


@pytest.fixture
def pdf_without_pages(tmp_path: Path) -> Path:
    """A PDF that is whole and sound, and whose page tree is empty."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    content = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    path = tmp_path / "tanpa-halaman.pdf"
    path.write_bytes(content + table + trailer)
    return path


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample documents. Tests that need it are skipped, and say so, where RKT_SAMPLES names none."""
    folder = os.environ.get("RKT_SAMPLES")
    if not folder:
        pytest.skip("RKT_SAMPLES names no folder of samples")
    path = Path(folder)
    if not path.is_dir():
        pytest.fail(f"RKT_SAMPLES names {folder}, which is no folder")
    return path


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Prefect with a home of its own. The variables stay set: the server lives as long as the process."""
    home = tmp_path_factory.mktemp("prefect")
    before = dict(os.environ)
    prepare_prefect(home)
    os.environ["PREFECT_LOGGING_LEVEL"] = "CRITICAL"
    yield home
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def facsimiles(prefect_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `curated/`, a release of the two plans in raw/ as `rkt ingest raw` makes it, read once a session.

    Tests that use it belong to the xdist group "prefect", so that no other worker reads the plans again.
    """
    from pipeline.cli.main import main

    folder = tmp_path_factory.mktemp("facsimiles")
    shutil.copytree(RAW, folder / "raw")
    before = sorted(path.relative_to(folder) for path in (folder / "raw").rglob("*"))
    assert main(["ingest", str(folder / "raw"), "--curated", str(folder / "curated")]) == 0
    after = sorted(path.relative_to(folder) for path in (folder / "raw").rglob("*"))
    assert after == before, "reading writes nothing beside the documents"
    return folder
