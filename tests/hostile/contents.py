"""PDFs that say or ask something they should not: actions, addresses, attachments, fonts and texts that mislead."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.pdf import RawPdf, text
from tests.hostile.structure import LINES


def actions(address: str, script: Path) -> bytes:
    """A page that wants, on every occasion, to run `script` or to fetch something from `address`."""
    launch = f"<< /S /Launch /F ({script}) /Win << /F ({script}) >> /Unix << /F ({script}) >> >>"
    fetch = f"app.launchURL('{address}/js'); this.submitForm('{address}/kirim'); app.execMenuItem('SaveAs');"
    script_action = f"<< /S /JavaScript /JS ({fetch.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) >>"
    catalog = f"/OpenAction {script_action} /AA << /WC {launch} /DP {script_action} >> /URI << /Base ({address}) >>"
    catalog += f" /Names << /JavaScript << /Names [(a) {script_action}] >> >>"
    pdf = RawPdf(catalog)
    link = "<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A {} >>"
    links = [
        link.format(f"<< /S /URI /URI ({address}/tautan) >>"),
        link.format(launch),
        link.format(f"<< /S /GoToR /F << /FS /URL /F ({address}/jauh.pdf) >> /D [0 /Fit] >>"),
        link.format(f"<< /S /ImportData /F << /FS /URL /F ({address}/data) >> >>"),
        link.format(f"<< /S /SubmitForm /F << /FS /URL /F ({address}/formulir) >> /Fields [] >>"),
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [9 9 99 99] /AA << /E {script_action} >> >>",
    ]
    pdf.text_page([*LINES, "tindakan"], entries=f"/Annots [{' '.join(links)}] /AA << /O {launch} /C {launch} >>")
    return pdf.data()


def elsewhere(address: str, secret: Path) -> bytes:
    """A page whose drawing and picture lie in another file, one on the net and one on this disk, and a form (XFA)."""
    xfa = f'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><script src="{address}/xfa"/></xdp:xdp>'.encode()
    pdf = RawPdf("/AcroForm << /XFA 4 0 R /Fields [] >>")
    pdf.stream(xfa)
    remote = pdf.stream(b"", f"/F << /FS /URL /F ({address}/isi) >> /FFilter /FlateDecode")
    entries = "/Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    local = pdf.stream(b"", f"{entries} /F ({secret})")
    reference = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F ({secret}) /Page 0 >>"
    other = pdf.stream(b"", reference)
    content = pdf.stream(text([*LINES, "di tempat lain"]) + b"\nq 99 0 0 99 0 0 cm /G Do Q /R Do")
    pdf.page(content, resources=f"/XObject << /G {local} 0 R /R {other} 0 R /S {remote} 0 R >>")
    return pdf.data()


def attachment(content: bytes) -> bytes:
    """A page with a file attached to it."""
    pdf = RawPdf("/Names << /EmbeddedFiles << /Names [(lampiran.pdf) 5 0 R] >> >>")
    pdf.stream(content, "/Type /EmbeddedFile")
    pdf.add("<< /Type /Filespec /F (../../lampiran.pdf) /EF << /F 4 0 R >> >>")
    pdf.text_page([*LINES, "lampiran"])
    return pdf.data()


def with_font(font: str, extra: bytes = b"") -> bytes:
    """A page in a font of its own; object 4 is a stream with `extra`, for the font's file or its map."""
    pdf = RawPdf()
    pdf.stream(extra)
    own = pdf.add(font)
    pdf.text_page([*LINES, "huruf"], resources=f"/Font << /F1 {own} 0 R >>")
    return pdf.data()


def broken_font() -> bytes:
    """A TrueType font whose file is noise."""
    pdf = RawPdf()
    file = pdf.stream(bytes(range(256)) * 40, "/Length1 10240")
    descriptor = pdf.add(
        "<< /Type /FontDescriptor /FontName /Rusak /Flags 4 /FontBBox [0 0 9 9] /ItalicAngle 0 /Ascent 9 "
        f"/Descent 0 /CapHeight 9 /StemV 9 /FontFile2 {file} 0 R >>"
    )
    own = pdf.add(f"<< /Type /Font /Subtype /TrueType /BaseFont /Rusak /FontDescriptor {descriptor} 0 R >>")
    pdf.text_page([*LINES, "huruf rusak"], resources=f"/Font << /F1 {own} 0 R >>")
    return pdf.data()


def missing_font() -> bytes:
    return with_font("<< /Type /Font /Subtype /Type1 /BaseFont /HurufYangTidakAda /FontDescriptor 999 0 R >>")


def mapped_font(target: str) -> bytes:
    """All letters stand for one and the same character, `target` in hex."""
    cmap = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
    cmap += f"256 beginbfchar\n{' '.join(f'<{code:02X}> <{target}>' for code in range(256))}\nendbfchar endcmap end"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>"
    return with_font(font, cmap.encode())


def texts(lines: tuple[str, ...]) -> bytes:
    """A page of lines in any script: every letter has its own code in a font that maps it."""
    letters = sorted({letter for line in lines for letter in line})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    cmap = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    pairs = " ".join(f"<{codes[letter]:04X}> <{letter.encode('utf-16-be').hex()}>" for letter in letters)
    cmap += f"{len(letters)} beginbfchar {pairs} endbfchar endcmap end"
    pdf = RawPdf()
    map_number = pdf.stream(cmap.encode())
    inner = pdf.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    own = pdf.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /DescendantFonts [{inner} 0 R] "
        f"/ToUnicode {map_number} 0 R >>"
    )
    shown = ["".join(f"{codes[letter]:04X}" for letter in line) for line in lines]
    drawn = [f"BT /F1 10 Tf 60 {780 - 14 * row} Td <{line}> Tj ET" for row, line in enumerate(shown)]
    pdf.page(pdf.stream("\n".join(drawn).encode()), resources=f"/Font << /F1 {own} 0 R >>")
    return pdf.data()
