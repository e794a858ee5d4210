"""One number with what is printed around it: currency, sign, scale word, unit, the number in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.reference.units import Unit, find_unit, known_unit
from pipeline.values.model import ColumnContext
from pipeline.values.numerals import read_numeral
from pipeline.values.vocabulary import WORDS, alternatives

_BODY = r"[0-9](?:[0-9.,]*[0-9])?"
_CURRENCY = r"(?:Rp\b\.?|Rp\.?(?=[-\s0-9(])|IDR\b)"
_AMOUNT = re.compile(
    rf"(?:(?:{alternatives(WORDS.fillers)})\s+)?"
    rf"(?P<currency>{_CURRENCY})?\s*(?P<sign>[-−+])?(?P<late_currency>{_CURRENCY}\s*)?"
    rf"(?P<body>{_BODY})(?P<dash>[.,]\s?[-–—=]+)?(?P<rest>\D.*)?",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(rf"(?P<currency>{_CURRENCY})?\s*\(\s*(?P<inner>(?:{_CURRENCY})?\s*{_BODY})\s*\)", re.IGNORECASE)
_PREFIXED = re.compile(rf"(?P<unit>[^\W\d_]+)\s*[:=]?\s*(?P<figure>{_BODY}\s*%?)", re.IGNORECASE)
_IN_WORDS = re.compile(r"\s*\(\s*(?P<words>[^\W\d_]+(?: [^\W\d_]+)*)\s*\)")
_SCALE = re.compile(rf"\s*(?P<scale>{alternatives(WORDS.scales)})\b\.?", re.IGNORECASE | re.ASCII)
_PERCENT = re.compile(r"%|(?:persen|prosen)\b", re.IGNORECASE)
_NOT_A_UNIT = re.compile(r"[;&+=<>:,!?%]|[-–—]\s")
_PER_PERIOD = re.compile(rf"(?:/|\bper\b[\s-]*|\bse?tiap\s+)\s*(?:{alternatives(WORDS.periods)})$", re.IGNORECASE)
_PERIOD_WITH_SE = re.compile(
    rf"\b(?:{alternatives(word for word in WORDS.periods if word.startswith('se') and word[2:] in WORDS.periods)})$",
    re.IGNORECASE,
)
_BOUND_WORDS = re.compile(
    rf"\b(?:{alternatives(word for word in WORDS.bounds_after if word[0].isalpha())})$", re.IGNORECASE
)
# A point or a parenthesis between a number and a word makes the number an ordinal: `1. Dokumen`.
_ORDINAL_MARK = re.compile(r"[.)]+\s*[^\W\d_]")
_NO_UNIT_BEGINS = frozenset({"per", "setiap", "tiap"})
_MAX_UNKNOWN_WORDS = 3
_MAX_UNIT_WORDS = 6
# Letters that readers of images take for digits.
_SLIPS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_SLIP_LETTERS = frozenset("oil|")
_SLIPPED_TOKEN = re.compile(r"(?=[^\s]*[OoIl|])[0-9OoIl|]+(?:[.,][0-9OoIl|]+)*(?=%|\s|$)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A single number; None where its readings stay open. `unit` is worded as printed, `scale` already applied."""

    number: Decimal | None
    unit: str | None
    ambiguous: bool
    rule: str
    scale: int = 1
    is_money: bool = False
    doubtful: bool = False


def read_amount(text: str, satuan: str | None, context: ColumnContext) -> Amount | None:
    """The number that a tidy text consists of, with its unit; None where the text is anything else.

    `satuan` is the unit that holds where the text prints none.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return _read_negative(text, satuan, context) or _read_prefixed(text, context)
    rest = match["rest"] or ""
    if _ORDINAL_MARK.match(rest):
        return None
    currency = match["currency"] or match["late_currency"]
    spelled = _IN_WORDS.match(rest)
    words = _number_in_words(spelled["words"]) if spelled else None
    if spelled is not None and words is not None:
        rest = rest[spelled.end() :]
    scale = _scale_of(rest, currency or satuan)
    if scale is not None:
        rest = rest[scale[1] :]
    glued = scale is None and words is None and bool(rest) and rest[0].isalpha()
    printed = _unit_text(rest.strip(" .,"), glued)
    if printed is None:
        return None
    name = currency or printed or satuan
    amount = _amount(match, find_unit(name) if name else None, printed or currency, scale, words, context)
    if printed and _is_word_beside_money(printed, currency, satuan):
        return replace(amount, number=None, ambiguous=True, rule="an unknown word beside an amount of money")
    return amount


def _is_word_beside_money(printed: str, currency: str | None, satuan: str | None) -> bool:
    """Whether the word may be a misspelled scale, which would make the amount another one."""
    unit = find_unit(printed)
    if currency is not None:
        return unit is None or unit.kind != "uang"
    given = find_unit(satuan) if satuan and unit is None else None
    return given is not None and given.kind == "uang"


def _amount(
    match: re.Match[str],
    unit: Unit | None,
    printed: str | None,
    scale: tuple[int, int] | None,
    words: int | None,
    context: ColumnContext,
) -> Amount:
    factor = 1 if scale is None else scale[0]
    # A scale word says what the number counts: 1,5 Miliar has a decimal whatever the unit of the whole is.
    numeral = read_numeral(match["body"], unit if scale is None else None, context)
    number, ambiguous, rule = numeral.number, numeral.ambiguous, numeral.rule
    if words is not None and number is not None and number != words:
        number, ambiguous, rule = None, True, "the number in words is another one"
    if number is not None:
        number *= factor
        if match["sign"] in ("-", "−"):
            number = number.copy_negate()
    money = unit is not None and unit.kind == "uang"
    return Amount(number, printed or None, ambiguous, rule, factor, money, numeral.doubtful)


def _read_negative(text: str, satuan: str | None, context: ColumnContext) -> Amount | None:
    """`(1.000)`: a negative amount in the manner of bookkeepers."""
    match = _NEGATIVE.fullmatch(text)
    inner = read_amount(match["inner"], satuan or match["currency"], context) if match else None
    if match is None or inner is None:
        return None
    number = None if inner.number is None else inner.number.copy_negate()
    return Amount(number, inner.unit or match["currency"], inner.ambiguous, inner.rule, is_money=inner.is_money)


def _read_prefixed(text: str, context: ColumnContext) -> Amount | None:
    """`Level 3`, `Skor: 80`: the unit leads."""
    match = _PREFIXED.fullmatch(text)
    if match is None or match["unit"].casefold() not in WORDS.number_prefixes:
        return None
    amount = read_amount(match["figure"], match["unit"], context)
    if amount is None or amount.unit is not None:
        return amount
    return replace(amount, unit=match["unit"])


def _scale_of(rest: str, name: str | None) -> tuple[int, int] | None:
    """The factor of the scale word that the text begins with, and where it ends; `M` is one only for money."""
    match = _SCALE.match(rest)
    if match is not None:
        return WORDS.scales[match["scale"].casefold()], match.end()
    factor = WORDS.money_scales.get(rest.strip(" .").casefold())
    unit = find_unit(name) if factor is not None and name else None
    return (factor, len(rest)) if factor is not None and unit is not None and unit.kind == "uang" else None


def _unit_text(rest: str, glued: bool) -> str | None:
    """What follows the number if it can be its unit ('' for nothing); None where it is another kind of text."""
    if not rest:
        return ""
    if rest[0] == "%" or _PERCENT.match(rest):
        return rest if _PERCENT.fullmatch(rest) else None
    if known_unit(rest) is not None:
        return rest
    if _NOT_A_UNIT.search(rest) or any(char.isdigit() for char in rest) or not rest[0].isalpha():
        return None
    words = rest.casefold().split()
    if rest.casefold() in WORDS.word_grades or words[0] in _NO_UNIT_BEGINS:
        return None
    if len(words) > _MAX_UNKNOWN_WORDS and find_unit(rest) is None:
        return None
    if len(words) > _MAX_UNIT_WORDS or not WORDS.joiners.isdisjoint(words) or _ends_otherwise(rest):
        return None
    if glued and (len(words[0]) < 2 or set(words[0]) <= _SLIP_LETTERS):
        return None
    return rest


def _ends_otherwise(rest: str) -> bool:
    """Whether the words end in a period, which makes a rate, or in words that make a bound."""
    return any(pattern.search(rest) for pattern in (_PER_PERIOD, _PERIOD_WITH_SE, _BOUND_WORDS))


def _number_in_words(words: str) -> int | None:
    """The value of an Indonesian number word below one thousand million; None where a word is none."""
    total, group, digit = 0, 0, 0
    for word in _separate(words.casefold()):
        if word in WORDS.digits:
            digit = WORDS.digits.index(word)
        elif word == "belas":
            group, digit = group + 10 + digit, 0
        elif word in ("puluh", "ratus"):
            group, digit = group + digit * (10 if word == "puluh" else 100), 0
        elif word in ("ribu", "juta"):
            total, group, digit = total + (group + digit) * WORDS.scales[word], 0, 0
        else:
            return None
    return total + group + digit


def _separate(words: str) -> list[str]:
    """`sebelas`, `seratus`, `seribu` as one and what it counts."""
    separate: list[str] = []
    for word in words.split():
        counted = word.removeprefix("se")
        if word.startswith("se") and counted in ("belas", "puluh", "ratus", "ribu", "juta"):
            separate += [WORDS.digits[1], counted]
        else:
            separate.append(word)
    return separate


def slipped(text: str, lone: bool = False) -> str | None:
    """The text with letters that stand for digits in its numbers mended; None where there is none.

    A token is taken for a number when at least one digit is in it, or, with `lone`, when it is the whole text.
    """
    mended = _SLIPPED_TOKEN.sub(lambda match: _mend(match.group(), lone and match.group() == text), text)
    return mended if mended != text else None


def _mend(token: str, lone: bool) -> str:
    return token.translate(_SLIPS) if lone or any(char.isdigit() for char in token) else token
