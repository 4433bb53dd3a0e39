"""When a mail reached the firm is believed as far as its own servers say, and no further."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from privacy import mail, policy, received

SITE = policy.site("silver-essence")
NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
SES = "inbound-smtp.eu-west-1.amazonaws.com"
FIRM, RELAY = "mx.silveressence.net", "out.relay.example"


def hop(sender: str, by: str, ago: timedelta, *, address: str = "192.0.2.10", calls_itself: str = "") -> str:
    """Return a `Received` header."""
    at = format_datetime(NOW - ago)
    return f"Received: from {calls_itself or sender} ({sender} [{address}])\r\n by {by} with SMTP id 1 for a@example.org;\r\n {at}\r\n"


def envelope(sender: str, spf: str) -> tuple[str, ...]:
    """Return the headers in which SES says who sent a mail and what it found."""
    result = f"Authentication-Results: amazonses.com;\r\n spf={spf} client-ip=192.0.2.10; envelope-from={sender};\r\n"
    return f"Return-Path: <{sender}>\r\n", result


def moment(*hops: str, relays: tuple[str, ...] = (), head: tuple[str, ...] = ()) -> timedelta:
    """Return how long ago a mail reached the firm."""
    found = mail.read("".join((*head, *hops, "From: ada@example.org\r\nSubject: x\r\n\r\nx")).encode())
    return NOW - received.moment(found, SITE._replace(mail_relays=relays), NOW)


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("hops", "ago"),
    [
        ((), 0 * DAY),
        ((hop("a.example", SES, MINUTE),), MINUTE),
        ((hop("a.example", SES, MINUTE), hop("b.example", "a.example", DAY)), MINUTE),
        ((hop(FIRM, SES, MINUTE), hop("a.example", FIRM, DAY)), DAY),
        ((hop(FIRM, SES, MINUTE), hop(f"in.{FIRM}", FIRM, HOUR), hop("a.example", f"in.{FIRM}", DAY)), DAY),
        ((hop(FIRM, SES, MINUTE), hop("a.example", FIRM, HOUR), hop("b.example", FIRM, DAY)), HOUR),
        ((hop(FIRM, SES, MINUTE), hop("a.example", FIRM, 61 * DAY)), MINUTE),
        ((hop(FIRM, SES, MINUTE), hop("a.example", FIRM, -DAY)), MINUTE),
        ((hop("evil.example", SES, MINUTE, calls_itself=FIRM), hop("a.example", FIRM, DAY)), MINUTE),
        ((hop("a.example", "evil.example", DAY),), 0 * DAY),
        ((hop(f"{FIRM}.evil.example", SES, MINUTE), hop("a.example", FIRM, DAY)), MINUTE),
        (("Received: rubbish\r\n", hop("a.example", SES, DAY)), 0 * DAY),
    ],
)
def test_the_chain_is_believed_up_to_the_first_strange_server(hops: tuple[str, ...], ago: timedelta) -> None:
    """Our mail service says who handed a mail over; what that one says counts if it is the firm's; and so on."""
    assert moment(*hops) == ago


@pytest.mark.parametrize("relay", [RELAY, "192.0.2.10"])
def test_a_relay_that_the_policy_names_is_the_firms(relay: str) -> None:
    """By its name or its address."""
    hops = (hop(RELAY, SES, MINUTE), hop("a.example", RELAY, DAY))
    assert moment(*hops) == MINUTE
    assert moment(*hops, relays=(relay, RELAY)) == DAY


@pytest.mark.parametrize(
    ("relays", "head", "ago"),
    [
        ((), (), MINUTE),
        (("192.0.2.10",), (), 20 * DAY),
        (("192.0.2.11",), (), MINUTE),
        ((), envelope("srs0=x=example.org=ada@silveressence.net", "pass"), 20 * DAY),
        ((), envelope("srs0@out.silveressence.net", "pass"), 20 * DAY),
        ((), envelope("srs0@silveressence.net", "fail"), MINUTE),
        ((), envelope("srs0@silveressence.net", "none"), MINUTE),
        ((), envelope("ada@evil.example", "pass"), MINUTE),
        ((), envelope("ada@evilsilveressence.net", "pass"), MINUTE),
        ((), envelope('"x; spf=pass"@silveressence.net', "fail"), MINUTE),
        ((), envelope('"ada@silveressence.net>"@evil.example', "pass"), MINUTE),
    ],
)
def test_a_name_alone_makes_no_mail_weeks_old(relays: tuple[str, ...], head: tuple[str, ...], ago: timedelta) -> None:
    """Anyone can name an own server as the firm's: more than a delay on the way is believed by its address or SPF only."""
    hops = (hop(FIRM, SES, MINUTE), hop("a.example", FIRM, 20 * DAY))
    assert moment(*hops, relays=relays, head=head) == ago


def test_a_mail_that_waited_on_its_way_is_believed() -> None:
    """A server tries for some days before it gives up; the month has run meanwhile."""
    assert moment(hop(FIRM, SES, MINUTE), hop("a.example", FIRM, 4 * DAY)) == 4 * DAY
    assert moment(hop(FIRM, SES, MINUTE), hop("a.example", FIRM, 6 * DAY)) == MINUTE
