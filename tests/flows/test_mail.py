"""The mail about a run: what it says, how it gets there, and that nothing comes of a server that misbehaves."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.mail import MailError, MailSettings, send_mail
from flows.news import last_run
from flows.summary import Summary
from pipeline.intake import Problem, ProblemCode
from tests.flows.mailbox import Mailbox, make_certificate, receiving_mail

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PARTIAL = last_run(Summary(problems=[Problem(ProblemCode.TIDAK_ADA, "tidak-ada.pdf")], release=3), NOW, NOW)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("surat") / "surat.pem")


def configure(monkeypatch: pytest.MonkeyPatch, scheme: str, box: Mailbox, **more: str) -> None:
    settings = {
        "SERVER": f"{scheme}://127.0.0.1:{box.port}",
        "FROM": "rkt@contoh.go.id",
        "TO": "a@x.id, b@x.id",
    }
    for name, value in (settings | more).items():
        monkeypatch.setenv(f"RKT_MAIL_{name}", value)


def test_a_mail_says_in_plain_words_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving_mail() as box:
        configure(monkeypatch, "smtp+plain", box)
        send_mail(PARTIAL, Path("curated"))

    (message,) = box.messages
    assert message["Subject"] == "rkt ingest sebagian: curated"
    assert (message["From"], message["To"]) == ("rkt@contoh.go.id", "a@x.id, b@x.id")
    text = message.get_content()
    assert message.get_content_type() == "text/plain"
    assert "tidak-ada.pdf: berkas atau folder ini tidak ada." in text
    assert "Rilis        : 3" in text
    assert f"rkt status --curated {Path('curated').absolute()}" in text


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_mail_is_sent_under_tls_with_a_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, certificate: Path, scheme: str
) -> None:
    (tmp_path / "sandi").write_text("rahasia\n")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with receiving_mail(certificate=certificate, from_the_start=scheme == "smtps") as box:
        configure(monkeypatch, scheme, box, USER="rkt", PASSWORD_FILE=str(tmp_path / "sandi"))
        send_mail(PARTIAL, Path("curated"))

    assert (len(box.messages), len(box.logins), box.encrypted) == (1, 1, [True])


def test_nothing_is_sent_in_the_clear_or_to_a_stranger(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    """A server without TLS, and one whose certificate nobody vouches for."""
    for offered, reason in ((None, "SMTPNotSupportedError"), (certificate, "SSLCertVerificationError")):
        with receiving_mail(certificate=offered) as box:
            configure(monkeypatch, "smtp", box, USER="rkt", PASSWORD="rahasia")
            with pytest.raises(MailError, match=reason):
                send_mail(PARTIAL, Path("curated"))
        assert (box.messages, box.logins) == ([], [])


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("refuse", "SMTPRecipientsRefused"),
        ("hang", "no answer within|TimeoutError"),
        ("break", "SMTPServerDisconnected"),
        ("badpassword", "SMTPAuthenticationError 535"),
    ],
)
def test_a_server_that_misbehaves_is_told_without_a_secret(
    monkeypatch: pytest.MonkeyPatch, behaviour: str, reason: str
) -> None:
    begin = time.monotonic()
    with receiving_mail(behaviour) as box:
        configure(monkeypatch, "smtp+plain", box, USER="rkt", PASSWORD="rahasia")
        with pytest.raises(MailError, match=reason) as told:
            send_mail(PARTIAL, Path("curated"), seconds=1.0)
    assert "rahasia" not in str(told.value)
    assert time.monotonic() - begin < 5
    assert box.messages == []


def test_nobody_there_and_nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RKT_MAIL_SERVER", raising=False)
    send_mail(PARTIAL, Path("curated"))
    with receiving_mail() as box:
        pass
    configure(monkeypatch, "smtp+plain", box)
    with pytest.raises(MailError, match="ConnectionRefusedError"):
        send_mail(PARTIAL, Path("curated"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"RKT_MAIL_SERVER": "http://surat"},
        {"RKT_MAIL_SERVER": "smtp://rkt:rahasia@surat"},
        {"RKT_MAIL_SERVER": "smtp://surat:99999"},
        {"RKT_MAIL_TO": ""},
        {"RKT_MAIL_USER": "rkt"},
        {"RKT_MAIL_USER": "rkt", "RKT_MAIL_PASSWORD_FILE": os.devnull + "/tidak-ada"},
    ],
)
def test_settings_that_cannot_be_used_are_named(wrong: dict[str, str]) -> None:
    given = {"RKT_MAIL_SERVER": "smtp://surat", "RKT_MAIL_FROM": "a@x.id", "RKT_MAIL_TO": "b@x.id"} | wrong
    with pytest.raises(MailError, match="RKT_MAIL_") as told:
        MailSettings.from_environment(given)
    assert "rahasia" not in str(told.value)


def test_names_of_files_do_no_harm_in_a_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving_mail() as box:
        configure(monkeypatch, "smtp+plain", box)
        send_mail(PARTIAL, Path("curated\nBcc: semua@x.id\udcff"))
    assert box.messages[0]["Bcc"] is None
