"""Refuses a policy file that would break a promise, before anything is deployed.

All faults of all files are found in one run, each with its line, the reason, and what to do about it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nakoming.policy import coverage, lawfulness, references
from nakoming.policy.document import Document, Fault, read
from nakoming.policy.shape import shape_faults
from nakoming.policy.worst_case import retention_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Rule = Callable[[Document], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    references.reference_faults,
    references.promise_faults,
    lawfulness.disclosure_faults,
    lawfulness.basis_faults,
    lawfulness.special_faults,
    lawfulness.sharing_faults,
    lawfulness.newsletter_faults,
    lawfulness.cookie_faults,
    coverage.text_faults,
    coverage.sentence_faults,
    coverage.cited_faults,
    coverage.origin_faults,
    coverage.language_faults,
)


def check_files(paths: Iterable[Path], recovery_days: int | None = None) -> list[Fault]:
    """Return every fault of the policy files, sorted by file and line; none means that they may be compiled.

    `recovery_days` is for how many days the vault can be restored; without it, what each file says counts.
    """
    documents, faults = load(paths)
    for document in documents:
        faults += check_document(document, recovery_days)
    faults += _shared_faults(documents)
    return sorted(set(faults))


def load(paths: Iterable[Path]) -> tuple[list[Document], list[Fault]]:
    """Read policy files; returns those that can be read, and the faults of reading."""
    documents: list[Document] = []
    faults: list[Fault] = []
    for path in paths:
        document, found = read(path)
        faults += found
        if document:
            documents.append(document)
    return documents, faults


def check_document(document: Document, recovery_days: int | None = None) -> list[Fault]:
    """Return the faults of one policy file on its own."""
    misshapen = list(shape_faults(document))
    days = document.data.get("recovery_days", 3) if recovery_days is None else recovery_days
    faults = list(misshapen)
    rules: list[Rule] = [*RULES, partial(retention_faults, recovery_days=days)]
    for rule in rules:
        faults += _as_far_as_possible(rule, document) if misshapen else rule(document)
    if document.path.stem != document.name:
        reason = f"this file is named {document.path.stem} and holds the policy {document.name}"
        faults.append(document.fault(("policy",), reason, "give both the same name"))
    return faults


def _as_far_as_possible(rule: Rule, document: Document) -> list[Fault]:
    """Return what a rule finds in a misshapen file before the shape stops it: the shape's own fault says the rest."""
    found: list[Fault] = []
    try:
        for fault in rule(document):
            found.append(fault)  # noqa: PERF402 - what was found before it stopped is to be kept
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return found
    return found


def _shared_faults(documents: list[Document]) -> Iterator[Fault]:
    """Yield names and addresses that two policies, or two sites, both take: nobody could tell them apart."""
    owners: dict[str, str] = {}
    for document in documents:
        for what, place in _names(document):
            if what in owners:
                yield document.fault(place, f"{what} is taken already, in {owners[what]}", "give each its own")
            owners.setdefault(what, document.name)


def _names(document: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what must be unique over all policies, with its place."""
    for name in _mapping(document.data.get("controllers")):
        yield f"controller {name}", ("controllers", name)
    for name, site in _mapping(document.data.get("sites")).items():
        yield f"site {name}", ("sites", name)
        address = _mapping(site).get("privacy_address")
        if address:
            yield f"privacy address {str(address).lower()}", ("sites", name, "privacy_address")


def _mapping(value: object) -> dict[str, object]:
    """Return a value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}
