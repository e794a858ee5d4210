"""Writes the verdict on a document into its tables, on their way into a release. Stored results never hold it."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as compute

from pipeline.release.duplicates.verdict import Verdict
from pipeline.release.frames import Origin, check, finding_columns
from schemas.ledger import Finding
from schemas.registry import dataset


def with_origin(documents: pa.Table, verdict: Verdict) -> pa.Table:
    """The row of `dokumen` with the document that it delivers again."""
    place = documents.schema.get_field_index("duplikat_dari")
    return documents.set_column(
        place, documents.schema.field(place), pa.array([verdict.duplikat_dari], documents.schema.field(place).type)
    )


def with_findings(findings: pa.Table, quarantine: pa.Table, origin: Origin, added: Sequence[Finding]) -> pa.Table:
    """The findings of a document and those added in a release, whose keys count on, past quarantined ones too."""
    quarantined = compute.sum(compute.equal(quarantine["dataset"], "temuan"), min_count=0).as_py()
    entry = dataset("temuan")
    more = check(entry, finding_columns(entry, added, origin, findings.num_rows + quarantined + 1))
    if more.faults:
        raise AssertionError(f"findings of the release fail their schema: {next(iter(more.faults.values()))}")
    return pa.concat_tables([findings, more.table])
