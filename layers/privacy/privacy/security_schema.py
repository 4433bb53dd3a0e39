"""What the views of security and statistics take and give, as their OpenAPI description shows it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Why = Literal["person-asked", "misuse", "answer", "follow-up", "misdirected"]
_ROW = r"^[a-z2-7]{26}\.[a-z2-7]{26}$"
_MOMENT = "A moment with its time zone; left out: the {} of the day."


class _Taken(BaseModel):
    """What is sent to us: nothing that is not named, and no guessing at types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SearchVisits(_Taken):
    """Which visits to find. The address stands here, and never in the address of a request."""

    site: str = Field(max_length=64, description="Name of one of your sites.", examples=["silver-essence"])
    day: str = Field(max_length=10, description="The day in the Netherlands, YYYY-MM-DD.", examples=["2026-11-22"])
    ip: str = Field(max_length=45, description="The IP address that the visits came from.", examples=["192.0.2.7"])
    since: str = Field("", alias="from", max_length=40, description=_MOMENT.format("beginning"))
    until: str = Field("", alias="to", max_length=40, description=_MOMENT.format("end"))
    why: Why = Field("person-asked", description="Why the day is opened. Kept, sealed, with the record of it.")
    limit: int = Field(500, ge=1, le=1000, description="How many at most.")


class Visit(BaseModel):
    """One visit, as it was recorded. What was not recorded is empty."""

    id: str
    at: str
    ip: str
    path: str
    referrer: str = ""
    user_agent: str = ""
    element: str = ""
    interest: str = ""


class Visits(BaseModel):
    """The visits that were found, oldest first; `more` says that there are others. That the day was opened is recorded."""

    visits: list[Visit]
    more: bool


class DeleteVisits(_Taken):
    """Which visits to delete, by the ids that a search gave."""

    rows: list[Annotated[str, Field(pattern=_ROW, max_length=53)]] = Field(min_length=1, max_length=100)


class DeletedVisits(BaseModel):
    """Which visits were deleted now, and which were not there (any more). Each deletion is in the evidence."""

    deleted: list[str]
    absent: list[str]


class DayFigures(BaseModel):
    """One day: null where fewer than `smallest` visitors are behind the figure."""

    day: str
    visits: int | None
    bots: int | None


class GroupFigures(BaseModel):
    """How many visits have one value of a property; an empty value is: none was told."""

    value: str
    visits: int


class PropertyFigures(BaseModel):
    """The groups of one property, the largest first; `rest` is how many visits are in groups too small to be shown."""

    name: str
    groups: list[GroupFigures]
    rest: int


class Statistics(BaseModel):
    """What is kept of the visits of a site: counts in which nobody is left. Days without visits are not listed."""

    model_config = ConfigDict(populate_by_name=True)

    site: str
    first: str = Field(serialization_alias="from")
    last: str = Field(serialization_alias="to")
    smallest: int
    days: list[DayFigures]
    properties: list[PropertyFigures]
