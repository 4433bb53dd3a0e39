"""The page about rights: people ask, prove who they are with a typed code, and follow what becomes of it (P20, N6).

It opens nothing. Reading a page changes nothing; what discloses, destroys or undoes needs the session of a typed code. A number
that is no case is answered as a code that is wrong.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from privacy import (
    answers,
    form,
    identity,
    pages,
    policy,
    rights_page,
    rights_request,
    rights_status,
    sessions,
    transmissions,
)
from privacy.aws.services import asked, fulfilment, now
from privacy.errors import BadInput, Conflict, IdentityNotProven, KeyDestroyed, NoCopy, NotFound, PrivacyError, TooMany
from privacy.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable

_OUR_FAULT = 500
_FETCH = "fetch"
_WITH_SESSION = frozenset({"withdraw", "undo", "confirm", "download", "provider", "phrase", "stop"})
"""What is asked from the page that tells how a case stands; refused, it is said on that page."""
_DONE = {
    "withdraw": "right_withdrawn",
    "undo": "erasure_undone",
    "confirm": "rectification_confirmed",
    "stop": "transmission_stopped",
}

logger = Logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request about rights at a site."""
    site, sent = None, {}
    try:
        site = policy.site(event["pathParameters"]["site"])
        if answers.method(event) == "GET":
            return _shown(event, site)
        sent = form.read(answers.body(event), answers.header(event, "content-type"))
        return _ACTS[_what(event)](event, site, sent)
    except PrivacyError as wrong:
        return _refused(event, site, sent, wrong)


def _what(event: dict[str, Any]) -> str:
    """Return what stands behind `/SITE/rights/`."""
    return str(event["rawPath"]).partition("/rights")[2].strip("/")


def _page(
    event: dict[str, Any], site: policy.Site, made: Callable[..., str], *args: Any, **values: Any
) -> dict[str, Any]:
    """Answer with a page about rights, in the language asked for."""
    status = values.pop("status", 200)
    page = made(site, answers.language(event, site), *args, **values)
    return answers.as_page(status, page, pages.security_policy(rights_page.SHEETS))


def _shown(event: dict[str, Any], site: policy.Site) -> dict[str, Any]:
    """Show the page with the forms, or the one with a case number, which is looked up nowhere."""
    what = _what(event)
    if not what:
        return _page(event, site, rights_page.start)
    if what == _FETCH:
        return _page(event, site, rights_page.fetching)
    if what in _ACTS:
        return answers.see_other(f"/{site.name}/rights?lang={answers.language(event, site)}")
    try:
        return _page(event, site, rights_page.number, identity.case_number(what))
    except BadInput as none:
        raise NotFound from none


# --- what is posted ------------------------------------------------------------------------------------------------------


def _request(event: dict[str, Any], site: policy.Site, sent: dict[str, object]) -> dict[str, Any]:
    """Take in a request."""
    spoken = answers.language(event, site)
    wish = rights_request.check(sent, site)
    case = rights_request.receive(asked(), site, wish, language=spoken, now=now())
    if answers.wants_html(event):
        return answers.see_other(f"/{site.name}/rights/{case}?lang={spoken}")
    notices = {"notices": [message("bsn_masked", spoken)]} if wish.masked else {}
    return answers.as_json(201, {"case": case, **notices})


def _code(event: dict[str, Any], site: policy.Site, sent: dict[str, object]) -> dict[str, Any]:
    """Have a code sent, if there is a case to send one for: the answer is the same. Who typed one already has it."""
    if sent.get("code"):
        return _status(event, site, sent)
    case, email = identity.case_number(sent.get("case")), sent.get("email") or ""
    if not isinstance(email, str):
        raise BadInput("invalid", {"email": ("not_text", {})})
    identity.send_code(asked(), site, case, now(), email=email)
    said = message("code_sent", answers.language(event, site))
    if answers.wants_html(event):
        return _page(event, site, rights_page.typing, case=case, message=said)
    return answers.as_json(202, {"message": said})


def _status(event: dict[str, Any], site: policy.Site, sent: dict[str, object]) -> dict[str, Any]:
    """Tell how a case stands to who types its code, or has its session."""
    case = identity.case_number(sent.get("case"))
    if sent.get("session"):
        session = _session(sent)
        sessions.check(asked().store, case, session, now())
    else:
        session = _proven(site, case, identity.code_given(sent.get("code")))
    return _standing(event, site, case, session)


def _proven(site: policy.Site, case: str, code: str) -> str:
    """Return the session that a code begins. One that is wrong is counted, for the alarm: that it was, and nothing of whose."""
    try:
        return identity.prove(asked(), site, case, code, now())
    except IdentityNotProven:
        from aws_lambda_powertools import Metrics  # noqa: PLC0415 - only a wrong code is counted
        from aws_lambda_powertools.metrics import MetricUnit  # noqa: PLC0415

        metrics = Metrics()
        metrics.add_metric(name="WrongCodes", unit=MetricUnit.Count, value=1)
        metrics.flush_metrics()
        raise


def _said(event: dict[str, Any], site: policy.Site, sent: dict[str, object]) -> dict[str, Any]:
    """Note what a person with a session says: withdraw, undo, confirm or stop."""
    case, session, what = identity.case_number(sent.get("case")), _session(sent), _what(event)
    sessions.check(asked().store, case, session, now())
    if what == "withdraw":
        rights_status.withdraw(asked().store, case, str(sent.get("right") or ""), now())
    else:
        says = {"undo": rights_status.undo, "confirm": rights_status.confirm, "stop": transmissions.stop}
        says[what](asked().store, case, now())
    return _standing(event, site, case, session, message(_DONE[what], answers.language(event, site)))


def _download(event: dict[str, Any], site: policy.Site, sent: dict[str, object]) -> dict[str, Any]:
    """Give who has a session a link to their copy, good for ten minutes; `fulfil` checks the session itself too."""
    case, session = identity.case_number(sent.get("case")), _session(sent)
    sessions.check(asked().store, case, session, now())
    right = rights_status.copy_of(asked().store, site, case, str(sent.get("right") or ""), now())
    try:
        link = fulfilment().hand_out(case, session, right)
    except KeyDestroyed as gone:
        raise NoCopy from gone
    if answers.wants_html(event):
        return _page(event, site, rights_page.handout, case, session, link)
    return answers.as_json(200, {"link": link, "session": session})


def _provider(event: dict[str, Any], site: policy.Site, sent: dict[str, object]) -> dict[str, Any]:
    """Let a person with a session name another provider, and confirm it with a new code: only then anything is noted."""
    case, session = identity.case_number(sent.get("case")), _session(sent)
    sessions.check(asked().store, case, session, now())
    right = rights_status.offered_to_another(asked().store, site, case, now())
    told = fulfilment().about(case, session, right, answers.language(event, site))
    if not set(sent) & set(transmissions.MOST_TYPED):
        return _told(event, site, rights_page.naming, case, session, told, sent)
    try:
        to = transmissions.check(sent, site)
    except BadInput as wrong:
        return _told(event, site, rights_page.naming, case, session, told, sent, wrong=wrong)
    if not told["what"]:
        raise NoCopy
    if "code" not in sent:
        identity.send_code(asked(), site, case, now(), hands_over=True)
        return _told(event, site, rights_page.confirming, case, session, to, told)
    try:
        session = identity.prove(asked(), site, case, identity.code_given(sent["code"]), now(), hands_over=True)
    except (BadInput, IdentityNotProven) as wrong:
        return _told(event, site, rights_page.confirming, case, session, to, told, wrong=wrong)
    return _given(event, site, case, session, transmissions.begin(asked(), site, case, to, now()))


def _told(
    event: dict[str, Any], site: policy.Site, made: Callable[..., str], *args: Any, wrong: PrivacyError | None = None
) -> dict[str, Any]:
    """Answer with a page on the way to another provider, and with what is wrong when something is; a program gets JSON."""
    if not answers.wants_html(event):
        if wrong:
            raise wrong
        told: dict[str, Any] = next(each for each in args if isinstance(each, dict) and "what" in each)
        return answers.as_json(200, {name: told[name] for name in ("what", "proposed")})
    if wrong is None:
        return _page(event, site, made, *args)
    spoken = answers.language(event, site)
    shown: dict[str, Any] = {
        "message": answers.error_message(wrong, spoken),
        "errors": answers.field_messages(wrong, spoken),
    }
    shown |= {"is_wrong": True} if made is rights_page.confirming else {}
    return _page(event, site, made, *args, **shown, status=wrong.status)


def _phrase(event: dict[str, Any], site: policy.Site, sent: dict[str, object]) -> dict[str, Any]:
    """Give who has a session a new pass phrase in place of the one before."""
    case, session = identity.case_number(sent.get("case")), _session(sent)
    sessions.check(asked().store, case, session, now())
    return _given(event, site, case, session, transmissions.another_phrase(asked(), case, now()))


def _given(event: dict[str, Any], site: policy.Site, case: str, session: str, phrase: str) -> dict[str, Any]:
    """Answer with a pass phrase, the one time that it is shown."""
    if answers.wants_html(event):
        return _page(event, site, rights_page.phrase, case, session, phrase)
    return answers.as_json(200, {"password": phrase, "session": session})


def _fetch(event: dict[str, Any], site: policy.Site, sent: dict[str, object]) -> dict[str, Any]:
    """Give a provider who has number and pass phrase a link; `fulfil` checks both itself."""
    number, phrase = transmissions.given(sent.get("number"), sent.get("phrase"))
    transmissions.count_try(asked().store, number)
    link = fulfilment().hand_over(number, phrase)
    return (
        _page(event, site, rights_page.fetched, link)
        if answers.wants_html(event)
        else answers.as_json(200, {"link": link})
    )


def _session(sent: dict[str, object]) -> str:
    """Return the session that was sent along."""
    session = sent.get("session")
    if not isinstance(session, str):
        raise IdentityNotProven
    return session


def _standing(  # noqa: PLR0917 - which case, how it is shown, and what is said with it
    event: dict[str, Any], site: policy.Site, case: str, session: str, said: str = "", status: int = 200
) -> dict[str, Any]:
    """Answer with how a case stands."""
    seen, named = rights_status.view(asked().store, site, case, now()), {}
    if seen["transmissions"]:
        with suppress(PrivacyError):  # without names it is still told how they stand
            named = fulfilment().about(case, session, "", answers.language(event, site))["named"]
    if answers.wants_html(event):
        return _page(event, site, rights_page.standing, seen, session, named, message=said, status=status)
    for each in seen["transmissions"]:
        each["provider"], each["provider_email"] = named.get(each["number"], ("", ""))
    return answers.as_json(200, {"case": seen, "session": session})


_ACTS: dict[str, Callable[[dict[str, Any], policy.Site, dict[str, object]], dict[str, Any]]] = {
    "": _request,
    "code": _code,
    "status": _status,
    "withdraw": _said,
    "undo": _said,
    "confirm": _said,
    "download": _download,
    "provider": _provider,
    "phrase": _phrase,
    "stop": _said,
    _FETCH: _fetch,
}


# --- what is wrong -------------------------------------------------------------------------------------------------------


def _refused(
    event: dict[str, Any], site: policy.Site | None, sent: dict[str, object], wrong: PrivacyError
) -> dict[str, Any]:
    """Say what is wrong, in the language asked for; a browser gets its form back as it was filled in."""
    if wrong.status >= _OUR_FAULT:
        logger.error("refused", extra={"code": wrong.code, "failure": type(wrong.__cause__ or wrong).__name__})
    spoken = answers.language(event, site)
    if not answers.wants_html(event):
        return answers.as_json(wrong.status, answers.error(wrong, spoken))
    said, status = answers.error_message(wrong, spoken), wrong.status
    if site and _what(event) in _WITH_SESSION and isinstance(wrong, (Conflict, NoCopy, TooMany)):
        with suppress(PrivacyError):
            return _standing(event, site, identity.case_number(sent.get("case")), _session(sent), said, status)
    if site is None or isinstance(wrong, NotFound) or answers.method(event) == "GET":
        from privacy import form_page  # noqa: PLC0415 - the page that only says what is wrong

        return answers.as_page(status, form_page.error_page(site, spoken, said), pages.security_policy())
    errors = answers.field_messages(wrong, spoken)
    if _what(event) == _FETCH:
        return _page(event, site, rights_page.fetching, values=sent, message=said, errors=errors, status=status)
    if not _what(event):
        return _page(event, site, rights_page.start, values=sent, message=said, errors=errors, status=status)
    case = sent.get("case")
    case = case[:60] if isinstance(case, str) else ""
    return _page(event, site, rights_page.typing, case=case, message=said, errors=errors, is_wrong=True, status=status)
