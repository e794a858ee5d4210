"""What becomes of sources whose servers are sound, changing, broken, slow or hostile."""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.fetch import FailureCode, Status
from pipeline.intake.sidecar import load_sidecar
from tests.fetch.conftest import Fetching, Handler, Server, failed, pdf, source


def test_a_new_document_is_stored_with_its_origin(fetching: Fetching, server: Server) -> None:
    body = pdf()
    url = server.gives("/unduh/RKT%202024.pdf", body)
    (outcome,) = fetching.run(source(url))
    assert (outcome.status, outcome.path) == (Status.BARU, fetching.raw / "2024" / "RKT-2024.pdf")
    assert fetching.files() == ["2024/RKT-2024.pdf", "2024/RKT-2024.pdf.yaml"]
    assert (fetching.raw / "2024/RKT-2024.pdf").read_bytes() == body
    sidecar = load_sidecar(fetching.raw / "2024/RKT-2024.pdf.yaml")
    assert sidecar.url == url
    assert (sidecar.publisher, sidecar.licence) == ("Pemerintah Contoh", "CC-BY-4.0")
    assert sidecar.sha256 == hashlib.sha256(body).hexdigest()
    assert server.seen[0][1]["user-agent"].startswith("rkt-pipeline/")


def test_what_has_not_changed_is_asked_for_and_not_sent_again(fetching: Fetching, server: Server) -> None:
    def route(handler: Handler) -> None:
        fresh = handler.headers.get("if-none-match") != '"v1"'
        handler.answer(200 if fresh else 304, pdf() if fresh else b"", etag='"v1"', last_modified="Mon, 01 Jan 2024")

    server.routes["/a.pdf"] = route
    fetching.run(source(server.base + "/a.pdf"))
    (again,) = fetching.run(source(server.base + "/a.pdf"))
    assert again.status is Status.TETAP
    assert server.seen[1][1]["if-modified-since"] == "Mon, 01 Jan 2024"
    (fetching.raw / "2024/a.pdf").unlink()
    fetching.run(source(server.base + "/a.pdf"))
    assert "if-none-match" not in server.seen[2][1], "what was taken away is asked for whole"


def test_every_version_of_a_url_is_kept(fetching: Fetching, server: Server) -> None:
    url = server.gives("/a.pdf", pdf("satu"))
    fetching.run(source(url))
    server.gives("/a.pdf", pdf("dua"))
    (changed,) = fetching.run(source(url))
    digest = hashlib.sha256(pdf("dua")).hexdigest()
    assert changed.status is Status.BERUBAH
    assert changed.path == fetching.raw / "2024" / f"a-{digest[:8]}.pdf"
    assert changed.earlier == fetching.raw / "2024/a.pdf"
    assert changed.earlier.read_bytes() == pdf("satu")
    assert changed.path.read_bytes() == pdf("dua")
    server.gives("/a.pdf", pdf("satu"))
    (back,) = fetching.run(source(url))
    assert (back.status, back.path) == (Status.BERUBAH, fetching.raw / "2024/a.pdf")
    assert len(fetching.files()) == 4


def test_the_same_bytes_are_stored_once(fetching: Fetching, server: Server) -> None:
    first, second = server.gives("/a.pdf", pdf()), server.gives("/b.pdf", pdf())
    one, two = fetching.run(source(first), source(second))
    assert (one.status, two.status) == (Status.BARU, Status.KEMBAR)
    assert two.path == one.path
    assert fetching.files() == ["2024/a.pdf", "2024/a.pdf.yaml"]


def test_two_documents_of_one_name_are_both_kept(fetching: Fetching, server: Server) -> None:
    urls = server.gives("/x/rkt.pdf", pdf("x")), server.gives("/y/rkt.pdf", pdf("y"))
    one, two = fetching.run(*map(source, urls))
    assert (one.status, two.status) == (Status.BARU, Status.BARU)
    assert one.path is not None
    assert two.path is not None
    assert (one.path.read_bytes(), two.path.read_bytes()) == (pdf("x"), pdf("y"))


def test_a_page_leads_to_its_documents(fetching: Fetching, server: Server) -> None:
    server.gives("/d/rkt.pdf", pdf("rkt"))
    server.gives("/unduh", pdf("lain"))
    links = '<a href="d/rkt.pdf#2">RKT</a><a href="mailto:a@b">x</a><a href="javascript:x.pdf">x</a>'
    page = server.gives("/", f"{links}<a href=/unduh?id=7><b>Renja</b> 2024</a>".encode())
    (plain,) = fetching.run(source(page, jenis="halaman"))
    assert plain.url == server.base + "/d/rkt.pdf"
    (chosen,) = fetching.run(source(page, jenis="halaman", pola=re.compile("renja 2024", re.IGNORECASE)))
    assert (chosen.url, chosen.status) == (server.base + "/unduh?id=7", Status.BARU)
    assert failed(fetching.run(source(page, jenis="halaman", pola=re.compile("lkjip")))) is FailureCode.TANPA_TAUTAN


def test_links_before_broken_markup_are_links(fetching: Fetching, server: Server) -> None:
    server.gives("/a.pdf", pdf())
    page = server.gives("/", b"<a href=a.pdf>a</a><![rusak[ <a href=b.pdf>b</a>")
    assert fetching.run(source(page, jenis="halaman"))[0].status is Status.BARU


def test_a_tag_that_no_request_may_hold_is_not_sent(fetching: Fetching, server: Server) -> None:
    url = server.gives("/a.pdf", pdf(), etag='"\xe9"')
    fetching.run(source(url))
    assert fetching.run(source(url))[0].status is Status.TETAP
    assert "if-none-match" not in server.seen[1][1]


def test_a_dry_run_writes_nothing(fetching: Fetching, server: Server) -> None:
    (outcome,) = fetching.run(source(server.gives("/a.pdf", pdf())), dry_run=True)
    assert outcome.status is Status.AKAN_DIAMBIL
    assert list(fetching.folder.iterdir()) == []


def test_a_secret_in_an_address_is_sent_and_not_written(fetching: Fetching, server: Server) -> None:
    url = server.gives("/a.pdf", pdf()) + "?id=7&token=rahasia"
    (outcome,) = fetching.run(source(url))
    assert server.seen[0][0] == "/a.pdf?id=7&token=rahasia"
    assert outcome.url.endswith("/a.pdf?id=7&token=***")
    written = b"".join(path.read_bytes() for path in fetching.folder.rglob("*") if path.is_file())
    assert b"rahasia" not in written


@pytest.mark.parametrize(
    "disposition",
    [
        'attachment; filename="../../etc/kunci.pdf"',
        "attachment; filename=%2e%2e%2f%2e%2e%2fkunci.pdf",
        'attachment; filename="..\\..\\kunci.pdf"',
        "attachment; filename*=UTF-8''..%2F..%2Fkunci.pdf",
        'attachment; filename="' + "k" * 5000 + '.pdf"',
        'attachment; filename="CON.pdf"',
        'attachment; filename=".pdf"',
        'attachment; filename="..."',
        'attachment; filename="a\x1b[31m.pdf"',
    ],
)
def test_no_name_leads_out_of_the_folder(fetching: Fetching, server: Server, disposition: str) -> None:
    url = server.gives("/%2e%2e/%2e%2e%2fa.pdf", pdf(), content_disposition=disposition)
    (outcome,) = fetching.run(source(url))
    assert outcome.path is not None
    assert outcome.path.parent == fetching.raw / "2024"
    assert re.fullmatch(r"[A-Za-z0-9][\w.-]{0,110}\.pdf", outcome.path.name)
    assert outcome.path.stem.lower() != "con"
    assert len(fetching.files()) == 2


def test_a_busy_server_is_asked_again_as_it_says(fetching: Fetching, server: Server) -> None:
    answers = iter([(429, {"retry_after": "7"}), (500, {}), (503, {"retry_after": "Mon, 01 Jan 2024 00:00:00 GMT"})])

    def route(handler: Handler) -> None:
        status, headers = next(answers, (200, {}))
        handler.answer(status, pdf() if status == 200 else b"", **headers)

    server.routes["/a.pdf"] = route
    (outcome,) = fetching.run(source(server.base + "/a.pdf"))
    assert outcome.status is Status.BARU
    assert fetching.slept == [7.0, 2.0, 0.0]


def test_a_server_that_asks_for_hours_is_left_alone(fetching: Fetching, server: Server) -> None:
    url = server.gives("/a.pdf", b"", 429, retry_after="7200")
    assert failed(fetching.run(source(url))) is FailureCode.SIBUK
    assert fetching.slept == []


def test_a_pause_is_kept_between_two_requests_to_one_host(fetching: Fetching, server: Server) -> None:
    fetching.limits = replace(fetching.limits, between=5)
    fetching.run(source(server.gives("/a.pdf", pdf("a"))), source(server.gives("/b.pdf", pdf("b"))))
    assert fetching.slept == [pytest.approx(5, abs=1)] * 2, "after robots.txt, and between the documents"


BOMB = gzip.compress(b"%PDF-1.4\n" + b"0" * (8 << 20))


def lies_short(handler: Handler) -> None:
    handler.answer(200, pdf(size=100), content_length="100000")


def lies_long(handler: Handler) -> None:
    handler.answer(200, pdf(size=100), content_length="50")


def breaks_off(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n" + pdf(size=5000)[:3000])


def breaks_chunk(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1000\r\n" + pdf())


def is_silent(handler: Handler) -> None:
    time.sleep(0.6)


def drips(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4")
    for _ in range(60):
        time.sleep(0.05)
        handler.wfile.write(b" ")


def drips_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(60):
        time.sleep(0.05)
        handler.wfile.write(b"a")


def never_ends(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n%PDF-1.4\n\r\n")
    for _ in range(4000):
        handler.wfile.write(b"10000\r\n" + b"0" * 65536 + b"\r\n")


def bomb(handler: Handler) -> None:
    handler.answer(200, BOMB, content_encoding="gzip")


def cut_gzip(handler: Handler) -> None:
    handler.answer(200, gzip.compress(pdf(size=1000))[:-12], content_encoding="gzip")


def huge_headers(handler: Handler) -> None:
    handler.answer(200, pdf(), x_long="x" * (1 << 20))


def garbage(handler: Handler) -> None:
    handler.wfile.write(b"\x00\x01\x02 not http\r\n\r\n")


def html(handler: Handler) -> None:
    handler.answer(200, b"<html>Silakan masuk</html>", content_type="application/pdf")


def empty(handler: Handler) -> None:
    handler.answer(200)


def missing(handler: Handler) -> None:
    handler.answer(404, pdf())


def unasked_304(handler: Handler) -> None:
    handler.answer(304)


def part_only(handler: Handler) -> None:
    handler.answer(206, pdf())


def packed_otherwise(handler: Handler) -> None:
    handler.answer(200, pdf(), content_encoding="br")


def nowhere(handler: Handler) -> None:
    handler.answer(302)


@pytest.mark.parametrize(
    ("route", "code"),
    [
        (lies_short, FailureCode.TERPUTUS),
        (lies_long, FailureCode.TERPOTONG),
        (breaks_off, FailureCode.TERPOTONG),
        (breaks_chunk, FailureCode.TERPUTUS),
        (is_silent, FailureCode.WAKTU_HABIS),
        (drips, FailureCode.WAKTU_HABIS),
        (drips_headers, FailureCode.WAKTU_HABIS),
        (never_ends, FailureCode.TERLALU_BESAR),
        (bomb, FailureCode.TERLALU_BESAR),
        (cut_gzip, FailureCode.TERPUTUS),
        (huge_headers, FailureCode.TERPUTUS),
        (garbage, FailureCode.TERPUTUS),
        (html, FailureCode.BUKAN_PDF),
        (empty, FailureCode.BUKAN_PDF),
        (missing, FailureCode.STATUS),
        (unasked_304, FailureCode.STATUS),
        (part_only, FailureCode.STATUS),
        (packed_otherwise, FailureCode.KEMASAN),
        (nowhere, FailureCode.ALAMAT_RUSAK),
    ],
)
def test_a_bad_answer_costs_itself_only(fetching: Fetching, server: Server, route, code) -> None:  # type: ignore[no-untyped-def]
    fetching.limits = replace(fetching.limits, tries=2, document=2 << 20)
    if code is FailureCode.WAKTU_HABIS:
        fetching.limits = replace(fetching.limits, read=0.3, total=0.8)
    server.routes["/buruk.pdf"] = route
    bad, good = fetching.run(source(server.base + "/buruk.pdf"), source(server.gives("/baik.pdf", pdf("baik"))))
    assert failed([bad]) is code
    assert good.status is Status.BARU
    assert fetching.files() == ["2024/baik.pdf", "2024/baik.pdf.yaml"]
    assert bad.error is not None
    assert len(fetching.slept) == int(bad.error.again)


def test_a_packed_document_is_unpacked(fetching: Fetching, server: Server) -> None:
    body = pdf(size=200_000)
    (outcome,) = fetching.run(source(server.gives("/a.pdf", gzip.compress(body), content_encoding="gzip")))
    assert outcome.path is not None
    assert outcome.path.read_bytes() == body


def test_a_server_that_is_not_there_is_told(fetching: Fetching) -> None:
    assert failed(fetching.run(source("http://127.0.0.1:1/a.pdf"))) is FailureCode.TAK_TERHUBUNG
    assert fetching.slept == [1, 2, 4]


def test_what_a_killed_run_left_is_cleared_away(fetching: Fetching, server: Server) -> None:
    fetching.raw.mkdir()
    (fetching.raw / ".fetch-abc.part").write_bytes(b"%PDF")
    fetching.run(source(server.gives("/a.pdf", pdf())))
    assert fetching.files() == ["2024/a.pdf", "2024/a.pdf.yaml"]


def test_a_folder_that_cannot_be_written_is_told(fetching: Fetching, server: Server, tmp_path: Path) -> None:
    fetching.raw.mkdir()
    (fetching.raw / "2024").write_text("bukan folder")
    assert failed(fetching.run(source(server.gives("/a.pdf", pdf())))) is FailureCode.TAK_TERTULIS
    assert fetching.files() == ["2024"]
