"""One text of a table cell as a quantity: what kind of value it is, and its exact numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.reference.units import known_unit, split_units
from pipeline.values.amounts import Amount, read_amount, slipped
from pipeline.values.grades import read_grade
from pipeline.values.identifiers import read_identifier
from pipeline.values.model import NO_CONTEXT, ColumnContext, Doubt, Quantity, plain
from pipeline.values.text import narrow, tidy
from pipeline.values.vocabulary import WORDS, alternatives

# A longer text is prose: no quantity is worded at such length.
_LONGEST = 160
# What matches is looked up in the vocabulary, so no letter outside ASCII may stand for one of it.
_ANY_CASE = re.IGNORECASE | re.ASCII
_HAS_DIGIT = re.compile(r"[0-9]")
_NUMBER = r"[0-9][0-9.,]*"
_RANGE = re.compile(
    rf"(?P<low>(?:Rp\.?\s*)?-?{_NUMBER}(?:,-)?\s*(?:[^\W\d_]+|%)?)\s*(?:[-–—−~]|(?:{alternatives(WORDS.range_words)})(?=\s|[0-9]))"
    rf"\s*(?P<high>(?:Rp\.?\s*)?{_NUMBER}.*)",
    re.IGNORECASE,
)
_BOUND_BEFORE = re.compile(rf"(?P<op>{alternatives(WORDS.bounds_before)})\s*:?\s*(?P<rest>\S.*)", _ANY_CASE)
_BOUND_AFTER = re.compile(rf"(?P<rest>.*?)\s*(?P<op>{alternatives(WORDS.bounds_after)})", _ANY_CASE)
_PERIOD = alternatives(WORDS.periods)
_RATE = re.compile(
    rf"(?P<rest>.*?[^\s/])\s*(?:/|\bper\b[\s-]*|\bse?tiap\b|\b(?=se))\s*(?P<per>{_PERIOD})\.?", _ANY_CASE
)
_TEXT_PERIOD = re.compile(rf"(?:per|se?tiap)?[\s-]*(?P<per>{_PERIOD})\.?", _ANY_CASE)
_RATIO = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?::|/|berbanding)\s*([0-9]+(?:[.,][0-9]+)?)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LONG_NUMBER = re.compile(r"[0-9]{16,}")
_BROKEN = re.compile(r"(?:Rp\.?\s*)?(?=.*(?:[0-9][.,]\s|\s[.,]))[0-9][0-9.,\s]*[0-9](?:,-)?", re.IGNORECASE)
_PARENTHESISED = re.compile(r"\(\s*[0-9][0-9.,]*\s*\)")


@lru_cache(maxsize=8192)
def read_quantity(
    text: str, satuan: str | None = None, context: ColumnContext = NO_CONTEXT, *, figure: bool | None = None
) -> Quantity:
    """Read a text by its form, its unit (`satuan`, from the unit column or the header) and its neighbours.

    `figure` says that the text stands where a figure belongs, so that `1.1` is no heading number and `2024` no
    year; unless told, it does where a unit is given. Never raises: what is no quantity is of kind text, composite
    or identifier.
    """
    text = narrow(text)
    satuan = tidy(satuan) if satuan else None
    figure = bool(satuan) if figure is None else figure
    missing = _read_missing(text)
    if missing is not None:
        return missing
    has_digit = _HAS_DIGIT.search(text) is not None
    if len(text) > _LONGEST:
        return _read_rest(text) if has_digit else Quantity("text", rule="words without a figure")
    if has_digit:
        return _read_figures(text, satuan, context, figure)
    return _read_words(text, satuan, context, figure)


def _read_missing(text: str) -> Quantity | None:
    lowered = text.casefold()
    if lowered in WORDS.missing:
        return Quantity("missing")
    if lowered in WORDS.zero_or_missing:
        return Quantity("missing", ambiguous=True, rule="says none or not applicable: zero or missing", doubt="AMBIGU")
    if lowered in WORDS.spreadsheet_errors:
        return Quantity("missing", rule="an error of a spreadsheet formula", doubt="SALAH_RUMUS")
    return None


def _read_figures(text: str, satuan: str | None, context: ColumnContext, figure: bool) -> Quantity:
    """A text with digits. The order matters: the stricter forms come first."""
    amount = read_amount(text, satuan, context)
    if amount is not None:
        return _read_single(text, amount, figure)
    return (
        read_identifier(text, strict=figure)
        or _read_broken(text)
        or _read_stacked(text, satuan, context)
        or _read_range(text, satuan, context)
        or _read_bound(text, satuan, context)
        or _read_rate(text, satuan, context)
        or _read_ratio(text)
        or read_grade(text, satuan)
        or _read_slipped(text, satuan, context, figure)
        or _read_rest(text)
    )


def _read_single(text: str, amount: Amount, figure: bool) -> Quantity:
    if _LONG_NUMBER.fullmatch(text):
        return Quantity("identifier", rule="more digits than any figure has")
    if not figure:
        identifier = read_identifier(text, strict=False)
        if identifier is not None:
            return identifier
        if amount.unit is None and _YEAR.fullmatch(text):
            return Quantity("identifier", ambiguous=True, rule="a year, unless a unit makes it a figure")
    number = amount.number
    if number is not None and number < 0 and _PARENTHESISED.fullmatch(text) and not amount.is_money:
        if not figure:
            return Quantity(
                "heading_no", ambiguous=True, rule="a number in parentheses: an ordinal, or a negative figure"
            )
        return Quantity("scalar", ambiguous=True, rule="parentheses: negative, or a remark", doubt="AMBIGU")
    return _scalar(amount)


def _scalar(amount: Amount) -> Quantity:
    number = amount.number
    doubt: Doubt | None = None
    if number is None:
        doubt = "AMBIGU"
    elif amount.doubtful:
        doubt = "PECAHAN"
    return Quantity(
        "scalar", plain(number), number, number, number, None, amount.unit, amount.ambiguous, amount.rule, doubt
    )


def _read_broken(text: str) -> Quantity | None:
    """A number with a space beside its separator: a cut or a list. Its digits are never joined."""
    if _BROKEN.fullmatch(text) is None:
        return None
    return Quantity(
        "scalar", ambiguous=True, rule="a space beside a separator: a broken number or several", doubt="AMBIGU"
    )


def _read_stacked(text: str, satuan: str | None, context: ColumnContext) -> Quantity | None:
    """Numbers with nothing but spaces between them: several values, never one with its digits joined."""
    tokens = text.split(" ")
    if len(tokens) < 2:
        return None
    bare = [read_amount(token, None, context) for token in tokens]
    if any(amount is None or amount.unit not in (None, "%") for amount in bare):
        return None
    names = split_units(satuan) if satuan else None
    paired = names is not None and len(names) == len(tokens)
    units = names if names is not None and paired else [None] * len(tokens)
    amounts = [read_amount(token, unit, context) for token, unit in zip(tokens, units, strict=True)]
    values = [plain(amount.number) if amount is not None else None for amount in amounts]
    rule = "as many tokens as units" if paired else "several numbers, not as many units"
    return Quantity("stacked", values, ambiguous=True, rule=rule, doubt="BERTUMPUK")


def _read_range(text: str, satuan: str | None, context: ColumnContext) -> Quantity | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    high = read_amount(match["high"], satuan, context)
    unit = satuan if high is None or high.unit is None else high.unit
    low = read_amount(match["low"].strip(), unit, context)
    if low is None or high is None:
        return None
    years = [match["low"].strip(), match["high"].rstrip(" .,")]
    if all(map(_YEAR.fullmatch, years)):
        return Quantity(
            "year_range", list(map(int, years)), ambiguous=True, rule="two years 19xx/20xx, not a target range"
        )
    return _range(low, high)


def _range(low: Amount, high: Amount) -> Quantity:
    unit = high.unit or low.unit
    first, last = low.number, high.number
    if first is None or last is None:
        return Quantity("range", None, unit=unit, ambiguous=True, rule=low.rule or high.rule, doubt="AMBIGU")
    if low.scale != high.scale and low.scale == 1:
        first *= high.scale
    if first > last:
        return Quantity(
            "range", [plain(first), plain(last)], unit=unit, ambiguous=True, rule="runs downwards", doubt="AMBIGU"
        )
    return Quantity(
        "range",
        [plain(first), plain(last)],
        minimum=first,
        maximum=last,
        unit=unit,
        ambiguous=low.ambiguous or high.ambiguous,
        rule=low.rule or high.rule,
    )


def _read_bound(text: str, satuan: str | None, context: ColumnContext) -> Quantity | None:
    match, operators = _BOUND_BEFORE.fullmatch(text), WORDS.bounds_before
    if match is None:
        match, operators = _BOUND_AFTER.fullmatch(text), WORDS.bounds_after
    if match is None:
        return None
    amount = read_amount(match["rest"], satuan, context)
    if amount is None:
        return None
    if amount.number is None:
        return replace(_scalar(amount), kind="bound")
    operator = operators[" ".join(match["op"].casefold().split())]
    return Quantity(
        "bound",
        {"op": operator, "value": plain(amount.number)},
        minimum=amount.number if operator.startswith(">") else None,
        maximum=amount.number if operator.startswith("<") else None,
        unit=amount.unit,
        ambiguous=amount.ambiguous,
        rule=amount.rule,
    )


def _read_rate(text: str, satuan: str | None, context: ColumnContext) -> Quantity | None:
    match = _RATE.fullmatch(text)
    amount = read_amount(match["rest"], satuan, context) if match else None
    if match is None or amount is None or amount.number is None or amount.unit is None:
        return None
    short = amount.unit.casefold()
    rule = f"{short} = {WORDS.rate_units[short]}, not juta" if short in WORDS.rate_units else amount.rule
    per = WORDS.periods[match["per"].casefold()]
    value = {"value": plain(amount.number), "unit": WORDS.rate_units.get(short, amount.unit), "per": per}
    unit = text[text.index(amount.unit) :].strip(" .")
    ambiguous = amount.ambiguous or short in WORDS.rate_units
    return Quantity("rate", value, amount.number, amount.number, amount.number, None, unit, ambiguous, rule)


def _read_ratio(text: str) -> Quantity | None:
    match = _RATIO.fullmatch(text)
    if match is None:
        return None
    sides = [read_amount(side, None, NO_CONTEXT) for side in match.groups()]
    values = [plain(side.number) if side is not None else None for side in sides]
    fraction = "/" in text
    rule = "a fraction, a ratio, or part of a number" if fraction else "a ratio of two numbers"
    return Quantity("ratio", values, ambiguous=fraction, rule=rule, doubt="AMBIGU")


def _read_slipped(
    text: str, satuan: str | None, context: ColumnContext, figure: bool, lone: bool = False
) -> Quantity | None:
    """A letter that a reader of images took for a digit: read as the digit, and always marked."""
    mended = slipped(text, lone)
    if mended is None:
        return None
    quantity = _read_figures(mended, satuan, context, figure)
    if quantity.kind not in ("scalar", "range", "bound", "rate"):
        return None
    return replace(quantity, ambiguous=True, rule="OCR l/1 or O/0, flag", doubt="SALAH_OCR")


def _read_rest(text: str) -> Quantity:
    return Quantity("composite", ambiguous=True, rule="figures in a text: no single value", doubt="GABUNGAN")


def _read_words(text: str, satuan: str | None, context: ColumnContext, figure: bool) -> Quantity:
    """A text without digits."""
    grade = read_grade(text, satuan)
    if grade is not None:
        return grade
    period = _TEXT_PERIOD.fullmatch(text)
    if period is not None:
        name = WORDS.periods[period["per"].casefold()]
        return Quantity("text_period", name, unit=_lone_unit(text), rule="a period, not a number")
    identifier = read_identifier(text, strict=figure)
    if identifier is not None:
        return identifier
    if satuan is not None and len(text) == 1:
        lone = _read_slipped(text, satuan, context, figure, lone=True)
        if lone is not None:
            return lone
    return Quantity("text", unit=_lone_unit(text), rule="words without a figure")


def _lone_unit(text: str) -> str | None:
    """The text where it is nothing but a unit, as in a target cell that was left without its figure."""
    return text if known_unit(text) is not None else None
