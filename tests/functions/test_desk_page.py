"""The function that serves the desk's page: its files and nothing beside them, and where to sign in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from web import pages

TOKEN_ADDRESS = "https://sign-in.example.org/oauth2/token"  # noqa: S105 - an address
REVOKE_ADDRESS = "https://sign-in.example.org/oauth2/revoke"


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell the function where people sign in."""
    monkeypatch.setenv("SIGN_IN_AUTHORIZE", "https://sign-in.example.org/oauth2/authorize")
    monkeypatch.setenv("SIGN_IN_TOKEN", TOKEN_ADDRESS)
    monkeypatch.setenv("SIGN_IN_CLIENT_ID", "desk")
    monkeypatch.setenv("SIGN_IN_REVOKE", REVOKE_ADDRESS)
    monkeypatch.setenv("SIGN_IN_SIGN_OUT", "")


def get(path: str, file: str | None = None, **headers: str) -> dict[str, Any]:
    """Call the function as API Gateway does; a name of a header has `_` for `-`."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    parameters = {"pathParameters": {"file": file}} if file else {}
    return pages.handler({"rawPath": path, "headers": sent, **parameters}, None)


def test_the_page_is_served_under_a_strict_policy() -> None:
    """The page runs our scripts only, speaks to us and the issuer only, and is kept by nobody."""
    answer = get("/desk")
    assert (answer["statusCode"], answer["headers"]["cache-control"]) == (200, "no-store")
    policy = answer["headers"]["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "connect-src 'self' https://sign-in.example.org;" in policy
    assert "unsafe" not in policy
    assert "<script type=" in answer["body"]
    assert "style=" not in answer["body"]


@pytest.mark.parametrize(("file", "kind"), [("desk.js", "text/javascript"), ("desk.css", "text/css")])
def test_files_have_their_type(file: str, kind: str) -> None:
    """A browser that does not guess types runs and shows them."""
    answer = get(f"/desk/page/{file}", file)
    assert answer["statusCode"] == 200
    assert answer["headers"]["content-type"] == f"{kind}; charset=utf-8"


@pytest.mark.parametrize("file", ["pages.py", "../template.yaml", "/etc/passwd", "..", "desk.js/", "nothing.js"])
def test_nothing_beside_the_files_is_served(file: str) -> None:
    """Neither the function's own code nor anything outside of its folder can be had."""
    assert get(f"/desk/page/{file}", file)["statusCode"] == 404


@pytest.mark.parametrize("file", ["desk.js", "desk.css"])
def test_scripts_and_style_are_kept_by_the_browser(file: str) -> None:
    """For five minutes without a question; afterwards the tag says whether anything changed."""
    answer = get(f"/desk/page/{file}", file)
    assert answer["headers"]["cache-control"] == "public, max-age=300"
    tag = answer["headers"]["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = get(f"/desk/page/{file}", file, if_none_match=known)
        assert (again["statusCode"], again["body"], again["headers"]["etag"]) == (304, "", tag)
    assert get(f"/desk/page/{file}", file, if_none_match='"other"')["statusCode"] == 200


@pytest.mark.parametrize(
    ("path", "file"), [("/desk", None), ("/desk/page/desk.html", "desk.html"), ("/desk/config.json", None)]
)
def test_the_page_and_its_settings_are_kept_by_nobody(path: str, file: str | None) -> None:
    """A change of the page or of where to sign in is seen at once."""
    assert get(path, file)["headers"]["cache-control"] == "no-store"


def test_every_file_that_the_page_loads_is_there() -> None:
    """What pages and modules name is served."""
    named = [
        line.split('"')[-2]
        for path in pages.FOLDER.glob("*.js")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("import ")
    ]
    assert named
    for name in named:
        assert get("/desk/page/x", name.removeprefix("./"))["statusCode"] == 200


def test_the_configuration_says_where_to_sign_in() -> None:
    """It holds addresses and a client id, which are no secrets."""
    config = json.loads(get("/desk/config.json")["body"])
    assert config == {
        "authorize": "https://sign-in.example.org/oauth2/authorize",
        "token": TOKEN_ADDRESS,
        "revoke": REVOKE_ADDRESS,
        "client_id": "desk",
        "sign_out": "",
        "scope": "nakoming/desk",
    }


def test_a_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who deploys without the template reads which variable is absent."""
    monkeypatch.delenv("SIGN_IN_CLIENT_ID")
    with pytest.raises(KeyError, match="SIGN_IN_CLIENT_ID"):
        get("/desk/config.json")
