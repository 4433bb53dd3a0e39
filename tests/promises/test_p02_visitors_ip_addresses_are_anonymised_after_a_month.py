"""P02: visitors' IP addresses are recorded for technical purposes and anonymised after 1 month.

"Wij monitoren voor technische doeleinden wel de IP adressen van onze bezoekers. Deze IP adressen worden onder normale
omstandigheden na 1 maand geanonnimiseerd."
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from privacy import vault
from privacy.aws.items import from_item
from privacy.periods import after, read_stamp

if TYPE_CHECKING:
    from tests.firm import Firm

IP = "127.44.55.66"
RECOVERY_DAYS = 3


def visits_of(firm: Firm) -> list[vault.Entry]:
    """Return the entries of visits in the vault."""
    items = [from_item(item) for item in firm.items("Vault") if item["sk"]["S"] == "entry"]
    return [vault.read(item) for item in items if item["category"] == "visits"]


def now(firm: Firm) -> datetime:
    """Return the moment by the stack's clock."""
    return datetime.fromtimestamp(firm.stack.running.stack.now(), UTC)


def test_p02_the_address_is_recorded_and_sealed_on_arrival(firm: Firm) -> None:
    """Staff of security find the visit by its address, recorded; in the store the address is nowhere in clear."""
    assert firm.visit(IP, path="/prijzen?mail=ada@example.org", headers={"x-forwarded-for": "203.0.113.9"}) == 202
    status, found = firm.find_visits(IP)
    assert (status, [(visit["ip"], visit["path"]) for visit in found["visits"]]) == (200, [(IP, "/prijzen")])
    assert firm.find_visits("203.0.113.9")[1]["visits"] == []  # what a header claims is not believed
    openings = [item for item in firm.items("Records") if item.get("kind", {}).get("S") == "opening"]
    assert len(openings) == 2
    stored = b"".join(firm.stack.dump().values())
    for clear in (IP.encode(), b"/prijzen", b"Firefox"):
        assert clear not in stored


def test_p02_after_a_month_nobody_can_read_it(firm: Firm) -> None:
    """A calendar month later the key is gone from the store, and has been long enough to be in no backup either."""
    firm.visit(IP)
    [entry] = visits_of(firm)
    visited, key = now(firm), entry.key
    promised = after(visited, "P1M")
    assert vault.last_backup(read_stamp(entry.due), RECOVERY_DAYS) < promised
    day = entry.created_at
    firm.stack.clock.advance("P1M")
    assert visits_of(firm) == []
    assert [where for where, stored in firm.stack.dump().items() if key in stored] == []
    assert firm.evidence("destroyed") == [entry.id]
    assert [item for item in firm.items("Traffic") if entry.id in item["pk"]["S"] + item["sk"]["S"]] == []
    status, answer = firm.find_visits(IP, day=after(read_stamp(day), "PT12H").date().isoformat())
    assert (status, answer["error"]["code"]) == (410, "destroyed")


def test_p02_a_destroyed_day_is_gone_also_while_its_rows_lie_there(firm: Firm) -> None:
    """Between the end of the key and the sweep of the rows, what is there opens for nobody, and says that it is gone."""
    firm.visit(IP)
    [entry] = visits_of(firm)
    day = after(read_stamp(entry.created_at), "PT12H").date().isoformat()
    until_due = int(read_stamp(entry.due).timestamp() - firm.stack.running.stack.now())
    firm.stack.clock.advance(f"PT{until_due + 7200}S")
    assert visits_of(firm) == []
    assert [item for item in firm.items("Traffic") if item["pk"]["S"] == f"entry#{entry.id}"]
    status, answer = firm.find_visits(IP, day=day)
    assert (status, answer["error"]["code"]) == (410, "destroyed")


def test_p02_who_asks_not_to_be_tracked_has_no_address_recorded(firm: Firm) -> None:
    """With `Sec-GPC: 1` or `DNT: 1`, by script or image, neither address nor user agent is sealed at all."""
    firm.visit(IP, headers={"sec-gpc": "1"})
    firm.visit(IP, headers={"dnt": "1"})
    firm.visit(IP, headers={"sec-gpc": "1,1"})  # as API Gateway gives what was sent twice
    image = {"sec-gpc": "1", "user-agent": "Browser-1"}
    firm.stack.http.request("GET", "/silver-essence/visits.gif?path=/", None, image, source_ip=IP)
    assert firm.find_visits(IP)[1]["visits"] == []
    status, found = firm.find_visits("0.0.0.0")  # noqa: S104 - an address that nobody has
    assert (status, found["visits"]) == (200, [])
    opened = firm.opened_visits()
    assert [set(fields) for fields in opened] == [{"at", "path"}] * 4


def test_p02_single_visits_are_deleted_for_who_shows_they_were_theirs(firm: Firm) -> None:
    """By address and time (Art. 11(2) GDPR): found, deleted, proven; the others stay, and twice is once."""
    for path in ("/a", "/b", "/c"):
        firm.visit(IP, path=path)
    firm.visit("127.9.9.9", path="/b")
    found = firm.find_visits(IP)[1]["visits"]
    rows = [visit["id"] for visit in found if visit["path"] != "/c"]
    for expected in ({"deleted": rows, "absent": []}, {"deleted": [], "absent": rows}):
        answer = firm.staff("POST", "/security/visits/delete", {"rows": rows}, role="privacy-officer")
        assert answer == (200, expected)
    assert [visit["path"] for visit in firm.find_visits(IP)[1]["visits"]] == ["/c"]
    assert len(firm.find_visits("127.9.9.9")[1]["visits"]) == 1
    assert len(firm.evidence("visit_deleted")) == 2


def test_p02_only_security_and_the_privacy_officer_look(firm: Firm) -> None:
    """Staff of the desk find nothing, and another controller's site is unknown."""
    firm.visit(IP)
    assert firm.find_visits(IP, role="staff")[0] == 403
    assert firm.find_visits(IP, controller="vixum")[0] == 422
    assert firm.find_visits(IP, role="privacy-officer")[0] == 200
    [row] = [visit["id"] for visit in firm.find_visits(IP)[1]["visits"]]
    theirs = firm.staff("POST", "/security/visits/delete", {"rows": [row]}, role="security", controller="vixum")
    assert theirs == (200, {"deleted": [], "absent": [row]})
    assert firm.staff("POST", "/security/visits/delete", {"rows": [row]}, role="staff")[0] == 403


def test_p02_a_beacon_is_answered_alike_whatever_it_holds(firm: Firm) -> None:
    """202 without a body, for rubbish, for too much and for a foreign page: and none of these is stored."""
    post = firm.stack.http.request
    origin = {"origin": "https://elders.example.org"}
    for body, headers in (
        ("{", {}),
        ('{"path": "/"}', origin),
        ('{"path": "/", "x": "' + "x" * 70_000 + '"}', {}),
        ("", {}),
    ):
        answer = post("POST", "/silver-essence/visits", body, {"content-type": "text/plain", **headers})
        assert (answer.status, answer.body) == (202, b"")
        assert "access-control-allow-origin" not in answer.headers
    assert firm.items("Traffic") == firm.items("Vault") == []
    ours = {"origin": "https://www.silveressence.net", "content-type": "application/json"}
    answer = post("POST", "/silver-essence/visits", '{"path": "/"}', ours)
    assert answer.headers["access-control-allow-origin"] == ours["origin"]
    assert post("OPTIONS", "/silver-essence/visits", None, ours).status == 204
    assert len(firm.opened_visits()) == 1
    assert post("POST", "/niemand/visits", '{"path": "/"}').status == 404
