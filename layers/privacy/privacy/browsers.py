"""What can be said of a visit without saying whose it was: browser, system, kind of device, country, and whether it is a program.

Everything is looked up offline: crawlers by the list of crawler-user-agents, browsers by ua-parser, countries in the table under
`country/`. Only `statistics` imports this; it keeps none of what it is asked about.
"""

from __future__ import annotations

import lzma
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from ipaddress import ip_address
from typing import Any, NamedTuple

import maxminddb
from crawleruseragents import is_crawler
from ua_parser import parse_os, parse_user_agent

_DESKTOPS = ("Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "FreeBSD", "OpenBSD")


class Browser(NamedTuple):
    """What a user agent says: `name` with its major version, the system, and `desktop`, `phone` or `tablet`."""

    name: str
    system: str
    device: str
    is_program: bool


@lru_cache(maxsize=10_000)
def browser(user_agent: str) -> Browser:
    """Return what a user agent says; parts that are not known are empty. A name with its major version, never more exact."""
    found, system = parse_user_agent(user_agent), parse_os(user_agent)
    name = " ".join(filter(None, (found.family, found.major))) if found else ""
    family = system.family if system else ""
    return Browser(name, family, _device(user_agent, family), bool(user_agent) and is_crawler(user_agent))


def _device(user_agent: str, system: str) -> str:
    """Return the kind of device, by what browsers say of it: Android tablets leave out `Mobile`."""
    if "iPad" in user_agent or "Tablet" in user_agent or (system == "Android" and "Mobile" not in user_agent):
        return "tablet"
    if "Mobi" in user_agent or system in ("Android", "iOS"):
        return "phone"
    return "desktop" if system in _DESKTOPS else ""


@lru_cache(maxsize=100_000)
def country(ip: str) -> str:
    """Return the country of an address, two letters (ISO 3166-1); empty when it is not known, or the address is none."""
    try:
        found: Any = _countries().get(ip_address(ip))
    except ValueError:
        return ""
    return str(found["country_code"]) if found else ""


@cache
def _countries() -> maxminddb.Reader:
    """Return the table of countries, in memory."""
    packed = (files("privacy") / "country" / "country.mmdb.xz").read_bytes()
    return maxminddb.open_database(BytesIO(lzma.decompress(packed)), maxminddb.MODE_FD)


def forget() -> None:
    """Forget every address and user agent that was asked about: a warm instance keeps nothing of yesterday."""
    browser.cache_clear()
    country.cache_clear()
