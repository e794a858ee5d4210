"""Values out of strings: numbers, units, ranges, grades, dates, codes and tidy text."""

from pipeline.values.model import NO_CONTEXT, ColumnContext, Money, Quantity, Target
from pipeline.values.quantity import read_quantity
from pipeline.values.text import join_lines, tidy

__all__ = ["NO_CONTEXT", "ColumnContext", "Money", "Quantity", "Target", "join_lines", "read_quantity", "tidy"]
