"""What the desk takes and gives of decisions, deadlines and incidents, as its OpenAPI description shows it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from privacy.case_schema import CaseState, Right
from privacy.desk_schema import MOST_TEXT, PLAIN, Taken

Decision = Literal["fulfil", "partly", "refuse", "no_data", "forward", "withdraw"]
Risk = Literal["yes", "no", ""]
_Text = Annotated[str, Field(max_length=MOST_TEXT, pattern=PLAIN)]
_Subject = Annotated[str, Field(max_length=128, pattern=r"^[A-Za-z0-9|_.@:-]*$")]
_Moment = Annotated[
    str,
    Field(
        max_length=40,
        description="A date (the start of that day in the Netherlands) or a moment with its time zone.",
        examples=["2026-11-22T09:00:00+01:00"],
    ),
]


# --- cases -----------------------------------------------------------------------------------------------------------------


class NewDecision(Taken):
    """A decision about one right of a case (Art. 12(3) to (5) GDPR)."""

    right: Right
    decision: Decision = Field(
        description="`fulfil` has it carried out; `partly` and `refuse` need reasons; `forward` goes to the customer whose data "
        "they are (Art. 28(3)(e) GDPR)."
    )
    reasons: _Text = Field("", description="The reasons, as the person reads them in the final letter.")
    said: _Text = Field("", description="With `partly`: what was done and what not. With `forward`: to which customer.")
    erase: list[Annotated[str, Field(max_length=64)]] = Field(
        default=[],
        max_length=50,
        description="With `partly` of an erasure or objection: the categories, as `plan` names them, whose entries are erased. "
        "The rest stays, and the final letter says both.",
    )


class NewExtension(Taken):
    """One or two further months (Art. 12(3) GDPR)."""

    months: int = Field(2, ge=1, le=2, description="How many further months, counted from receipt.")
    reasons: _Text = Field(min_length=1, description="Why, as the person reads it.")


class NewPause(Taken):
    """What we wait for."""

    said: _Text = Field(min_length=1, description="What was asked of the person. Sealed with the case.")


class NewAssignment(Taken):
    """Who deals with a case."""

    to: _Subject = Field(description="`me`, the opaque subject of a colleague's token, or empty for nobody.")


class NewLifting(Taken):
    """The end of a restriction (Art. 18(3) GDPR)."""

    reasons: _Text = Field(min_length=1, description="Why, as the person reads it beforehand.")
    on: date | None = Field(
        None, strict=False, description="The day from which the data are used again; today when left out."
    )


class NewStop(Taken):
    """Why a copy goes to no other provider (Art. 12(4) and 20(2) GDPR)."""

    reasons: _Text = Field(min_length=1, description="Why, as the person reads it.")


class NewEntryLifting(NewLifting):
    """The end of a restriction that staff hold, for its case has ended (Art. 18(3) GDPR)."""

    told: _Text = Field("", description="How the person was told, where no address is on file. Sealed with the notice.")


class TellRecipient(Taken):
    """A recipient that staff told (Art. 19 GDPR)."""

    right: Right
    recipient: str = Field(max_length=64, description="The recipient's name in the policy file.")


class RightState(BaseModel):
    """How far one right is; `open` until it begins. Nothing about anyone.

    `wrote_since`: the person wrote after their erasure began or while a new address waits, which waits for who reads it.
    `is_agreed`: one of the two members of staff whom the policy asks agreed. `proposed_at`: what is to be corrected was said, and
    the person was written to.
    """

    model_config = ConfigDict(extra="ignore")

    right: str
    status: str
    outcome: str | None = None
    decided_by: str | None = None
    decided_at: str | None = None
    run_at: str | None = None
    undo_until: str | None = None
    review_by: str | None = None
    lift_on: str | None = None
    only: list[str] | None = None
    counts: dict[str, Any] | None = None
    proposed_at: str | None = None
    confirmed_at: str | None = None
    is_agreed: bool = False
    wrote_since: bool = False


class ToldState(BaseModel):
    """How far a recipient was told of a right: `to_do` is a task of staff."""

    recipient: str
    name: str
    right: str
    status: Literal["carried_out", "sent", "to_do", "done"]
    at: str


class TransmissionState(BaseModel):
    """How far a copy for another provider is: to whom is sealed. `undo` waits, `sent` can be fetched; the rest are ends."""

    model_config = ConfigDict(extra="ignore")

    number: str
    status: Literal["undo", "sent", "fetched", "missed", "returned", "stopped", "gone"]
    named_at: str
    undo_until: str
    until: str
    fetched_at: str | None = None
    stopped_by: Literal["person", "staff", "reply"] | None = None
    ended_at: str | None = None


class CaseProgress(BaseModel):
    """How far a case is. A pause is shown only: the day by which we answer stays. `no_address`: letters cannot be sent."""

    case: CaseState
    rights: list[RightState]
    told: list[ToldState]
    transmissions: list[TransmissionState]
    identity: str
    identity_how: str
    identity_at: str | None
    extended_until: str | None
    paused_at: str | None
    resumed_at: str | None
    advertising_at: str | None
    assigned: str
    final_letter: str | None
    no_address: bool


class Progress(BaseModel):
    """How far a case is, after the act."""

    progress: CaseProgress


class Plan(BaseModel):
    """What carrying a case out would reach: entries by category, and which categories a legal duty keeps after an erasure.

    `titles` says what people call a category; `erases`, whether the case asks for erasure: what is not kept is destroyed then.
    """

    entries: int
    categories: dict[str, int]
    kept: list[str]
    titles: dict[str, str]
    erases: bool


class RestrictionState(BaseModel):
    """One entry that is stored only: nothing about anyone. `by` are `CASE#RIGHT`, or `staff` where the case has ended."""

    id: str
    category: str
    title: str
    site: str
    since: str
    review_by: str
    by: list[str]
    lift_on: str | None


class Restrictions(BaseModel):
    """A page of restrictions, what is to be looked at first stands first; `next` is null on the last."""

    restrictions: list[RestrictionState]
    next: str | None


class RestrictionAfter(BaseModel):
    """The restriction after the act."""

    restriction: RestrictionState


class Event(BaseModel):
    """One thing that happened in a case: codes, days and ids, the same in words, and nothing about anyone."""

    at: str
    what: str
    about: dict[str, str]
    words: str


class History(BaseModel):
    """What happened in a case, the first thing first."""

    history: list[Event]


# --- incidents -------------------------------------------------------------------------------------------------------------


class NewIncident(Taken):
    """A personal data breach."""

    aware: _Moment = Field(description="When somebody here became aware of it: from then the period to report it runs.")
    nature: _Text = Field(min_length=1, description="What happened, as far as is known.")


class MoreOfIncident(Taken):
    """What became known (Art. 33(3) and (4) GDPR). All of it is sealed."""

    nature: _Text = Field("", description="What happened.")
    cause: _Text = Field("", description="Why it could happen.")
    consequences: _Text = Field("", description="What it may lead to.")
    measures: _Text = Field("", description="What was done, and what will be.")
    contact: _Text = Field("", description="Who can be asked; left out, the contact of the policy file.")
    high_risk: Risk = Field("", description="Whether the risk for the people concerned is high (Art. 34 GDPR).")


class NewScope(Taken):
    """Which data were exposed, and when."""

    categories: list[Annotated[str, Field(max_length=64)]] = Field(
        default=[], max_length=50, description="Left out: all."
    )
    sites: list[Annotated[str, Field(max_length=64)]] = Field(default=[], max_length=50, description="Left out: all.")
    since: _Moment
    until: _Moment = Field(description="A day counts with all its hours.")


class NewReport(Taken):
    """That a breach was reported to the authority."""

    at: _Moment
    reference: Annotated[str, Field(max_length=200, pattern=PLAIN)] = Field(
        "", description="The authority's reference."
    )
    reasons: _Text = Field("", description="The reasons for a delay, when it came late.")


class PersonsTold(Taken):
    """That the people concerned were told (Art. 34 GDPR)."""

    said: _Text = Field(min_length=1, description="How, and what they were told.")


class EndOfIncident(Taken):
    """The end of an incident."""

    reasons: _Text = Field("", description="Why it was not reported, or why people at high risk were not told.")


class IncidentState(BaseModel):
    """The state of an incident: nothing about anyone. Moments are UTC; `persons_told_at` matters when `high_risk` is `yes`."""

    id: str
    status: Literal["open", "reported", "closed"]
    aware_at: str
    report_by: str
    reported_at: str | None
    high_risk: Risk
    persons_told_at: str | None
    closed_at: str | None
    erase_by: str


class Incidents(BaseModel):
    """Incidents, what must be reported first stands first; closed ones last."""

    incidents: list[IncidentState]


class Begun(BaseModel):
    """The id of the incident."""

    id: str


class IncidentAfter(BaseModel):
    """The incident after the act."""

    incident: IncidentState


class OpenedIncident(IncidentState):
    """An incident as it was sealed: the latest word on each fact, what was counted, and the whole log."""

    facts: dict[str, str]
    counted: list[dict[str, Any]]
    log: list[dict[str, Any]]


class Opened(BaseModel):
    """The incident that was opened. That it was, by whom and why, is recorded."""

    incident: OpenedIncident


class Affected(BaseModel):
    """Whose data are concerned. `unknown` entries point to nobody; not `is_complete`: at least so many."""

    entries: int
    persons: int
    unknown: int
    by_category: dict[str, int]
    destroyed_since: int
    is_complete: bool


class Counted(BaseModel):
    """What was counted, and noted with the incident."""

    affected: Affected


class Draft(BaseModel):
    """A draft of the report to the authority, and the names of what it still lacks."""

    text: str
    missing: list[str]
