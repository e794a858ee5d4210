"""Each command that reads or changes releases answers at an address as it does on a disk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.main import main
from pipeline.release.build import publish
from pipeline.release.manifest import InputFile
from pipeline.release.remote import push
from pipeline.release.store import release_folder
from pipeline.storage import Objects
from tests.cli.test_bukti_of_changes import plan
from tests.conftest import MakePdf

pytestmark = pytest.mark.xdist_group("s3")

Capture = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Answer:
    """What a command said of one of the two places, whose own name is left out, and the files that it wrote."""

    code: int
    out: str
    err: str
    files: dict[str, bytes]


@dataclass(frozen=True)
class Twins:
    """The same two releases in a folder and at an address, and a folder for what commands write."""

    here: Path
    there: str
    folder: Path
    capsys: Capture

    def ask(self, *arguments: str) -> Answer:
        """What both places answer, which must be the same."""
        here, there = (self._answer(str(place), arguments) for place in (self.here, self.there))
        assert here == there
        return there

    def _answer(self, place: str, arguments: tuple[str, ...]) -> Answer:
        self.capsys.readouterr()
        code = main([*arguments, "--curated", place])
        said = self.capsys.readouterr()
        # A workbook holds the second in which it was made.
        files = {path.name: b"" if path.suffix == ".xlsx" else path.read_bytes() for path in self.folder.iterdir()}
        for path in self.folder.iterdir():
            path.unlink()
        return Answer(code, said.out.replace(place, "<tempat>"), said.err.replace(place, "<tempat>"), files)

    def json(self, *arguments: str) -> Any:
        """The JSON that both places answer, without the times, which must be the same."""
        here, there = (self._json(str(place), arguments) for place in (self.here, self.there))
        assert here == there
        return there

    def _json(self, place: str, arguments: tuple[str, ...]) -> Any:
        answer = self._answer(place, (*arguments, "--format", "json"))
        assert answer.code == 0, answer.err
        return json.loads(answer.out, object_hook=lambda found: found | dict.fromkeys(found.keys() & _TIMES))


_TIMES = {"terbit", "published"}


@pytest.fixture
def twins(bucket: str, tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Twins:
    """A release of the plan of one year, and one of two years."""
    monkeypatch.chdir(tmp_path)
    curated, there = tmp_path / "curated", Objects(f"{bucket}/curated")
    pdfs = [make_pdf(tmp_path / f"rkt-{tahun}.pdf", str(tahun)) for tahun in (2023, 2024)]
    results = [plan(pdf, tahun) for pdf, tahun in zip(pdfs, (2023, 2024), strict=True)]
    for count in (1, 2):
        inputs = [InputFile(each.document["berkas"], each.document["sha256"]) for each in results[:count]]
        release = publish(results[:count], curated, inputs=inputs, reader_version="1")
        push(there, release_folder(curated, release.number), count - 1, "test")
    (tmp_path / "keluar").mkdir()
    return Twins(curated, there.url, tmp_path / "keluar", capsys)


def test_questions_withdrawing_and_going_back(twins: Twins) -> None:
    assert twins.json("query", "SELECT count(*) AS n FROM program_kegiatan") == [{"n": 2}]
    assert [each["keadaan"] for each in twins.json("releases")] == ["berlaku", ""]
    assert twins.json("status")["release"]["documents"] == {"lengkap": 2}
    assert len(twins.json("compare", "2023", "2024")) == 1
    assert {each["baru"] for each in twins.json("diff", "1", "2")} >= {1}
    assert twins.ask("temuan").code == 0
    assert twins.ask("reference", "show").code == 0

    withdrawn = twins.ask("withdraw", "rkt-2023.pdf")
    assert withdrawn.code == 0
    assert "Ditarik: rkt-2023.pdf" in withdrawn.err
    assert "sudah ditarik" in twins.ask("withdraw", "rkt-2023.pdf").err
    assert twins.ask("withdraw", "lain.pdf").code == 2
    assert twins.ask("rollback", "1").code == 0
    assert twins.json("query", "SELECT count(*) AS n FROM program_kegiatan") == [{"n": 1}]
    assert twins.ask("rollback", "1").code == 0
    refused = twins.ask("rollback", "7")
    assert refused.code == 1
    assert "1, 2" in refused.err


@pytest.mark.long
def test_files(twins: Twins) -> None:
    folder = str(twins.folder)
    assert len(twins.ask("ekspor", "program_kegiatan", f"{folder}/p.csv").files["p.csv"]) > 100
    assert "perubahan.csv" in twins.ask("compare", "2023", "2024", "--output", f"{folder}/perubahan.csv").files
    report = twins.ask("compare", "2023", "2024", "--laporan", folder)
    assert sorted(Path(name).suffix for name in report.files) == [".html", ".xlsx"]
    report = twins.ask("laporan", "rkt-2024.pdf", "--output", folder)
    assert sorted(Path(name).suffix for name in report.files) == [".html", ".xlsx"]


@pytest.mark.long
@pytest.mark.parametrize("dataset", ["program_kegiatan", "perbandingan"])
def test_pictures(twins: Twins, dataset: str) -> None:
    """The PDFs lie where the command is called: of an address one cannot tell what lies beside it."""
    row, *_ = twins.json("query", f"SELECT baris_id FROM {dataset} ORDER BY baris_id")
    picture = twins.ask("bukti", row["baris_id"], "--output", f"{twins.folder}/gambar.png")
    assert picture.code == 0, picture.err
    assert all(content.startswith(b"\x89PNG") for content in picture.files.values())
    assert len(picture.files) == (2 if dataset == "perbandingan" else 1)


def test_where_nothing_is_published(bucket: str, tmp_path: Path, capsys: Capture) -> None:
    commands = [
        ["query", "SELECT 1"], ["releases"], ["status"], ["temuan"], ["compare", "2023", "2024"], ["diff", "1", "2"],
        ["rollback", "1"], ["withdraw", "a.pdf"], ["laporan", "a.pdf"], ["bukti", "a"],
        ["ekspor", "dokumen", str(tmp_path / "a.csv")],
    ]  # fmt: skip
    for command in commands:
        assert main([*command, "--curated", f"{bucket}/curated"]) == 1, command
        said = capsys.readouterr().err
        assert f"{bucket}/curated" in said, command
        assert said.count("\n") == 1, command
