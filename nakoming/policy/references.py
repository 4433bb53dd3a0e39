"""Checks that everything a policy file names exists in it, and fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nakoming.policy.mechanisms import CORE, MECHANISMS, NEEDED_CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nakoming.policy.document import Document, Fault, Place


def reference_faults(document: Document) -> Iterator[Fault]:
    """Yield names that nothing in the file carries, and modules without what they need."""
    yield from _controller_faults(document)
    yield from _site_faults(document)
    yield from _module_faults(document)
    for name, category in document.data["categories"].items():
        yield from _category_faults(document, name, category)
    for name in document.data["forms"]:
        yield from _form_faults(document, name)
    yield from _right_faults(document)


def unknown(document: Document, place: Place, names: Iterable[str], kind: str) -> Iterator[Fault]:
    """Yield the names at a place that the file's section `kind` does not have."""
    known = document.data[kind]
    singular = {"categories": "category"}.get(kind, kind.removesuffix("s"))
    for index, name in enumerate(names):
        if name not in known:
            where = (*place, index) if isinstance(names, list) else place
            remedy = f"define it under `{kind}`, or use one of: {', '.join(sorted(known))}"
            yield document.fault(where, f"there is no {singular} {name}", remedy)


def _controller_faults(document: Document) -> Iterator[Fault]:
    """Yield joint controllers that do not exist or do not name each other (Art. 26 GDPR)."""
    controllers = document.data["controllers"]
    for name, controller in controllers.items():
        place: Place = ("controllers", name, "joint_with")
        yield from unknown(document, place, controller["joint_with"], "controllers")
        for other in controller["joint_with"]:
            group = {other, *controllers.get(other, {}).get("joint_with", [])}
            if other in controllers and group != {name, *controller["joint_with"]}:
                reason = f"{name} is joint with {other}, and {other} does not say the same"
                yield document.fault(place, reason, "let each of them name all the others under `joint_with`")
            if other == name:
                yield document.fault(place, f"{name} is joint with itself", "leave it out")


def _site_faults(document: Document) -> Iterator[Fault]:
    """Yield sites without a controller, with a language that the policy lacks, and notices for no site."""
    for name, site in document.data["sites"].items():
        yield from unknown(document, ("sites", name, "controller"), (site["controller"],), "controllers")
        for language in [*site["languages"], site["default_language"]]:
            if language not in document.data["languages"]:
                reason = f"site {name} offers the language {language}, and the policy is not written in it"
                yield document.fault(("sites", name, "languages"), reason, "add it to the policy's `languages`")
        if site["default_language"] not in site["languages"]:
            reason = f"site {name} falls back to {site['default_language']}, which it does not offer"
            yield document.fault(("sites", name, "default_language"), reason, "take one of its `languages`")
    for index, notice in enumerate(document.data["notices"]):
        yield from unknown(document, ("notices", index, "sites"), notice["sites"], "sites")


def _module_faults(document: Document) -> Iterator[Fault]:
    """Yield categories and forms that a module which is switched on cannot do without."""
    for index, module in enumerate(document.data["modules"]):
        for name in NEEDED_CATEGORIES[module]:
            if name not in document.data["categories"]:
                reason = f"module {module} needs a category {name}"
                yield document.fault(("modules", index), reason, "add it under `categories`, or switch the module off")
    if "enquiries" in document.data["modules"] and "contact" not in document.data["forms"]:
        yield document.fault(("forms",), "module enquiries needs a form contact", "add it under `forms`")


def _category_faults(document: Document, name: str, category: dict[str, Any]) -> Iterator[Fault]:
    """Yield what one category names and the file does not have."""
    place: Place = ("categories", name)
    yield from unknown(document, (*place, "purposes"), category.get("purposes", []), "purposes")
    yield from unknown(document, (*place, "recipients"), category["recipients"], "recipients")
    yield from unknown(document, (*place, "promises"), category["promises"], "promises")
    yield from unknown(document, (*place, "source", "from"), category.get("source", {}).get("from", []), "sources")
    if category["module"] not in document.data["modules"]:
        reason = f"category {name} belongs to module {category['module']}, which is not switched on"
        yield document.fault((*place, "module"), reason, "add the module to `modules`, or remove the category")
    if ("wall" in category) == ("held_elsewhere" in category):
        reason = f"category {name} must have either a wall that seals it or a place elsewhere"
        yield document.fault(place, reason, "add `wall`, or `held_elsewhere` when this system does not hold it")
    roles = [document.data["recipients"].get(recipient, {}).get("role") for recipient in category["recipients"]]
    if "wall" in category and "processor" not in roles:
        reason = f"category {name} names no processor, and somebody's machines hold it (Art. 13(1)(e) GDPR)"
        yield document.fault((*place, "recipients"), reason, "name the cloud provider among its recipients")


def _form_faults(document: Document, name: str) -> Iterator[Fault]:
    """Yield fields of a form that no rule covers, and a form that nobody could answer."""
    form = document.data["forms"][name]
    place: Place = ("forms", name)
    yield from unknown(document, (*place, "category"), (form["category"],), "categories")
    category = document.data["categories"].get(form["category"])
    if category is None:
        return
    for field, rule in form["fields"].items():
        kept = category["fields"].get(field)
        if kept is None:
            reason = f"field {field} has no retention: category {form['category']} does not hold it"
            yield document.fault((*place, "fields", field), reason, "add it to the category's fields, or leave it out")
        elif kept["kind"] != rule["kind"]:
            reason = f"field {field} is {rule['kind']} in the form and {kept['kind']} in category {form['category']}"
            yield document.fault((*place, "fields", field, "kind"), reason, "use the same kind in both")
    if category.get("wall") != "enquiries":
        reason = f"form {name} fills category {form['category']}, which the public form cannot seal"
        yield document.fault((*place, "category"), reason, "let the category lie behind the wall enquiries")
    if not form["fields"].get("email", {}).get("required"):
        yield document.fault(place, f"form {name} cannot be answered", "add a required field `email`")


def _right_faults(document: Document) -> Iterator[Fault]:
    """Yield periods that stand with a right which has none."""
    periods = {"undo": ("erasure", "portability"), "review": ("restriction",), "cooling": ("rectification",)}
    for key, rights in periods.items():
        for name, says in document.data["rights"].items():
            if key in says and name not in rights:
                reason = f"`{key}` stands with the right of {name}, and belongs to {' and '.join(rights)}"
                fix = " or ".join(f"`{right}`" for right in rights)
                yield document.fault(("rights", name, key), reason, f"write it under {fix}")


def promise_faults(document: Document) -> Iterator[Fault]:
    """Yield promises that no rule carries out, or whose module is not switched on."""
    modules = {CORE, *document.data["modules"]}
    for promise in document.data["promises"]:
        if promise not in MECHANISMS:
            yield document.fault(("promises", promise), f"there is no promise {promise}", "use P01 to P48")
            continue
        missing = [module for module in MECHANISMS[promise] if module not in modules]
        if missing:
            reason = f"{promise} has no mechanism: module {' and '.join(missing)} is not switched on"
            yield document.fault(("promises", promise), reason, "add it to `modules`, or promise this no longer")
