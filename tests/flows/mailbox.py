"""A small mail server of our own: one that takes mail, with or without TLS, and ones that refuse, hang or break off."""

from __future__ import annotations

import datetime
import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Mailbox:
    """What has arrived, and how the server behaves: take, refuse (every recipient), hang, break (in the middle), or
    badpassword.
    """

    behaviour: str
    context: ssl.SSLContext | None
    from_the_start: bool
    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    box: Mailbox


class _Handler(socketserver.BaseRequestHandler):
    """One connection."""

    encrypted = False

    @property
    def box(self) -> Mailbox:
        assert isinstance(self.server, _Server)
        return self.server.box

    def handle(self) -> None:
        try:
            self.talk()
        except (OSError, ssl.SSLError):
            return

    def talk(self) -> None:
        if self.box.from_the_start:
            self.encrypt()
        if self.box.behaviour == "hang":
            self.box.over.wait(30)
            return
        self.say("220 surat")
        while line := self.line().decode().strip():
            word = line.split(" ")[0].lower()
            answer = getattr(self, f"on_{word}", None)
            if answer is None:
                self.say("250 baik")
            elif not answer(line):
                return

    def on_ehlo(self, _line: str) -> bool:
        self.say("250-surat")
        if self.box.context is not None and not self.encrypted:
            self.say("250-STARTTLS")
        self.say("250 AUTH PLAIN")
        return True

    def on_starttls(self, _line: str) -> bool:
        self.say("220 mulai")
        self.encrypt()
        return True

    def on_auth(self, line: str) -> bool:
        self.box.logins.append(line)
        self.say(f"535 salah: {line} rahasia" if self.box.behaviour == "badpassword" else "235 masuk")
        return True

    def on_rcpt(self, _line: str) -> bool:
        self.say("550 tidak dikenal" if self.box.behaviour == "refuse" else "250 baik")
        return True

    def on_data(self, _line: str) -> bool:
        if self.box.behaviour == "break":
            return False
        self.say("354 silakan")
        content = b""
        while (line := self.line()) not in {b".\r\n", b""}:
            content += line[1:] if line.startswith(b"..") else line
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.box.messages.append(message)
        self.box.encrypted.append(self.encrypted)
        self.say("250 diterima")
        return True

    def on_quit(self, _line: str) -> bool:
        self.say("221 selesai")
        return False

    def encrypt(self) -> None:
        assert self.box.context is not None
        self.request = self.box.context.wrap_socket(self.request, server_side=True)
        self.encrypted = True

    def line(self) -> bytes:
        """A line, read byte by byte: what follows STARTTLS must be left to TLS."""
        line = b""
        while not line.endswith(b"\n") and (byte := self.request.recv(1)):
            line += byte
        return line

    def say(self, text: str) -> None:
        self.request.sendall(text.encode() + b"\r\n")


@contextmanager
def receiving_mail(
    behaviour: str = "take", certificate: Path | None = None, from_the_start: bool = False
) -> Iterator[Mailbox]:
    """A server on a free port of this machine; it offers STARTTLS where it has a certificate."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.box = Mailbox(behaviour, context, from_the_start, server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.box
    finally:
        server.box.over.set()
        server.shutdown()
        server.server_close()


def make_certificate(path: Path) -> Path:
    """A key and a certificate of this machine, signed by itself, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "surat")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        builder.not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    unencrypted = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unencrypted)
    path.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    return path
