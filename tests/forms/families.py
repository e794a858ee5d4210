"""Every variant of the layout families besides the form of LAN 239/2003."""

from __future__ import annotations

from dataclasses import replace

from tests.forms.budgets import coded, lettered, renja
from tests.forms.case import Family
from tests.forms.library import english
from tests.forms.sheet import A4, Look
from tests.forms.targets import agreement, by_year, nested, quarters


def families() -> list[Family]:
    """Every variant, by family."""
    wide, tall = Look(size=9), Look(page=A4, size=9)
    synonyms = (
        "Nomor",
        "Tujuan Strategis",
        "Sasaran",
        "Indikator Kinerja Utama (IKU)",
        "Sat.",
        "Rencana Tingkat Capaian",
    )
    short = replace(wide, page=(842.0, 330.0), footer="RKT")
    return [
        nested("f2-misi", wide),
        nested("f2-band", tall, mission="band"),
        nested("f2-sinonim", short, mission="none", titles=synonyms),
        nested("f2-pecah", replace(short, header="none", size=10, open_ends=True)),
        by_year("f2-tahun", wide),
        nested("f2-putar", replace(wide, rotate=90)),
        nested("f2-ganda", replace(wide, rules="double"), mission="none"),
        lettered("f3-huruf", tall),
        lettered("f3-dalam", replace(short, header="none"), own_ordinals=False),
        lettered("f3-polos", replace(short, rules="fill"), shaded=False, outcome_words=False),
        coded("f4-satu", tall, columns=1),
        coded("f4-empat", replace(tall, page=(595.0, 400.0)), columns=4),
        coded("f4-lima", replace(tall, page=(595.0, 400.0), header="none"), columns=5, number=english),
        coded(
            "f4-enam",
            replace(tall, footer="Lampiran RKT", footer_box=True, page=(595.0, 420.0)),
            columns=6,
            totals=False,
        ),
        renja("f5-satu", replace(wide, size=7)),
        renja("f5-lima", replace(short, size=7, header="numbers"), columns=5),
        renja("f5-tangga", replace(short, size=6.5), staircase=True),
        renja("f5-inggris", replace(wide, size=6.5, drift=1.2), number=english),
        renja("f5-lanjutan", replace(short, size=7, repeat_title="Lanjutan Tabel T-C.33"), columns=6),
        agreement("f6-lepas", tall),
        agreement("f6-bergaris", tall, ruled=True),
        agreement("f6-tanpa", replace(tall, rules="fill"), total=False),
        quarters("f7-triwulan", wide),
        quarters("f7-bulan", replace(wide, size=7), months=True),
        quarters("f7-romawi", replace(short, header="none"), roman_only=True),
    ]
