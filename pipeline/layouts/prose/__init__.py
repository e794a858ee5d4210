"""Prose of a document: its sections, legal bases, vision and missions, who signed it, and which document it is.

`prose_blocks` makes blocks of a page's loose words, `number_blocks` names them, `write_prose` reads them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layouts.prose.blocks import TextBlock, number_blocks, prose_blocks
from pipeline.layouts.prose.evidence import TableText
from pipeline.layouts.prose.identity import Identity, read_identity
from pipeline.layouts.prose.legal import write_legal_bases
from pipeline.layouts.prose.sections import Section, cover_blocks, find_sections, write_sections
from pipeline.layouts.prose.signatory import Signatory, find_signatory, find_signatures
from pipeline.layouts.prose.vision import Statement, find_missions, find_vision
from pipeline.pages.model import Page
from schemas.ledger import Ledger

__all__ = [
    "Identity",
    "ProseResult",
    "Section",
    "Signatory",
    "Statement",
    "TableText",
    "TextBlock",
    "number_blocks",
    "prose_blocks",
    "read_identity",
    "write_prose",
]


@dataclass(slots=True)
class ProseResult:
    """What the prose says of the document as a whole, each with the blocks it came from."""

    identity: Identity
    visi: Statement | None
    misi: list[Statement]
    signatory: Signatory | None
    sections: list[Section]


def write_prose(
    ledger: Ledger, pages: Sequence[Page], blocks: Sequence[TextBlock], tables: Sequence[TableText] = ()
) -> ProseResult:
    """Read numbered blocks in reading order; writes `bagian` and `dasar_hukum` records and the identity's findings.

    `pages` are the unique pages, with their running headers and footers; `tables` what tables say above their bodies.
    """
    signatory = find_signatory(blocks)
    identity = read_identity(pages, blocks, tables, signatory)
    signed = [block for found in find_signatures(blocks) for block in found.blocks]
    sections = find_sections(blocks, cover_blocks(blocks), identity.judul or "", no_headings=signed)
    write_sections(ledger, sections)
    write_legal_bases(ledger, sections)
    ledger.findings.extend(identity.findings)
    return ProseResult(identity, find_vision(sections), find_missions(sections), signatory, sections)
