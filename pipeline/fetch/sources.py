"""`sources.yaml`: where documents come from. The format is described in docs/sources.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from pipeline.fetch.failures import FetchError
from pipeline.fetch.urls import checked
from pipeline.intake.problems import Language, explain_reason, system_reason

FILE, PAGE = "berkas", "halaman"
_REQUIRED = ("url", "perangkat_daerah", "wilayah", "tahun", "penerbit")
_OPTIONAL = ("lisensi", "jenis", "pola")
_YEARS = range(1990, 2100)
_MOST_BYTES = 8 << 20

_REASONS: dict[str, tuple[str, str]] = {
    "missing_file": ("berkas ini tidak ada; lihat docs/sources.md", "there is no such file; see docs/sources.md"),
    "unreadable": ("tidak dapat dibaca ({value})", "cannot be read ({value})"),
    "yaml": ("bukan YAML yang sah", "not valid YAML"),
    "top": ("isinya harus `sources:` diikuti daftar", "it must be `sources:` followed by a list"),
    "mapping": ("setiap sumber harus berisi pasangan nama: nilai", "each source must be pairs of name: value"),
    "unknown": ("nama {value} tidak dikenal", "the name {value} is not known"),
    "twice": ("{value} ditulis dua kali", "{value} is given twice"),
    "missing": ("{value} belum diisi", "{value} is missing"),
    "text": ("{value} harus berupa teks", "{value} must be text"),
    "year": ("tahun harus seperti 2024, bukan {value}", "tahun must be like 2024, not {value}"),
    "url": ("url bukan alamat http atau https", "url is no http or https address"),
    "credentials": (
        "url memuat nama pengguna atau kata sandi; hapus dari daftar",
        "url holds a user's name or password; remove them",
    ),
    "kind": ("jenis harus berkas atau halaman, bukan {value}", "jenis must be berkas or halaman, not {value}"),
    "pattern": ("pola bukan ekspresi reguler yang sah", "pola is not a valid regular expression"),
    "pattern_of_file": ("pola hanya untuk jenis: halaman", "pola is for jenis: halaman only"),
    "same_url": ("url ini sudah ada di baris {value}", "this url stands in line {value} already"),
}


class SourcesError(ValueError):
    """A list of sources that cannot be used. `line` is 1-based; None where the whole file is at fault."""

    def __init__(self, path: Path, line: int | None, reason: str, value: str = "") -> None:
        super().__init__(f"{path}:{line}: {reason} {value}")
        self.path = path
        self.line = line
        self.reason = reason
        self.value = value

    def message(self, language: Language = "id") -> str:
        """One line for the user: the file, the line, and what is wrong with it."""
        place = "" if self.line is None else f", {'baris' if language == 'id' else 'line'} {self.line}"
        text = _REASONS[self.reason][language != "id"]
        return f"{self.path}{place}: {text.format(value=explain_reason(self.value, language)[:80])}."


@dataclass(frozen=True, slots=True)
class Listed:
    """A source: one document (`jenis` = `berkas`), or a page with links to documents (`halaman`).

    `pola` is searched in the address and the text of each link; without it, links to `.pdf` are taken. `baris` is the
    line of the list where it stands, from 1.
    """

    url: str
    perangkat_daerah: str
    wilayah: str
    tahun: int
    penerbit: str
    lisensi: str | None
    jenis: str
    pola: re.Pattern[str] | None
    baris: int


def load_sources(path: Path) -> list[Listed]:
    """Read a list of sources. Raises SourcesError at the first thing that is wrong with it."""
    root = _compose(path)
    if not isinstance(root, yaml.MappingNode) or [key.value for key, _ in root.value] != ["sources"]:
        raise SourcesError(path, None, "top")
    entries = root.value[0][1]
    if not isinstance(entries, yaml.SequenceNode):
        raise SourcesError(path, _line(entries), "top")
    lines: dict[str, int] = {}
    listed = []
    for node in entries.value:
        one = _read_source(path, node)
        if one.url in lines:
            raise SourcesError(path, one.baris, "same_url", str(lines[one.url]))
        lines[one.url] = one.baris
        listed.append(one)
    return listed


def _compose(path: Path) -> yaml.Node | None:
    """The file as nodes, which know their lines. Nothing in it is made into an object."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SourcesError(path, None, "unreadable", f"> {_MOST_BYTES >> 20} MiB")
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except FileNotFoundError as error:
        raise SourcesError(path, None, "missing_file") from error
    except OSError as error:
        raise SourcesError(path, None, "unreadable", system_reason(error)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise SourcesError(path, None if mark is None else mark.line + 1, "yaml") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise SourcesError(path, None, "yaml") from error


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _read_source(path: Path, node: yaml.Node) -> Listed:
    if not isinstance(node, yaml.MappingNode):
        raise SourcesError(path, _line(node), "mapping")
    texts, lines = _texts(path, node)
    for name in _REQUIRED:
        if name not in texts:
            raise SourcesError(path, _line(node), "missing", name)
    if not (re.fullmatch(r"\d{4}", texts["tahun"]) and int(texts["tahun"]) in _YEARS):
        raise SourcesError(path, lines["tahun"], "year", texts["tahun"])
    kind = texts.get("jenis", FILE)
    if kind not in (FILE, PAGE):
        raise SourcesError(path, lines["jenis"], "kind", kind)
    return Listed(
        url=_url(path, lines["url"], texts["url"]),
        perangkat_daerah=texts["perangkat_daerah"],
        wilayah=texts["wilayah"],
        tahun=int(texts["tahun"]),
        penerbit=texts["penerbit"],
        lisensi=texts.get("lisensi"),
        jenis=kind,
        pola=_pattern(path, lines["pola"], texts["pola"], kind) if "pola" in texts else None,
        baris=_line(node),
    )


def _texts(path: Path, node: yaml.MappingNode) -> tuple[dict[str, str], dict[str, int]]:
    """The texts of a source and their lines, by name; what is left empty or null is not in them."""
    texts: dict[str, str] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name = str(key.value)
        if name not in (*_REQUIRED, *_OPTIONAL):
            raise SourcesError(path, _line(key), "unknown", name)
        if name in lines:
            raise SourcesError(path, _line(key), "twice", name)
        lines[name] = _line(key)
        if not isinstance(value, yaml.ScalarNode):
            raise SourcesError(path, _line(key), "text", name)
        if value.tag != "tag:yaml.org,2002:null" and value.value.strip():
            texts[name] = value.value.strip()
    return texts, lines


def _url(path: Path, line: int, text: str) -> str:
    try:
        url = checked(text)
    except FetchError as error:
        raise SourcesError(path, line, "url") from error
    if "@" in urlsplit(text).netloc:
        raise SourcesError(path, line, "credentials")
    return url


def _pattern(path: Path, line: int, text: str, kind: str) -> re.Pattern[str]:
    if kind != PAGE:
        raise SourcesError(path, line, "pattern_of_file")
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise SourcesError(path, line, "pattern") from error
