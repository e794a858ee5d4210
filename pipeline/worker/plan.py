"""What an ingest has to do: which documents are to be read, and which results are at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.intake import Found, Intake, Problem, ProblemCode, ReadSettings, find_documents
from pipeline.worker.model import DEFAULT_READER, Job, Outcome
from pipeline.worker.store import Entry, Store, result_key

_FAILED = "-gagal"


@dataclass(slots=True)
class Document:
    """A document of an ingest. `asked` tells those that the user named from those known before.

    Exactly one of three holds: it is to be read (`outcome` None), its result is at hand (`cached`), or it has failed.
    """

    entry: Entry
    asked: bool
    outcome: Outcome | None = None
    cached: bool = False

    @property
    def berkas(self) -> str:
        return self.entry.source.berkas


@dataclass(slots=True)
class Plan:
    """All documents that the next release holds; `problems` of paths that led to none; `notices` about earlier ones."""

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    twins: int = 0

    def unread(self) -> list[Document]:
        return [document for document in self.documents if document.outcome is None]


class Planner:
    """Decides by content: a result is used again only for the same bytes, origin, settings and reader version."""

    def __init__(self, store: Store, settings: ReadSettings, reader: str = DEFAULT_READER) -> None:
        self._store = store
        self._settings = settings
        self._reader = reader

    @property
    def words(self) -> str | None:
        """The text of the user's vocabulary. Raises OSError where it cannot be read."""
        file = self._settings.vocabulary
        return None if file is None else file.read_text("utf-8")

    def plan(self, intake: Intake) -> Plan:
        """The documents found now, then those known from earlier runs. Raises StateError where the list is damaged."""
        plan = Plan(problems=list(intake.problems), twins=len(intake.twins))
        plan.documents = [self._asked(found, plan) for found in intake.documents]
        taken = {found.source.sha256 for found in intake.documents}
        replaced = {found.path for found in intake.documents} | set(intake.twins)
        if not self._store.list_is_whole():
            plan.notices.append(Problem(ProblemCode.DAFTAR_RUSAK, str(self._store.index)))
        for sha256, entry in self._store.documents().items():
            if sha256 not in taken and entry.path not in replaced:
                self._known(entry, plan)
        return plan

    def job(self, document: Document) -> Job:
        """What a worker is asked to do for a document."""
        entry = document.entry
        return Job(entry.path, entry.source, self._settings, self._store.result_path(entry.key), self._reader)

    def failed(self, document: Document, outcome: Outcome) -> Job:
        """Mark a document as failed; returns the job that writes down the reason."""
        document.outcome = outcome
        document.entry = replace(document.entry, key=document.entry.key.removesuffix(_FAILED) + _FAILED)
        return self.job(document)

    def _asked(self, found: Found, plan: Plan) -> Document:
        entry = Entry(found.path, found.source, result_key(found.source, self._settings))
        if found.problem is not None:
            return Document(entry, asked=True, outcome=Outcome(status="gagal", problem=found.problem))
        outcome = self._store.outcome(entry.key)
        if outcome is None and self._store.is_damaged(entry.key):
            plan.notices.append(Problem(ProblemCode.HASIL_RUSAK, found.source.berkas))
        return Document(entry, asked=True, outcome=outcome, cached=outcome is not None)

    def _known(self, entry: Entry, plan: Plan) -> None:
        """A document of an earlier run: its result as it is, or a new reading where the reader has changed since."""
        outcome = self._store.outcome(entry.key)
        current = entry.key.removesuffix(_FAILED) == result_key(entry.source, self._settings)
        if outcome is not None and current:
            plan.documents.append(Document(entry, asked=False, outcome=outcome, cached=True))
            return
        again = _same_file(entry)
        if again is not None:
            plan.documents.append(replace(self._asked(again, plan), asked=False))
            return
        if outcome is None:
            plan.problems.append(Problem(ProblemCode.HASIL_HILANG, str(entry.path)))
            return
        plan.notices.append(Problem(ProblemCode.HILANG, str(entry.path)))
        plan.documents.append(Document(entry, asked=False, outcome=outcome, cached=True))


def _same_file(entry: Entry) -> Found | None:
    """The document where it lay, if it still has the same bytes."""
    if not entry.path.is_file():
        return None
    same = [found for found in find_documents([entry.path]).documents if found.source.sha256 == entry.source.sha256]
    return same[0] if same else None


def entries(documents: Iterable[Document]) -> dict[str, Entry]:
    """The list of documents to remember, by SHA-256."""
    return {document.entry.source.sha256: document.entry for document in documents}
