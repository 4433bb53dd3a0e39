"""What a policy says about each processing of personal data, in words: the statement and the register both say it.

A processing is a category of the policy file: one kind of data, for these purposes, on this basis, for so long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from privacy import wording
from privacy.document import Lines, Span

if TYPE_CHECKING:
    from privacy.document import Words
    from privacy.voice import Voice

Rows = tuple[tuple[str, "Words | Lines"], ...]


def controllers(policy: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the controllers with identity and contact (Art. 13(1)(a) and (b), 26, 30(1)(a) GDPR)."""
    names = {name: each["legal_name"] for name, each in policy["controllers"].items()}
    return [
        {
            "controller": name,
            "legal_name": each["legal_name"],
            "postal_address": each["postal_address"],
            "contact": each["contact"],
            "officer": each.get("officer"),
            "joint_with": [names.get(other, other) for other in each["joint_with"]],
            "sites": [site["title"] for site in policy["sites"].values() if site["controller"] == name],
            "assumed": "assumed" in each,
        }
        for name, each in policy["controllers"].items()
    ]


def recipients(policy: dict[str, Any], voice: Voice) -> list[dict[str, Any]]:
    """Return who is given data, by name (Art. 13(1)(e), 30(1)(d) and (e) GDPR; P35, P47)."""
    return [_recipient(name, each, voice) for name, each in policy["recipients"].items()]


def _recipient(name: str, recipient: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return one recipient."""
    return {
        "recipient": name,
        "name": recipient_name(recipient, voice),
        "role": recipient["role"],
        "role_text": wording.role(recipient["role"], voice),
        "country": recipient["country"],
        "country_text": wording.country(recipient["country"], voice),
        "region": recipient.get("region"),
        "region_text": wording.region(recipient["region"], voice) if "region" in recipient else None,
        "safeguards": voice.text(recipient["safeguards"]) if "safeguards" in recipient else None,
        "assumed": "assumed" in recipient,
    }


def recipient_name(recipient: dict[str, Any], voice: Voice) -> str:
    """Return what a recipient is called: its name, or in the language of `voice` what it is where it has none of its own."""
    return voice.text(recipient["described"]) if "described" in recipient else str(recipient["name"])


def categories(policy: dict[str, Any], voice: Voice) -> list[dict[str, Any]]:
    """Return every processing of a policy, in the order of its file."""
    return [_category(name, each, policy, voice) for name, each in policy["categories"].items()]


def _category(name: str, category: dict[str, Any], policy: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return one processing."""
    elsewhere = category.get("held_elsewhere")
    return {
        "category": name,
        "title": voice.text(category["title"]),
        "persons": voice.text(category["persons"]),
        "fields": [
            {"field": field, "label": voice.text(each["label"]), "optional": each.get("optional", False)}
            for field, each in category["fields"].items()
        ],
        "purposes": [_named(purpose, policy["purposes"], voice) for purpose in category["purposes"]],
        "basis": _basis(category["basis"], voice),
        "source": {
            "from": [_named(source, policy["sources"], voice) for source in category["source"]["from"]],
            "assumed": "assumed" in category["source"],
        },
        "recipients": [_recipient(each, policy["recipients"][each], voice) for each in category["recipients"]],
        "readers": [{"role": role, "text": wording.reader(role, voice)} for role in category["readers"]],
        "retention": _retention(category["retention"], policy["recovery_days"], voice, elsewhere=bool(elsewhere)),
        "held_elsewhere": voice.text(elsewhere) if elsewhere else None,
        "promises": category["promises"],
    }


def _named(name: str, among: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return a purpose or a source in words."""
    return {"name": name, "text": voice.text(among[name]), "assumed": "assumed" in among[name]}


def _basis(basis: dict[str, Any], voice: Voice) -> dict[str, Any]:
    """Return a legal basis: with its interest or its law (Art. 13(1)(c) and (d) GDPR, P34)."""
    return {
        "article": basis["article"],
        "text": wording.basis(basis["article"], voice),
        "interest": voice.text(basis["interest"]) if "interest" in basis else None,
        "law": voice.text(basis["law"]) if "law" in basis else None,
        "assumed": "assumed" in basis,
    }


def _retention(rule: dict[str, Any], recovery_days: int, voice: Voice, *, elsewhere: bool) -> dict[str, Any]:
    """Return how long data are kept, and what ends them when the moment it counts from does not come (P37)."""
    waits = rule.get("stale")
    return {
        "promise": rule["promise"],
        "counts_from": rule["counts_from"],
        "text": wording.retention(rule, recovery_days, voice, elsewhere=elsewhere),
        "assumed": "assumed" in rule,
        "otherwise": {"text": wording.stale(waits, voice), "assumed": "assumed" in waits} if waits else None,
    }


def identity(controller: dict[str, Any], voice: Voice) -> Rows:
    """Return who a controller is, as facts."""
    address = controller["contact"]
    officer = controller["officer"]
    joint = Lines(tuple(controller["joint_with"]))
    assumed = controller["assumed"]
    return (
        (voice.say("Naam", "Name"), voice.marked(controller["legal_name"], assumed=assumed)),
        (
            voice.say("Postadres", "Postal address"),
            voice.marked(", ".join(controller["postal_address"]), assumed=assumed),
        ),
        (voice.say("Contact", "Contact"), voice.marked(Span(address, f"mailto:{address}"), assumed=assumed)),
        *(
            [
                (
                    voice.say("Functionaris gegevensbescherming", "Data protection officer"),
                    Span(officer, f"mailto:{officer}"),
                )
            ]
            if officer
            else []
        ),
        *([(voice.say("Samen verantwoordelijk met", "Jointly responsible with"), joint)] if joint.items else []),
        *([(voice.say("Websites", "Websites"), Lines(tuple(controller["sites"])))] if controller["sites"] else []),
    )


def described(says: dict[str, Any], voice: Voice) -> Rows:
    """Return one processing as facts, in plain words."""
    nobody = voice.say("geen mens; alleen het systeem gebruikt ze", "no person; only the system uses them")
    readers = tuple(each["text"] for each in says["readers"]) or (nobody,)
    elsewhere = says["held_elsewhere"]
    return (
        (voice.say("Van wie", "About whom"), says["persons"]),
        (voice.say("Gegevens", "Data"), Lines(tuple(_labelled(each, voice) for each in says["fields"]))),
        (voice.say("Waarvoor", "What for"), _lines(says["purposes"], voice)),
        (voice.say("Grondslag", "Legal basis"), grounded(says["basis"], voice)),
        (voice.say("Afkomstig van", "Where from"), origin(says["source"], voice)),
        (voice.say("Ontvangers", "Recipients"), _names(says["recipients"], voice)),
        (voice.say("Wie het bij ons kan inzien", "Who can see it here"), Lines(readers)),
        (voice.say("Hoe lang", "How long"), kept(says["retention"], voice)),
        *([(voice.say("Waar het staat", "Where it is"), elsewhere)] if elsewhere else []),
    )


def _labelled(field: dict[str, Any], voice: Voice) -> str:
    """Return a piece of data, and whether it may be left out."""
    return (
        f"{field['label']} ({voice.say('niet verplicht', 'not obligatory')})" if field["optional"] else field["label"]
    )


def _lines(named: list[dict[str, Any]], voice: Voice) -> Lines:
    """Return purposes or sources, one on a line."""
    return Lines(tuple(voice.marked(each["text"], assumed=each["assumed"]) for each in named))


def _names(recipients: list[dict[str, Any]], voice: Voice) -> Lines:
    """Return who is given data by name and role: where they are and what binds them stands in their own table."""
    found = (voice.marked(f"{each['name']} ({each['role_text']})", assumed=each["assumed"]) for each in recipients)
    return Lines(tuple(found) or (voice.say("niemand", "nobody"),))


def grounded(basis: dict[str, Any], voice: Voice) -> Words:
    """Return a legal basis with its interest or its law."""
    law = (f": {basis['law']}",) if basis["law"] else ()
    interest = (f": {basis['interest']}",) if basis["interest"] else ()
    return (basis["text"], *interest, *law, *((" ", voice.assumption()) if basis["assumed"] else ()))


def origin(source: dict[str, Any], voice: Voice) -> Lines:
    """Return where data come from; that the list of them is an assumption stands with each."""
    found = source["from"]
    assumed = source["assumed"]
    return Lines(tuple(voice.marked(each["text"], assumed=assumed or each["assumed"]) for each in found))


def kept(retention: dict[str, Any], voice: Voice) -> Lines:
    """Return how long data are kept."""
    otherwise = retention["otherwise"]
    more = (voice.marked(otherwise["text"], assumed=otherwise["assumed"]),) if otherwise else ()
    return Lines((voice.marked(retention["text"], assumed=retention["assumed"]), *more))


def recipient_row(recipient: dict[str, Any], voice: Voice) -> tuple[Words | Lines, ...]:
    """Return a recipient as a row: who, in which role, where, and what binds it."""
    stored = voice.say("opslag in {where}", "stored in {where}", where=recipient["region_text"])
    where = (recipient["country_text"], *([stored] if recipient["region"] else []))
    named = voice.marked(recipient["name"], assumed=recipient["assumed"])
    return named, recipient["role_text"], Lines(where), recipient["safeguards"] or voice.say("geen", "none")
