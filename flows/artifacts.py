"""What a run leaves in Prefect for whoever looks there: the counts as a text, the documents and findings as tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.summary import Report, Summary
from pipeline.intake import Problem

# Prefect keeps an artifact as one JSON text; whoever wants all findings asks the release.
MOST_FINDINGS = 500


def write_artifacts(summary: Summary, findings: Iterable[dict[str, Any]]) -> None:
    """Write the artifacts of a run; `findings` are rows of `temuan`, no more than MOST_FINDINGS."""
    create_markdown_artifact(key="ringkasan", markdown=summary_text(summary), description="Ringkasan ingest")
    create_table_artifact(
        key="dokumen", table=[document_row(report) for report in summary.handled()], description="Dokumen"
    )
    create_table_artifact(key="temuan", table=list(findings), description=f"Temuan (paling banyak {MOST_FINDINGS})")


def summary_text(summary: Summary) -> str:
    """The run in a few lines of Markdown."""
    handled = summary.handled()
    lines = [
        f"# Ingest: {_release(summary)}",
        f"- Dokumen: {len(handled)} ditangani, {len(summary.documents)} dalam daftar, "
        f"{summary.duplicates} di antaranya kiriman ulang",
        f"- Temuan: {_counts(summary.findings())}",
        f"- Baris: {_counts(summary.records())}",
        f"- Karantina: {sum(report.outcome.quarantine for report in handled)}",
    ]
    incomplete = summary.incomplete()
    problems = [report.outcome.problem for report in incomplete if report.outcome.problem is not None]
    partial = [_partial(report) for report in incomplete if report.outcome.problem is None]
    lines += _section("Gagal: perbaiki, lalu jalankan lagi", _messages(summary.problems + problems))
    lines += _section("Terbaca sebagian: periksa sebabnya", partial)
    lines += _section("Catatan", _messages(summary.notices + summary.without_plan()))
    if not incomplete and not summary.problems:
        lines.append("- Semua terbaca lengkap. Tidak ada yang perlu dilakukan.")
    return "\n".join(lines)


def _release(summary: Summary) -> str:
    if summary.standing is not None:
        return f"tidak ada yang baru; rilis {summary.standing.number} tetap berlaku"
    return f"rilis {summary.release}" if summary.release else "tidak ada rilis baru"


def _section(title: str, messages: list[str]) -> list[str]:
    return ["", f"## {title}", *(f"- {message}" for message in messages)] if messages else []


def _messages(problems: list[Problem]) -> list[str]:
    return [_plain(problem.message()) for problem in problems]


def _partial(report: Report) -> str:
    return f"{_plain(report.berkas)}: sebabnya dengan `rkt temuan --dokumen {report.dokumen_id}`"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "tidak ada"


def _plain(text: str) -> str:
    """A file name may hold anything; in Markdown and HTML it is text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("`", "'")


def document_row(report: Report) -> dict[str, Any]:
    """A document as a row of the artifact's table."""
    outcome = report.outcome
    return {
        "dokumen_id": report.dokumen_id,
        "berkas": report.berkas,
        "status": outcome.status,
        "halaman": outcome.pages,
        "salinan": outcome.copies,
        "baris": sum(outcome.records.values()),
        "temuan": sum(outcome.findings.values()),
        "karantina": outcome.quarantine,
        "detik": outcome.seconds,
    }
