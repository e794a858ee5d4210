"""What a reader made of a drawn document, set against its truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.intake.source import ReadSettings, Source, fingerprint
from pipeline.reader import read_document
from pipeline.reference.units import find_unit
from pipeline.release.result import DocumentResult
from tests.forms.plan import Truth

FIELDS = {
    "program_kegiatan": ("level", "kode", "nomor", "nama", "program", "kegiatan", "pagu", "prakiraan_pagu", "lokasi"),
    "indikator": (
        "level", "indikator", "jenis", "satuan", "target", "target_teks", "prakiraan_target_teks",
        "misi", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan",
    ),
    "target_periode": ("periode", "target_teks", "target"),
}  # fmt: skip


def read(path: Path) -> DocumentResult:
    return read_document(path, Source(path.name, fingerprint(path)), ReadSettings())


def _plain(name: str, value: Any) -> Any:
    """A value as it is compared: numbers as numbers, units by their usual name."""
    if name == "satuan" and value is not None:
        unit = find_unit(value)
        return unit.name if unit else value
    return float(value) if value is not None and not isinstance(value, str) else value


def _rows(rows: Iterable[dict[str, Any]], fields: Sequence[str]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(_plain(name, row.get(name)) for name in fields) for row in rows)


def differences(result: DocumentResult, truth: Truth) -> list[str]:
    """Every record that is missing or too many, in words; none where the reading is right."""
    found: list[str] = []
    for dataset, wanted in truth.items():
        fields = [name for name in FIELDS[dataset] if any(name in row for row in wanted)]
        expected = _rows(wanted, fields)
        read_rows = _rows(result.table(dataset).to_pylist(), fields)
        found += [f"{dataset}: missing {row}" for row in (expected - read_rows).elements()]
        found += [f"{dataset}: too many {row}" for row in (read_rows - expected).elements()]
    return found


def doubts(result: DocumentResult) -> list[str]:
    """The findings that doubt the reading of a figure, or say that something went unread."""
    rows = result.table("temuan").to_pylist()
    return [
        f"{row['kode']}: {row['pesan']}" for row in rows if row["jenis"] == "pembacaan" and row["tingkat"] != "info"
    ]
