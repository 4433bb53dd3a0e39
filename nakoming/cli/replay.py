"""`nakoming restore-replay`: do to restored tables what was done since, before they are used. For whoever operates the system."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from privacy.errors import NotFound, PrivacyError, StoreUnavailable
from privacy.periods import moment_given, stamp

from nakoming.cli.session import AsJson, lines, say, show

if TYPE_CHECKING:
    from datetime import datetime

    from privacy.aws.restored import Account
    from privacy.replay import Outcome, Sealed, Step
    from privacy.writes import Store

_EVERY = 500
_WORDS = {
    "destroyed": "destroyed again",
    "kept": "entries newer in the live tables, kept",
    "done_again": "acts done again (restricted, lifted, held, ended, put right)",
    "restricted": "restricted, because only a person can tell what they should say",
    "letters_stopped": "letters put before a person: they may have been sent",
    "sweeps": "notes of what is to be swept",
    "objects": "sealed objects of nobody, deleted",
}


def restore_replay(  # noqa: PLR0917 - the options of one command
    vault: Annotated[str, typer.Option(help="The restored vault table, not in use yet.")],
    records: Annotated[str, typer.Option(help="The restored records table, not in use yet.")],
    evidence: Annotated[str, typer.Option(help="The evidence table as it is. Never restore it.")],
    live_vault: Annotated[str, typer.Option(help="The vault that it replaces, where it can still be read.")] = "",
    live_records: Annotated[
        str, typer.Option(help="The records that they replace, where they can still be read.")
    ] = "",
    bucket: Annotated[str, typer.Option(help="SealedBucket of the stack: what no entry names is deleted.")] = "",
    into_live: Annotated[bool, typer.Option("--into-live", help="Then put what was lost into them.")] = False,  # noqa: FBT002
    since: Annotated[
        str, typer.Option("--from", help="The moment the copies are of; left out: what AWS says it restored them to.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would be done.")] = False,  # noqa: FBT002
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask after counting.")] = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002 - an option
) -> None:
    """Do to restored tables what was done since: destroyed, restricted, held, ended. Counts first, then asks.

    Uses your own AWS credentials, and opens nothing. Stop all functions before. It can be begun again at any moment.

    nakoming restore-replay --vault VAULT-RESTORED --records RECORDS-RESTORED --evidence EVIDENCE --dry-run
    """
    _check((vault, records), (live_vault, live_records), into_live=into_live)
    try:
        work = _work(vault, records, evidence, (live_vault, live_records), bucket, since)
        if work.since > work.present():
            raise typer.BadParameter("that moment is still to come", param_hint="--from")
        say(f"Counting what was done since {stamp(work.since)} ...")
        outcome = work.run(is_dry=True)
        if not as_json:
            _tell(outcome, "To be done:")
        if not dry_run:
            changed = (vault, records, *((live_vault, live_records) if into_live else ()))
            if not yes:
                typer.confirm(f"Do this to {', '.join(changed)}?", abort=True, err=True)
            outcome = work.run(is_dry=False)
            if into_live:
                say(f"Entries put into the live tables: {work.into_live()}.")
    except PrivacyError as failed:
        why = f"{str(failed.__cause__).rstrip('.')}. " if failed.__cause__ else ""
        say(f"Stopped: {type(failed).__name__}. {why}Nothing is lost: begin again with the same options.")
        raise typer.Exit(1) from failed
    if as_json:
        counts = {kind: outcome.total(kind) for kind in _WORDS}
        show({"dry_run": dry_run, "id": outcome.id, "counts": counts, "for_a_person": list(outcome.for_a_person)})
    elif not dry_run:
        _tell(outcome, "Done:")
        say(f"Recorded in evidence as {outcome.id}.")


def _check(restored: tuple[str, str], live: tuple[str, str], *, into_live: bool) -> None:
    """Refuse names that cannot be meant. Raises BadParameter."""
    if bool(live[0]) != bool(live[1]):
        raise typer.BadParameter("give both live tables, or none", param_hint="--live-vault")
    if into_live and not live[0]:
        raise typer.BadParameter("name the live tables", param_hint="--into-live")
    if set(filter(None, live)) & set(restored):
        raise typer.BadParameter("a restored table cannot be the live one", param_hint="--live-vault")


class _Work(NamedTuple):
    """What a replay is done to."""

    copy: Store
    live: Store | None
    objects: Sealed | None
    since: datetime

    def present(self) -> datetime:
        """Return what time it is, whatever the clock of this machine says of it."""
        from privacy import replay  # noqa: PLC0415 - as below
        from privacy.aws.services import now  # noqa: PLC0415

        return replay.present(self.copy, now())

    def run(self, *, is_dry: bool) -> Outcome:
        """Count what there is to do, or do it."""
        from privacy import replay  # noqa: PLC0415 - only this command needs the policy's rules
        from privacy.aws.services import now  # noqa: PLC0415

        note = _Progress()
        return replay.run(self.copy, self.live, self.since, now(), objects=self.objects, is_dry=is_dry, note=note)

    def into_live(self) -> int:
        """Put into the live tables what only the copy has; return how many entries that were."""
        from privacy import replay  # noqa: PLC0415 - as above

        return replay.into_live(self.copy, self.live, note=_Progress()) if self.live is not None else 0


def _work(  # noqa: PLR0917 - the options of one command
    vault: str, records: str, evidence: str, live: tuple[str, str], bucket: str, since: str
) -> _Work:
    """Return the tables of the account. Raises BadParameter where the moment of the copies is not known."""
    from privacy.aws.restored import Account  # noqa: PLC0415 - only this command speaks to AWS
    from privacy.aws.services import client  # noqa: PLC0415

    account = Account(client)
    given = _given(since)
    restored = [_restored_to(account, *each) for each in (("--vault", vault), ("--records", records))]
    for each in (("--evidence", evidence), ("--live-vault", live[0]), ("--live-records", live[1])):
        with suppress(StoreUnavailable):  # whoever may read a table need not be allowed to describe it
            _restored_to(account, *each)
    start = given or _earliest(restored)
    there = account.tables(vault=live[0], records=live[1]) if live[0] else None
    objects = account.bucket(bucket) if bucket else None
    return _Work(account.tables(vault=vault, records=records, evidence=evidence), there, objects, start)


def _given(since: str) -> datetime | None:
    """Return from when acts are to be read, where that was given. Raises BadParameter."""
    try:
        return moment_given(since) if since else None
    except ValueError as wrong:
        raise typer.BadParameter("give a date, or a moment with its time zone", param_hint="--from") from wrong


def _restored_to(account: Account, option: str, table: str) -> datetime | None:
    """Return the moment that AWS restored a table to, if it did. Raises BadParameter for a table that is not there."""
    try:
        return account.restored_to(table) if table else None
    except NotFound as missing:
        message = f"there is no table {table} in this account and region"
        raise typer.BadParameter(message, param_hint=option) from missing


def _earliest(restored: list[datetime | None]) -> datetime:
    """Return the earliest moment that AWS restored a table to. Raises BadParameter."""
    known = [moment for moment in restored if moment is not None]
    if len(known) != len(restored):
        message = "AWS does not say what moment both tables were restored to: give it"
        raise typer.BadParameter(message, param_hint="--from")
    return min(known)


class _Progress:
    """Tells how far it is, on long work."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._done = 0

    def __call__(self, _step: Step) -> None:
        """Count one step."""
        self._done += 1
        if self._done % _EVERY == 0:
            say(f"{self._done} steps ...")


def _tell(outcome: Outcome, title: str) -> None:
    """Say what there is to do, or was done, and who must look at what."""
    say(title)
    lines({words: outcome.total(kind) for kind, words in _WORDS.items()})
    for entry in outcome.for_a_person:
        say(f"A person must look at entry {entry}: it was changed in a way that only the live tables would tell.")
