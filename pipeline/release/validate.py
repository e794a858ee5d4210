"""Every record through its schema: what passes is published, what fails goes to `karantina`, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as compute

from pipeline.release.frames import Checked, Origin, check, finding_columns, quarantine_columns, record_columns
from pipeline.release.result import DocumentResult
from schemas.common import DOCUMENT_ID, YEAR
from schemas.fields import Field, Kind
from schemas.ledger import Finding, Ledger, Record
from schemas.registry import DATASETS, dataset

DOUBTS = ("temuan", "karantina")  # written here, never by a reader
_ELSEWHERE = "dokumen.dokumen_id"  # other documents are not known while one is validated


def validate(ledger: Ledger, tahun: int | None) -> DocumentResult:
    """The result of a document: a table per dataset, and its quarantine.

    `tahun` is the plan year, null where unknown; it becomes the year of every row. The ledger must hold exactly one
    record of `dokumen`; its status `lengkap` becomes `sebagian` where a record of any dataset is quarantined.
    A reference to a row that is not published keeps its value and gets a finding `ACUAN_HILANG`.
    The ledger is not changed. Raises ValueError, UnknownDatasetError or UnknownColumnError where the caller is wrong.
    """
    _refuse_bad_call(ledger, tahun)
    origin = Origin(ledger.dokumen_id, tahun)
    checked = {
        name: check(entry, record_columns(entry, ledger.rows(name), origin))
        for name, entry in DATASETS.items()
        if name not in DOUBTS
    }
    tables = {name: one.good for name, one in checked.items()}
    findings = list(ledger.findings)
    if checked["dokumen"].faults:
        bare, finding = _bare_document(ledger.rows("dokumen")[0], checked["dokumen"], origin)
        tables["dokumen"] = bare
        findings.append(finding)
    findings.extend(dangling_references(tables))
    doubts = check(dataset("temuan"), finding_columns(dataset("temuan"), findings, origin))
    tables["temuan"] = doubts.good
    tables["karantina"] = _quarantine([*checked.values(), doubts], origin)
    tables["dokumen"] = _with_status(tables["dokumen"], tables["karantina"].num_rows)
    return DocumentResult(ledger.dokumen_id, tahun, {name: tables[name] for name in DATASETS})


def _refuse_bad_call(ledger: Ledger, tahun: int | None) -> None:
    for name, records in ledger.records.items():
        if dataset(name).name in DOUBTS and records:
            raise ValueError(f"{name!r} is written by the validation, not by a reader")
    if DOCUMENT_ID.pattern is None or not re.fullmatch(DOCUMENT_ID.pattern, ledger.dokumen_id):
        raise ValueError(f"not a document key: {ledger.dokumen_id!r}")
    if tahun is not None and not (YEAR.minimum or 0) <= tahun <= (YEAR.maximum or 0):
        raise ValueError(f"not a plan year: {tahun!r}")
    if len(ledger.rows("dokumen")) != 1:
        raise ValueError(f"a ledger holds one record of dokumen, not {len(ledger.rows('dokumen'))}")


def _bare_document(record: Record, checked: Checked, origin: Origin) -> tuple[pa.Table, Finding]:
    """The document's row without the values that failed: the document stays known, its own record is quarantined."""
    faulty = {fault.column for fault in checked.faults[0]}
    bare = replace(
        record,
        baris_id=f"{origin.dokumen_id}-dokumen-00000",
        bukti=[] if "bukti" in faulty else record.bukti,
        halaman=None if "halaman" in faulty else record.halaman,
        tabel_id=None if "tabel_id" in faulty else record.tabel_id,
        values={name: value for name, value in record.values.items() if name not in faulty},
    )
    again = check(checked.dataset, record_columns(checked.dataset, [bare], origin))
    if again.faults:
        wrong = sorted(str(fault.column) for fault in again.faults[0])
        raise ValueError(f"the record of dokumen lacks what every document has: {', '.join(wrong)}")
    names = ", ".join(sorted(str(name) for name in faulty))
    finding = Finding(
        "DOKUMEN_TIDAK_SAH",
        "pembacaan",
        "galat",
        f"Keterangan dokumen ({names}) tidak sah, jadi dikosongkan; baris aslinya ada di karantina.",
        dataset="dokumen",
        baris_id=bare.baris_id,
        halaman=bare.halaman,
        bukti=tuple(bare.bukti),
    )
    return again.good, finding


def _quarantine(checked: Iterable[Checked], origin: Origin) -> pa.Table:
    entry = dataset("karantina")
    quarantine = check(entry, quarantine_columns(entry, checked, origin))
    if quarantine.faults:
        raise AssertionError(f"the quarantine itself fails its schema: {next(iter(quarantine.faults.values()))}")
    return quarantine.table


def _with_status(documents: pa.Table, quarantined: int) -> pa.Table:
    place = documents.schema.get_field_index("status")
    if not quarantined or documents["status"][0].as_py() != "lengkap":
        return documents
    return documents.set_column(place, documents.schema.field(place), pa.array(["sebagian"]))


def dangling_references(tables: Mapping[str, pa.Table]) -> Iterator[Finding]:
    """A finding for each published row and column that points to a row that is not published."""
    known: dict[str, pa.Array] = {}
    for name, table in tables.items():
        for field in dataset(name).fields:
            if field.references is None or field.references == _ELSEWHERE or not table.num_rows:
                continue
            if field.references not in known:
                target, column = field.references.split(".")
                known[field.references] = tables[target][column].combine_chunks()
            yield from _dangling(name, table, field, known[field.references])


def _dangling(name: str, table: pa.Table, field: Field, known: pa.Array) -> Iterator[Finding]:
    values = table[field.name].combine_chunks()
    if field.kind is Kind.TEXTS:
        rows, values = compute.list_parent_indices(values), compute.list_flatten(values)
    else:
        rows = pa.array(range(len(values)), pa.int64())
    missing = compute.and_(compute.is_valid(values), compute.invert(compute.is_in(values, value_set=known)))
    lost: dict[int, list[str]] = {}
    for row, value in zip(rows.filter(missing).to_pylist(), values.filter(missing).to_pylist(), strict=True):
        lost.setdefault(row, []).append(value)
    for row, keys in lost.items():
        yield _lost_reference(name, table.slice(row, 1).to_pylist()[0], field, keys)


def _lost_reference(name: str, row: Mapping[str, Any], field: Field, keys: list[str]) -> Finding:
    return Finding(
        "ACUAN_HILANG",
        "pembacaan",
        "peringatan",
        f"Yang dirujuk baris ini ({field.title.lower()}) tidak ikut terbit, karena tidak lolos pemeriksaan atau tidak "
        "terbaca. Cocokkan baris ini dengan halamannya, dan lihat karantina.",
        dataset=name,
        baris_id=str(row[dataset(name).key]),
        kolom=field.name,
        nilai=", ".join(keys),
        halaman=row["halaman"],
        tabel_id=row["tabel_id"],
    )
