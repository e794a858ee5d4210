"""Editions of the nomenclature that a user has imported: out of a CSV, into a folder, and the one that binds a year.

<folder>/nomenklatur-2025.csv          an edition by its year, normalised: level, kode, nama, status, jenis_pemda
<folder>/nomenklatur-tanpa-tahun.csv   one whose year is not known; it binds where no other does
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pipeline.files import write_atomically
from pipeline.reference.nomenclature import Entry, Nomenclature, comparable_code

LEVELS = ("urusan", "bidang", "program", "kegiatan", "sub_kegiatan")
COLUMNS = ("level", "kode", "nama", "status", "jenis_pemda")
_LEVEL_NAMES = {"bidang_urusan": "bidang", "urusan_bidang": "bidang", "subkegiatan": "sub_kegiatan"}
_HEADERS = {
    "level": "level", "tingkat": "level", "jenjang": "level",
    "kode": "kode", "code": "kode", "kode_rekening": "kode", "kode_nomenklatur": "kode",
    "nama": "nama", "name": "nama", "uraian": "nama", "nomenklatur": "nama", "nama_nomenklatur": "nama",
    "status": "status", "keaktifan": "status", "jenis_pemda": "jenis_pemda", "pemda": "jenis_pemda",
    "vintage": "vintage", "edisi": "vintage", "tahun": "vintage",
}  # fmt: skip
_NEEDED = ("level", "kode", "nama")
_INACTIVE = frozenset({"nonaktif", "non aktif", "tidak aktif", "dihapus", "inactive", "deleted", "tidak", "0", "false"})
_REGIONS = {
    "": "", "semua": "", "provinsi": "provinsi", "prov": "provinsi", "kabupaten/kota": "kabupaten/kota",
    "kab/kota": "kabupaten/kota", "kabupaten": "kabupaten/kota", "kota": "kabupaten/kota", "kabkota": "kabupaten/kota",
}  # fmt: skip
_CODE = re.compile(r"(?:\d{1,5}|[Xx]{1,2})(?:\.(?:\d{1,5}|[Xx]{1,2}))*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FILE = re.compile(r"nomenklatur-(\d{4}|tanpa-tahun)\.csv")
UNDATED = "tanpa-tahun"
# The whole national nomenclature is under 5 MiB; a file far above it is another one, and would take minutes.
MOST_BYTES = 32 << 20
_SEPARATOR_LINE = re.compile(r"\A\"?sep=[,;\t]\"?[ \t]*\r?\n", re.IGNORECASE)
_MOST_SHOWN = 80


class NotANomenclatureError(ValueError):
    """The file at `path` is no list that can be used. `reason` says why in a word, `values` what it is about."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(f"{reason}: {values}")
        self.path = Path()
        self.reason = reason
        self.values = values


@dataclass(frozen=True, slots=True)
class Edition:
    """One imported edition: its year, its entries in the order of the file, and the hash of what is stored."""

    tahun: int | None
    entries: tuple[Entry, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a file holds: its entries by the year of their edition, and how many rows were there twice."""

    editions: Mapping[int | None, Sequence[Entry]]
    duplicates: int


def reference_folder(state: Path) -> Path:
    """Where the editions lie in a state folder."""
    return state / "reference"


def year_in_name(path: Path) -> int | None:
    """The last year in the name of a file, None where it names none."""
    years = _YEAR.findall(path.stem)
    return int(years[-1]) if years else None


def read_csv(path: Path, tahun: int | None = None) -> Given:
    """The entries of a CSV that a user has; `tahun` holds for rows that name no edition.

    Separator, case of the header and unneeded columns do not matter. Raises NotANomenclatureError that names the
    missing column or the line at fault, and OSError.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        _refuse(path, NotANomenclatureError("size", size=size >> 20, most=MOST_BYTES >> 20))
    return _read_named(path, tahun)


def _refuse(path: Path, error: NotANomenclatureError) -> NoReturn:
    error.path = path
    raise error


def _read_named(path: Path, tahun: int | None) -> Given:
    try:
        return _read(path, tahun)
    except NotANomenclatureError as error:
        _refuse(path, error)


def _read(path: Path, tahun: int | None) -> Given:
    text = _text(path)
    head = text.lstrip().partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    editions: dict[int | None, dict[Entry, None]] = {}
    count = 0
    try:
        for year, entry in _entries(rows, tahun):
            editions.setdefault(year, {})[entry] = None
            count += 1
    except csv.Error as error:
        raise NotANomenclatureError("line", line=rows.line_num) from error
    if not count:
        raise NotANomenclatureError("empty")
    kept = {year: tuple(entries) for year, entries in editions.items()}
    return Given(kept, count - sum(map(len, kept.values())))


def _text(path: Path) -> str:
    """The file as text, without what Excel puts before the header: a byte order mark and what its line `sep=;` says."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotANomenclatureError("encoding") from error
    if "\0" in text:  # a workbook under the name of a CSV, or UTF-16
        raise NotANomenclatureError("encoding")
    return _SEPARATOR_LINE.sub("\n", text, count=1)


def _entries(rows: Iterator[list[str]], tahun: int | None) -> Iterator[tuple[int | None, Entry]]:
    filled = ((line, cells) for line, cells in enumerate(rows, start=1) if any(cell.strip() for cell in cells))
    places = _places(next(filled, (1, []))[1])
    for line, cells in filled:
        row = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        yield _year(row, line, tahun), _entry(row, line)


def _places(header: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        name = _HEADERS.get(re.sub(r"[\s_-]+", "_", title.strip().lower()))
        if name:
            places.setdefault(name, place)
    missing = [name for name in _NEEDED if name not in places]
    found = ", ".join(title.strip() for title in header if title.strip())
    if not found:
        raise NotANomenclatureError("empty")
    if missing:
        raise NotANomenclatureError("columns", names=", ".join(missing), found=_shortened(found))
    return places


def _shortened(text: str) -> str:
    """The beginning of a text, in one line that a terminal shows."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain if len(plain) <= _MOST_SHOWN else f"{plain[:_MOST_SHOWN]}…"


def _year(row: Mapping[str, str], line: int, tahun: int | None) -> int | None:
    given = row.get("vintage", "")
    if not given:
        return tahun
    found = _YEAR.findall(given)
    if not found:
        raise NotANomenclatureError("vintage", line=line, value=given)
    return int(found[-1])


def _entry(row: Mapping[str, str], line: int) -> Entry:
    level = re.sub(r"[\s_-]+", "_", row["level"].lower())
    level = _LEVEL_NAMES.get(level, level)
    if level not in LEVELS:
        raise NotANomenclatureError("level", line=line, value=row["level"], known=", ".join(LEVELS))
    kode = re.sub(r"\s*\.\s*|\s+", ".", row["kode"].strip(". ")).upper()
    if not _CODE.fullmatch(kode):
        raise NotANomenclatureError("kode", line=line, value=row["kode"])
    nama = " ".join(row["nama"].split())
    if not nama:
        raise NotANomenclatureError("nama", line=line)
    region = re.sub(r"\s*/\s*", "/", row.get("jenis_pemda", "").lower())
    if region not in _REGIONS:
        raise NotANomenclatureError("jenis_pemda", line=line, value=row["jenis_pemda"])
    return Entry(level, kode, nama, row.get("status", "").lower() not in _INACTIVE, _REGIONS[region])


def twice_named(entries: Iterable[Entry]) -> int:
    """How many codes of one region level carry more than one name."""
    names: dict[tuple[str, str, str], set[str]] = {}
    for entry in entries:
        names.setdefault((entry.level, comparable_code(entry.kode), entry.jenis_pemda), set()).add(entry.nama)
    return sum(len(found) > 1 for found in names.values())


def save_edition(folder: Path, tahun: int | None, entries: Iterable[Entry]) -> tuple[Path, bool]:
    """Store an edition; returns where, and whether it took the place of one of its year. Raises OSError."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        status = "aktif" if entry.aktif else "nonaktif"
        writer.writerow([entry.level, entry.kode, entry.nama, status, entry.jenis_pemda])
    folder.mkdir(parents=True, exist_ok=True)
    path = _path(folder, tahun)
    replaced = path.exists()
    write_atomically(path, text.getvalue().encode())
    return path, replaced


def remove_edition(folder: Path, tahun: int | None) -> bool:
    """Forget an edition; whether there was one. Raises OSError."""
    path = _path(folder, tahun)
    known = path.exists()
    path.unlink(missing_ok=True)
    return known


def load_editions(folder: Path) -> list[Edition]:
    """The editions in a folder, oldest first, the undated one before them. Raises OSError, NotANomenclatureError."""
    files = sorted(path for path in folder.glob("nomenklatur-*.csv") if _FILE.fullmatch(path.name))
    return sorted(map(_load, files), key=lambda edition: edition.tahun or 0)


def _load(path: Path) -> Edition:
    given = _read_named(path, None)
    found = _FILE.fullmatch(path.name)
    tahun = None if found is None or found[1] == UNDATED else int(found[1])
    entries = tuple(entry for edition in given.editions.values() for entry in edition)
    return Edition(tahun, entries, hashlib.sha256(path.read_bytes()).hexdigest())


def _path(folder: Path, tahun: int | None) -> Path:
    return folder / f"nomenklatur-{tahun or UNDATED}.csv"


class Editions:
    """The imported editions, ready to be matched against; the index of each is made when it is first needed."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self.editions = sorted(editions, key=lambda edition: edition.tahun or 0)
        self._indexed: dict[int | None, Nomenclature] = {}

    def __bool__(self) -> bool:
        return bool(self.editions)

    def for_year(self, tahun: int | None) -> Nomenclature | None:
        """The newest edition not after the plan's year, else the oldest; the newest where the year is not known."""
        if not self.editions:
            return None
        past = [edition for edition in self.editions if tahun is None or (edition.tahun or 0) <= tahun]
        return self._index(past[-1] if past else self.editions[0])

    def _index(self, edition: Edition) -> Nomenclature:
        if edition.tahun not in self._indexed:
            self._indexed[edition.tahun] = Nomenclature(edition.entries, edition.tahun)
        return self._indexed[edition.tahun]
