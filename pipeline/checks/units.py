"""Units against what an indicator counts, and figures against what their unit allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.checks.book import Book
from pipeline.checks.registry import Doubt, check
from pipeline.checks.values import looks_like_thousands
from pipeline.checks.wording import figure, quote
from pipeline.reference.units import Unit, find_unit, known_unit
from pipeline.reference.words import expand, has_phrase, measure_of, word_lists
from schemas.ledger import Record


def _with_unit(book: Book) -> Iterator[tuple[Record, tuple[str, ...], Unit]]:
    for record in book.rows("indikator"):
        unit = find_unit(record.get("satuan") or "")
        words = expand(record.get("indikator") or "")
        if unit is not None and len(words) > 1 and record.get("jenis") != "masukan":
            yield record, words, unit


def _promised(words: tuple[str, ...]) -> Unit | None:
    """The unit that the wording asks for: `Jumlah Dokumen …` asks for Dokumen, `Jumlah Kunjungan …` for none."""
    unit = known_unit(words[1])
    return unit if unit is not None and unit.kind == "cacah" and words[1] not in word_lists().events else None


def _fits(promised: Unit, printed: Unit, words: tuple[str, ...]) -> bool:
    general = word_lists().general_things.get(promised.name.lower(), frozenset())
    if printed.name.lower() in word_lists().general_units | general or printed.name.startswith(promised.name):
        return True
    return any((named := known_unit(word)) is not None and named.name == printed.name for word in words)


def _wanted(words: tuple[str, ...], unit: Unit) -> str | None:
    """The unit that an indicator's wording asks for instead of its own; None where its own will do."""
    measure = measure_of(" ".join(words))
    promised = _promised(words) if measure == "cacah" else None
    if promised is not None and not _fits(promised, unit, words):
        return words[1].capitalize()
    if measure == "cacah" and unit.kind == "persen" and "persentase" not in words:
        return "satuan hitungan"
    return "Persen" if words[0] in ("persentase", "persen") and unit.kind != "persen" else None


@check(
    "SATUAN_TIDAK_SESUAI",
    "peringatan",
    "isi",
    judul="Satuan tidak sesuai bunyi indikator",
    datasets=["indikator"],
    example="Jumlah Dokumen Hasil Evaluasi is given in Laporan.",
)
def unit_against_indicator(book: Book) -> Iterator[Doubt]:
    """The thing that an indicator counts (Jumlah Dokumen …, Persentase …) against its unit; an indicator that several
    rows print with one unit is one finding."""
    rows: dict[tuple[tuple[str, ...], str, str], list[Record]] = defaultdict(list)
    for record, words, unit in _with_unit(book):
        wanted = _wanted(words, unit)
        offered = (known_unit(text) for text in (record.get("satuan") or "").split("/"))
        if wanted is not None and any(one is not None and one == known_unit(wanted) for one in offered):
            continue  # `Dokumen/Laporan` leaves it open
        if wanted is not None:
            rows[words, unit.name, wanted].append(record)
    for (_, _, wanted), (record, *others) in rows.items():
        times = f" pada {len(others) + 1} baris" if others else ""
        yield Doubt(
            f"Indikator {quote(record.values['indikator'])} bersatuan {record.values['satuan']}{times}, padahal "
            f"menurut bunyinya seharusnya {wanted}.",
            record=record,
            kolom="satuan",
            nilai=record.values["satuan"],
            pembanding=wanted,
            others=tuple(others),
        )


def _doubted(book: Book, record: Record) -> bool:
    """Whether the reading itself already gave a finding on the target."""
    return (record.baris_id, "target") in book.doubted


def _may_pass_bounds(words: tuple[str, ...]) -> bool:
    return bool(set(words) & word_lists().beyond_bounds)


@check(
    "PERSEN_LEBIH_100",
    "info",
    "isi",
    judul="Persentase lebih dari 100",
    datasets=["indikator"],
    example="Persentase ASN yang terlatih: 110 %.",
)
def percent_above_hundred(book: Book) -> Iterator[Doubt]:
    """Percentages with 100, growth and ratios apart."""
    for record, words, unit in _with_unit(book):
        target = record.get("target")
        if unit.kind == "persen" and target is not None and target > 100 and not _may_pass_bounds(words):
            yield Doubt(
                f"Target {quote(record.values['indikator'])} adalah {figure(target)} persen, lebih dari 100 persen.",
                record=record,
                kolom="target",
                nilai=record.get("target_teks"),
                pembanding="100",
            )


@check(
    "TARGET_NEGATIF",
    "info",
    "isi",
    judul="Target bernilai negatif",
    datasets=["indikator"],
    example="Jumlah Dokumen: -5.",
)
def negative_target(book: Book) -> Iterator[Doubt]:
    """Targets with zero, growth and deficits apart."""
    for record, words, _ in _with_unit(book):
        target = record.get("target")
        if target is not None and target < 0 and not _may_pass_bounds(words) and not _doubted(book, record):
            yield Doubt(
                f"Target {quote(record.values['indikator'])} bernilai negatif, yaitu {figure(target)}.",
                record=record,
                kolom="target",
                nilai=record.get("target_teks"),
            )


@check(
    "TARGET_PECAHAN",
    "peringatan",
    "pembacaan",
    judul="Benda hitung bertarget pecahan",
    datasets=["indikator"],
    example="1,250 Orang, read as one and a quarter.",
)
def fraction_of_a_thing(book: Book) -> Iterator[Doubt]:
    """Targets of counted things with whole numbers: a fraction of three decimals is likely a thousands separator
    misread."""
    for record, _, unit in _with_unit(book):
        target = record.get("target")
        whole = unit.kind != "cacah" or unit.fractions or target is None or target % 1 == 0
        if not whole and not _doubted(book, record) and looks_like_thousands(record.get("target_teks")):
            yield Doubt(
                f"Target {quote(record.values['indikator'])} terbaca {figure(target)} {unit.name}, padahal "
                f"{unit.name.lower()} dihitung bulat; periksa tanda ribuan pada “{record.get('target_teks')}”.",
                record=record,
                kolom="target",
                nilai=record.get("target_teks"),
            )


@check(
    "TARGET_DI_LUAR_SKALA_RESMI",
    "peringatan",
    "isi",
    judul="Target di luar skala resmi indeks",
    datasets=["indikator"],
    example="Indeks SPBE: 75, on a scale from 1 to 5.",
)
def beyond_official_scale(book: Book) -> Iterator[Doubt]:
    """The target of a national index with the scale that its rule sets."""
    for record in book.rows("indikator"):
        target, text = record.get("target"), record.get("indikator") or ""
        if target is None or measure_of(text) != "skor":
            continue
        words = expand(text)
        for scale in word_lists().index_scales:
            named = has_phrase(words, [expand(scale.nama)])
            if not named or any(low <= target <= high for low, high in scale.batas) or _may_pass_bounds(words):
                continue
            ranges = " atau ".join(f"{figure(low)}–{figure(high)}" for low, high in scale.batas)
            yield Doubt(
                f"Target {quote(text)} sebesar {figure(target)} di luar skala {ranges} menurut {scale.dasar}.",
                record=record,
                kolom="target",
                nilai=record.get("target_teks"),
                pembanding=ranges,
            )
            break
