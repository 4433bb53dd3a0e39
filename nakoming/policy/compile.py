"""Turns checked policy files into the plain Python modules that functions read: no YAML at run time.

The same sources give the same bytes, and each module names the digest of its sources, so that a deployment can be told
from what it was made of.
"""

from __future__ import annotations

import hashlib
import pprint
from typing import TYPE_CHECKING, Any

from nakoming.policy.check import check_files, load
from nakoming.policy.document import ROOT, Document, Fault, published
from nakoming.policy.mechanisms import BUILT, MECHANISMS, TEXT_ONLY, built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

OUTPUT = ROOT / "layers" / "privacy" / "privacy" / "compiled"

_INIT = '"""Made from the policy files by `make policy`; not in git, never edited."""\n'


class PolicyRefused(Exception):
    """The policy files have faults: nothing is compiled from them. `faults` holds all of them."""

    def __init__(self, faults: list[Fault]) -> None:
        """Take the faults."""
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def compile_files(paths: Iterable[Path], folder: Path = OUTPUT, recovery_days: int | None = None) -> str:
    """Check the policy files, compile them into `folder` and return the digest of their sources.

    `recovery_days`, when given, replaces what the files say. Raises PolicyRefused when the check finds any fault.
    """
    faults = check_files(paths := list(paths), recovery_days)
    if faults:
        raise PolicyRefused(faults)
    documents, _ = load(paths)
    if recovery_days is not None:
        for document in documents:
            document.data["recovery_days"] = recovery_days
    _write(compile_documents(documents), folder)
    return _digest(documents)


def compile_documents(documents: Iterable[Document]) -> dict[str, str]:
    """Return the compiled modules, by file name. The documents must have passed the check."""
    ordered = sorted(documents, key=lambda document: document.name)
    digest = _digest(ordered)
    return {
        "__init__.py": _INIT,
        "rules.py": _module("The rules that functions follow", digest, _rules(ordered)),
        "statements.py": _module("What pages and registers say", digest, _statements(ordered)),
        "texts.py": _module("The texts of pages and letters, by policy, key and language", digest, _texts(ordered)),
    }


def _digest(documents: Iterable[Document]) -> str:
    """Return the SHA-256 of the sources, in hexadecimal."""
    digests = [document.digest for document in sorted(documents, key=lambda document: document.name)]
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _write(modules: dict[str, str], folder: Path) -> None:
    """Write the compiled modules, also those that did not change, so that `make` sees that they are newer."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in modules.items():
        (folder / name).write_text(source, encoding="utf-8")


def _module(title: str, digest: str, values: dict[str, Any]) -> str:
    """Render one module of plain literals."""
    head = f'"""{title}.\n\nMade from the policy files by `make policy`; not in git, never edited.\n"""\n'
    parts = [head, "from typing import Any\n", f'DIGEST = "{digest}"\n']
    for name, value in values.items():
        parts.append(f"{name}: dict[str, Any] = {pprint.pformat(value, width=120, sort_dicts=False)}\n")
    return "\n".join(parts)


def _rules(documents: list[Document]) -> dict[str, Any]:
    """Return what functions need to know: controllers, sites, categories and forms."""
    return {
        "CONTROLLERS": _named(documents, "controllers", _controller),
        "SITES": _named(documents, "sites", _site),
        "CATEGORIES": {document.name: _categories(document.data) for document in documents},
        "FORMS": {document.name: _forms(document.data) for document in documents},
        "HANDLING": {document.name: _handling(document.data) for document in documents},
    }


def _texts(documents: list[Document]) -> dict[str, Any]:
    """Return the texts of pages and letters."""
    return {"TEXTS": {document.name: document.data["texts"] for document in documents}}


def _statements(documents: list[Document]) -> dict[str, Any]:
    """Return all that the files say besides, for the statement, the register, the cookie overview and the coverage."""
    return {"STATEMENTS": {document.name: _statement(document) for document in documents}}


def _statement(document: Document) -> dict[str, Any]:
    """Render one policy for people: everything but the texts, with the published text and who carries out what."""
    data = {key: value for key, value in document.data.items() if key not in {"texts", "text", "promises"}}
    promises = {
        promise: {**says, "modules": MECHANISMS[promise], "built": built(promise), "verdict": promise not in TEXT_ONLY}
        for promise, says in document.data["promises"].items()
    }
    versions = [_version(document, version) for version in document.data["versions"]]
    more = {"versions": versions, "promises": promises, "built": sorted(BUILT), "published_text": document.text}
    return {**data, **more}


def _version(document: Document, version: dict[str, Any]) -> dict[str, Any]:
    """Render one version; of an older one with its published text, where the file keeps it (P42)."""
    older = {"published_text": published(document.path, version)} if "text" in version else {}
    return {**version, **older}


def _named(
    documents: list[Document], kind: str, render: Callable[[dict[str, Any], str], dict[str, Any]]
) -> dict[str, Any]:
    """Return all things of a kind, of all policies, sorted by name."""
    named = {name: render(document.data, name) for document in documents for name in document.data[kind]}
    return dict(sorted(named.items()))


def _controller(data: dict[str, Any], name: str) -> dict[str, Any]:
    """Render one controller; its group is the sorted names of those that answer requests together (Art. 26(3) GDPR)."""
    controller = data["controllers"][name]
    return {
        "name": name,
        "policy": data["policy"],
        "legal_name": controller["legal_name"],
        "joint_with": tuple(controller["joint_with"]),
        "group": "+".join(sorted({name, *controller["joint_with"]})),
        "staff_mail": controller["staff_mail"],
        "recovery_days": data["recovery_days"],
    }


def _site(data: dict[str, Any], name: str) -> dict[str, Any]:
    """Render one site, with the ids of the supplementary notices in force for it (P42)."""
    site = data["sites"][name]
    copied = ("controller", "title", "url", "default_language", "privacy_address", "sender", "cookies")
    notices = [notice["id"] for notice in data.get("notices", []) if name in notice["sites"]]
    return {
        **{key: site[key] for key in copied},
        "name": name,
        "policy": data["policy"],
        "version": data["version"],
        "languages": tuple(site["languages"]),
        "address_form": data["address_form"],
        "origins": tuple(site["origins"]),
        "next_origins": tuple(site["next_origins"]),
        "mail_relays": tuple(relay.lower() for relay in site.get("mail_relays", [])),
        "staff_mail": data["controllers"][site["controller"]]["staff_mail"],
        "publish_verdicts": site["publish_verdicts"],
        "notices": tuple(notices),
    }


def _categories(data: dict[str, Any]) -> dict[str, Any]:
    """Render the categories held here; what is held elsewhere is in the statement only."""
    held = {name: category for name, category in data["categories"].items() if not category.get("held_elsewhere")}
    return {name: _category(data["policy"], name, category) for name, category in sorted(held.items())}


def _category(policy: str, name: str, category: dict[str, Any]) -> dict[str, Any]:
    """Render one category."""
    retention = category["retention"]
    stale = retention.get("stale", {})
    return {
        "name": name,
        "policy": policy,
        "wall": category["wall"],
        "purposes": tuple(category["purposes"]),
        "readers": tuple(category["readers"]),
        "fields": tuple(category["fields"]),
        "promise": retention["promise"],
        "needed": retention["needed"],
        "counts_from": retention["counts_from"],
        "bucket": retention.get("bucket", "PT0S"),
        "stale_warn_after": stale.get("warn_after", ""),
        "stale_close_after": stale.get("close_after", ""),
        "renewed": retention.get("renewed", False),
        "promises": tuple(category["promises"]),
    }


def _forms(data: dict[str, Any]) -> dict[str, Any]:
    """Render the forms of a policy."""
    return {
        name: {
            "name": name,
            "category": form["category"],
            "receipt": form["receipt"],
            "fields": tuple(_field(field, form["fields"][field]) for field in form["fields"]),
        }
        for name, form in sorted(data["forms"].items())
    }


def _handling(data: dict[str, Any]) -> dict[str, Any]:
    """Render how requests and incidents are handled, with what holds where the file does not say."""
    rights = data["rights"]
    return {
        "approvals": {name: right["approval"] for name, right in rights.items() if "approval" in right},
        "undo": rights.get("erasure", {}).get("undo", "PT72H"),
        "review": rights.get("restriction", {}).get("review", "P3M"),
        "cooling": rights.get("rectification", {}).get("cooling", "P7D"),
        "transmission": rights.get("portability", {}).get("undo", "PT24H"),
        "report_within": data.get("incidents", {}).get("report_within", "PT72H"),
    }


def _field(name: str, field: dict[str, Any]) -> dict[str, Any]:
    """Render one field of a form."""
    return {
        "name": name,
        "kind": field["kind"],
        "required": field["required"],
        "max_length": field["max"],
        "labels": field["label"],
        "help": field.get("help", {}),
    }
