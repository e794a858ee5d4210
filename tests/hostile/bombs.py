"""PDFs that are small on disk and huge once they are opened or drawn."""

from __future__ import annotations

import zlib
from itertools import pairwise

from tests.hostile.pdf import RawPdf, repeated_deflate, text
from tests.hostile.structure import LINES

MEBIBYTE = 1 << 20


def content_bomb(mebibytes: int, block: bytes = b" ") -> bytes:
    """A page whose drawing unpacks to so many MiB of `block`."""
    pdf = RawPdf()
    unit = block * (MEBIBYTE // len(block))
    pdf.page(pdf.stream(repeated_deflate(unit, mebibytes), "/Filter /FlateDecode"))
    return pdf.data()


def nested_bomb(mebibytes: int) -> bytes:
    """The same, compressed twice: gigabytes in a few kilobytes."""
    pdf = RawPdf()
    inner = zlib.compress(repeated_deflate(b" " * MEBIBYTE, mebibytes), 9)
    pdf.page(pdf.stream(inner, "/Filter [/FlateDecode /FlateDecode]"))
    return pdf.data()


def filter_chain(count: int = 2000) -> bytes:
    """A drawing behind so many filters."""
    pdf = RawPdf()
    pdf.page(pdf.stream(text(LINES).hex().encode() + b">", f"/Filter [{'/ASCIIHexDecode ' * count}]"))
    return pdf.data()


def image_bomb(side: int, bits: int, color: str = "/DeviceGray") -> bytes:
    """A page covered by a picture of `side` × `side` pixels, all of them zero."""
    pdf = RawPdf()
    components = 3 if color == "/DeviceRGB" else 1
    row = bytes(side * bits * components // 8)
    rows = max(1, MEBIBYTE // len(row))
    data = repeated_deflate(row * rows, -(-side // rows))
    entries = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent {bits}"
    picture = pdf.stream(data, f"{entries} /ColorSpace {color} /Filter /FlateDecode")
    content = pdf.stream(b"q 595 0 0 842 0 0 cm /G Do Q")
    pdf.page(content, resources=f"/XObject << /G {picture} 0 R >>")
    return pdf.data()


def image_page(box: str) -> bytes:
    """A page of any size that is nothing but a picture of 100 × 100 grey pixels."""
    pdf = RawPdf()
    entries = "/Type /XObject /Subtype /Image /Width 100 /Height 100 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    picture = pdf.stream(bytes(range(100)) * 100, entries)
    width, height = box.strip("[]").split()[2:]
    content = pdf.stream(f"q {width} 0 0 {height} 0 0 cm /G Do Q".encode())
    pdf.page(content, box=box, resources=f"/XObject << /G {picture} 0 R >>")
    return pdf.data()


def image_that_lies(side: int = 60_000) -> bytes:
    """A picture that claims billions of pixels and holds four bytes."""
    pdf = RawPdf()
    entries = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    picture = pdf.stream(b"\0\0\0\0", entries)
    pdf.page(pdf.stream(b"q 595 0 0 842 0 0 cm /G Do Q"), resources=f"/XObject << /G {picture} 0 R >>")
    return pdf.data()


def object_stream_bomb(mebibytes: int) -> bytes:
    """The page lies in a stream of objects that unpacks to so many MiB."""
    pdf = RawPdf()
    data = repeated_deflate(b" " * MEBIBYTE, mebibytes)
    pdf.stream(data, "/Type /ObjStm /N 1 /First 8 /Filter /FlateDecode")
    pdf.text_page([*LINES, "bom objek"])
    return pdf.data()


def paths(count: int) -> bytes:
    """A page of so many short curves, each a path of its own."""
    return _drawn(b"".join(b"%d %d m 9 9 8 8 7 7 c S\n" % (i % 595, i % 842) for i in range(count)))


def segments(count: int) -> bytes:
    """One path of so many segments."""
    lines = b"".join(b"%d %d l\n" % (i * 7 % 595, i * 11 % 842) for i in range(count))
    return _drawn(b"0 0 m\n" + lines + b"S\n")


def words(count: int) -> bytes:
    """A page of so many words, in lines of a hundred."""
    line = b"(" + b"kata " * 100 + b") Tj\n"
    rows = b"".join(b"1 0 0 1 5 %.3f Tm %s" % (840 * row * 100 / count, line) for row in range(count // 100))
    return _drawn(b"BT /F1 2 Tf\n" + rows + b"ET")


def long_word(count: int) -> bytes:
    """One word of so many letters."""
    return _drawn(b"BT /F1 2 Tf 5 400 Td (" + b"a" * count + b") Tj ET")


def cells(side: int, *, filled: bool) -> bytes:
    """A table of `side` × `side` ruled cells, each with a figure where they are `filled`."""
    step_x, step_y = 590 / side, 838 / side
    rules = [b"%.3f 2 m %.3f 840 l S" % (2 + i * step_x, 2 + i * step_x) for i in range(side + 1)]
    rules += [b"2 %.3f m 592 %.3f l S" % (2 + i * step_y, 2 + i * step_y) for i in range(side + 1)]
    drawn = b"0.1 w\n" + b"\n".join(rules)
    if filled:
        texts = [
            b"1 0 0 1 %.3f %.3f Tm (%d) Tj" % (2.2 + x * step_x, 2.2 + y * step_y, (x + y) % 10)
            for y in range(side)
            for x in range(side)
        ]
        drawn += b"\nBT /F1 %.3f Tf\n" % min(step_x, step_y) + b"\n".join(texts) + b"\nET"
    return _drawn(drawn)


def boxes(side: int) -> bytes:
    """The same table drawn as one rectangle per cell."""
    step_x, step_y = 590 / side, 838 / side
    corners = ((2 + x * step_x, 2 + y * step_y) for y in range(side) for x in range(side))
    return _drawn(b"0.1 w\n" + b"\n".join(b"%.3f %.3f %.3f %.3f re S" % (x, y, step_x, step_y) for x, y in corners))


def form_in_itself(matrix: str = "1 0 0 1 0 0") -> bytes:
    """A drawing that draws itself."""
    pdf = RawPdf()
    number = pdf.next
    entries = f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /G {number} 0 R >> >>"
    pdf.stream(f"q {matrix} cm /G Do Q".encode(), entries)
    pdf.page(pdf.stream(text(LINES) + b"\n/G Do"), resources=f"/XObject << /G {number} 0 R >>")
    return pdf.data()


def form_doubling(depth: int) -> bytes:
    """Each drawing draws the next one twice: 2 to the power of `depth` lines of text in a few kilobytes."""
    pdf = RawPdf()
    first = pdf.next
    numbers = range(first, first + depth + 1)
    for own, following in pairwise(numbers):
        resources = f"/Resources << /XObject << /G {following} 0 R >> >>"
        pdf.stream(b"/G Do /G Do", f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources}")
        assert own == pdf.next - 1
    pdf.stream(text(LINES), "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>")
    pdf.page(pdf.stream(b"/G Do"), resources=f"/XObject << /G {first} 0 R >>")
    return pdf.data()


def pattern_in_itself() -> bytes:
    pdf = RawPdf()
    number = pdf.next
    entries = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9"
    pdf.stream(b"/Pattern cs /P scn 0 0 9 9 re f", f"{entries} /Resources << /Pattern << /P {number} 0 R >> >>")
    content = pdf.stream(text(LINES) + b"\n/Pattern cs /P scn 0 0 595 842 re f")
    pdf.page(content, resources=f"/Pattern << /P {number} 0 R >>")
    return pdf.data()


def states_in_states(depth: int) -> bytes:
    """The state of the drawing saved so many times over."""
    return _drawn(b"q " * depth + text(LINES) + b" Q" * depth)


def arrays_in_content(depth: int) -> bytes:
    return _drawn(b"[" * depth + b"]" * depth + b" TJ " + text(LINES))


def _drawn(content: bytes) -> bytes:
    pdf = RawPdf()
    pdf.page(pdf.stream(content, deflate=True))
    return pdf.data()
