"""What an ingest has to do: which documents are to be read, and which results are at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, takewhile
from pathlib import Path

from pipeline.intake import Found, Intake, Problem, ProblemCode, ReadSettings, Source, find_documents
from pipeline.intake.objects import find_known
from pipeline.intake.seen import Seen
from pipeline.release.manifest import InputFile
from pipeline.storage import Place
from pipeline.worker.model import DEFAULT_READER, Job, Outcome
from pipeline.worker.store import Entry, Known, Store, result_key

_FAILED = "-gagal"
_MOST_MISSING = 10


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
    """All documents that the next release holds; `problems` of paths that led to none; `notices` about earlier ones.

    `withdrawn` are the documents that releases go without, by SHA-256, and `leaving` those of them that this run
    takes out. `replaced` are the SHA-256 of documents whose place another file has taken, `known` the documents of
    earlier runs by theirs.
    """

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    twins: int = 0
    withdrawn: dict[str, InputFile] = field(default_factory=dict)
    leaving: list[InputFile] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    known: Mapping[str, Entry] = field(default_factory=dict)

    def unread(self) -> list[Document]:
        return [document for document in self.documents if document.outcome is None]

    def inputs(self) -> list[InputFile]:
        """The documents as a release lists them."""
        return [_listed(document.entry.source) for document in self.documents]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asks of a run beside reading what is new.

    `named` are the absolute paths and addresses that were named, folders and files. `force`: what lies there is read
    again though its result is at hand. `withdraw_missing`: documents whose file has gone from a folder named are
    withdrawn.
    """

    named: frozenset[Place] = frozenset()
    force: bool = False
    withdraw_missing: bool = False

    @classmethod
    def of(cls, paths: Iterable[Path | Place], *, force: bool, withdraw_missing: bool) -> Wishes:
        return cls(frozenset(Place.parse(path).absolute() for path in paths), force, withdraw_missing)

    def names(self, found: Found, twins: Mapping[Place, Place]) -> bool:
        """Whether the user named the document's file itself, and not only a folder that it lies in."""
        return found.place in self.named or any(twins.get(place) == found.place for place in self.named)


class Planner:
    """Decides by content: a result is used again only for the same bytes, origin, settings and reader version."""

    def __init__(
        self, store: Store, settings: ReadSettings, reader: str = DEFAULT_READER, wishes: Wishes | None = None
    ) -> None:
        self._store = store
        self._settings = settings
        self._reader = reader
        self._wishes = wishes or Wishes()
        self._there: dict[Place, Found] = {}

    @property
    def words(self) -> str | None:
        """The text of the user's vocabulary. Raises OSError where it cannot be read."""
        file = self._settings.vocabulary
        return None if file is None else file.read_text("utf-8")

    def plan(self, intake: Intake, withdrawn: Mapping[str, InputFile] | None = None) -> Plan:
        """The documents found now, then those known from earlier runs.

        `withdrawn` stands for the list of those, where the state folder has none. Raises StateError where the list is
        damaged.
        """
        plan = Plan(problems=list(intake.problems), twins=len(intake.twins))
        known = self._store.known() or Known({}, dict(withdrawn or {}))
        plan.withdrawn = dict(known.withdrawn)
        plan.documents = [self._asked(found, plan) for found in self._wanted(intake, plan)]
        taken = {found.source.sha256 for found in intake.documents}
        replaced = {found.place for found in intake.documents} | set(intake.twins)
        if known.copied:
            plan.notices.append(Problem(ProblemCode.DAFTAR_RUSAK, str(self._store.index)))
        plan.known = known.documents
        missing: list[Entry] = []
        plan.replaced = {sha256 for sha256, entry in known.documents.items() if entry.place in replaced}
        seen_to = plan.replaced | taken
        left = [entry for sha256, entry in known.documents.items() if sha256 not in seen_to]
        self._find_stale_objects(left)
        for entry in left:
            if not self._leaves(entry, intake, plan):
                self._known(entry, intake, plan, missing)
        plan.notices.extend(_told(missing))
        return plan

    def _wanted(self, intake: Intake, plan: Plan) -> Iterator[Found]:
        """The documents found, without those withdrawn; one that is named itself comes back."""
        for found in intake.documents:
            sha256 = found.source.sha256
            if sha256 in plan.withdrawn and not self._wishes.names(found, intake.twins):
                plan.notices.append(Problem(ProblemCode.DITARIK, found.source.berkas, str(found.place)))
                continue
            plan.withdrawn.pop(sha256, None)
            yield found

    def _leaves(self, entry: Entry, intake: Intake, plan: Plan) -> bool:
        """Withdraw a document whose file has gone, where the user wants that; returns whether it was.

        Only out of a folder that was named and holds other PDFs: an empty one may be a disk that is not mounted.
        """
        if not self._wishes.withdraw_missing or not _is_gone(entry.place, intake):
            return False
        folders = [place for place in self._wishes.named if entry.place.inside(place)]
        alive = [folder for folder in folders if any(found.place.inside(folder) for found in intake.documents)]
        if alive:
            gone = _listed(entry.source)
            plan.withdrawn[gone.sha256] = gone
            plan.leaving.append(gone)
        return bool(alive)

    def job(self, document: Document) -> Job:
        """What a worker is asked to do for a document."""
        entry = document.entry
        return Job(entry.place, entry.source, self._settings, self._store.result_path(entry.key), self._reader)

    def failed(self, document: Document, outcome: Outcome) -> Job:
        """Mark a document as failed; returns the job that writes down the reason."""
        document.outcome = outcome
        document.entry = replace(document.entry, key=document.entry.key.removesuffix(_FAILED) + _FAILED)
        return self.job(document)

    def _asked(self, found: Found, plan: Plan) -> Document:
        entry = Entry(found.place, found.source, result_key(found.source, self._settings))
        if found.problem is not None:
            return Document(entry, asked=True, outcome=Outcome(status="gagal", problem=found.problem))
        outcome = None if self._wishes.force else self._store.outcome(entry.key)
        if outcome is None and not self._wishes.force and self._store.is_damaged(entry.key):
            plan.notices.append(Problem(ProblemCode.HASIL_RUSAK, found.source.berkas))
        return Document(entry, asked=True, outcome=outcome, cached=outcome is not None)

    def _known(self, entry: Entry, intake: Intake, plan: Plan, missing: list[Entry]) -> None:
        """A document of an earlier run: its result as it is, or a new reading where the reader has changed since.

        Those are `missing` whose file is gone, or changed where it would have to be read.
        """
        outcome = self._store.outcome(entry.key)
        if outcome is not None and not self._is_stale(entry):
            plan.documents.append(Document(entry, asked=False, outcome=outcome, cached=True))
            missing.extend([entry] if _is_gone(entry.place, intake) else [])
            return
        again = self._same_file(entry)
        if again is not None:
            plan.documents.append(replace(self._asked(again, plan), asked=False))
            return
        if outcome is None:
            plan.problems.append(Problem(ProblemCode.HASIL_HILANG, str(entry.place)))
            return
        missing.append(entry)
        plan.documents.append(Document(entry, asked=False, outcome=outcome, cached=True))

    def _same_file(self, entry: Entry) -> Found | None:
        """The document where it lay, if it still has the same bytes. Raises StorageError where a storage is silent."""
        if entry.place.path is None:
            there = self._there if self._is_stale(entry) else find_known([entry.place], self._seen)
            found = [there[entry.place]] if entry.place in there else []
        elif entry.place.path.is_file():
            found = find_documents([entry.place]).documents
        else:
            found = []
        same = [each for each in found if each.source.sha256 == entry.source.sha256]
        return same[0] if same else None

    def _find_stale_objects(self, entries: Iterable[Entry]) -> None:
        """Find all objects at once that would have to be read again: one by one, each would be listed anew."""
        stale = [entry.place for entry in entries if entry.place.path is None and self._is_stale(entry)]
        self._there = find_known(stale, self._seen) if stale else {}

    def _is_stale(self, entry: Entry) -> bool:
        """Whether its result is of another reader, setting or origin."""
        return entry.key.removesuffix(_FAILED) != result_key(entry.source, self._settings)

    @cached_property
    def _seen(self) -> Seen:
        return Seen(self._store.objects)

    def keep_earlier(self, document: Document, plan: Plan) -> bool:
        """Let the result stand that an earlier run read from the same bytes; returns whether there is one."""
        earlier = plan.known.get(document.entry.source.sha256)
        outcome = None if earlier is None else self._store.outcome(earlier.key)
        if earlier is None or outcome is None or outcome.problem is not None:
            return False
        document.entry = replace(earlier, place=document.entry.place)
        document.outcome, document.cached = outcome, True
        return True


def _told(missing: list[Entry]) -> Iterator[Problem]:
    """A line for each document whose file is gone up to some, then how many more on this disk and in each bucket."""
    by_name = sorted(missing, key=lambda each: str(each.place))
    for entry in by_name[:_MOST_MISSING]:
        yield Problem(ProblemCode.HILANG, str(entry.place), entry.source.dokumen_id)
    for start, group in groupby((each.place for each in by_name[_MOST_MISSING:]), key=_start_of):
        folders = [place.parts[:-1] for place in group]
        common = [names[0] for names in takewhile(lambda names: len(set(names)) == 1, zip(*folders, strict=False))]
        folder = f"{start.partition('://')[0]}://{'/'.join(common)}" if start else str(Path(*common))
        yield Problem(ProblemCode.HILANG_LAIN, folder, str(len(folders)))


def _start_of(place: Place) -> str:
    """What all addresses in one bucket begin with; nothing for this disk."""
    return "" if place.url is None else f"{place.url.partition('://')[0]}://{place.parts[0]}"


def _is_gone(place: Place, intake: Intake) -> bool:
    """Whether there is no such file; one that may not be looked at, and an object nobody looked for, are not gone."""
    if place.path is None:
        return intake.lacks(place)
    try:
        place.path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _listed(source: Source) -> InputFile:
    return InputFile(source.berkas, source.sha256)


def entries(documents: Iterable[Document]) -> dict[str, Entry]:
    """The list of documents to remember, by SHA-256."""
    return {document.entry.source.sha256: document.entry for document in documents}
