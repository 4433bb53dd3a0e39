"""Everything that can be wrong, as one tree. An error carries data; its text never reaches a client."""

from __future__ import annotations


class PrivacyError(Exception):
    """Base of every error of this package.

    `code` is the stable name that clients see, `status` the HTTP status it is answered with. Both are data of the class,
    so that the mapping from what is wrong to what is answered stands in one place.
    """

    code = "error"
    status = 500


class SettingMissing(PrivacyError):
    """An environment variable that the function needs is absent or empty. `name` says which."""

    code = "not_configured"

    def __init__(self, name: str) -> None:
        """Name the variable."""
        super().__init__(f"environment variable {name} is missing or empty: deploy with template.yaml, or set it")
        self.name = name


# --- not there -------------------------------------------------------------------------------------------------------


class NotFound(PrivacyError):
    """There is no such thing, or not for this reader: the two are answered alike."""

    code = "not_found"
    status = 404


class UnknownSite(NotFound):
    """No policy file covers a site of this name."""

    code = "unknown_site"


class NotPublished(NotFound):
    """The site's policy file keeps this page from strangers."""

    code = "not_published"


class UnknownForm(NotFound):
    """The site's policy defines no such form."""

    code = "unknown_form"
    status = 422


class UnknownCategory(PrivacyError):
    """No policy rule covers this category: nothing may be sealed under it (fail closed)."""

    code = "unknown_category"


class UnknownPurpose(PrivacyError):
    """The purpose given is none the policy allows for this category (Art. 5(1)(b) GDPR, P33)."""

    code = "purpose_refused"
    status = 403


# --- bad input -------------------------------------------------------------------------------------------------------


class BadInput(PrivacyError):
    """What was sent cannot be taken. `key` names the message, `fields` maps a field to the key of its own message."""

    code = "invalid"
    status = 422

    def __init__(self, key: str, fields: dict[str, tuple[str, dict[str, object]]] | None = None) -> None:
        """Take the key of the message and, per field, the key and the figures of its message."""
        super().__init__(key)
        self.key = key
        self.fields = fields or {}
        self.sent: dict[str, object] = {}
        """What was sent, where a form can be shown again as it was filled in. Never logged."""


class TooLarge(BadInput):
    """The body is larger than a form may be."""

    code = "too_large"
    status = 413


class TooMany(BadInput):
    """The same address was used here more often than a person does in a day."""

    code = "too_many"
    status = 429


class UnsupportedContentType(BadInput):
    """The body is of a type that is not read."""

    code = "unsupported_content_type"
    status = 415


# --- the vault -------------------------------------------------------------------------------------------------------


class KeyDestroyed(NotFound):
    """The entry's key is gone for good: nobody can read what it sealed, now or later. Not the same as unavailable."""

    code = "destroyed"
    status = 410


class KeyUnavailable(PrivacyError):
    """The key exists, or may exist, but cannot be had now: try again. Never to be taken for destroyed."""

    code = "unavailable"
    status = 503


class Unreadable(PrivacyError):
    """The seal does not fit: the ciphertext or what it is bound to was altered."""

    code = "unreadable"


class Restricted(PrivacyError):
    """The data subject asked for restriction: storage only (Art. 18(2) GDPR, P17)."""

    code = "restricted"
    status = 409


class HoldRefused(PrivacyError):
    """Keeping longer needs a notice to the person first, sent and recorded (P10)."""

    code = "notice_required"
    status = 409


class NotAllowed(PrivacyError):
    """The reader's role, controller or purpose does not cover this."""

    code = "forbidden"
    status = 403


class NoCopy(NotFound):
    """There is no copy to give for this right: not yet, not any more, or because nothing is held."""

    code = "no_copy"


class ForeignOrigin(NotAllowed):
    """A page of another website speaks to the desk in the name of whoever has it open."""

    code = "foreign_origin"


class AsksForSpecialData(PrivacyError):
    """An answer asks a person for data of a special category, or for a citizen service number: we never do (P39)."""

    code = "asks_for_special_data"
    status = 409


class MailNotSafe(PrivacyError):
    """A mail as it came in may do harm, or holds what we may not keep: it is given only to who asks for it all the same."""

    code = "mail_not_safe"
    status = 409


class IdentityNotProven(PrivacyError):
    """Who asks is not proven: the case number, the code or the session is wrong, used or ended. Which, nobody is told."""

    code = "identity_not_proven"
    status = 403


class NotProvenYet(PrivacyError):
    """Nobody has made sure yet who asks: a right is not carried out for whoever writes from an address (Art. 12(6) GDPR)."""

    code = "not_proven_yet"
    status = 409


class DecideFirst(PrivacyError):
    """A case that asks for a right does not end by saying so: the person is told what was decided, and why (Art. 12(4) GDPR)."""

    code = "decide_first"
    status = 409


class CorrectFirst(PrivacyError):
    """Nobody has said yet what is to be corrected: a rectification is not carried out without a new value (Art. 16 GDPR)."""

    code = "correct_first"
    status = 409


class SecondPersonNeeded(PrivacyError):
    """The policy asks two members of staff to agree, and this one did already."""

    code = "second_person_needed"
    status = 409


class TooLate(PrivacyError):
    """The period in which this could be done has passed: a request is extended within its first month (Art. 12(3) GDPR)."""

    code = "too_late"
    status = 409


class NotFetched(PrivacyError):
    """A copy is not handed to a provider: wrong number or phrase, used too often, stopped, or over. Which, nobody is told."""

    code = "not_fetched"
    status = 403


class Conflict(PrivacyError):
    """Somebody else changed the thing meanwhile, or its state does not allow the act."""

    code = "conflict"
    status = 409


class IsClosed(Conflict):
    """A case or an incident was closed: nothing is decided about it any more."""

    code = "is_closed"


class DecidedAlready(Conflict):
    """A right was decided about otherwise, or is being carried out."""

    code = "decided_already"


class ExtendedAlready(Conflict):
    """A request is extended once (Art. 12(3) GDPR)."""

    code = "extended_already"


class WaitsAlready(Conflict):
    """We wait for the person, for something that was asked before."""

    code = "waits_already"


class HeldByCase(Conflict):
    """A restriction belongs to a case: it is lifted there."""

    code = "held_by_case"


class NotWaiting(Conflict):
    """Nobody noted that we wait for the person."""

    code = "not_waiting"


class ReportedAlready(Conflict):
    """A breach was reported at another moment."""

    code = "reported_already"


class TooLateForThat(Conflict):
    """A right cannot be taken back, undone or confirmed as it stands now."""

    code = "too_late_for_that"


class OneAtATime(Conflict):
    """A copy is on its way to one provider; another can be named when that has ended."""

    code = "one_at_a_time"


# --- the store -------------------------------------------------------------------------------------------------------


class ConditionFailed(PrivacyError):
    """A conditional write found something else. `index` is the place of the write in its set, `found` what was there."""

    code = "conflict"
    status = 409

    def __init__(self, index: int, found: dict[str, object] | None = None) -> None:
        """Say which write of the set failed and what stands there now, if the store told."""
        super().__init__(f"condition of write {index} failed")
        self.index = index
        self.found = found or {}


class StoreUnavailable(KeyUnavailable):
    """A table does not answer, or throttles, after retries: try again."""


# --- mail ------------------------------------------------------------------------------------------------------------


class LetterRefused(PrivacyError):
    """The mail service will never take this message: a person must look at it."""

    code = "letter_refused"


class PostUnavailable(PrivacyError):
    """The mail service does not take messages now: the letter stays in the outbox."""

    code = "unavailable"
    status = 503
