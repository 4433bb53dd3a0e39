"""Checks what the law wants of a policy: a basis and a source for all, nothing special, consent before marketing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nakoming.policy.document import Document, Fault, Place

_RIGHTS = ("access", "rectification", "erasure", "restriction", "portability", "objection")
_TOLD = {
    "complaint": "Art. 13(2)(d) GDPR: the right to complain to the supervisory authority",
    "obligatory": "Art. 13(2)(e) GDPR: whether data must be given",
    "automated_decisions": "Art. 13(2)(f) GDPR: whether decisions are taken automatically",
    "transfers": "Art. 13(1)(f) GDPR: transfers outside the European Economic Area",
}
_CONTROLLER = {
    "legal_name": "Art. 13(1)(a) GDPR: the identity of the controller",
    "postal_address": "Art. 13(1)(a) GDPR: the identity of the controller",
    "contact": "Art. 13(1)(a) GDPR: the contact details of the controller",
    "staff_mail": "a mailbox of the staff: without it nobody learns that something came in",
    "joint_with": "Art. 26 GDPR: the joint controllers; write [] for none",
}
_SPECIAL = re.compile(
    r"health|gezondheid|medis(ch|che)\b|medical|diagnos|allerg|diet(ary|ee)?\b|dieet|disabilit|handicap|pregnan|zwanger"
    r"|religi|geloof|levensovertuig|\bras\b|\brace\b|racial|ethni|etni|politi(c|ek)|vakbond|trade.?union"
    r"|sexual|seksu|geaardheid|biometr|genetic|genetisch|vingerafdruk|fingerprint"
    r"|strafrecht|strafblad|veroordeling|criminal|conviction"
    r"|\bbsn\b|burgerservice|citizen.?service|\bsofi|social.?security",
    re.IGNORECASE,
)
_CONTACT_KINDS = frozenset({"name", "email", "phone", "username", "long_text", "text", "file"})
_CONSENT = "6(1)(a)"
_COOKIE_CATEGORIES = 4


def disclosure_faults(document: Document) -> Iterator[Fault]:
    """Yield what people must be told (Art. 13 and 21(4) GDPR) and the file does not say."""
    for name, controller in document.data["controllers"].items():
        for key, law in _CONTROLLER.items():
            if key not in controller:
                reason = f"controller {name} has no `{key}` ({law})"
                yield document.fault(("controllers", name), reason, f"add `{key}`")
    for right in _RIGHTS:
        if right not in document.data["rights"]:
            yield document.fault(("rights",), f"the right of {right} is missing (Art. 13(2)(b) GDPR)", "add it")
    told = dict(_TOLD)
    articles = {category.get("basis", {}).get("article") for category in document.data["categories"].values()}
    if "6(1)(f)" in articles:
        told["objection"] = "Art. 21(4) GDPR: the right to object, shown separately"
    if _CONSENT in articles:
        told["withdrawal"] = "Art. 13(2)(c) GDPR: the right to withdraw consent"
    for key, law in told.items():
        if key not in document.data["information"]:
            yield document.fault(("information",), f"information has no `{key}` ({law})", f"add `{key}`")
    yield from _processor_faults(document)


def _processor_faults(document: Document) -> Iterator[Fault]:
    """Yield processors of which people are not told where the data are and what protects them (Art. 28 GDPR)."""
    for name, recipient in document.data["recipients"].items():
        for key in ("region", "safeguards"):
            if recipient["role"] == "processor" and key not in recipient:
                reason = f"processor {name} has no `{key}` (Art. 13(1)(e) and 28 GDPR)"
                yield document.fault(("recipients", name), reason, f"add `{key}`")


def basis_faults(document: Document) -> Iterator[Fault]:
    """Yield categories without purpose, basis or source, and bases that lack what they rest on (P33, P34, P47)."""
    for name, category in document.data["categories"].items():
        place: Place = ("categories", name)
        if not category.get("purposes"):
            yield document.fault(place, f"category {name} has no purpose (Art. 5(1)(b) GDPR)", "add `purposes`")
        if "source" not in category:
            yield document.fault(place, f"category {name} has no source (Art. 14(2)(f) GDPR)", "add `source`")
        basis = category.get("basis")
        if basis is None:
            yield document.fault(place, f"category {name} has no legal basis (Art. 6(1) GDPR)", "add `basis`")
            continue
        for article, key in (("6(1)(f)", "interest"), ("6(1)(c)", "law")):
            if basis["article"] == article and key not in basis:
                reason = f"category {name} rests on Art. {article} and does not say which {key}"
                yield document.fault((*place, "basis"), reason, f"add `{key}`")


def special_faults(document: Document) -> Iterator[Fault]:
    """Yield fields for special categories of data, criminal data or a citizen service number.

    Art. 9 and 10 GDPR, art. 46 UAVG, P39: staff never ask for them, so no field can.
    """
    for section in ("categories", "forms"):
        for owner, holder in document.data[section].items():
            for name, field in holder["fields"].items():
                found = _SPECIAL.search(" ".join([name.replace("_", " "), *field["label"].values()]))
                if found:
                    reason = f"field {name} of {owner} asks for special data (`{found.group()}`; Art. 9 GDPR, P39)"
                    remedy = "leave it out: no form and no member of staff asks for it"
                    yield document.fault((section, owner, "fields", name), reason, remedy)


def sharing_faults(document: Document) -> Iterator[Fault]:
    """Yield names and contact details that would go to third parties where P36 says never."""
    if "P36" not in document.data["promises"]:
        return
    recipients = document.data["recipients"]
    for name, category in document.data["categories"].items():
        third = [key for key in category["recipients"] if recipients.get(key, {}).get("role") == "recipient"]
        for field, rule in category["fields"].items():
            if third and rule["kind"] in _CONTACT_KINDS:
                reason = f"field {field} of {name} could give names or contact details to {', '.join(third)} (P36)"
                remedy = "share a category that cannot hold them"
                yield document.fault(("categories", name, "fields", field), reason, remedy)


def newsletter_faults(document: Document) -> Iterator[Fault]:
    """Yield newsletters that are sent unasked, or without a consent that is kept (P27, P28; Art. 11.7 Tw)."""
    marketing: set[str] = set()
    for name, newsletter in document.data["newsletters"].items():
        place: Place = ("newsletters", name)
        if newsletter["default"]:
            reason = f"newsletter {name} is on by default (P27, Art. 11.7 Tw)"
            yield document.fault((*place, "default"), reason, "write `default: false`: people choose it themselves")
        category = document.data["categories"].get(newsletter["category"])
        if category is None or category.get("basis", {}).get("article") != _CONSENT:
            reason = f"newsletter {name} keeps no consent: {newsletter['category']} is no category that rests on it"
            yield document.fault((*place, "category"), reason, f"name a category whose basis is {_CONSENT}")
        else:
            marketing.update(category["purposes"])
    yield from _unasked_marketing(document, marketing)


def _unasked_marketing(document: Document, marketing: set[str]) -> Iterator[Fault]:
    """Yield categories that serve a newsletter's purpose without consent (P07, P08, P23, P24)."""
    for name, category in document.data["categories"].items():
        used = marketing.intersection(category.get("purposes", []))
        if used and category.get("basis", {}).get("article") != _CONSENT:
            reason = f"category {name} serves {', '.join(sorted(used))} without consent"
            remedy = "leave that purpose to the category that keeps the consent"
            yield document.fault(("categories", name, "purposes"), reason, remedy)


def cookie_faults(document: Document) -> Iterator[Fault]:
    """Yield cookies that come before a choice, and cookies where none are promised (P01, P40, P41; Art. 11.7a Tw)."""
    cookies: dict[str, Any] = document.data["cookies"]
    categories, used = cookies.get("categories", {}), cookies.get("list", {})
    for name, category in categories.items():
        if not category["consent"] and name != "necessary":
            reason = f"cookies of category {name} do not wait for consent (Art. 11.7a Tw)"
            yield document.fault(("cookies", "categories", name), reason, "write `consent: true`")
    for name, cookie in used.items():
        place: Place = ("cookies", "list", name)
        if cookie["category"] not in categories:
            reason = f"cookie {name} is in category {cookie['category']}, which does not exist"
            yield document.fault((*place, "category"), reason, f"use one of: {', '.join(categories)}")
        elif cookie["party"] == "third" and not categories[cookie["category"]]["consent"]:
            reason = f"third-party cookie {name} does not wait for consent (P40)"
            yield document.fault(place, reason, "put it into a category with `consent: true`")
    yield from _site_cookie_faults(document, categories, used)


def _site_cookie_faults(document: Document, categories: dict[str, Any], used: dict[str, Any]) -> Iterator[Fault]:
    """Yield sites whose cookies are not what the policy promises."""
    promised = document.data["promises"]
    for name, site in document.data["sites"].items():
        place: Place = ("sites", name, "cookies")
        if "P01" in promised and (site["cookies"] != "none" or used):
            yield document.fault(place, f"site {name} promises no cookies and has them (P01)", "use none, list none")
        if site["cookies"] == "consent" and not categories:
            yield document.fault(place, f"site {name} asks about cookies without categories", "add them to `cookies`")
    if "P41" in promised and len(categories) != _COOKIE_CATEGORIES:
        reason = f"the text promises four categories of cookies, and there are {len(categories)} (P41)"
        yield document.fault(("cookies", "categories"), reason, "list exactly four")
