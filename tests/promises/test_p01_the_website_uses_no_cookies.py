"""P01: the website uses no cookies.

"De website van Silver Essence maakt geen gebruik van cookies."
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tests.firm import FIELDS

if TYPE_CHECKING:
    from tests.firm import Firm

SITE = "/silver-essence"
ASKED = [
    ("GET", f"{SITE}/enquiries", None),
    ("POST", f"{SITE}/enquiries", json.dumps(FIELDS)),
    ("POST", f"{SITE}/enquiries", "{"),
    ("OPTIONS", f"{SITE}/enquiries", None),
    ("GET", f"{SITE}/enquiries/received", None),
    ("POST", f"{SITE}/visits", '{"path": "/"}'),
    ("POST", f"{SITE}/visits", "{"),
    ("OPTIONS", f"{SITE}/visits", None),
    ("GET", f"{SITE}/visits.gif?path=/", None),
    ("GET", f"{SITE}/visits.js", None),
    ("GET", f"{SITE}/statement", None),
    ("GET", "/niemand/visits.js", None),
    ("GET", "/desk", None),
    ("GET", "/desk/statistics", None),
    ("GET", "/openapi.json", None),
]
STORES = r"cookie|localStorage|sessionStorage|indexedDB|caches\b|serviceWorker|window\.name|\bopenDatabase|document\.write|eval"


@pytest.mark.parametrize(("method", "path", "body"), ASKED)
def test_p01_no_answer_sets_a_cookie(shared_firm: Firm, method: str, path: str, body: str | None) -> None:
    """Whatever is asked, and whether it is answered or refused: no Set-Cookie, also when a cookie was sent."""
    headers = {"content-type": "application/json", "cookie": "a=b", "origin": "https://www.silveressence.net"}
    answer = shared_firm.stack.http.request(method, path, body, headers)
    assert answer.status < 500
    assert "set-cookie" not in answer.headers


def test_p01_our_script_stores_nothing(shared_firm: Firm) -> None:
    """The script as it is served knows no way to keep anything in a browser, and loads nothing from anyone."""
    script = shared_firm.stack.http.get(f"{SITE}/visits.js")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.text == (files("privacy") / "templates" / "visits.js").read_text("utf-8")
    assert not re.search(STORES, script.text, re.IGNORECASE)
    assert not re.search(r"https?:|import|fetch|XMLHttpRequest|WebSocket|Image", script.text)
