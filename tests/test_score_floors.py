"""What the reader has reached on the samples with truth, as floors that no change may fall below."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.scoring import Score, read_all, score_all, total

MOST_DOUBTED = 0.05
MOST_DOUBTED_OF_A_SCAN = 0.1
# Documents whose pages are text: every record and every figure of them is read right.
WHOLE = (
    "facsimile/rkt-2023-bkpsdm-way-kanan.pdf",
    "facsimile/rkt-2024-bkpsdm-way-kanan.pdf",
    "real/v01-*.pdf",
    "real/v02-*.pdf",
    "real/v03-*.pdf",
    "real/v04-*.pdf",
    "real/v06-*.pdf",
    "real/v09-*.pdf",
    "real/h11-*.pdf",
    "real/w07-*.pdf",
    "real/w08-*.pdf",
    "real/x01-*.pdf",
    "real/x04-*.pdf",
)

# Scans of which every record and figure is read right; the first takes a minute.
SCANS = (
    pytest.param("facsimile/rkt-2024-bkpsdm-way-kanan-pindai.pdf", marks=pytest.mark.long),
    "real/v05-*.pdf",
    "real/v07-*.pdf",
)


@pytest.fixture(scope="module")
def scores(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Score]:
    """All datasets of each document as one score, by the pattern of its name."""
    documents = {pattern: read_all(samples.glob(pattern)) for pattern in WHOLE}
    every = [document for found in documents.values() for document in found]
    found = score_all(samples, every, tmp_path_factory.mktemp("score"))
    keys = {pattern: {document.key for document in found} for pattern, found in documents.items()}
    return {pattern: total([s for s in found if s.key in keys[pattern]], pattern) for pattern in WHOLE}


@pytest.mark.parametrize("name", WHOLE)
def test_no_document_falls_below_its_floor(scores: Mapping[str, Score], name: str) -> None:
    score = scores[name]
    assert score.truth > 0
    assert score.recall == score.precision == score.figures_share == 1.0, score
    assert (score.silent, score.omitted, score.doubted) == (0, 0, 0), score
    assert score.doubted_share <= MOST_DOUBTED, score
    assert score.wrong_identity == (), score


@pytest.mark.parametrize("name", SCANS)
def test_no_scan_falls_below_its_floor(samples: Path, tmp_path: Path, name: str) -> None:
    score = total(score_all(samples, read_all(samples.glob(name)), tmp_path), name)
    assert score.truth > 0
    assert score.recall == score.precision == score.figures_share == 1.0, score
    assert (score.silent, score.omitted, score.doubted) == (0, 0, 0), score
    assert score.doubted_share <= MOST_DOUBTED_OF_A_SCAN, score
    assert score.wrong_identity == (), score


@pytest.mark.long
def test_the_layer_of_noise_over_a_scan_is_not_believed(samples: Path) -> None:
    (read,) = read_all(samples.glob("real/v08-*.pdf"))
    assert {(page["jenis"], page["mesin"]) for page in read.rows("halaman")} == {("pindai", "rapidocr")}
