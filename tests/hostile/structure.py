"""PDFs whose bones are broken: trees that run in circles, tables that lie, pages that no paper has."""

from __future__ import annotations

import io
import zlib

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.hostile.pdf import A4, RawPdf

LINES = ("Rencana Kinerja Tahunan", "Dinas Perpustakaan Kabupaten Contoh", "Tahun 2024")


def sound(*marks: str) -> RawPdf:
    """A page of text; `marks` make it another document than its sisters."""
    pdf = RawPdf()
    pdf.text_page([*LINES, *marks])
    return pdf


def cut(share: float) -> bytes:
    whole = sound(f"potong {share}").data()
    return whole[: int(len(whole) * share)]


def locked(user: str, owner: str) -> bytes:
    """Encrypted; with an empty `user` password anybody may open it."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=True, encrypt=StandardEncryption(user, owner))
    for row, line in enumerate((*LINES, f"kunci {user}")):
        canvas.drawString(60, 780 - 14 * row, line)
    canvas.save()
    return target.getvalue()


def unknown_encryption() -> bytes:
    return sound("enkripsi").data("/Encrypt << /Filter /Rahasia /V 99 /R 99 /O (x) /U (y) /P -1 >> /ID [(a) (b)]")


def no_pages() -> bytes:
    return RawPdf(tree="<< /Type /Pages /Kids [] /Count 0 >>").data()


def tree_in_itself() -> bytes:
    """The page tree is its own child."""
    return RawPdf(tree="<< /Type /Pages /Kids [2 0 R] /Count 1 >>").data()


def tree_in_a_circle() -> bytes:
    """Two nodes that are each other's children, and claim a page."""
    pdf = RawPdf(tree="<< /Type /Pages /Kids [4 0 R] /Count 3 >>")
    pdf.add("<< /Type /Pages /Parent 2 0 R /Kids [5 0 R 2 0 R] /Count 2 >>")
    pdf.add("<< /Type /Pages /Parent 4 0 R /Kids [4 0 R] /Count 1 >>")
    return pdf.data()


def tree_too_deep(depth: int = 5000) -> bytes:
    pdf = RawPdf(tree="<< /Type /Pages /Kids [4 0 R] /Count 1 >>")
    for number in range(4, 4 + depth):
        pdf.add(f"<< /Type /Pages /Parent {max(2, number - 1)} 0 R /Kids [{number + 1} 0 R] /Count 1 >>")
    pdf.add(f"<< /Type /Page /Parent {3 + depth} 0 R /MediaBox {A4} >>")
    return pdf.data()


def one_page_many_times(times: int = 300) -> bytes:
    """The tree names the same page over and over."""
    pdf = sound("diulang")
    kids = f"{pdf.pages[0]} 0 R " * times
    pdf.pages = []
    pdf.objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {times} >>".encode()
    pdf._own_tree = False
    return pdf.data()


def count_that_lies(count: int) -> bytes:
    """One page, of which the tree claims another number."""
    pdf = sound(f"jumlah {count}")
    pdf.objects[1] = f"<< /Type /Pages /Kids [{pdf.pages[0]} 0 R] /Count {count} >>".encode()
    pdf._own_tree = False
    return pdf.data()


def many_pages(count: int) -> bytes:
    pdf = RawPdf()
    content = pdf.stream(b"BT /F1 10 Tf 60 700 Td (Halaman) Tj ET")
    for _ in range(count):
        pdf.page(content)
    return pdf.data()


def sized(box: str, entries: str = "", mark: str = "") -> bytes:
    pdf = RawPdf()
    pdf.text_page([*LINES, f"ukuran {mark or len(box)}"], box=box, entries=entries)
    return pdf.data()


def missing_kid() -> bytes:
    """One of two pages is not in the file."""
    pdf = sound("anak hilang")
    pdf.objects[1] = f"<< /Type /Pages /Kids [{pdf.pages[0]} 0 R 999 0 R] /Count 2 >>".encode()
    pdf._own_tree = False
    return pdf.data()


def xref_in_a_circle() -> bytes:
    data = sound("xref").data()
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def xref_astray() -> bytes:
    """startxref points behind the end of the file, as after an upload that changed line ends."""
    return sound("xref sesat").data().replace(b"startxref\n", b"startxref\n9")


def length_that_lies(length: int) -> bytes:
    pdf = sound(f"panjang {length}")
    pdf.objects = [
        body if b"stream" not in body else b"<< /Length %d >>%s" % (length, body[body.index(b">>") + 2 :])
        for body in pdf.objects
    ]
    return pdf.data()


def length_of_itself() -> bytes:
    """A stream whose length is the number of bytes in itself."""
    pdf = RawPdf()
    pdf.add("<< /Length 4 0 R >>\nstream\nBT ET\nendstream")
    pdf.page(4)
    return pdf.data()


def xref_without_end() -> bytes:
    """A file whose table of objects is a stream that claims two billion of them."""
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    head += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    data = zlib.compress(bytes(28))
    entries = f"/Type /XRef /Size 4 /W [1 4 2] /Index [0 2147483647] /Root 1 0 R /Length {len(data)}"
    body = b"3 0 obj\n<< %s /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (entries.encode(), data)
    return head + body + b"startxref\n%d\n%%%%EOF\n" % len(head)


def deep_arrays(depth: int = 100_000) -> bytes:
    pdf = sound("larik")
    pdf.objects[0] = pdf.objects[0].replace(b">>", b"/Names " + b"[" * depth + b"]" * depth + b" >>")
    return pdf.data()


def long_name(length: int = 2_000_000) -> bytes:
    pdf = sound("nama panjang")
    pdf.objects[0] = pdf.objects[0].replace(b">>", b"/X /%s /Y (%s) >>" % (b"N" * length, b"t" * length))
    return pdf.data()


def object_in_its_own_stream() -> bytes:
    """An object stream that extends itself and says that it lies in itself."""
    pdf = sound("objek dalam objek")
    number = pdf.next
    pdf.stream(b"%d 0 << >>" % number, f"/Type /ObjStm /N 1 /First 5 /Extends {number} 0 R")
    return pdf.data()
