"""When a mail reached the firm: the moment from which the month counts (Art. 12(3) GDPR).

A mail that a server of the firm took in and sent on had reached the firm before it reached us. What a mail says of its way is
written by whoever had it, so it is believed step by step: our mail service says who handed it over; if that is a server of the
firm, what that server says counts too, and so on, up to the first server that is not the firm's.

The name of a server is what its owner wrote into the DNS for its address, and anyone can write the firm's there. Its address is
not: a server is proven to be the firm's by an address that the policy file names, or when it sends for the firm's domain and SPF
says that the domain lets it. What has the name alone is believed for as long as mail is tried again on its way, and no longer:
a forged name makes no request late, and who really wrote that long ago loses nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.mail import Mail
    from privacy.policy import Site

_LONGEST = timedelta(days=60)
"""A mail that took longer was held back by somebody on purpose, or its date is wrong: a person looks at it."""
_UNPROVEN = timedelta(days=5)
"""What a server that only has the name of one of the firm's may have waited: after that, mail is given up (RFC 5321, 4.5.4.1)."""
_OURS = "inbound-smtp."
_AMAZON = (".amazonaws.com", ".amazonaws.com.cn")


def moment(mail: Mail, site: Site, now: datetime) -> datetime:
    """Return when a mail reached the firm, as far as that can be believed: at most 60 days ago and never ahead of `now`."""
    if not mail.hops or not _is_ours(mail.hops[0].by):
        return now
    earliest = latest = _within(mail.hops[0].at, now - _LONGEST, now)
    before = mail.hops[0]
    oldest = now - _LONGEST if _is_proven(mail, site) else latest - _UNPROVEN
    for hop in mail.hops[1:]:
        if not _is_firms(before.host, before.address, site) or not _is_firms(hop.by, "", site):
            break
        earliest = min(earliest, _within(hop.at, oldest, latest))
        before = hop
    return earliest


def _within(at: datetime, oldest: datetime, latest: datetime) -> datetime:
    """Return a moment, or the `latest` possible one for a moment that cannot be."""
    return at if oldest <= at <= latest else latest


def _is_proven(mail: Mail, site: Site) -> bool:
    """Say whether the server that handed a mail over is the firm's by more than its name."""
    sends_for = mail.returns_to == _domain(site) or mail.returns_to.endswith(f".{_domain(site)}")
    return mail.hops[0].address in site.mail_relays or (sends_for and mail.verdicts.get("spf") == "pass")


def _is_ours(server: str) -> bool:
    """Say whether a header was written by the mail service that received the mail for us."""
    return server.startswith(_OURS) and server.endswith(_AMAZON)


def _is_firms(host: str, address: str, site: Site) -> bool:
    """Say whether a server is the firm's: under the domain of the privacy address, or named in the policy file."""
    domain = _domain(site)
    return host == domain or host.endswith(f".{domain}") or host in site.mail_relays or address in site.mail_relays


def _domain(site: Site) -> str:
    return site.privacy_address.rpartition("@")[2].lower()
