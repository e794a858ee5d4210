from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.values import (
    join_lines,
    read_code,
    read_date,
    read_money,
    read_nip,
    read_ordinal,
    read_quantity,
    read_target,
    strip_bullet,
    strip_ordinal,
    tidy,
    years_in,
)

COUNTED = ("Orang", "Dokumen", "Laporan", "Paket", "Unit", "Kegiatan", "Desa")
NUMBERS = st.integers(min_value=0, max_value=10**13)
# Texts made of what cells hold reach further into the reader than random characters do.
CELLS = st.text(alphabet=st.sampled_from("0123456789.,-–/()%:<≥ ARpjutaOIl\n")) | st.text()


def _indonesian(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(NUMBERS)
def test_money_in_every_convention_reads_back(number: int) -> None:
    points, commas = _indonesian(number), f"{number:,}"
    texts = [points, f"Rp {points}", f"Rp. {points},-", f"Rp{points},00", f"{points}.-", commas, str(number)]
    # A small amount with `.00` may be one of which a digit is cut off: that is doubted.
    texts += [f"{commas}.00"] if number == 0 or number >= 1000 else []
    for text in texts:
        money = read_money(text)
        assert (money.amount, money.ambiguous) == (Decimal(number), False), text
        assert read_quantity(text, "Rupiah").number == number, text


@given(NUMBERS, st.integers(min_value=0, max_value=99))
def test_money_with_sen_reads_back(rupiah: int, sen: int) -> None:
    amount = Decimal(rupiah) + Decimal(sen) / 100
    if rupiah >= 1000:
        assert read_money(f"{_indonesian(rupiah)},{sen:02d}").amount == amount
        assert read_money(f"{rupiah:,}.{sen:02d}").amount == amount


@given(NUMBERS, st.sampled_from(COUNTED))
def test_counts_read_back(number: int, unit: str) -> None:
    for text in (str(number), _indonesian(number)):
        assert read_target(text, unit).target == number
        inside = read_target(f"{text} {unit}", None)
        assert (inside.target, inside.satuan, inside.doubt) == (number, unit, None)


@given(
    st.integers(0, 999),
    st.integers(1, 99),
    st.sampled_from(["Poin", "Indeks", "persen", "Ha", None]),
    st.sampled_from(".,"),
)
def test_decimals_of_one_or_two_digits_read_back(whole: int, hundredths: int, unit: str | None, mark: str) -> None:
    target = read_target(f"{whole}{mark}{hundredths:02d}", unit)
    assert target.target == float(f"{whole}.{hundredths:02d}")
    assert target.doubt is None


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from(["-", " - ", "–", " s/d ", " sd "]))
def test_ranges_read_back(one: int, other: int, separator: str) -> None:
    low, high = sorted((one, other))
    target = read_target(f"{low}{separator}{high}", "Poin")
    assert (target.target, target.target_min, target.target_maks, target.doubt) == (None, low, high, None)


@given(st.lists(st.integers(0, 999), min_size=2, max_size=4))
def test_stacked_numbers_are_never_joined(numbers: list[int]) -> None:
    text = " ".join(map(str, numbers))
    quantity = read_quantity(text, " ".join(["Poin"] * len(numbers)))
    assert (quantity.kind, quantity.value) == ("stacked", numbers)
    assert read_money(text).amount is None


@settings(max_examples=400)
@given(CELLS, st.sampled_from(["Rupiah", "Poin", "Poin Orang", "%", "", None]))
def test_no_text_raises(text: str, unit: str | None) -> None:
    quantity = read_quantity(text, unit)
    if quantity.kind == "scalar" and quantity.number is None:
        assert quantity.ambiguous
        assert quantity.rule
    target = read_target(text, unit)
    assert (target.target is None) or (target.target == target.target_min == target.target_maks)
    money = read_money(text)
    assert money.amount is None or money.amount.is_finite()
    for reader in (read_code, read_date, read_nip, read_ordinal, strip_ordinal, strip_bullet, years_in):
        reader(text)


@given(st.text())
def test_tidy_is_idempotent(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert once == once.strip()
    once.encode("utf-8")


@given(st.lists(st.text(alphabet="ab- /1A\n"), max_size=5))
def test_joined_lines_are_tidy_and_lose_only_hyphens_and_spaces(lines: list[str]) -> None:
    joined = join_lines(lines)
    assert tidy(joined) == joined
    kept = str.maketrans("", "", "- \n")
    assert joined.translate(kept) == "".join(lines).translate(kept)
