"""Checks over the records of one document: arithmetic, consistency, units, rules.

Checks add findings and change no record. Each is a small function in the catalogue; `run_checks` runs them all.
"""

from __future__ import annotations

from pipeline.checks import (
    accounts,
    amounts,
    classes,
    numbering,
    outputs,
    people,
    periods,
    prose,
    regulations,
    structure,
    sums,
    targets,
    units,
    values,
    weights,
)
from pipeline.checks.book import Book
from pipeline.checks.context import DocumentContext, PrintedTotal
from pipeline.checks.registry import CheckInfo, catalogue, findings_of
from schemas.ledger import Ledger

__all__ = ["CHECK_MODULES", "CheckInfo", "DocumentContext", "PrintedTotal", "catalogue", "run_checks"]

# Importing a module enters its checks into the catalogue.
CHECK_MODULES = (
    accounts,
    amounts,
    classes,
    numbering,
    outputs,
    people,
    periods,
    prose,
    regulations,
    structure,
    sums,
    targets,
    units,
    values,
    weights,
)


def run_checks(ledger: Ledger, context: DocumentContext) -> None:
    """Run every check over one document's ledger and write what they find into it."""
    ledger.findings.extend(list(findings_of(Book(ledger, context))))
