"""The webhook against a receiver on this machine: what it is sent, and what it cannot do to us."""

from __future__ import annotations

import time

import pytest

from flows.webhook import WebhookError, post, webhook_address
from tests.flows.receiver import receiving


def test_a_message_arrives_as_json() -> None:
    with receiving() as receiver:
        post(receiver.url, {"text": "Dokumen é gagal"})

    assert receiver.messages == [{"text": "Dokumen é gagal"}]
    assert receiver.types == ["application/json; charset=utf-8"]


@pytest.mark.parametrize(
    ("behaviour", "reason"), [("500", "HTTP 500"), ("404", "HTTP 404"), ("redirect", "HTTP 302"), ("429", "HTTP 429")]
)
def test_a_refusal_is_told_without_the_address(behaviour: str, reason: str) -> None:
    with receiving(behaviour) as receiver, pytest.raises(WebhookError) as caught:
        post(receiver.url, {})

    assert str(caught.value) == f"127.0.0.1: {reason}"
    assert len(receiver.messages) == 1, "a redirect is not followed"


@pytest.mark.parametrize("behaviour", ["hang", "drip"])
def test_a_receiver_that_never_ends_costs_its_limit_and_no_more(behaviour: str) -> None:
    begin = time.monotonic()
    with receiving(behaviour) as receiver, pytest.raises(WebhookError) as caught:
        post(receiver.url, {}, seconds=0.7)

    assert time.monotonic() - begin < 5
    assert "rahasia" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/rahasia",
        "ftp://contoh.invalid/rahasia",
        "rahasia",
        "http://[rahasia",
        "http://127.0.0.1:1/rahasia",
        "http://127.0.0.1:rahasia/",
        "http://127.0.0.1:1/dengan spasi rahasia",
    ],
)
def test_no_other_address_is_opened_and_none_is_repeated(address: str) -> None:
    with pytest.raises(WebhookError) as caught:
        post(address, {}, seconds=5)

    assert "rahasia" not in str(caught.value)


def test_an_empty_setting_is_no_webhook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RKT_WEBHOOK", "")
    assert webhook_address() is None
