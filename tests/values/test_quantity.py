from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.values import ColumnContext, read_quantity


@pytest.mark.parametrize(
    ("text", "satuan", "value"),
    [
        ("3.412.500", "Rupiah", 3412500),
        ("Rp 7,25 juta", None, 7250000),
        ("Rp 1,5 M", None, 1500000000),
        ("2 triliun", "Rupiah", 2 * 10**12),
        ("Rp. 4.000.000.-", None, 4000000),
        ("Rp (2.500)", None, -2500),
        ("7,350,000.00", "Rupiah", 7350000),
        ("7.350.000,25", "Rupiah", 7350000.25),
        ("17.300 Orang", None, 17300),
        ("71.4", "Poin", 71.4),
        ("71.40", "Nilai", 71.4),
        ("0.375", "Indeks", 0.375),
        ("3,125", "Skor", 3.125),
        ("88.125 %", None, 88.125),
        ("100,00", "persen", 100),
        ("2.340,75", "Ha", 2340.75),
        ("9 (sembilan) Dokumen", None, 9),
        ("25 (dua puluh lima) orang", None, 25),
        ("111 (seratus sebelas)", None, 111),
        ("3 (Tiga) Paket", None, 3),
        ("100 persen", None, 100),
        ("7 dok.", None, 7),
        ("14bln", None, 14),
        ("150 m2", None, 150),
        ("Level 4", None, 4),
        ("Skor: 82,5", None, 82.5),
        ("sebanyak 12 laporan", None, 12),
        ("-2,5", "persen", -2.5),
        ("−3", None, -3),
        ("45%.", None, 45),
        ("１５％", None, 15),
        ("0", "Kasus", 0),
    ],
)
def test_scalar(text: str, satuan: str | None, value: float) -> None:
    quantity = read_quantity(text, satuan)
    assert (quantity.kind, quantity.value, quantity.doubt) == ("scalar", value, None)
    assert quantity.number == Decimal(str(value))
    assert quantity.minimum == quantity.maximum == quantity.number


@pytest.mark.parametrize(
    ("text", "satuan", "doubt"),
    [
        ("3.125", "Poin", "AMBIGU"),  # thousands or a decimal
        ("3.125", None, "AMBIGU"),
        ("3.125", "Ha", "AMBIGU"),
        ("3,125", "Orang", "AMBIGU"),
        ("31.00.000", "Rupiah", "AMBIGU"),
        ("3.125.00", "Rupiah", "AMBIGU"),
        ("3.950.0000", "Rupiah", "AMBIGU"),
        ("3,125.500", "Rupiah", "AMBIGU"),
        ("3.12", "Rupiah", "AMBIGU"),
        ("0.123.456", "Rupiah", "AMBIGU"),
        ("012.345", "Orang", "AMBIGU"),
        ("3. 125", "Rupiah", "AMBIGU"),
        ("3 .125.000", "Rupiah", "AMBIGU"),
        ("4 (lima) Laporan", None, "AMBIGU"),
        ("(7)", "Poin", "AMBIGU"),
    ],
)
def test_what_stays_open_is_none_and_doubted(text: str, satuan: str | None, doubt: str) -> None:
    quantity = read_quantity(text, satuan)
    assert (quantity.kind, quantity.value, quantity.number, quantity.doubt) == ("scalar", None, None, doubt)
    assert quantity.ambiguous
    assert quantity.rule


@pytest.mark.parametrize(
    ("siblings", "satuan", "text", "number"),
    [
        (["2.61", "3,1", "4"], "Skor", "2.693", "2.693"),
        (["2.61", "3,1"], "Skor", "3.1", "3.1"),
        (["2.61", "900"], "Poin", "1.250", None),  # 1250 is on the scale of 900
        (["1.250,5", "300"], "Ha", "4.125", "4125"),
        (["1.250.400", "2.000.000"], "Ha", "4.125", "4125"),
        (["3,5", "7"], "Skor", "4.125", None),  # 4125 is off the scale, and nobody uses a decimal point
        (["1,250,400"], "Orang", "4,125", "4125"),
        (["0,5", "1,25"], "Km", "4,125", "4.125"),
        (["1,250,400", "1,5"], "Km", "4,125", None),
        ([], "Km", "4,125", None),
    ],
)
def test_neighbours_decide(siblings: list[str], satuan: str, text: str, number: str | None) -> None:
    quantity = read_quantity(text, satuan, ColumnContext.of(siblings))
    assert quantity.number == (None if number is None else Decimal(number))


def test_evidence_of_a_column() -> None:
    context = ColumnContext.of(["12 Bulan", "61.5", "0,8", "1.200.000", "3.125", "80-90", "A1"])
    assert context.decimal_point_seen
    assert context.decimal_comma_seen
    assert context.thousands_point_seen
    assert not context.thousands_comma_seen
    assert context.plausible_max == 1200000
    # What has two readings itself proves nothing.
    assert ColumnContext.of(["3.125", "3,125", "x"]) == ColumnContext()


@pytest.mark.parametrize(
    ("text", "ends", "unit"),
    [
        ("70-75", [70, 75], None),
        ("70 – 75 %", [70, 75], "%"),
        ("70%-75%", [70, 75], "%"),
        ("0,51 s/d 0,6", [0.51, 0.6], None),
        ("70 sd 75 Poin", [70, 75], "Poin"),
        ("3 sampai dengan 5 hari", [3, 5], "hari"),
        ("Rp 2.000.000,- s/d Rp 3.000.000,-", [2000000, 3000000], "Rp"),
        ("2 - 3 juta", [2000000, 3000000], None),
    ],
)
def test_range(text: str, ends: list[float], unit: str | None) -> None:
    quantity = read_quantity(text)
    assert (quantity.kind, quantity.value, quantity.unit, quantity.number) == ("range", ends, unit, None)
    assert (quantity.minimum, quantity.maximum) == tuple(Decimal(str(end)) for end in ends)


def test_range_that_runs_downwards_is_doubted() -> None:
    quantity = read_quantity("90-80", "Poin")
    assert (quantity.kind, quantity.value, quantity.minimum, quantity.doubt) == ("range", [90, 80], None, "AMBIGU")


@pytest.mark.parametrize(
    ("text", "operator", "number"),
    [
        ("≥ 70", ">=", 70),
        (">=70%", ">=", 70),
        ("> 70", ">", 70),
        ("≤ 4 %", "<=", 4),
        ("< 4,5", "<", 4.5),
        ("min. 70", ">=", 70),
        ("Minimal 70", ">=", 70),
        ("maks 4", "<=", 4),
        ("s/d 4", "<=", 4),
        ("lebih dari 70", ">", 70),
        ("paling sedikit 3 dokumen", ">=", 3),
        ("70 ke atas", ">=", 70),
        ("70+", ">=", 70),
    ],
)
def test_bound(text: str, operator: str, number: float) -> None:
    quantity = read_quantity(text)
    assert (quantity.kind, quantity.value) == ("bound", {"op": operator, "value": number})
    low, high = (quantity.minimum, quantity.maximum)
    assert (low, high) == ((Decimal(str(number)), None) if operator[0] == ">" else (None, Decimal(str(number))))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("WDP", {"grade": "WDP"}),
        ("A", {"grade": "A"}),
        ("TW", {"grade": "TW"}),
        ("Sangat Tinggi", {"grade": "Sangat Tinggi"}),
        ("Predikat CC", {"grade": "CC"}),
        ("Terakreditasi B", {"grade": "B"}),
        ("Baik (B)", {"grade": "B"}),
        ("B (Baik)", {"grade": "B"}),
        ("Wajar Tanpa Pengecualian (WTP)", {"grade": "WTP"}),
        ("BB (70 - 80)", {"grade": "BB", "range": [70, 80]}),
    ],
)
def test_grade(text: str, value: dict[str, object]) -> None:
    quantity = read_quantity(text)
    assert (quantity.kind, quantity.value, quantity.category) == ("grade", value, value["grade"])
    assert quantity.doubt is None


@pytest.mark.parametrize("text", ["Barang", "a", "BBB", "Ada", "Baik sekali dan benar", "Dinas A"])
def test_no_grade(text: str) -> None:
    assert read_quantity(text, "Kategori").category is None


def test_grade_beside_a_figure() -> None:
    quantity = read_quantity("B (68,5)")
    assert (quantity.category, quantity.number) == ("B", Decimal("68.5"))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4 kali/tahun", {"value": 4, "unit": "kali", "per": "tahun"}, "kali/tahun"),
        ("4 kali setahun", {"value": 4, "unit": "kali", "per": "tahun"}, "kali setahun"),
        ("2 laporan per bulan", {"value": 2, "unit": "laporan", "per": "bulan"}, "laporan per bulan"),
        ("30 JP/tahun", {"value": 30, "unit": "jam pelajaran", "per": "tahun"}, "JP/tahun"),
    ],
)
def test_rate(text: str, value: dict[str, object], unit: str) -> None:
    quantity = read_quantity(text)
    assert (quantity.kind, quantity.value, quantity.unit) == ("rate", value, unit)


def test_a_known_unit_with_a_slash_is_no_rate() -> None:
    quantity = read_quantity("24 Orang/Bulan")
    assert (quantity.kind, quantity.value, quantity.unit) == ("scalar", 24, "Orang/Bulan")


@pytest.mark.parametrize(("text", "value"), [("1:30", [1, 30]), ("1 : 1500", [1, 1500]), ("2/3", [2, 3])])
def test_ratio(text: str, value: list[int]) -> None:
    quantity = read_quantity(text)
    assert (quantity.kind, quantity.value, quantity.number, quantity.doubt) == ("ratio", value, None, "AMBIGU")


@pytest.mark.parametrize(
    ("text", "satuan", "value"),
    [
        ("71 305", "Poin Poin", [71, 305]),
        ("4.250.000 3 71,5", "Rupiah Laporan Poin", [4250000, 3, 71.5]),
        ("30 2", "Jam Pelajaran Dokumen", [30, 2]),
        ("71 305", "Poin", [71, 305]),
        ("71 305", None, [71, 305]),
    ],
)
def test_digits_are_never_joined_over_a_space(text: str, satuan: str | None, value: list[float]) -> None:
    quantity = read_quantity(text, satuan)
    assert (quantity.kind, quantity.value, quantity.number) == ("stacked", value, None)
    assert quantity.doubt == "BERTUMPUK"


@pytest.mark.parametrize("text", ["", " ", "-", "–", "…", "n/a", "N/A", "Rp. -", "\u200b"])
def test_missing(text: str) -> None:
    quantity = read_quantity(text)
    assert (quantity.kind, quantity.value, quantity.ambiguous, quantity.doubt) == ("missing", None, False, None)


def test_missing_for_a_reason() -> None:
    assert (read_quantity("#REF!").kind, read_quantity("#REF!").doubt) == ("missing", "SALAH_RUMUS")
    assert (read_quantity("Nihil").kind, read_quantity("Nihil").doubt) == ("missing", "AMBIGU")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("19750214 199803 2 004", "identifier"),
        ("197502141998032004", "identifier"),
        ("14/PMK.05/2020", "identifier"),
        ("900/12.b/II.03-XY/2022", "identifier"),
        ("UU Nomor 23 Tahun 2014", "identifier"),
        ("23/2014", "identifier"),
        ("III/d", "identifier"),
        ("VI.02-AB", "identifier"),
        ("7.01.03.2.02.0003", "identifier"),
        ("2023", "identifier"),
        ("3 Maret 2023", "identifier"),
        ("007", "identifier"),
        ("1.2.4", "heading_no"),
        ("2.3", "heading_no"),
        ("II.4", "heading_no"),
        ("3)", "heading_no"),
        ("(4)", "heading_no"),
        ("IV.", "heading_no"),
        ("2020-2024", "year_range"),
        ("2023/2024", "year_range"),
        ("per bulan", "text_period"),
        ("Triwulan II", "text_period"),
        ("Januari s/d Maret", "text_period"),
        ("3 Diklat, jumlah peserta 120 orang", "composite"),
        ("50 dari 60 Desa", "composite"),
        ("12 Kelompok (240 orang)", "composite"),
        ("2 Dokumen & 3 Laporan", "composite"),
        ("90% kecuali hari libur", "composite"),
        ("Tersedianya dokumen", "text"),
    ],
)
def test_names_and_texts_are_no_numbers(text: str, kind: str) -> None:
    quantity = read_quantity(text)
    assert (quantity.kind, quantity.number) == (kind, None)


@pytest.mark.parametrize(
    ("text", "satuan", "value"),
    [("O,75", "Indeks", 0.75), ("l5", "Orang", 15), ("1OO %", None, 100), ("I2 Bulan", None, 12), ("l", "Dokumen", 1)],
)
def test_letters_read_for_digits_are_always_doubted(text: str, satuan: str | None, value: float) -> None:
    quantity = read_quantity(text, satuan)
    assert (quantity.value, quantity.ambiguous, quantity.doubt) == (value, True, "SALAH_OCR")


def test_roman_numbers_and_foreign_letters_are_no_slips() -> None:
    assert read_quantity("II", "Dokumen").number is None
    assert read_quantity("3 m\u0131liar", "Rupiah").number is None


def test_a_number_of_many_digits_is_a_name_whatever_the_unit() -> None:
    assert read_quantity("197502141998032004", "Orang").kind == "identifier"


def test_a_unit_makes_a_figure_of_a_year_or_a_heading() -> None:
    assert read_quantity("2019", "Orang").value == 2019
    assert read_quantity("2.3", "Poin").value == 2.3
    assert read_quantity("2.3", figure=True).value == 2.3


def test_a_fraction_of_a_counted_thing_is_kept_and_doubted() -> None:
    quantity = read_quantity("1,5", "Orang")
    assert (quantity.value, quantity.doubt) == (1.5, "PECAHAN")
    assert read_quantity("2,00 kali").doubt is None
