"""What users are told of documents that were delivered again: one finding per document, and one per figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.checks.wording import quote
from pipeline.release.duplicates.figures import Item
from pipeline.release.duplicates.likeness import Difference, Likeness, Relation
from pipeline.release.duplicates.portrait import Header
from schemas.ledger import Finding

MOST_FIGURES = 200
MOST_NUMBERS = 20

_COLUMNS = {
    "pagu": "Pagu",
    "prakiraan_pagu": "Prakiraan pagu",
    "target": "Target",
    "kondisi_awal": "Kondisi awal",
    "prakiraan_target": "Prakiraan target",
    "anggaran": "Anggaran",
    "jumlah": "Jumlah",
}


def findings_about(here: Header, there: Header, likeness: Likeness) -> list[Finding]:
    """The findings of document `here` on what it is to `there`; the likeness was seen from `here`."""
    count = len(likeness.differences) + len(likeness.strange) + likeness.dates_differ
    return [
        _about_document(here, there, likeness, count),
        *_about_date(here, there, likeness),
        *_about_figures(here, there, likeness.differences),
        *_about_numbers(here, there, likeness.strange),
    ]


def _about_document(here: Header, there: Header, likeness: Likeness, count: int) -> Finding:
    share = _percent(likeness.similarity)
    differing = f" {count} angka berbeda dan dicatat sendiri." if count else ""
    kode, kolom, tail = {
        Relation.SAME: (
            "DOKUMEN_GANDA",
            "duplikat_dari",
            f"adalah kiriman ulang dari {there.berkas} (kemiripan {share}), jadi tidak ikut dalam view.{differing}",
        ),
        Relation.PART: (
            "DOKUMEN_KUTIPAN",
            "duplikat_dari",
            f"adalah kutipan dari {there.berkas} ({share} isinya ada di sana), jadi tidak ikut dalam view.{differing}",
        ),
        Relation.VERSION: (
            "DOKUMEN_SERUPA",
            None,
            f"hampir sama dengan {there.berkas} (kemiripan {share}), tetapi {count} angka berbeda; keduanya ikut "
            "dalam view.",
        ),
    }[likeness.relation]
    return Finding(
        kode,
        "isi",
        "peringatan" if likeness.relation is Relation.VERSION else "info",
        f"{here.berkas} {tail}",
        dataset="dokumen",
        baris_id=here.baris_id,
        kolom=kolom,
        nilai=f"{here.berkas} ({here.dokumen_id})",
        pembanding=f"{there.berkas} ({there.dokumen_id}), kemiripan {share}",
        bukti=here.bukti,
    )


def _about_date(here: Header, there: Header, likeness: Likeness) -> Iterator[Finding]:
    if likeness.dates_differ:
        yield Finding(
            "ANGKA_BEDA_ANTARBERKAS",
            "pembacaan" if here.scanned or there.scanned else "isi",
            "peringatan",
            f"Tanggal penandatanganan {here.tanggal} di {here.berkas}, tetapi {there.tanggal} di {there.berkas}.",
            dataset="dokumen",
            baris_id=here.baris_id,
            kolom="tanggal",
            nilai=here.tanggal,
            pembanding=there.tanggal,
            bukti=here.bukti,
        )


def _about_figures(here: Header, there: Header, differences: Sequence[Difference]) -> Iterator[Finding]:
    for difference in differences[:MOST_FIGURES]:
        yield _about_figure(here, there, difference)
    left = len(differences) - MOST_FIGURES
    if left > 0:
        yield Finding(
            "ANGKA_BEDA_ANTARBERKAS",
            "isi",
            "peringatan",
            f"Masih ada {left} angka lain yang berbeda antara {here.berkas} dan {there.berkas}; "
            f"yang dicatat satu per satu hanya {MOST_FIGURES}.",
            dataset="dokumen",
            baris_id=here.baris_id,
            nilai=str(len(differences)),
            bukti=here.bukti,
        )


def _about_figure(here: Header, there: Header, difference: Difference) -> Finding:
    one, other, column = difference.first, difference.second, difference.column
    named = one or other
    if named is None:
        raise ValueError("a difference is about a record of one of the documents")
    return Finding(
        "ANGKA_BEDA_ANTARBERKAS",
        "isi" if difference.sure else "pembacaan",
        "peringatan",
        f"{_COLUMNS[column]} {quote(named.title)}: {_place(one, here, column)}, tetapi {_place(other, there, column)}.",
        dataset=named.dataset,
        baris_id=one.baris_id if one else None,
        kolom=column,
        nilai=one.printed.get(column) if one else None,
        pembanding=other.printed.get(column) if other else None,
        halaman=one.halaman if one else None,
        tabel_id=one.tabel_id if one else None,
        bukti=one.bukti if one else (),
    )


def _place(item: Item | None, header: Header, column: str) -> str:
    if item is None:
        return f"baris itu tidak terbaca di {header.berkas}"
    page = f" halaman {item.halaman}" if item.halaman is not None else ""
    return f"{item.printed.get(column, 'kosong')} di {header.berkas}{page}"


def _about_numbers(here: Header, there: Header, strange: Sequence[str]) -> Iterator[Finding]:
    if strange:
        more = f" dan {len(strange) - MOST_NUMBERS} lainnya" if len(strange) > MOST_NUMBERS else ""
        yield Finding(
            "ANGKA_BEDA_ANTARBERKAS",
            "pembacaan" if here.scanned or there.scanned else "isi",
            "info",
            f"Di luar baris rencana, {len(strange)} angka hanya ada di salah satu dari {here.berkas} dan "
            f"{there.berkas}: {', '.join(strange[:MOST_NUMBERS])}{more}.",
            dataset="dokumen",
            baris_id=here.baris_id,
            nilai=str(len(strange)),
            bukti=here.bukti,
        )


def _percent(share: float) -> str:
    """`98,7 persen`; only what is wholly the same is 100."""
    tenths = min(int(share * 1000), 999) if share < 1 else 1000
    return f"{tenths // 10},{tenths % 10} persen".replace(",0 ", " ")
