"""What a list of sources may hold, and how its mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.fetch import SourcesError, load_sources

GOOD = """sources:
  - url: https://contoh.go.id/rkt.pdf
    perangkat_daerah: Dinas Contoh
    wilayah: Kabupaten Contoh
    tahun: 2024
    penerbit: Pemerintah Contoh
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_read(tmp_path: Path) -> None:
    page = GOOD.removeprefix("sources:\n").replace("/rkt.pdf", "/unduh#a") + "    jenis: halaman\n    pola: rkt|renja\n"
    one, two = load_sources(write(tmp_path, GOOD + page + "    lisensi:\n"))
    assert (one.url, one.tahun, one.jenis, one.pola, one.baris) == (
        "https://contoh.go.id/rkt.pdf", 2024, "berkas", None, 2
    )  # fmt: skip
    assert (two.url, two.jenis, two.lisensi) == ("https://contoh.go.id/unduh", "halaman", None)
    assert two.pola is not None
    assert two.pola.search("RENJA 2024")


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    assert load_sources(write(tmp_path, "sources: []\n")) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("sources:\n", "sumber:\n", None, "top"),
        (GOOD, "", None, "top"),
        (GOOD, "sources: a\n", 1, "top"),
        (GOOD, "sources:\n  - a\n", 2, "mapping"),
        (GOOD, "sources: [\n", 2, "yaml"),
        ("    wilayah: Kabupaten Contoh\n", "", 2, "missing"),
        ("wilayah: Kabupaten Contoh", "wilayah:", 2, "missing"),
        ("wilayah:", "daerah:", 4, "unknown"),
        ("wilayah:", "tahun:", 5, "twice"),
        ("Kabupaten Contoh", "[a, b]", 4, "text"),
        ("2024", "24", 5, "year"),
        ("2024", "1850", 5, "year"),
        ("https:", "ftp:", 2, "url"),
        ("https://", "file:///", 2, "url"),
        ("https://", "https://orang:sandi@", 2, "credentials"),
        ("Pemerintah Contoh\n", "Pemerintah Contoh\n    jenis: arsip\n", 7, "kind"),
        ("Pemerintah Contoh\n", "Pemerintah Contoh\n    pola: rkt\n", 7, "pattern_of_file"),
        ("Pemerintah Contoh\n", "Pemerintah Contoh\n    jenis: halaman\n    pola: '('\n", 8, "pattern"),
        (GOOD, GOOD + GOOD.removeprefix("sources:\n"), 7, "same_url"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int | None, reason: str) -> None:
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(SourcesError) as raised:
        load_sources(path)
    assert (raised.value.line, raised.value.reason) == (line, reason)
    for language, word in (("id", "baris"), ("en", "line")):
        text = raised.value.message(language)  # type: ignore[arg-type]
        assert text.startswith(f"{path}, {word} {line}: " if line else f"{path}: ")
        assert "{" not in text
        assert "sandi" not in text.removeprefix(str(path)) or reason == "credentials"


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="missing_file"):
        load_sources(tmp_path / "sources.yaml")
