"""Documents read in this process, published, and set against their truth by the samples' own `score.py`."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline.document import open_document
from pipeline.intake.source import ReadSettings, Source, fingerprint
from pipeline.layouts.tables import TableReading
from pipeline.reader import read_opened
from pipeline.release.build import publish
from pipeline.release.result import DocumentResult
from pipeline.version import reader_version
from pipeline.worker.jobs import headers_of

TRUTH = ".truth.json"
# From which similarity a name counts as right, in percent: a scan is read letter by letter.
EXACT, OF_A_SCAN = 100, 95


@dataclass(frozen=True, slots=True)
class Read:
    """A document, the headers of its tables and what was read from it, in `seconds` on the clock."""

    path: Path
    headers: list[TableReading]
    result: DocumentResult
    seconds: float

    @property
    def key(self) -> str:
        """A short name: the part of the file's name that tells it from the others."""
        name = self.path.stem
        return name.split("-")[0] if name[1:3].isdigit() else name

    @property
    def truth(self) -> Path | None:
        found = self.path.with_name(self.path.stem + TRUTH)
        return found if found.exists() else None

    @property
    def scanned(self) -> bool:
        """Whether most of its pages are scans."""
        pages = self.rows("halaman")
        scans = [page for page in pages if page["jenis"] == "pindai"]
        return 2 * len(scans) > len(pages)

    def rows(self, dataset: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.result.table(dataset).to_pylist()
        return rows


class Shares:
    """The shares, 0 to 1, of whatever counts records and figures; of nothing, all is right."""

    __slots__ = ()
    truth: int
    out: int
    exact: int
    figures: int
    figures_right: int

    @property
    def recall(self) -> float:
        return self.exact / self.truth if self.truth else 1.0

    @property
    def precision(self) -> float:
        return self.exact / self.out if self.out else 1.0

    @property
    def figures_share(self) -> float:
        return self.figures_right / self.figures if self.figures else 1.0


@dataclass(frozen=True, slots=True)
class Score(Shares):
    """One dataset of one document against its truth; counts of records and of figures, as `score.py` defines them."""

    key: str
    dataset: str
    truth: int
    out: int
    exact: int
    figures: int
    figures_right: int
    doubted: int
    silent: int
    omitted: int
    doubted_right: int
    wrong_identity: tuple[str, ...]

    @property
    def doubted_share(self) -> float:
        """The share of the right figures that a finding about our reading doubts."""
        return self.doubted_right / self.figures_right if self.figures_right else 0.0


def read_all(paths: Iterable[Path]) -> list[Read]:
    """Read every document. Raises what the reader raises: no document may make it do so."""
    found = []
    for path in paths:
        source = Source(path.name, fingerprint(path))
        started = time.perf_counter()
        document = open_document(path, source.dokumen_id)
        headers = headers_of(document, source.dokumen_id, None)
        result = read_opened(document, source, ReadSettings())
        found.append(Read(path, headers, result, time.perf_counter() - started))
    return found


def score_all(samples: Path, documents: Sequence[Read], curated: Path) -> list[Score]:
    """Publish the documents in `curated`, and score those that have a truth file. `samples` holds `score.py`."""
    publish([d.result for d in documents], curated, inputs=[], reader_version=reader_version())
    judge = _load_judge(samples / "score.py")
    return [score for d in documents if d.truth for score in _scores(judge, curated, d, d.truth)]


def total(scores: Sequence[Score], key: str = "all") -> Score:
    """All scores as one."""
    names = ("truth", "out", "exact", "figures", "figures_right", "doubted", "silent", "omitted", "doubted_right")
    sums = {name: sum(getattr(score, name) for score in scores) for name in names}
    wrong = tuple(dict.fromkeys(name for score in scores for name in score.wrong_identity))
    return Score(key, "all", wrong_identity=wrong, **sums)


def _load_judge(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("samples_score", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _scores(judge: ModuleType, curated: Path, document: Read, truth: Path) -> Iterable[Score]:
    found = judge.score(curated, truth, names=OF_A_SCAN if document.scanned else EXACT)
    wrong = tuple(found["dokumen_wrong"]) if found["found"] else ("dokumen",)
    for dataset in judge.SPECS:
        counts = found.get(dataset)
        if counts and (counts["truth"] or counts["out"]):
            names = [name for name in Score.__slots__ if name in counts]
            yield Score(document.key, dataset, wrong_identity=wrong, **{name: counts[name] for name in names})
