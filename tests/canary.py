"""The canary: markers that nobody else would write, sent in through every door and looked for in every byte that is stored."""

from __future__ import annotations

import base64
import json
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import sealing, vault
from privacy.aws.items import from_item
from privacy.errors import PrivacyError

from tests.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.firm import Firm


class Canary(NamedTuple):
    """One person made of markers."""

    fields: dict[str, str]
    agent: str
    address: str
    answer: str
    reply: str

    def markers(self) -> list[str]:
        """Return what must be found nowhere in clear."""
        return [*self.fields.values(), self.agent, self.address, self.answer, self.reply]


def marked() -> Canary:
    """Return a fresh person."""
    name = secrets.token_hex(8)
    fields = {
        "name": f"Naam-{name}",
        "email": f"mail-{name}@example.org",
        "phone": f"+3120{secrets.randbelow(10**7):07}",
        "company": f"Bedrijf-{name}",
        "message": f"Bericht-{name}",
    }
    address = f"127.{secrets.randbelow(199) + 11}.{secrets.randbelow(199) + 11}.{secrets.randbelow(199) + 11}"
    return Canary(fields, f"Browser-{name}", address, f"Antwoord-{name}", f"Reactie-{name}")


def walk_through_everything(firm: Firm, canary: Canary) -> str:
    """Send the markers through every door and let everything happen that can; return the enquiry."""
    stack, headers = firm.stack, {"content-type": "application/json", "user-agent": canary.agent}
    posted = stack.http.request(
        "POST", "/silver-essence/enquiries", json.dumps(canary.fields), headers, source_ip=canary.address
    )
    enquiry = str(posted.json()["reference"])
    for wrong in (
        '{"name":"' + canary.fields["name"],
        json.dumps(canary.fields | {canary.fields["email"]: "x", "email": canary.reply}),
    ):
        refused = stack.http.request("POST", "/silver-essence/enquiries", wrong, headers, source_ip=canary.address)
        assert refused.status == 422
        assert not any(marker in refused.text for marker in canary.markers())
    stack.http.form("/silver-essence/enquiries", canary.fields | {"_gotcha": "x", "phone": ""}, user_agent=canary.agent)
    entered = {
        "site": "silver-essence",
        "received": "2026-01-05",
        "channel": "phone",
        "fields": canary.fields | {"company": ""},
    }
    assert firm.staff("POST", "/desk/enquiries", entered)[0] == 201
    firm.open(enquiry)
    assert firm.staff("POST", f"/desk/enquiries/{enquiry}/answer", {"text": canary.answer})[0] == 202
    [letter] = stack.eventually(lambda: firm.mails(canary.fields["email"]))
    reply_to = letter["headers"]["Reply-To"]
    for recipient in (reply_to, "privacy@silveressence.net"):
        mail = f"From: {canary.fields['name']} <{canary.fields['email']}>\r\nTo: {recipient}\r\nSubject: {canary.reply}\r\n\r\n{canary.reply}\r\n"
        stack.send_mail(canary.fields["email"], recipient, mail.encode())
    large = (
        f"From: {canary.fields['email']}\r\nTo: privacy@silveressence.net\r\nSubject: {canary.reply}\r\n\r\n"
        + canary.reply * 20_000
    )
    stack.send_mail(canary.fields["email"], "privacy@silveressence.net", large.encode())
    stack.eventually(lambda: len(firm.open(enquiry)["messages"]) == 2)
    _walk_through_a_case(firm, canary)
    _walk_through_the_page_about_rights(firm, canary)
    visit(firm, canary)
    stack.invoke("Retention", {})
    stack.invoke("Auditor", {})
    return enquiry


def visit(firm: Firm, canary: Canary) -> None:
    """Tell of visits with the markers in every field, by beacon and image, and let staff look for them."""
    stack, headers = firm.stack, {"user-agent": canary.agent, "content-type": "text/plain"}
    told = {"path": f"/{canary.fields['name']}?{canary.fields['email']}", "element": canary.fields["company"]}
    told |= {"referrer": f"https://{canary.fields['email']}/{canary.reply}", "interest": canary.fields["message"]}
    for body in (json.dumps(told), json.dumps(told)[:-1]):
        stack.http.request("POST", "/sevenelements/visits", body, headers, source_ip=canary.address)
    image = f"/sevenelements/visits.gif?path=/{canary.fields['name']}"
    stack.http.request("GET", image, None, headers, source_ip=canary.address)
    found = firm.find_visits(canary.address, site="sevenelements", controller="seven-elements")
    assert (found[0], len(found[1]["visits"])) == (200, 2)
    stack.invoke("Statistics", {})


def _walk_through_decisions(officer: Callable[..., Any], place: str, canary: Canary) -> None:
    """Do to an open case all that staff can decide, and note a breach that names the same person."""
    officer("POST", f"{place}/pause", {"said": canary.answer})
    officer("POST", f"{place}/resume")
    officer("POST", f"{place}/assign", {"to": "me"})
    decision = {"right": "access", "decision": "partly", "reasons": canary.answer, "said": canary.reply}
    officer("POST", f"{place}/decide", decision)
    for path in ("history", "progress"):
        assert not any(marker in json.dumps(officer("GET", f"{place}/{path}")) for marker in canary.markers())
    incident = officer("POST", "/desk/incidents", {"aware": "2026-01-05", "nature": canary.answer})["id"]
    officer("POST", f"/desk/incidents/{incident}/add", {"measures": canary.reply, "high_risk": "yes"})
    officer("POST", f"/desk/incidents/{incident}/persons-told", {"said": canary.answer})
    officer("POST", f"/desk/incidents/{incident}/close", {"reasons": canary.reply})


def _walk_through_a_case(firm: Firm, canary: Canary) -> None:
    """Wait for the case of the mails that were sent, do to it what staff can do, and send what is no case."""

    def officer(method: str, path: str, data: Any = None) -> Any:
        status, given = firm.staff(method, path, data, role="privacy-officer")
        assert status < HTTPStatus.BAD_REQUEST, given
        return given

    [case] = firm.stack.eventually(lambda: officer("GET", "/desk/cases")["cases"])
    place = f"/desk/cases/{case['id']}"
    opened = firm.stack.eventually(
        lambda: (found := officer("GET", f"{place}?why=answer")["case"]) and len(found["messages"]) == 2 and found
    )
    assert canary.reply in opened["messages"][0]["text"]
    officer("POST", f"{place}/answer", {"text": canary.answer})
    officer("POST", f"{place}/rights", {"rights": ["access"]})
    officer("POST", f"{place}/received", {"received": "2026-01-05", "reason": canary.answer})
    _walk_through_decisions(officer, place, canary)
    entered = {"site": "silver-essence", "received": "2026-01-05", "channel": "post", "text": canary.reply}
    officer("POST", "/desk/cases", {**entered, **{name: canary.fields[name] for name in ("email", "phone", "name")}})
    head = f"From: {canary.fields['company']} <auto-{canary.fields['email']}>\r\nTo: privacy@silveressence.net\r\n"
    more = f"Auto-Submitted: auto-replied\r\nMessage-ID: <{canary.reply}@example.org>\r\nSubject: {canary.reply}\r\n"
    firm.stack.send_mail(
        canary.fields["email"], "privacy@silveressence.net", f"{head}{more}\r\n{canary.reply}".encode()
    )
    firm.stack.eventually(lambda: officer("GET", "/desk/inbox")["inbox"])


def _walk_to_another_provider(firm: Firm, ada: Person, case: str, canary: Canary) -> None:
    """Name another provider with the markers, confirm it, let the provider fetch the copy, and name one more."""
    to = {"provider": canary.fields["company"], "provider_email": f"provider-{canary.fields['email']}"}
    firm.stack.clock.advance("PT2M")
    session, _ = ada.proven(case)
    firm.stack.clock.advance("PT2M")
    before = len(ada.codes())
    assert ada.post("provider", case=case, session=session, **to).status == HTTPStatus.OK
    firm.stack.eventually(lambda: len(ada.codes()) > before)
    given = ada.post("provider", case=case, session=session, code=ada.codes()[0], **to)
    assert given.status == HTTPStatus.OK, given.text
    firm.stack.clock.advance("PT26H")
    [mail] = firm.stack.eventually(lambda: firm.mails(to["provider_email"]))
    [number] = {word for word in mail["text"].split() if len(word) == len(case)} - {case, f"{case}."}
    fetched = ada.post("fetch", number=number, phrase=given.json()["password"])
    assert fetched.status == HTTPStatus.OK, fetched.text


def _walk_through_the_page_about_rights(firm: Firm, canary: Canary) -> None:
    """Ask on the page, prove who asks, fetch a copy, let staff vouch for somebody, and take another right back."""
    ada = Person(firm.stack, canary.fields["email"])
    case = ada.ask("access", "rectification", message=canary.reply, on_behalf="")
    session, _ = ada.proven(case)
    firm.stack.eventually(
        lambda: ada.post("download", case=case, session=session, right="access").status == HTTPStatus.OK
    )
    refused = ada.post("status", case=case, code=canary.reply, email=canary.fields["email"])
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    vouched = {
        "how": "phone",
        "note": canary.answer,
        "email": canary.fields["email"],
        "known_as_phone": canary.fields["phone"],
    }
    status, given = firm.staff("POST", f"/desk/cases/{case}/identity", vouched, role="privacy-officer")
    assert status == HTTPStatus.OK, given
    firm.stack.clock.advance("PT2M")  # a code a minute; the session from before staff vouched has ended
    session, _ = ada.proven(case)
    # the last right ends here, and its case with it: what staff do to an open one comes before
    assert ada.post("withdraw", case=case, session=session, right="rectification").status == HTTPStatus.OK
    _walk_to_another_provider(firm, ada, case, canary)


def finds(firm: Firm, canary: Canary, *, with_all_keys: bool = False) -> list[str]:
    """Return where a marker stands in clear or as base64; with all keys also what can be opened with every remaining key.

    What SES was given to send is left out: the letters to the person hold an address and the answer, rightly. Their subjects are
    looked at apart.
    """
    stored = {where: content for where, content in firm.stack.dump().items() if ":ses/_sent_emails/" not in where}
    if with_all_keys:
        stored = stored | _opened(firm)
    needles = {form: marker for marker in canary.markers() for form in _forms(marker)}
    return [
        f"{marker} in {where}"
        for where, content in stored.items()
        for form, marker in needles.items()
        if form in content
    ]


def _forms(marker: str) -> set[bytes]:
    """Return how a marker may be stored: as it is, and in base64 at each of its three offsets."""
    plain = marker.encode()
    encoded = {base64.b64encode(b"x" * offset + plain)[4 if offset else 0 : -4] for offset in range(3)}
    return {plain, *(form for form in encoded if len(form) >= 8)}


def _opened(firm: Firm) -> dict[str, bytes]:
    """Return everything that opens with the keys that are left, tried with the rights of the whole account."""
    keys = firm.services().keys
    vault_items = [from_item(item) for item in firm.items("Vault")]
    data_keys = {}
    for item in vault_items:
        if item["sk"] == "entry":
            entry = vault.read(item)
            wrapped = [
                item["key"],
                *(each["key"] for each in vault_items if each["pk"] == item["pk"] and each["sk"].startswith("key#")),
            ]
            data_keys[entry.id] = (entry, [keys.unwrap(entry.wall, bytes(each)) for each in wrapped])
    opened = {}
    for item in map(from_item, [*firm.items("Records"), *firm.items("Traffic")]):
        entry_id = str(item["pk"]).removeprefix("entry#")
        if "sealed" in item and entry_id in data_keys:
            opened[f"opened {item['pk']} {item['sk']}"] = _open_with_any(*data_keys[entry_id], item)
    return opened


def _open_with_any(entry: vault.Entry, keys: list[bytes], item: dict[str, Any]) -> bytes:
    """Return a part opened with whichever key fits."""
    for key in keys:
        try:
            return sealing.unseal(key, entry.binding(), item["sk"], bytes(item["sealed"]))
        except PrivacyError:
            continue
    return b""
