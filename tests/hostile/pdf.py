"""Writes PDFs object by object, right or wrong: what a library for making PDFs would refuse to write."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

A4 = "[0 0 595 842]"
HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


class RawPdf:
    """A PDF as its objects, numbered from 1. Object 1 is the catalogue, 2 the page tree, 3 a font."""

    def __init__(self, catalog: str = "", tree: str = "") -> None:
        self.objects: list[bytes] = []
        self.add(f"<< /Type /Catalog /Pages 2 0 R {catalog} >>")
        self.add(tree)
        self.add(HELVETICA)
        self._own_tree = not tree
        self.pages: list[int] = []

    @property
    def next(self) -> int:
        """The number that the next object gets."""
        return len(self.objects) + 1

    def add(self, body: str | bytes) -> int:
        self.objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(self.objects)

    def stream(self, data: bytes, entries: str = "", *, deflate: bool = False) -> int:
        """A stream; `entries` go into its dictionary. With `deflate` the data is compressed here."""
        if deflate:
            data, entries = zlib.compress(data), f"/Filter /FlateDecode {entries}"
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries.encode("latin-1"), data))

    def page(self, content: int | None = None, box: str = A4, resources: str = "", entries: str = "") -> int:
        """A page that draws the stream `content`; its fonts are F1 (Helvetica) and what `resources` adds."""
        drawn = "" if content is None else f"/Contents {content} 0 R"
        fonts = "" if "/Font" in resources else "/Font << /F1 3 0 R >>"
        body = f"/Parent 2 0 R /MediaBox {box} /Resources << {fonts} {resources} >>"
        self.pages.append(self.add(f"<< /Type /Page {body} {drawn} {entries} >>"))
        return self.pages[-1]

    def text_page(self, lines: Iterable[str], **options: str) -> int:
        """A page of lines of text, from top to bottom."""
        return self.page(self.stream(text(lines)), **options)

    def data(self, trailer: str = "") -> bytes:
        """The file, whole, with a table of objects that is right."""
        if self._own_tree:
            kids = " ".join(f"{number} 0 R" for number in self.pages)
            self.objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode()
        parts, offsets, length = [b"%PDF-1.7\n"], [], 9
        for number, body in enumerate(self.objects, start=1):
            offsets.append(length)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            length += len(parts[-1])
        table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (self.next, table))
        end = f"trailer\n<< /Size {self.next} /Root 1 0 R {trailer} >>\nstartxref\n{length}\n%%EOF\n"
        return b"".join([*parts, end.encode("latin-1")])


def text(lines: Iterable[str]) -> bytes:
    """The drawing of lines of text in F1, 10 points, from the top of an A4 page down."""
    drawn = [f"BT /F1 10 Tf 60 {780 - 14 * row} Td ({line}) Tj ET" for row, line in enumerate(lines)]
    return "\n".join(drawn).encode("latin-1", "replace")


def repeated_deflate(block: bytes, times: int) -> bytes:
    """`block` so many times over, compressed without ever holding it: gigabytes in a few kilobytes."""
    packer = zlib.compressobj(9)
    head = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + one * (times - 1) + packer.flush(zlib.Z_FINISH)
