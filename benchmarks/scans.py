"""How the reading of scans holds out: one drawn document, scanned ever worse, one factor at a time.

`python -m benchmarks.scans [SAMPLES]`; without it, RKT_SAMPLES names the folder. Writes docs/accuracy-scans.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image

from benchmarks.scoring import TRUTH, Score, read_all, score_all, total

REPORT = Path(__file__).parents[1] / "docs" / "accuracy-scans.md"
DRAWN = Path("facsimile") / "rkt-2024-bkpsdm-way-kanan.pdf"
SCANNED = Path("facsimile") / "rkt-2024-bkpsdm-way-kanan-pindai.pdf"  # whose truth is that of the pages taken here
PAGES = range(18, 27)
PAPER = 243
GRAIN = 6.0
SOFTNESS = 0.6


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a page is scanned: resolution, tilt of the sheet in degrees, and JPEG quality."""

    dpi: int = 200
    skew: float = 0.0
    quality: int = 90

    @property
    def name(self) -> str:
        return f"{self.dpi} dpi, {self.skew:g}°, JPEG {self.quality}"


BASE = Scanner()
VARIED = (
    *(replace(BASE, dpi=dpi) for dpi in (100, 150, 200, 300)),
    *(replace(BASE, skew=skew) for skew in (1.0, 2.0)),
    *(replace(BASE, quality=quality) for quality in (60, 30)),
)


def scan(drawn: Path, pages: Sequence[int], scanner: Scanner, target: Path) -> None:
    """Write the pages (from 1) of a drawn PDF as a scanner would deliver them: grey, soft, grainy, askew."""
    with pdfium.PdfDocument(drawn) as document:
        sheets = [Image.fromarray(_sheet(document[number - 1], scanner, number)) for number in pages]
    more, dpi, quality = sheets[1:], scanner.dpi, scanner.quality
    sheets[0].save(target, save_all=True, append_images=more, resolution=dpi, quality=quality)


def _sheet(page: pdfium.PdfPage, scanner: Scanner, number: int) -> npt.NDArray[np.uint8]:
    """One page as grey levels; sheets lean to the left and to the right in turn."""
    drawn = page.render(scale=scanner.dpi / 72, grayscale=True).to_numpy()
    pixels = drawn.reshape(drawn.shape[:2])
    height, width = pixels.shape
    lean = scanner.skew if number % 2 else -scanner.skew
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), lean, 1.0)
    leaning = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    soft = cv2.GaussianBlur(leaning, (0, 0), SOFTNESS * scanner.dpi / BASE.dpi)
    grain = np.random.default_rng(number).normal(0, GRAIN, pixels.shape)
    return np.asarray(np.clip(soft * (PAPER / 255) + grain, 0, 255), dtype=np.uint8)


def measure(samples: Path, scanners: Sequence[Scanner], pages: Sequence[int]) -> Iterator[tuple[Scanner, Score, float]]:
    """For each way of scanning: the score, and the seconds per page on the clock."""
    for scanner in scanners:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / SCANNED.name
            scan(samples / DRAWN, pages, scanner, path)
            shutil.copy(samples / SCANNED.with_name(SCANNED.stem + TRUTH), path.with_name(path.stem + TRUTH))
            read = read_all([path])
            score = total(score_all(samples, read, Path(folder) / "curated"))
            yield scanner, score, read[0].seconds / len(pages)


def _row(scanner: Scanner, score: Score, seconds: float) -> str:
    wrong = score.figures or 1
    cells = [
        scanner.name,
        f"{score.exact} of {score.truth}",
        f"{score.figures_share:.3f}",
        f"{score.doubted / wrong:.3f}",
        f"{score.silent / wrong:.3f}",
        f"{score.omitted / wrong:.3f}",
        f"{score.doubted_share:.1%}",
        f"{seconds:.1f}",
    ]
    return "| " + " | ".join(cells) + " |"


def report(rows: Sequence[str]) -> str:
    """The page of the documentation that holds these rows."""
    return f"""# Accuracy on scans

Written by `python -m benchmarks.scans`: {len(PAGES)} pages of a drawn plan, scanned in ever worse ways, one factor at
a time (paper with grain, slightly soft; sheets lean to either side in turn), read, and scored. Shares are of
all figures: *doubted* are wrong ones under a finding, *silent* wrong ones under none. *Right but doubted* is the share
of right figures under a finding about our reading. Seconds are on the clock, on one core.

| scan | records right | figures right | doubted | silent | omitted | right but doubted | seconds a page |
|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", nargs="?", default=os.environ.get("RKT_SAMPLES"), type=Path)
    samples = parser.parse_args().samples
    if samples is None:
        parser.error("name the folder of samples, or set RKT_SAMPLES")
    rows = []
    for result in measure(samples, VARIED, PAGES):
        rows.append(_row(*result))
        print(rows[-1], flush=True)
    REPORT.write_text(report(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
