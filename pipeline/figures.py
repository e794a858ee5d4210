"""The figures of records: in which columns they stand, and how a message lists them."""

from __future__ import annotations

from collections.abc import Sequence

# By dataset: the columns that hold figures, each with the column of its printed text and whether it is rupiah.
FIGURES: dict[str, tuple[tuple[str, str | None, bool], ...]] = {
    "program_kegiatan": (("pagu", "pagu_teks", True), ("prakiraan_pagu", None, True)),
    "indikator": (
        ("target", "target_teks", False),
        ("kondisi_awal", "kondisi_awal_teks", False),
        ("prakiraan_target", "prakiraan_target_teks", False),
    ),
    "target_periode": (("target", "target_teks", False), ("anggaran", None, True)),
    "pendanaan": (("jumlah", "jumlah_teks", True),),
    "rekening": (("jumlah", "jumlah_teks", True),),
}
LONGEST_LIST = 12


def listed(figures: Sequence[str]) -> str:
    """Up to twelve figures with commas between them, and how many more there are."""
    shown = ", ".join(figures[:LONGEST_LIST])
    return f"{shown}, dan {len(figures) - LONGEST_LIST} lainnya" if len(figures) > LONGEST_LIST else shown
