"""The best pairs out of all possible ones, each row and each column in one pair at most."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

# A pair that fits must never be broken up for two pairs that fit badly: 2 x 0.85^8 is less than 1.
_SHARPNESS = 8
_TIE = 1e-4


def best_pairs(scores: np.ndarray, ties: np.ndarray | None = None) -> list[tuple[int, int]]:
    """Row and column of each pair, by row, of an assignment with the largest sum of sharpened scores.

    `scores`: 0 to 1, 0 where a pair is impossible; `ties`: 0 to 1, what decides between pairs of the same score.
    """
    if not scores.size or not scores.any():
        return []
    weights = scores**_SHARPNESS
    if ties is not None:
        weights = weights + _TIE * ties
    weights = np.where(scores > 0, weights, 0.0)
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if scores[r, c] > 0]
