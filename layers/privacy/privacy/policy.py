"""What the policy files promise, as functions read it at run time.

The rules are plain literals in `privacy.compiled`, made from `policies/*.yaml` by `make policy`: no YAML, no validation
and no dataclasses here, because the contact form pays for every import. What the compiler has checked is not checked
again. What no policy covers is refused: nothing may be sealed outside a rule (Art. 5(1)(b) and (e) GDPR).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from privacy.compiled import rules
from privacy.errors import UnknownCategory, UnknownForm, UnknownSite


class Controller(NamedTuple):
    """Who decides about the data (Art. 4(7) GDPR): `group` names the controllers that answer a request together."""

    name: str
    policy: str
    legal_name: str
    joint_with: tuple[str, ...]
    group: str
    staff_mail: str
    recovery_days: int


class Site(NamedTuple):
    """One website of a controller, with the addresses people and programs use for it.

    `mail_relays` are hosts or addresses through which the firm forwards its mail, besides those of its own domain.
    """

    name: str
    policy: str
    version: str
    controller: str
    title: str
    url: str
    languages: tuple[str, ...]
    default_language: str
    address_form: str
    origins: tuple[str, ...]
    next_origins: tuple[str, ...]
    privacy_address: str
    sender: str
    mail_relays: tuple[str, ...]
    staff_mail: str
    cookies: str
    publish_verdicts: bool
    notices: tuple[str, ...]


class Category(NamedTuple):
    """A rule for one kind of personal data; periods are ISO 8601, counted from the moment `counts_from` names.

    `promise` is what people read, `needed` after how long it is destroyed; `bucket` is the width of a shared key. The
    stale periods are empty where nothing has to be closed before the period can start to run. What is `renewed` is kept as long
    as its reason stands: its period begins anew when it is over.
    """

    name: str
    policy: str
    wall: str
    purposes: tuple[str, ...]
    readers: tuple[str, ...]
    fields: tuple[str, ...]
    promise: str
    needed: str
    counts_from: str
    bucket: str
    stale_warn_after: str
    stale_close_after: str
    renewed: bool
    promises: tuple[str, ...]


class Handling(NamedTuple):
    """How requests and incidents are handled.

    `approvals` names by right who must agree, `staff` or `four_eyes`; other rights begin by themselves once the person has
    proven who they are. `undo` is how long an erasure can be undone, `review` after how long a restriction is looked at again,
    `cooling` how long a changed address obtains nothing, `transmission` after how long another provider hears of a copy,
    `report_within` how soon a breach is reported. Periods are ISO 8601.
    """

    approvals: dict[str, str]
    undo: str
    review: str
    cooling: str
    transmission: str
    report_within: str


class Field(NamedTuple):
    """One field of a form; `max_length` counts characters, `labels` and `help` are by language."""

    name: str
    kind: str
    required: bool
    max_length: int
    labels: dict[str, str]
    help: dict[str, str]


class Form(NamedTuple):
    """A form of a site: what comes in falls under `category`; `receipt` says whether its sender gets a mail."""

    name: str
    category: str
    receipt: bool
    fields: tuple[Field, ...]


@cache
def site(name: str) -> Site:
    """Return a site by its name; raises UnknownSite when no policy file covers it."""
    if name not in rules.SITES:
        raise UnknownSite
    return Site(**rules.SITES[name])


def sites() -> tuple[str, ...]:
    """Return the names of all sites, sorted."""
    return tuple(rules.SITES)


def sites_of(controller_name: str) -> tuple[str, ...]:
    """Return the names of the sites of one controller, sorted."""
    return tuple(name for name in rules.SITES if site(name).controller == controller_name)


@cache
def controller(name: str) -> Controller:
    """Return a controller by its name; raises UnknownSite when no policy file names it."""
    if name not in rules.CONTROLLERS:
        raise UnknownSite
    return Controller(**rules.CONTROLLERS[name])


def controllers() -> tuple[str, ...]:
    """Return the names of all controllers, sorted."""
    return tuple(rules.CONTROLLERS)


@cache
def category(controller_or_policy: str, name: str) -> Category:
    """Return the rule for a category of data of a controller (or of a policy).

    Raises UnknownCategory when its policy has no such rule: nothing may be sealed under it (P37).
    """
    known = rules.CONTROLLERS.get(controller_or_policy)
    categories = rules.CATEGORIES.get(known["policy"] if known else controller_or_policy, {})
    if name not in categories:
        raise UnknownCategory(name)
    return Category(**categories[name])


def categories(controller_or_policy: str) -> tuple[str, ...]:
    """Return the names of all categories of a controller (or of a policy), sorted."""
    known = rules.CONTROLLERS.get(controller_or_policy)
    return tuple(rules.CATEGORIES.get(known["policy"] if known else controller_or_policy, {}))


@cache
def form(site_name: str, name: str = "contact") -> Form:
    """Return a form of a site; raises UnknownSite or UnknownForm."""
    forms = rules.FORMS[site(site_name).policy]
    if name not in forms:
        raise UnknownForm
    found = forms[name]
    return Form(found["name"], found["category"], found["receipt"], tuple(Field(**field) for field in found["fields"]))


def forms(site_name: str) -> tuple[str, ...]:
    """Return the names of the forms of a site, sorted; raises UnknownSite."""
    return tuple(rules.FORMS[site(site_name).policy])


@cache
def handling(controller_name: str) -> Handling:
    """Return how a controller handles requests and incidents; raises UnknownSite when no policy file names it."""
    return Handling(**rules.HANDLING[controller(controller_name).policy])


def text(site_name: str, key: str, language: str) -> str:
    """Return a text of the site's policy in a language, or in the site's own where that language is not offered.

    Raises UnknownSite, and KeyError for a text that no policy file has: a mistake of the program, which its test finds.
    """
    from privacy.compiled import texts  # noqa: PLC0415 - most invocations show no text, and need not load them

    found = site(site_name)
    by_language: dict[str, str] = texts.TEXTS[found.policy][key]
    return by_language.get(language, by_language[found.default_language])


def digest() -> str:
    """Return what the compiled rules are known by: another policy file has another digest."""
    return str(rules.DIGEST)


@cache
def privacy_addresses() -> dict[str, str]:
    """Return the addresses that privacy mail may come in on, in lower case, and the site of each (P20, P45)."""
    return {site(name).privacy_address.lower(): name for name in sites()}
