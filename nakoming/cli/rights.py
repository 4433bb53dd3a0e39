"""What staff decide about a case: `nakoming case decide`, `extend`, `pause`, `resume`, `assign`, `told`, `history`, `dossier`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from nakoming.cli import cases
from nakoming.cli.cases import Id, Output, saved
from nakoming.cli.enquiries import Why, local, moment, segment, text_given
from nakoming.cli.session import AsJson, console, lines, plain, say, server, show, table

app = cases.app
_NO_TEXT = ("fulfil", "no_data")


@app.command()
def progress(context: typer.Context, case: Id, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Tell how far a case is: each right, the person, extension, pause, who was told. Nothing is opened.

    nakoming case progress mfzwizltoqxgk3tbnrqxe3tbnr
    """
    _shown(server(context).get(f"/desk/cases/{segment(case)}/progress"), as_json=as_json)


@app.command()
def decide(  # noqa: PLR0917 - the options of one command
    context: typer.Context,
    case: Id,
    right: Annotated[str, typer.Option(help="Which right.")],
    decision: Annotated[
        Literal["fulfil", "partly", "refuse", "no_data", "forward", "withdraw"],
        typer.Option(help="What becomes of it."),
    ],
    said: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="With `partly`: a file with what was done and what not."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A file with the reasons; left out: stdin.")
    ] = None,
    erase: Annotated[
        list[str] | None, typer.Option(help="With `partly`: a category that is erased, as `plan` names it; repeatable.")
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Decide about a right; the last decision sends the final letter and closes the case.

    The reasons, as the person will read them, are read from --file or stdin, or asked for. With `forward` it is to whom: pass the
    request on yourself first, nothing is passed on for you. With `withdraw` it is how and when the person took it back.

    nakoming case decide mfzwizltoqxgk3tbnrqxe3tbnr --right access --decision fulfil

    nakoming case decide mfzwizltoqxgk3tbnrqxe3tbnr --right erasure --decision refuse < reasons.txt

    nakoming case decide mfzwizltoqxgk3tbnrqxe3tbnr --right erasure --decision partly --erase spam < reasons.txt
    """
    body: dict[str, Any] = {"right": right, "decision": decision}
    if decision not in _NO_TEXT:
        body["said" if decision in ("forward", "withdraw") else "reasons"] = text_given(file)
    if said:
        body["said"] = said.read_text(encoding="utf-8")
    if erase:
        body["erase"] = erase
    _shown(server(context).post(f"/desk/cases/{segment(case)}/decide", body), as_json=as_json)


@app.command()
def correct(
    context: typer.Context,
    case: Id,
    field: Annotated[Literal["name", "email", "phone", "address"], typer.Option(help="Which field.")],
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Say what a field is to be, where the letter does not say it clearly; the person is written to, to confirm it.

    The new value is read from stdin, or asked for. Who confirms it in another way than on the page, by telephone say: decide
    `fulfil` then, and not before.

    nakoming case correct mfzwizltoqxgk3tbnrqxe3tbnr --field name < name.txt
    """
    body = {"corrections": [{"field": field, "new": text_given(None).strip()}]}
    found = server(context).post(f"/desk/cases/{segment(case)}/corrections", body)
    if as_json:
        show(found)
    else:
        say(
            "The person was written to. Nothing changes before they confirm it on the page; or to you, and you decide `fulfil`."
        )


@app.command()
def extend(
    context: typer.Context,
    case: Id,
    months: Annotated[int, typer.Option(min=1, max=2, help="How many further months.")] = 2,
    file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A file with the reasons.")] = None,
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Take one or two further months, within the first; the person is told, with the reasons (from --file or stdin).

    nakoming case extend mfzwizltoqxgk3tbnrqxe3tbnr --months 1 < reasons.txt
    """
    body = {"months": months, "reasons": text_given(file)}
    _shown(server(context).post(f"/desk/cases/{segment(case)}/extend", body), as_json=as_json)


@app.command()
def pause(context: typer.Context, case: Id, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Note that we wait for the person; what was asked is read from stdin. The day by which we answer does not move.

    nakoming case pause mfzwizltoqxgk3tbnrqxe3tbnr < asked.txt
    """
    body = {"said": text_given(None)}
    _shown(server(context).post(f"/desk/cases/{segment(case)}/pause", body), as_json=as_json)


@app.command()
def resume(context: typer.Context, case: Id, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Note that the person answered what we waited for.

    nakoming case resume mfzwizltoqxgk3tbnrqxe3tbnr
    """
    _shown(server(context).post(f"/desk/cases/{segment(case)}/resume"), as_json=as_json)


@app.command()
def assign(
    context: typer.Context,
    case: Id,
    to: Annotated[str, typer.Option(help="`me`, the subject of a colleague's token, or empty for nobody.")] = "me",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Give a case to yourself, to a colleague, or to nobody.

    nakoming case assign mfzwizltoqxgk3tbnrqxe3tbnr --to me
    """
    _shown(server(context).post(f"/desk/cases/{segment(case)}/assign", {"to": to}), as_json=as_json)


@app.command()
def told(
    context: typer.Context,
    case: Id,
    right: Annotated[str, typer.Option(help="Of which right they were told.")],
    recipient: Annotated[str, typer.Option(help="The recipient's name in the policy file.")],
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Note that you told a recipient what was corrected, erased or restricted (Art. 19 GDPR).

    nakoming case told mfzwizltoqxgk3tbnrqxe3tbnr --right erasure --recipient partner
    """
    body = {"right": right, "recipient": recipient}
    _shown(server(context).post(f"/desk/cases/{segment(case)}/told", body), as_json=as_json)


@app.command()
def lift(
    context: typer.Context,
    case: Id,
    reasons: Annotated[str, typer.Option(help="Why, as the person reads it beforehand.")],
    on: Annotated[
        str, typer.Option(help="The day from which the data are used again, YYYY-MM-DD; today when left out.")
    ] = "",
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Lift a restriction: the person is told first, and the data are used again on the day (Art. 18(3) GDPR).

    nakoming case lift mfzwizltoqxgk3tbnrqxe3tbnr --reasons "Uw gegevens zijn nagekeken." --on 2026-12-01
    """
    body = {"reasons": reasons, **({"on": on} if on else {})}
    _shown(server(context).post(f"/desk/cases/{segment(case)}/lift", body), as_json=as_json)


@app.command()
def advertising(
    context: typer.Context,
    case: Id,
    file: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A file with how they asked.")] = None,
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Let somebody have advertising again who asks for it and was made sure of; how they asked is read from --file or stdin.

    Ends what has kept advertising and newsletters from them. Nothing is sent by that: a newsletter needs their consent.

    nakoming case advertising mfzwizltoqxgk3tbnrqxe3tbnr < asked.txt
    """
    _shown(
        server(context).post(f"/desk/cases/{segment(case)}/advertising", {"said": text_given(file)}), as_json=as_json
    )


@app.command()
def stop(
    context: typer.Context,
    case: Id,
    reasons: Annotated[str, typer.Option(help="Why, as the person reads it.")],
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Stop a copy for another provider, as long as nobody has fetched it (Art. 20(2) GDPR).

    nakoming case stop mfzwizltoqxgk3tbnrqxe3tbnr --reasons "Dit adres is niet van deze aanbieder."
    """
    _shown(server(context).post(f"/desk/cases/{segment(case)}/stop", {"reasons": reasons}), as_json=as_json)


@app.command()
def plan(context: typer.Context, case: Id, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Tell what carrying a case out would reach, before you decide. Nothing is opened, and nothing changes.

    nakoming case plan mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).get(f"/desk/cases/{segment(case)}/plan")
    if as_json:
        show(found)
        return
    rows = [
        {
            "category": name,
            "title": found["titles"][name],
            "entries": many,
            "kept": "a legal duty keeps it" if name in found["kept"] else "",
        }
        for name, many in found["categories"].items()
    ]
    for line in _in_all(found):
        console().print(line)
    headings = {"category": "category", "title": "what it is", "entries": "entries", "kept": "after an erasure"}
    table(headings, rows, "Nothing of this person.")


def _in_all(plan: dict[str, Any]) -> Iterator[str]:
    """Yield in sentences what a case would reach: what an erasure destroys, and what a law keeps all the same."""
    counts = plan["categories"]
    goes = [many for name, many in counts.items() if name not in plan["kept"]]
    if counts and not plan["erases"]:
        yield f"This concerns {_many(list(counts.values()))}."
    elif counts:
        yield f"This destroys {_many(goes)}." if goes else "This destroys nothing."
        if plan["kept"]:
            yield f"We keep {_many([counts[name] for name in plan['kept']])}, because a law requires us to."


def _many(counts: list[int]) -> str:
    """Return how many entries there are in how many categories."""
    entries = "1 entry" if sum(counts) == 1 else f"{sum(counts)} entries"
    return f"{entries} in {'1 category' if len(counts) == 1 else f'{len(counts)} categories'}"


@app.command()
def history(context: typer.Context, case: Id, as_json: AsJson = False) -> None:  # noqa: FBT002 - an option
    """Tell what happened in a case, from its state, the evidence and the outbox. Nothing is opened.

    nakoming case history mfzwizltoqxgk3tbnrqxe3tbnr
    """
    found = server(context).get(f"/desk/cases/{segment(case)}/history")
    if as_json:
        show(found)
        return
    rows = [local({**event, "entry": event["about"].get("entry", "")}) for event in found["history"]]
    table({"at": "at", "words": "what", "entry": "number"}, rows, "Nothing happened.")


@app.command()
def dossier(context: typer.Context, case: Id, output: Output, why: Why = "follow-up") -> None:
    """Fetch the dossier of a case for the authority: timeline, messages, decisions, proofs. That you did is recorded.

    nakoming case dossier mfzwizltoqxgk3tbnrqxe3tbnr --output dossier.zip
    """
    saved(context, f"/desk/cases/{segment(case)}/dossier", output, {"why": why})


def _shown(found: dict[str, Any], *, as_json: bool) -> None:
    """Show how far a case is."""
    if as_json:
        show(found)
        return
    state = found["progress"]
    case = state["case"]
    days = {"answer by": case["respond_by"], "at the latest": case["respond_by_latest"], "status": case["status"]}
    at = ("identity_at", "paused_at", "resumed_at", "advertising_at")
    moments = {name.replace("_", " "): moment(state[name]) for name in at}
    named = {name.replace("_", " "): state[name] for name in ("identity", "identity_how", "extended_until", "assigned")}
    everything = {**days, "outcome": case["outcome"], **named, **moments}
    lines({name: value for name, value in everything.items() if value})
    console().print()
    table(
        {"right": "right", "status": "status", "outcome": "outcome", "decided_by": "decided by"},
        state["rights"],
        "No rights.",
    )
    if state["no_address"]:
        say(
            f"No e-mail address: letters are written, not sent. Read them (nakoming case show {case['id']}) and hand them over"
        )
        say("or post them in time: an extension and an answer count from when the person has them.")
    wrote = {each["right"] for each in state["rights"] if each["wrote_since"]}
    if "rectification" in wrote:
        say(
            f"Somebody wrote while the new address waits. Read it first (nakoming case show {case['id']}), then decide:"
        )
        say(
            "`refuse` or `withdraw`: the old address stays; `fulfil`, after the wait: it changes. Until then it does not."
        )
    if "erasure" in wrote:
        say(f"The person wrote after the erasure began. Read it first (nakoming case show {case['id']}), then decide:")
        say("`fulfil`: the erasure goes on; `refuse` or `withdraw`: it does not. Until you decide, nothing is erased.")
    for each in state["told"]:
        if each["status"] == "to_do":
            done = f"nakoming case told {case['id']} --right {each['right']} --recipient {each['recipient']}"
            say(f"To tell: {plain(each['name'])}; when it is done: {done}")
    for each in state["transmissions"]:
        day = {"undo": f", until {moment(each['undo_until'])}", "sent": f", until {moment(each['until'])}"}
        say(f"Copy for another provider: {each['status']}{day.get(each['status'], '')}")
