"""The pages around the contact form: the form itself from the policy file, what is wrong with it, and the thanks.

They work without script and by keyboard; what was typed is not lost when something is wrong with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy.pages import page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privacy.policy import Field, Form, Site

_TYPES = {"email": "email", "phone": "tel"}
_AUTOCOMPLETE = {"name": "name", "email": "email", "phone": "tel", "company": "organization"}
_TEXTS = {
    "nl": {
        "title": "Bericht aan {site}",
        "optional": "niet verplicht",
        "send": "Versturen",
        "leave_empty": "Laat dit veld leeg",
        "note": "Wij gebruiken dit om {you} te antwoorden, en vernietigen het daarna op tijd. Eerder kan ook: {address}.",
        "received": "Bericht ontvangen",
        "thanks": "Dank {you} wel. Het bericht is ontvangen; {site} neemt contact op.",
        "back": "Terug naar {site}",
        "wrong": "Dit is niet gelukt",
        "nothing_lost": "Er is niets opgeslagen. Ga met de knop van de browser terug om het opnieuw te proberen.",
    },
    "en": {
        "title": "Message to {site}",
        "optional": "optional",
        "send": "Send",
        "leave_empty": "Leave this field empty",
        "note": "We use these details to answer you, and destroy them on time afterwards. It can be earlier: {address}.",
        "received": "Message received",
        "thanks": "Thank you. Your message was received; {site} will be in touch.",
        "back": "Back to {site}",
        "wrong": "This did not work",
        "nothing_lost": "Nothing was stored. Use the browser's back button to try again.",
    },
}


def form_page(
    site: Site,
    form: Form,
    language: str,
    *,
    values: Mapping[str, object] | None = None,
    message: str = "",
    errors: Mapping[str, str] | None = None,
) -> str:
    """Return the form, filled in with `values` and with the messages of what is wrong."""
    values, errors, texts = values or {}, errors or {}, _texts(site, language)
    next_page = values.get("_next")
    return page(
        "form.html",
        **{name: texts[name] for name in ("title", "optional", "send", "leave_empty", "note", "wrong")},
        language=language,
        message=message,
        errors=errors,
        names={field.name: field.labels[language] for field in form.fields},
        action=f"/{site.name}/enquiries?lang={language}",
        form=form.name,
        next=next_page if isinstance(next_page, str) else "",
        fields=[_shown(field, language, values.get(field.name), errors.get(field.name, "")) for field in form.fields],
    )


def received_page(site: Site, language: str) -> str:
    """Return the page a browser is sent to after a post."""
    texts = _texts(site, language)
    paragraphs = [texts["thanks"]]
    return page(
        "notice.html",
        language=language,
        title=texts["received"],
        paragraphs=paragraphs,
        link=site.url,
        link_text=texts["back"],
    )


def error_page(site: Site | None, language: str, message: str) -> str:
    """Return a page that says what went wrong."""
    texts = _texts(site, language) if site else _TEXTS[language]
    link, link_text = (site.url, texts["back"]) if site else ("", "")
    paragraphs = [message, texts["nothing_lost"]]
    return page(
        "notice.html", language=language, title=texts["wrong"], paragraphs=paragraphs, link=link, link_text=link_text
    )


def _texts(site: Site, language: str) -> dict[str, str]:
    """Return the texts in the language and the form of address of the site."""
    values = {"site": site.title, "you": "je" if site.address_form == "je" else "u", "address": site.privacy_address}
    return {name: text.format(**values) for name, text in _TEXTS[language].items()}


def _shown(field: Field, language: str, value: object, error: str) -> dict[str, object]:
    """Return what a template needs of a field."""
    return {
        "name": field.name,
        "kind": field.kind,
        "type": _TYPES.get(field.kind, "text"),
        "autocomplete": _AUTOCOMPLETE.get(field.name, "off"),
        "label": field.labels[language],
        "help": field.help.get(language, ""),
        "required": field.required,
        "max_length": field.max_length,
        "value": value if isinstance(value, str) else "",
        "error": error,
    }
