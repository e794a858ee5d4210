"""Values out of strings: numbers, units, ranges, grades, money, dates, codes and tidy text."""

from pipeline.values.codes import CodeLevel, Ordinal, code_level, read_code, read_ordinal, strip_bullet, strip_ordinal
from pipeline.values.dates import read_date, read_nip, years_in
from pipeline.values.model import NO_CONTEXT, ColumnContext, Doubt, Kind, Money, Quantity, Target
from pipeline.values.money import read_money
from pipeline.values.quantity import read_quantity
from pipeline.values.target import read_target, split_stacked
from pipeline.values.text import join_lines, tidy

__all__ = [
    "NO_CONTEXT",
    "CodeLevel",
    "ColumnContext",
    "Doubt",
    "Kind",
    "Money",
    "Ordinal",
    "Quantity",
    "Target",
    "code_level",
    "join_lines",
    "read_code",
    "read_date",
    "read_money",
    "read_nip",
    "read_ordinal",
    "read_quantity",
    "read_target",
    "split_stacked",
    "strip_bullet",
    "strip_ordinal",
    "tidy",
    "years_in",
]
