"""`rkt compare`: what changed between two years, or between two documents of the last release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.answer import Format, FormatOption, answer_text, write_answer
from pipeline.cli.console import EXIT_USAGE, failure, format_value, note, print_table, reason_of
from pipeline.cli.messages import language, say
from pipeline.cli.options import DEFAULT_CURATED, CuratedOption

if TYPE_CHECKING:
    from pipeline.release.comparing.choice import Choice, Names
    from pipeline.release.comparing.rows import Told
    from pipeline.release.query import QueryResult

_MOST_ROWS = 200
_SHOWN = ("aspek", "level", "nama", "nilai_dari", "nilai_ke", "selisih", "persen", "halaman_dari", "halaman_ke")
_MOST_NAMED = 10
_SUFFIXES = {".csv": Format.CSV, ".json": Format.JSON}


def compare(  # noqa: PLR0913 (each is an option of the command)
    dari: Annotated[str, typer.Argument(metavar="A", help=say("arg.dari"), show_default=False)],
    ke: Annotated[str, typer.Argument(metavar="B", help=say("arg.ke"), show_default=False)],
    curated: CuratedOption = DEFAULT_CURATED,
    perangkat_daerah: Annotated[str | None, typer.Option(help=say("opt.perangkat_daerah"))] = None,
    wilayah: Annotated[str | None, typer.Option(help=say("opt.wilayah"))] = None,
    limit: Annotated[int | None, typer.Option(min=0, help=say("opt.limit.compare"))] = None,
    form: FormatOption = Format.TABLE,
    target: Annotated[Path | None, typer.Option("--output", help=say("opt.output.compare"))] = None,
    folder: Annotated[Path | None, typer.Option("--laporan", help=say("opt.laporan.compare"))] = None,
) -> None:
    """Compare two years of all offices, or two documents."""
    from pipeline.release.comparing.choice import Names
    from pipeline.release.comparing.reading import compare_pairs, file_names
    from pipeline.release.copies import readable
    from pipeline.release.store import need_release

    form = _form_of(target, form)
    if dari == ke:
        raise failure("usage.same", EXIT_USAGE, name=dari)
    release = need_release(readable(curated)).resolve()
    choice = _choose(release, dari, ke, Names(perangkat_daerah, wilayah))
    _say_alone(choice)
    if not choice.pairs:
        raise failure("compare.nothing", dari=dari, ke=ke)
    told = [one.told() for one in compare_pairs(release, choice.pairs)]
    _write_rows(_answer(told), form, limit, target, file_names(release))
    _say_scope(told)
    _say_owners(release, choice)
    if folder is not None:
        _write_report(release, told, folder)


def _form_of(target: Path | None, form: Format) -> Format:
    """The form of a file is that of its name; a table is for the terminal."""
    if target is None:
        return form
    named = _SUFFIXES.get(target.suffix.lower())
    if named is None or form not in (Format.TABLE, named):
        raise failure("usage.output", EXIT_USAGE, path=target)
    return named


def _choose(release: Path, dari: str, ke: str, names: Names) -> Choice:
    from pipeline.release.comparing.choice import choose_documents, choose_years, is_year

    if is_year(dari) and is_year(ke):
        return choose_years(release, int(dari), int(ke), names)
    if is_year(dari) or is_year(ke):
        raise failure("usage.mixed", EXIT_USAGE)
    return choose_documents(release, dari, ke, names)


def _answer(told: Sequence[Told]) -> QueryResult:
    """The rows of `perbandingan` of all comparisons, one after the other."""
    from pipeline.release.query import QueryResult
    from schemas.arrow import arrow_schema

    schema = arrow_schema("perbandingan")
    rows = [tuple(row.values()) for one in told for row in one.rows]
    return QueryResult(tuple(schema.names), tuple(str(kind) for kind in schema.types), rows)


def _write_report(release: Path, told: Sequence[Told], folder: Path) -> None:
    """The page and the workbook of all pairs."""
    from pipeline.cli.laporan import write_told
    from pipeline.reports.gather import read_pairs
    from pipeline.reports.write import comparison_paths, write_comparison_reports

    pairs = read_pairs(release, told)
    write_told(folder, comparison_paths(pairs, folder), lambda: write_comparison_reports(pairs, folder, language()))


def _write_rows(
    result: QueryResult, form: Format, limit: int | None, target: Path | None, files: Mapping[str, str]
) -> None:
    from pipeline.release.query import QueryResult

    total = len(result.rows)
    most = (_MOST_ROWS if form is Format.TABLE else 0) if limit is None else limit
    shown = QueryResult(result.columns, result.types, result.rows[: most or total])
    if target is not None:
        try:
            target.write_text(answer_text(shown, form), encoding="utf-8")
        except OSError as error:
            raise failure("error.target", path=target, reason=reason_of(error)) from error
        note(say("compare.written", path=target, count=format_value(len(shown.rows))))
    elif form is Format.TABLE and total:
        _print(shown, files)
    else:
        write_answer(shown, form, "compare.none")
    if len(shown.rows) < total:
        note(say("show.more", count=format_value(total - len(shown.rows))))


def _print(result: QueryResult, files: Mapping[str, str]) -> None:
    """The rows in the terminal, with the file of the later document where there are several."""
    rows = list(result.records())
    several = len({row["ke_dokumen_id"] for row in rows}) > 1
    columns = ("berkas", *_SHOWN) if several else _SHOWN
    shown = [{**row, "berkas": files[row["ke_dokumen_id"]], **_grouped(row)} for row in rows]
    print_table("", columns, [[row[name] for name in columns] for row in shown])


def _grouped(row: Mapping[str, Any]) -> dict[str, str | None]:
    """The two values as an Indonesian reader writes them; text stays as it is."""
    figures = row["selisih"] is not None or row["aspek"] in ("baru", "hilang", "pagu")
    values = {name: row[name] for name in ("nilai_dari", "nilai_ke")}
    return {name: _as_figure(text) if figures and text is not None else text for name, text in values.items()}


def _as_figure(text: str) -> str:
    try:
        return format_value(Decimal(text))
    except InvalidOperation:  # the target of a new indicator may be text
        return text


def _say_alone(choice: Choice) -> None:
    """The offices that have a plan in one of the years only."""
    for year in sorted({one.tahun for one in choice.alone}):
        names = [f"{one.perangkat_daerah}, {one.wilayah} ({one.jenis})" for one in choice.alone if one.tahun == year]
        note(say("compare.alone", year=year, count=format_value(len(names)), names=_some(names)))


def _say_owners(release: Path, choice: Choice) -> None:
    """That two documents that were chosen one by one are not of one office."""
    from pipeline.release.comparing.choice import other_owners

    for pair in choice.pairs if len(choice.pairs) == 1 else ():
        for before, after in other_owners(release, pair):
            note(say("compare.owners", before=before, after=after))


def _say_scope(told: Sequence[Told]) -> None:
    """What was compared, what could not be, and how much changed."""
    scopes = [one.scope for one in told]
    nodes, indicators = sum(one.nodes for one in scopes), sum(one.indicators for one in scopes)
    numbers = {"nodes": format_value(nodes), "indicators": format_value(indicators)}
    note(say("compare.scope", pairs=format_value(len(told)), **numbers))
    aspects = Counter(row["aspek"] for one in told for row in one.rows)
    if aspects:
        note(say("compare.changes", counts=", ".join(f"{name} {count}" for name, count in sorted(aspects.items()))))
    _say_only("compare.only_from", [one.only_from for one in scopes])
    _say_only("compare.only_to", [one.only_to for one in scopes])
    _say_doubts(told)


def _say_only(key: str, only: Sequence[Sequence[str]]) -> None:
    found = Counter(name for names in only for name in names)
    if found:
        note(say(key, names=", ".join(f"{name} ({count})" for name, count in sorted(found.items()))))


def _say_doubts(told: Sequence[Told]) -> None:
    from pipeline.release.comparing.rows import DOUBTED, UNTOLD

    empty = list(dict.fromkeys(key for one in told for key in one.empty))
    partial = list(dict.fromkeys(key for one in told for key in one.partial))
    for key, names in (("compare.empty", empty), ("compare.partial", partial)):
        if names:
            note(say(key, count=format_value(len(names)), names=_some(names)))
    for key, kode in (("compare.doubted", DOUBTED), ("compare.untold", UNTOLD)):
        count = sum(one.count(kode) for one in told)
        if count:
            note(say(key, count=format_value(count)))


def _some(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return "; ".join([*names[:_MOST_NAMED], *([f"… (+{more})"] if more > 0 else [])])
