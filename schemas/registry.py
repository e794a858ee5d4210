"""The registry: every dataset of the contract, once. Everything else about schemas is generated from it."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from schemas import documents, doubt, evidence, plans
from schemas.fields import TEXTUAL, Dataset, Theme, UnknownDatasetError

CONTRACT_VERSION = "2"


def _registry(datasets: Iterable[Dataset]) -> MappingProxyType[str, Dataset]:
    by_name: dict[str, Dataset] = {}
    for dataset in datasets:
        if dataset.name in by_name:
            raise ValueError(f"dataset {dataset.name!r} is registered twice")
        by_name[dataset.name] = dataset
    for dataset in by_name.values():
        _check(dataset, by_name)
    return MappingProxyType(by_name)


def _check(dataset: Dataset, among: dict[str, Dataset]) -> None:
    """References and rules must name columns that exist."""
    dataset.field(dataset.key)
    for rule in dataset.rules:
        for column in rule.columns:
            dataset.field(column)
    for field in dataset.fields:
        if field.pattern is not None and field.kind not in TEXTUAL:
            raise ValueError(f"{dataset.name}.{field.name}: only text has a pattern")
        if field.references is not None:
            target, column = field.references.split(".")
            among[target].field(column)


DATASETS = _registry(
    (
        documents.DOCUMENT,
        plans.NODE,
        plans.INDICATOR,
        plans.PERIOD_TARGET,
        plans.FUNDING,
        documents.POLICY,
        documents.LEGAL_BASIS,
        documents.SECTION,
        plans.ACCOUNT,
        plans.COMPARISON,
        *evidence.DATASETS,
        *doubt.DATASETS,
    )
)
"""Dataset by name, in the order of the contract."""
# What the tables of a plan give: a document without a row of any of them says nothing that a plan says.
PLAN_DATASETS = ("program_kegiatan", "indikator", "arah_kebijakan", "rekening")


def dataset(name: str) -> Dataset:
    """The dataset of that name. Raises UnknownDatasetError."""
    if name not in DATASETS:
        raise UnknownDatasetError(f"no dataset {name!r}; there are: {', '.join(DATASETS)}")
    return DATASETS[name]


def themed(theme: Theme) -> tuple[Dataset, ...]:
    """The datasets of one part of the contract, in its order."""
    return tuple(entry for entry in DATASETS.values() if entry.theme is theme)
