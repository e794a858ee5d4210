"""What counts as a change, and what is said not to be known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pipeline.compare.differ import compare_plans
from pipeline.compare.model import Differences, Indicator, Node, Plan
from pipeline.compare.wording import same_wording

Row = tuple[str, str | None, str | None, str | None]


def node(key: str, level: str, nama: str | None, pagu: int | None = None, **more: Any) -> Node:
    given: dict[str, Any] = {
        "baris_id": f"{key}-b", "node_id": key, "induk_id": None, "level": level, "kode": None, "nama": nama,
        "pagu": None if pagu is None else Decimal(pagu), "program": None, "kegiatan": None, "kode_resmi": None,
        "nama_resmi": None, "halaman": 1, "tabel_id": "t1", "bukti": (),
    }  # fmt: skip
    return Node(**given | more)


def indicator(key: str, text: str, target: float | None, **more: Any) -> Indicator:
    teks = None if target is None else f"{target:g}"
    given: dict[str, Any] = {
        "baris_id": key, "node_id": None, "level": "sasaran", "tujuan": None, "sasaran": None, "jenis": None,
        "indikator": text, "satuan": None, "target_teks": teks, "target": target, "target_min": target,
        "target_maks": target, "target_kategori": None, "halaman": 1, "tabel_id": "t1", "bukti": (),
    }  # fmt: skip
    return Indicator(**given | more)


def plan(*rows: Node | Indicator, key: str = "a", **more: Any) -> Plan:
    nodes = [row for row in rows if isinstance(row, Node)]
    indicators = [row for row in rows if isinstance(row, Indicator)]
    given: dict[str, Any] = {"complete": True, "nodes": nodes, "indicators": indicators}
    return Plan(key, 2024, **given | more)


def told(found: Differences) -> list[Row]:
    return [(c.aspek, c.nama, c.nilai_dari, c.nilai_ke) for c in found.changes]


def subs(*given: tuple[str | None, int | None], **more: Any) -> Plan:
    return plan(*(node(f"n{i}", "sub_kegiatan", nama, pagu) for i, (nama, pagu) in enumerate(given)), **more)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Penataan Kios", "PENATAAN  KIOS.", True),
        ("Penataan Kios Pasar/Pusat", "Penataan Kios Pasar / Pusat", True),
        ("Pembinaan ASN", "Pembinaan Aparatur Sipil Negara", True),
        ("Penyelenggaran Pasar", "Penyelenggaraan Pasar", True),
        ("Penataan Kios", "Penataan Kois", True),
        ("Sub Kegiatan Penataan Kios", "Penataan Kios", True),
        ("Pendidikan ASN", "Pendidikan bagi ASN", False),
        ("Penataan Kios", "Penataan Kios Pasar", False),
        ("Penataan Pasar", "Penataan Pasir", False),
        ("Penataan Blok 1", "Penataan Blok 11", False),
    ],
)
def test_what_is_one_wording(one: str, other: str, same: bool) -> None:
    assert same_wording("sub_kegiatan", one, other) is same


def test_a_pair_that_fits_is_not_broken_up_for_two_that_fit_less() -> None:
    here = subs(("Penataan Kios Pasar Induk", 1000), ("Penataan Kios Pasar Desa", 3000))
    there = subs(("Penataan Kios Pasar Desa", 3000), ("Penataan Kios Pasar Desa Wisata", 1000))
    assert "Penataan Kios Pasar Desa" not in {nama for _, nama, _, _ in told(compare_plans(here, there))}


def test_a_code_that_was_given_to_something_else_makes_no_pair() -> None:
    here = plan(node("a1", "program", "Program Tata Kelola Pasar", 100, kode="3.30.02"))
    there = plan(node("b1", "program", "Program Metrologi Timbangan", 200, kode="3.30.02"))
    assert told(compare_plans(here, there)) == [
        ("hilang", "Program Tata Kelola Pasar", "100", None),
        ("baru", "Program Metrologi Timbangan", None, "200"),
    ]


def test_a_code_pairs_what_its_name_alone_would_not() -> None:
    here = plan(node("a1", "program", "Program Pembinaan Pasar Rakyat", 100, kode="3.30.02"))
    there = plan(node("b1", "program", "Program Pengembangan Pasar Rakyat dan Gudang", 100, kode="3.30.02"))
    assert [row[0] for row in told(compare_plans(here, there))] == ["nama"]


def test_a_block_printed_twice_is_no_change() -> None:
    here = subs(("Penataan Kios", 100), ("Uji Timbangan", 50))
    there = subs(("Penataan Kios", 100), ("Uji Timbangan", 50), ("Penataan Kios", 100), ("Uji Timbangan", 50))
    assert told(compare_plans(here, there)) == told(compare_plans(there, here)) == []


def test_the_listing_that_carries_pagu_is_compared() -> None:
    bare = node("x", "sub_kegiatan", "Penataan Kios dan Los", None, tabel_id="t0")
    here = plan(bare, node("n", "sub_kegiatan", "Penataan Kios", 100))
    assert told(compare_plans(here, subs(("Penataan Kios", 120)))) == [("pagu", "Penataan Kios", "100", "120")]


def test_a_renamed_kegiatan_is_known_by_its_sub_kegiatan() -> None:
    def tree(name: str) -> Plan:
        below = [node(f"s{i}", "sub_kegiatan", f"Uji {what}", i, induk_id="k") for i, what in enumerate(["Air", "Es"])]
        return plan(node("k", "kegiatan", name), *below)

    found = compare_plans(tree("Metrologi"), tree("Tera dan Tera Ulang"))
    assert told(found) == [("nama", "Metrologi", "Metrologi", "Tera dan Tera Ulang")]


def test_levels_that_one_document_does_not_list_are_not_gone() -> None:
    rkt = plan(node("p", "program", "Program Pasar", None), node("s", "sub_kegiatan", "Uji Air", 10, induk_id="p"))
    agreement = plan(node("q", "program", "Program Pasar", 10))
    found = compare_plans(rkt, agreement)
    assert not found.changes
    assert found.scope.only_from == ("sub_kegiatan",)
    assert found.scope.only_to == ("program: pagu",)


def test_a_blank_amount_is_a_change_and_one_that_could_not_be_read_is_not() -> None:
    here, there = subs(("Uji Air", 10), ("Uji Es", 5)), subs(("Uji Air", None), ("Uji Es", 5))
    found = compare_plans(here, there)
    assert told(found) == [("pagu", "Uji Air", "10", None)]
    assert found.changes[0].selisih is None
    unread = replace(there, doubted={"n0-b": frozenset({"pagu"})})
    found = compare_plans(here, unread)
    assert not found.changes
    assert [(one.aspek, one.nama) for one in found.untold] == [("pagu", "Uji Air")]


def test_a_doubtful_figure_is_told_as_doubtful() -> None:
    there = subs(("Uji Air", 70), doubted={"n0-b": frozenset({"pagu"})})
    (change,) = compare_plans(subs(("Uji Air", 10)), there).changes
    assert change.doubted
    assert (change.selisih, change.persen) == (Decimal(60), 600.0)


def test_a_pagu_is_as_doubtful_as_the_dana_that_it_is() -> None:
    dana = indicator("d", "Dana", 70, node_id="n0", level="sub_kegiatan", jenis="masukan", satuan="Rupiah")
    there = plan(node("n0", "sub_kegiatan", "Uji Air", 70), dana, doubted={"d": frozenset({"target"})})
    (change,) = compare_plans(subs(("Uji Air", 10)), there).changes
    assert (change.aspek, change.doubted) == ("pagu", True)


def test_a_row_of_another_level_may_be_the_same() -> None:
    here = plan(
        node("k", "kegiatan", "Uji Air", 10), node("l", "kegiatan", "Uji Es", 5), node("s", "sub_kegiatan", "Tera")
    )
    there = plan(
        node("m", "kegiatan", "Uji Es", 5), node("t", "sub_kegiatan", "Tera"), node("u", "sub_kegiatan", "Uji Air")
    )
    found = compare_plans(here, there)
    assert told(found) == []
    assert [(one.aspek, one.level, one.nama, one.reason) for one in found.untold] == [
        ("hilang", "kegiatan", "Uji Air", "tingkat"),
        ("baru", "sub_kegiatan", "Uji Air", "tingkat"),
    ]


def test_a_name_that_a_matched_row_of_another_level_has_makes_none_less_gone() -> None:
    here = plan(node("p", "program", "Uji Air"), node("k", "kegiatan", "Uji Air", 10), node("l", "kegiatan", "Tera", 5))
    there = plan(node("p", "program", "Uji Air"), node("l", "kegiatan", "Tera", 5))
    assert [row[:2] for row in told(compare_plans(here, there))] == [("hilang", "Uji Air")]


def test_a_row_in_quarantine_is_not_gone() -> None:
    bad = node("n0", "sub_kegiatan", "Uji Air", None, quarantined=True)
    there = plan(bad, node("n1", "sub_kegiatan", "Uji Es", 5))
    found = compare_plans(subs(("Uji Air", 10), ("Uji Es", 5)), there)
    assert not found.changes
    assert len(found.untold) == 1


def test_dana_is_told_as_pagu_only() -> None:
    def with_dana(amount: int) -> Plan:
        dana = indicator(
            "i", "Dana", float(amount), node_id="n", level="sub_kegiatan", jenis="masukan", satuan="Rupiah"
        )
        return plan(node("n", "sub_kegiatan", "Uji Air", amount), dana)

    assert told(compare_plans(with_dana(10), with_dana(20))) == [("pagu", "Uji Air", "10", "20")]


def test_units_and_targets() -> None:
    here = plan(indicator("i", "Lama layanan", 12.0, satuan="Bulan"), indicator("j", "Nilai kepuasan", 0.81))
    there = plan(indicator("i", "Lama Layanan", 1.0, satuan="Tahun"), indicator("j", "Nilai kepuasan", 0.8105))
    found = compare_plans(here, there).changes
    assert [(c.aspek, c.nilai_dari, c.nilai_ke, c.selisih) for c in found] == [
        ("target", "12", "1", None),
        ("satuan", "Bulan", "Tahun", None),
        ("target", "0.81", "0.8105", Decimal("0.0005")),
    ]
    assert not compare_plans(
        plan(indicator("i", "Mutu", 5, satuan="%")), plan(indicator("i", "Mutu", 5, satuan="Persen"))
    ).changes


def test_indicators_above_the_program_are_told_apart_by_sasaran() -> None:
    def goals(first: float, second: float) -> Plan:
        rows = [("Meningkatnya pasar tertib", first), ("Meningkatnya alat ukur tera", second)]
        return plan(*(indicator(f"i{i}", "Indeks kepuasan", t, sasaran=s) for i, (s, t) in enumerate(rows)))

    turned = goals(70, 80)
    there = replace(turned, indicators=[turned.indicators[1], turned.indicators[0]])
    assert not compare_plans(goals(70, 80), there).changes
    assert told(compare_plans(goals(70, 80), goals(70, 85))) == [("target", "Indeks kepuasan", "80", "85")]


def test_an_indicator_in_two_tables_is_no_other_indicator() -> None:
    here = plan(indicator("i", "Indeks merit", 64, tabel_id="t1"), indicator("j", "Indeks merit", 63, tabel_id="t2"))
    assert told(compare_plans(here, plan(indicator("i", "Indeks merit", 64)))) == []
