"""P32: usage data and computer, device and connection data are recorded.

"Gebruiksinformatie: informatie over hoe je navigeert op onze websites, welke elementen je het meest gebruikt en welke diensten je
wenst te bestellen. Computer, apparaat- en verbindingsinformatie: IP-adres, browsertype, -versie en locatie."
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.firm import Firm

SITE = "sevenelements"
TELEPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def figures(firm: Firm, **claims: Any) -> tuple[int, Any]:
    """Return the statistics of the site as staff see them, from a month ago until now."""
    return firm.staff("GET", f"/desk/statistics?site={SITE}", **{"controller": "seven-elements", **claims})


def test_p32_a_day_is_counted_and_nobody_is_left(firm: Firm) -> None:
    """Page, element, interest, browser with version, system, device: counted at night, the rare merged, programs apart."""
    for number in range(12):
        firm.visit(f"127.20.0.{number}", site=SITE, path="/diensten", referrer="https://zoek.example.org/?q=ada")
    for number in range(6):
        told = {"element": "offerte", "interest": "boekhouding", "user_agent": TELEPHONE}
        firm.visit(f"127.20.1.{number}", site=SITE, path="/diensten", **told)
        firm.visit(f"127.20.2.{number}", site=SITE, user_agent=CRAWLER)
    firm.visit("127.20.3.1", site=SITE, path="/zeldzaam", user_agent="Zeldzaam/1.0")
    assert figures(firm)[1]["days"] == []
    firm.stack.clock.advance("P1D")
    status, found = figures(firm)
    assert status == 200
    [day] = found["days"]
    assert (day["visits"], day["bots"]) == (19, 6)
    shown = {
        each["name"]: ({group["value"]: group["visits"] for group in each["groups"]}, each["rest"])
        for each in found["properties"]
    }
    # whoever only looked at a page: the one rare page is merged with the next larger one, and nothing is left to subtract
    assert shown["page"] == ({"/diensten": 6}, 13)
    assert shown["element"] == ({"": 13, "offerte": 6}, 0)
    assert shown["interest"] == ({"": 13, "boekhouding": 6}, 0)
    assert shown["browser"] == ({"Firefox 145": 12}, 7)
    assert shown["device"] == ({"desktop": 12}, 7)
    kept = str(firm.items("Statistics"))
    assert not any(trace in kept for trace in ("127.20", "Mozilla", "zeldzaam", "Zeldzaam", "?q="))
    logs = b"".join(content for where, content in firm.stack.dump().items() if "logs" in where)
    assert b"/diensten" not in logs


def test_p32_figures_are_for_the_staff_of_the_controller(firm: Firm) -> None:
    """Another controller's site is unknown; a period that is none is refused in words."""
    assert figures(firm, controller="silver-essence")[0] == 422
    for query in ("from=gisteren", "from=2026-02-30", "from=2026-02-02&to=2026-02-01", "from=2020-01-01"):
        status, answer = firm.staff("GET", f"/desk/statistics?{query}")
        assert (status, answer["error"]["code"]) == (422, "invalid"), query
    assert firm.stack.http.get("/desk/statistics").status == 401


def test_p32_the_image_counts_where_scripts_do_not_run(firm: Firm) -> None:
    """A GIF of one pixel that nobody keeps, for the page in its address or the page that it stands in."""
    page = {"referer": "https://www.sevenelements.nl/over?x=1", "user-agent": "Browser"}
    for address in (f"/{SITE}/visits.gif?path=/contact", f"/{SITE}/visits.gif"):
        image = firm.stack.http.request("GET", address, None, page)
        assert (image.status, image.headers["content-type"]) == (200, "image/gif")
        assert image.headers["cache-control"] == "no-store"
        assert image.body.startswith(b"GIF89a\x01\x00\x01\x00")
    assert sorted(fields["path"] for fields in firm.opened_visits()) == ["/contact", "/over"]
