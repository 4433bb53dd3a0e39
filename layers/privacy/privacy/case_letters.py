"""What letters about a request say, in Dutch and English, in the site's form of address (Art. 12, 18(3) and 19 GDPR; P20, N9).

A letter is its text: paragraphs with an empty line between them, headings underlined, lists with a dash before each line. The
mail is made from it, and so is what the person later finds in their copy. A subject never tells what it is about.

What a letter must not lack is not left to whoever writes it: a refusal has its reasons, the complaint to the supervisory
authority and the way to the court (Art. 12(4)), or there is no letter.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from privacy import cases, enquiries, intake, letters, policy, vault, wording
from privacy.errors import BadInput
from privacy.periods import local_date, read_stamp, stamp
from privacy.voice import voice_of
from privacy.writes import Put

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from privacy.policy import Site
    from privacy.vault import Entry
    from privacy.voice import Voice
    from privacy.writes import Keys, Write

_RUN = timedelta(hours=1)
SIX_WEEKS = timedelta(weeks=6)
"""How long the way to the court is open after an answer (UAVG art. 35(2))."""
FULFILLED, PARTLY, REFUSED, NO_DATA, FORWARDED, WITHDRAWN = (
    "fulfilled",
    "partly",
    "refused",
    "no_data",
    "forwarded",
    "withdrawn",
)
NEED_REASONS = frozenset({PARTLY, REFUSED})
_MORE = {
    "unsubscribe": ("Afmelden", "Unsubscribing"),
    "reminder": ("Herinnering", "Reminder"),
    "question": ("Vraag", "Question"),
}
_DONE = {
    "access": (
        "{You} krijgt een kopie van alle gegevens die wij van {you} hebben.",
        "You get a copy of all the data that we have about you.",
    ),
    "rectification": (
        (
            "Wij hebben {your} gegevens verbeterd. Wat er eerst stond, staat alleen nog in de berichten over dit verzoek, en"
            " hoogstens {days} dagen in reservekopieën."
        ),
        (
            "We corrected your data. What was there before is now only in the messages about this request, and for {days} days"
            " at most in backups."
        ),
    ),
    "erasure": (
        "Wij hebben {your} gegevens gewist.",
        "We erased your data.",
    ),
    "restriction": (
        "Wij bewaren {your} gegevens alleen nog en gebruiken ze niet. Voordat dat verandert, schrijven wij {you}.",
        "We only store your data and do not use them. We will write to you before that changes.",
    ),
    "portability": (
        "{You} krijgt een kopie van {your} gegevens in een vorm die een computer leest, ook voor een andere aanbieder.",
        "You get a copy of your data in a form that a computer reads, for another provider too.",
    ),
    "objection": (
        "Wij gebruiken {your} gegevens niet meer voor datgene waartegen {you} bezwaar maakte.",
        "We no longer use your data for what you objected to.",
    ),
    "withdrawal": (
        "{Your} toestemming is ingetrokken; wat wij op grond daarvan deden, is gestopt.",
        "Your consent is withdrawn; what we did because of it has stopped.",
    ),
    "unsubscribe": (
        "{You} bent afgemeld voor onze nieuwsbrieven en reclame.",
        "You are unsubscribed from our newsletters and advertising.",
    ),
    "question": ("Wij hebben {your} vraag beantwoord.", "We answered your question."),
    "reminder": ("Wij hebben {your} herinnering gelezen.", "We read your reminder."),
}
NAMED = frozenset(_DONE)
"""What a case may ask that has a name for people."""
_OTHERWISE = {
    PARTLY: ("Wij hebben dit gedeeltelijk gedaan.", "We did this in part."),
    REFUSED: ("Wij hebben dit niet gedaan.", "We did not do this."),
    NO_DATA: (
        (
            "Behalve wat wij over {your} verzoeken aan ons vastleggen, hebben wij niets gevonden bij de gegevens waarmee {you}"
            " ons schreef."
        ),
        "Apart from what we record about your requests to us, we found nothing under the details with which you wrote to us.",
    ),
    FORWARDED: (
        "Wij verwerken deze gegevens voor een klant van ons, die erover beslist. Wij hebben {your} verzoek doorgestuurd.",
        "We process these data for a customer of ours, who decides about them. We passed your request on.",
    ),
    WITHDRAWN: ("{You} hebt dit verzoek ingetrokken.", "You withdrew this request."),
}
_NO_ADVERTISING = (
    "Wij zijn gestopt met reclame en nieuwsbrieven aan {you}.",
    "We stopped advertising and newsletters to you.",
)
_NOTHING = {
    "withdrawal": (
        "Wij gebruiken geen gegevens op grond van {your} toestemming; er was dus niets in te trekken.",
        "We use no data on the ground of your consent, so there was nothing to withdraw.",
    ),
    "rectification": (
        "Wat {you} wilde verbeteren, hebben wij niet gevonden. Er is niets veranderd.",
        "We did not find what you wanted to correct. Nothing was changed.",
    ),
}
"""What is said where nothing was found, of rights that look for something of their own."""
_STAYS = {
    "another": (
        "Dit gaat ook over iemand anders, die ons vroeg het te bewaren (art. 18 AVG). Het blijft zolang dat duurt.",
        "This is about another person too, who asked us to keep it (Art. 18 GDPR). It stays as long as that lasts.",
    ),
    "held": (
        "Wij bewaren dit langer, tot {until}, zoals wij {you} schreven. Daarna wordt het vernietigd zodra de termijn om is.",
        "We keep this longer, until {until}, as we wrote to you. After that it is destroyed once its period has passed.",
    ),
    "decided": ("De reden staat hieronder.", "The reason is given below."),
}
_FIELDS = {
    "name": ("Naam", "Name"),
    "email": ("E-mailadres", "E-mail address"),
    "phone": ("Telefoonnummer", "Telephone number"),
    "address": ("Adres", "Address"),
}
_WHY = {
    "notice": ("om {you} te schrijven over het wissen", "to write to you about the erasure"),
    "access": ("voor {your} kopie", "for your copy"),
    "lifting": ("om {you} te schrijven dat de beperking eindigt", "to write to you that the restriction ends"),
    "answer": ("om te antwoorden", "to answer"),
    "identity": ("om na te gaan wie {you} bent", "to make sure who you are"),
    "follow-up": ("voor het vervolg", "to follow up"),
    "person-asked": ("omdat {you} erom vroeg", "because you asked"),
    "misdirected": ("omdat het niet bij de juiste persoon was", "because it was not with the right person"),
    "misuse": ("om misbruik of een aanval te herkennen", "to recognise misuse or an attack"),
}


class Letter(NamedTuple):
    """A letter in one language: `kind` is `notice`, `outcome`, `recipient` or `provider`."""

    kind: str
    language: str
    subject: str
    text: str


class Queued(NamedTuple):
    """A letter on its way: the writes that put it there, its entry, and its name in the outbox (`ENTRY.LETTER`)."""

    writes: list[Write]
    entry: str
    name: str


class Stays(NamedTuple):
    """Entries of a category that were to be erased and are not: `why` is `another`, `held` or `decided`; a day or nothing."""

    category: str
    why: str
    until: str
    entries: int


class Done(NamedTuple):
    """What became of one right. `reasons` are those of staff; `categories` counts entries by the name of their category.

    A category of another controller of the group is `CATEGORY/CONTROLLER`. `arrived` counts what came in after an erasure began,
    `stays` what it left; `corrected` says from which day a field is right, `absent` names fields that did not stand there so.
    `suppressed`: a code is kept, so that no advertising goes out.
    """

    right: str
    outcome: str
    reasons: str = ""
    what: str = ""
    categories: Mapping[str, int] = {}
    ready_until: str = ""
    arrived: int = 0
    stays: Sequence[Stays] = ()
    corrected: Mapping[str, str] = {}
    absent: Sequence[str] = ()
    suppressed: bool = False


class Kept(NamedTuple):
    """What is kept all the same: what, on which ground, and until when in words."""

    what: str
    ground: str
    until: str


class Seen(NamedTuple):
    """When data were opened, for which purpose of the policy, and why. Never by whom."""

    at: str
    purpose: str
    why: str


class Handed(NamedTuple):
    """What became of a copy for another provider (see `transmissions`): to whom, how it stands, and the day of that.

    `reasons` are those of staff who stopped it.
    """

    name: str
    email: str
    status: str
    on: str
    reasons: str = ""


class Outcome(NamedTuple):
    """All that the one final letter says. Days are `YYYY-MM-DD`; after `backups_until` no backup holds a key any more.

    `is_later`: it answers what joined a request that was answered already; `for_another`: an agent or a parent asked.
    `copy_until` and `copy_backups_until` are the same two days of a copy that its person can still fetch. `seen_before` says how
    many openings there were before those listed.
    """

    case: str
    received_on: str
    answered_on: str
    done: Sequence[Done]
    kept: Sequence[Kept] = ()
    destroyed_on: str = ""
    backups_until: str = ""
    copy_until: str = ""
    copy_backups_until: str = ""
    is_later: bool = False
    for_another: bool = False
    told: Sequence[tuple[str, str]] = ()
    handed: Sequence[Handed] = ()
    seen: Sequence[Seen] = ()
    seen_before: int = 0
    page: str = ""


# --- on its way ----------------------------------------------------------------------------------------------------------


def queue(
    keys: Keys, case: Entry, letter: Letter, now: datetime, *, to: str = "", said: Mapping[str, Any] = {}
) -> Queued:
    """Return the writes that seal a letter, link it to its case and put it into the outbox.

    It goes to the address of the case, or `to` another one on file; `said` are the facts it states, kept with it. It is an
    entry of its own, for it is kept past the six weeks of the court (`case_letters`). The set they are written in must hold
    the case as well (`vault.addition`, or what changes or ends it), so that no letter is added to a case that is gone.
    """
    rule, site = policy.category(case.controller, cases.LETTERS), policy.site(case.site)
    opened = enquiries.begin(keys, site, rule, case.subjects, received_at=now, now=now, counted_from=rule.counts_from)
    entry, number = opened.entry, vault.new_id()
    content = {
        "kind": letter.kind,
        "subject": letter.subject,
        "text": letter.text,
        **said,
        **({"to": to} if to else {}),
    }
    state = {name: getattr(entry, name) for name in ("site", "controller", "category")}
    place = {"pk": f"entry#{entry.id}", "sk": "main", "kind": "case_letter", "case": case.id, "letter": letter.kind}
    linked = intake.linked(case.id, entry.id, "letter", now, now)
    writes: list[Write] = [
        *vault.creation(entry),
        Put("records", {**place, **state, "erase_by": entry.due, "sealed": opened.seal("main", content)}),
        linked._replace(item={**linked.item, "letter": letter.kind}),
        letters.written(entry, now, letter=number, kind=letter.kind, case=case.id, language=letter.language),
    ]
    return Queued(writes, entry.id, f"{entry.id}.{number}")


def without_case(
    keys: Keys, about: Entry, letter: Letter, now: datetime, *, to: str, told: str = "", by: str = ""
) -> tuple[list[Write], str]:
    """Return the writes of a notice about an entry whose case has ended, and its name in the outbox (`ENTRY.LETTER`).

    It goes `to` an address on file, or was `told` in another way by a member of staff: then it is written down, and not sent.
    """
    rule, site = policy.category(about.controller, cases.LETTERS), policy.site(about.site)
    opened = enquiries.begin(keys, site, rule, about.subjects, received_at=now, now=now, counted_from=rule.counts_from)
    entry, number = opened.entry, vault.new_id()
    content = {"kind": letter.kind, "subject": letter.subject, "text": letter.text, "to": to, "told": told, "by": by}
    state = {name: getattr(entry, name) for name in ("site", "controller", "category")}
    place = {"pk": f"entry#{entry.id}", "sk": "main", "kind": "case_letter", "case": "", "letter": letter.kind}
    written = letters.written(entry, now, letter=number, kind=letter.kind, case="", language=letter.language)
    if told:
        waits = ("list", "listed_at")
        item = {name: value for name, value in written.item.items() if name not in waits}
        written = written._replace(item={**item, "status": letters.SENT, "ended_at": stamp(now)})
    sealed = opened.seal("main", {name: value for name, value in content.items() if value})
    record = Put("records", {**place, **state, "erase_by": entry.due, "sealed": sealed})
    return [*vault.creation(entry), record, written], f"{entry.id}.{number}"


# --- the one final letter ------------------------------------------------------------------------------------------------


def outcome(site: Site, language: str, says: Outcome) -> Letter:
    """Return the final letter: what was done and what not, what is kept and why, who was told, who looked, what can be done next.

    Raises BadInput (`reasons_missing`) when something was refused, also in part, and no reason is given (Art. 12(4)).
    """
    if any(done.outcome in NEED_REASONS and not (done.reasons.strip() or _explained(done)) for done in says.done):
        raise BadInput("reasons_missing")
    voice = _voice(site, language)
    parts = [
        _greeting(site, voice),
        _received(says, voice),
        _heading(voice.say("Wat wij hebben gedaan", "What we did")),
        *[part for done in says.done for part in _done(site, done, voice)],
        *_suppressed(site, says, voice),
        *_kept(says, voice),
        *_gone(says, voice),
        *_told(says.told, voice),
        *_handed(says.handed, voice),
        *_seen(site, says, voice),
        *_next(site, says, voice),
        _closing(site, voice),
    ]
    subject = voice.say("Ons antwoord op {your} bericht", "Our answer to your message")
    return _letter("outcome", site, voice, subject, parts)


def _received(says: Outcome, voice: Voice) -> str:
    """Return what this letter answers, and about whom it is when somebody asked for another person."""
    whose = voice.say(
        " {You} vroeg dit voor iemand anders; deze brief gaat over diens gegevens.",
        " You asked this for somebody else; this letter is about that person's data.",
    )
    return _answered(says, voice) + (whose if says.for_another else "")


def _answered(says: Outcome, voice: Voice) -> str:
    """Return what this letter answers: the request, or what was asked besides after it was answered."""
    if says.is_later:
        return voice.say(
            "Wij hadden {your} verzoek al beantwoord toen {you} nog iets vroeg. Dit is ons antwoord daarop. Het zaaknummer is"
            " {case}.",
            "We had answered your request already when you asked for something else. This is our answer to that. The case number"
            " is {case}.",
            case=says.case,
        )
    return voice.say(
        "Op {day} ontvingen wij {your} verzoek. Dit is ons antwoord. Het zaaknummer is {case}.",
        "On {day} we received your request. This is our answer. The case number is {case}.",
        day=wording.date(says.received_on, voice),
        case=says.case,
    )


def _explained(done: Done) -> bool:
    """Say whether of all that stays the reason is known without staff."""
    return bool(done.stays) and all(each.why in _STAYS and each.why != "decided" for each in done.stays)


def _done(site: Site, done: Done, voice: Voice) -> list[str]:
    """Return what is said of one right."""
    parts = [f"{name_of(done.right, voice)}: {_became(site, done, voice)}"]
    if done.ready_until:
        day = wording.date(done.ready_until, voice)
        parts = [f"{parts[0]} {_ready(done, day, voice)}"]
    if done.categories and (done.outcome == FULFILLED or done.stays):
        if done.right in ("objection", "withdrawal") or done.outcome != FULFILLED:
            parts.append(voice.say("Dit hebben wij gewist:", "We erased this:"))
        parts.append(
            _bullets([f"{title_of(site, name, voice)}: {count}" for name, count in sorted(done.categories.items())])
        )
    parts += _corrected(done, voice)
    if done.stays:
        parts += [
            voice.say("Dit hebben wij niet gewist:", "We did not erase this:"),
            _bullets([_staying(site, each, voice) for each in done.stays]),
        ]
    if done.arrived:
        parts.append(
            voice.say(
                "Wat er bij kwam nadat het wissen was begonnen, is niet gewist ({count}). {You} kunt ons vragen dat ook te"
                " wissen.",
                "What came in after the erasure had begun was not erased ({count}). You can ask us to erase that too.",
                count=done.arrived,
            )
        )
    if done.what and done.outcome == FORWARDED:
        parts.append(voice.say("Doorgestuurd aan: {what}", "Passed on to: {what}", what=done.what))
    elif done.what:
        parts.append(
            voice.say("Wat wij wel en niet deden: {what}", "What we did and did not do: {what}", what=done.what)
        )
    if done.reasons:
        parts.append(voice.say("De reden: {reasons}", "The reason: {reasons}", reasons=done.reasons.strip()))
    return parts


def _became(site: Site, done: Done, voice: Voice) -> str:
    """Return what became of one right, in a sentence or two."""
    said = _DONE[done.right] if done.outcome == FULFILLED else _OTHERWISE[done.outcome]
    if done.outcome == NO_DATA:
        said = _NOTHING.get(done.right, said)
    if done.right == "objection" and done.suppressed:
        said = _NO_ADVERTISING
    return voice.say(*said, days=policy.controller(site.controller).recovery_days)


def _ready(done: Done, day: str, voice: Voice) -> str:
    """Return until when a copy is ready: of all that was found, or of the request alone."""
    if done.outcome == NO_DATA:
        return voice.say(
            "Een kopie daarvan staat klaar tot en met {day}.", "A copy of that is ready until {day}.", day=day
        )
    return voice.say("De kopie staat klaar tot en met {day}.", "The copy is ready until {day}.", day=day)


def _corrected(done: Done, voice: Voice) -> list[str]:
    """Return which field is right since when, also of a correction whose rest was withdrawn, and what was not found."""
    parts = []
    if done.corrected:
        if done.outcome != FULFILLED:
            parts.append(
                voice.say("Dit was toen al verbeterd en blijft zo:", "This had been corrected by then and stays so:")
            )
        lines = [
            voice.say(
                "{name}: sinds {day}",
                "{name}: since {day}",
                name=voice.say(*_FIELDS[field]),
                day=wording.date(day, voice),
            )
            for field, day in sorted(done.corrected.items())
        ]
        parts.append(_bullets(lines))
    if done.absent and done.outcome == FULFILLED:
        names = ", ".join(voice.say(*_FIELDS[field]) for field in done.absent)
        parts.append(
            voice.say(
                "Dit stond bij ons niet zoals {you} schreef: {names}. Daaraan hebben wij niets veranderd.",
                "This was not in our records the way you wrote it: {names}. We changed nothing there.",
                names=names,
            )
        )
    return parts


def _suppressed(site: Site, says: Outcome, voice: Voice) -> list[str]:
    """Return what is kept so that advertising stays stopped, and by which law (Art. 21(3))."""
    if not any(done.suppressed for done in says.done):
        return []
    return [
        voice.say(
            "Om reclame en nieuwsbrieven aan {you} tegen te houden, bewaren wij zolang {your} keuze geldt een code waaraan wij"
            " {you} herkennen; geen adres ({law}).",
            "To keep advertising and newsletters from you, we keep a code by which we recognise you, and no address, for as long"
            " as your choice stands ({law}).",
            law=_law(site, "suppressions", voice),
        )
    ]


def _staying(site: Site, stays: Stays, voice: Voice) -> str:
    """Return what was not erased as a line: what, how much, why, until when."""
    until = wording.date(stays.until, voice) if stays.until else ""
    why = voice.say(*_STAYS[stays.why], until=until)
    return f"{title_of(site, stays.category, voice)}: {stays.entries}. {why}"


def _kept(says: Outcome, voice: Voice) -> list[str]:
    """Return what is kept all the same, with the ground and the end (Art. 17(3))."""
    if not says.kept:
        return []
    lines = [f"{kept.what}: {kept.ground.rstrip('.')}. {kept.until}" for kept in says.kept]
    return [_heading(voice.say("Wat wij bewaren, en waarom", "What we keep, and why")), _bullets(lines)]


def kept_until(day: str, voice: Voice) -> str:
    """Return in words until when something is kept, when that is known."""
    return voice.say(
        "Uiterlijk op {day} is het weg, ook uit reservekopieën.",
        "It is gone on {day} at the latest, from backups too.",
        day=wording.date(day, voice),
    )


def _gone(says: Outcome, voice: Voice) -> list[str]:
    """Return from when destroyed data are unreadable: here, and in the last backup (N3)."""
    if not says.destroyed_on:
        return []
    said = voice.say(
        "In onze systemen is het weg sinds {live}. In reservekopieën staat het nog tot en met {last}; daarna kan niemand het nog"
        " lezen, ook wij niet.",
        "It has been gone from our systems since {live}. Backups hold it until {last}; after that nobody can read it any more,"
        " nor can we.",
        live=wording.date(says.destroyed_on, voice),
        last=wording.date(says.backups_until or says.destroyed_on, voice),
    )
    copy = voice.say(
        "De kopie die {you} vroeg, valt hierbuiten: {you} kunt die tot en met {live} ophalen. Daarna is ook die weg; in"
        " reservekopieën staat die tot en met {last}.",
        "The copy that you asked for is not part of this: you can download it until {live}. Then it is gone too; backups hold it"
        " until {last}.",
        live=wording.date(says.copy_until or says.destroyed_on, voice),
        last=wording.date(says.copy_backups_until or says.destroyed_on, voice),
    )
    heading = _heading(voice.say("Vanaf wanneer het weg is", "When it is gone"))
    return [heading, said, *([copy] if says.copy_until else [])]


def _told(told: Sequence[tuple[str, str]], voice: Voice) -> list[str]:
    """Return who was told (Art. 19): each recipient by name, and how far that is."""
    if not told:
        return []
    words = {
        "sent": ("bericht gestuurd", "a message was sent"),
        "done": ("ingelicht", "told"),
        "carried_out": (
            "uitgevoerd in de opslag die zij voor ons beheren",
            "carried out in the storage that they run for us",
        ),
        "to_do": ("lichten wij nog in", "we will tell them"),
    }
    lines = [f"{name}: {voice.say(*words[state])}" for name, state in told]
    ask = voice.say(
        "{You} kunt ons altijd vragen of dat inmiddels is gebeurd.",
        "You can always ask us whether that has been done by now.",
    )
    is_open = any(state == "to_do" for _, state in told)
    heading = _heading(voice.say("Wie wij inlichten", "Whom we tell"))
    return [heading, _bullets(lines), *([ask] if is_open else [])]


def _handed(handed: Sequence[Handed], voice: Voice) -> list[str]:
    """Return to which other provider a copy was given at the person's request, or why not (Art. 15(1)(c) and 20(2))."""
    if not handed:
        return []
    heading = _heading(voice.say("{Your} gegevens bij een andere aanbieder", "Your data at another provider"))
    return [heading, _bullets([_handed_to(each, voice) for each in handed])]


_HANDED = {
    "undo": (
        "krijgt op {day} bericht van de kopie, als {you} dat niet stopt; wij schrijven {you} hoe het afliep",
        "will be told of the copy on {day}, unless you stop that; we will write to you how it ended",
    ),
    "sent": (
        "kan de kopie ophalen tot {day}; wij schrijven {you} hoe het afliep",
        "can fetch the copy until {day}; we will write to you how it ended",
    ),
    "fetched": ("heeft de kopie opgehaald op {day}", "fetched the copy on {day}"),
    "missed": (
        "heeft de kopie niet opgehaald voor {day}; er is niets gegeven",
        "did not fetch the copy before {day}; nothing was given",
    ),
    "returned": (
        "onze mail naar dit adres kwam terug; er is niets gegeven",
        "our mail to this address came back; nothing was given",
    ),
    "stopped": ("gestopt op {day}; er is niets gegeven", "stopped on {day}; nothing was given"),
    "answered": (
        "gestopt op {day}, omdat er een antwoord kwam op ons bericht; er is niets gegeven",
        "stopped on {day}, because our message was answered; nothing was given",
    ),
    "gone": (
        "de kopie was er niet meer toen zij kon worden opgehaald; er is niets gegeven",
        "the copy was gone when it could have been fetched; nothing was given",
    ),
}


def _handed_to(handed: Handed, voice: Voice) -> str:
    """Return one provider as a line: who, and what came of it."""
    what = voice.say(*_HANDED[handed.status], day=wording.date(handed.on, voice))
    why = f". {_reason(handed.reasons, voice)}" if handed.reasons else ""
    return f"{handed.name} ({handed.email}): {what}{why}"


def _seen(site: Site, says: Outcome, voice: Voice) -> list[str]:
    """Return when and why data were opened; names of employees are not told (CJEU C-579/21)."""
    heading = _heading(voice.say("Wie {your} gegevens heeft ingezien", "Who looked at your data"))
    if not (says.seen or says.seen_before):
        return [heading, voice.say("Niemand heeft ze ingezien.", "Nobody looked at them.")]
    times = Counter(_opening(site, each, voice) for each in sorted(says.seen, reverse=True))
    lines = [
        voice.say("{line}: {count} keer", "{line}: {count} times", line=line, count=count) if count > 1 else line
        for line, count in times.items()
    ]
    more, total = says.seen_before, len(says.seen) + says.seen_before
    intro = voice.say(
        "Onze medewerkers en systemen hebben ze op deze momenten geopend. Namen van medewerkers noemen wij niet.",
        "Our staff and systems opened them at these times. We do not name members of staff.",
    )
    rest = voice.say(
        "Dit zijn de laatste {shown} van {total} keer.",
        "These are the latest {shown} of {total} times.",
        shown=len(says.seen),
        total=total,
    )
    return [heading, intro, _bullets(lines), *([rest] if more else [])]


def _opening(site: Site, seen: Seen, voice: Voice) -> str:
    """Return one opening as a line: when, what for, why."""
    from privacy import published  # noqa: PLC0415 - the statements are large; who composes an outcome needs them

    purposes = published.of(site)["purposes"]
    purpose = voice.text(purposes[seen.purpose]) if seen.purpose in purposes else seen.purpose
    why = f" ({voice.say(*_WHY[seen.why])})" if seen.why in _WHY else ""
    return f"{wording.moment(seen.at, voice)}: {purpose}{why}"


def _next(site: Site, says: Outcome, voice: Voice) -> list[str]:
    """Return what the person can do next: ask us, complain to the authority, go to court within six weeks (Art. 12(4))."""
    last = (date.fromisoformat(says.answered_on) + SIX_WEEKS).isoformat()
    lines = [
        voice.say(
            "Klopt er iets niet? Antwoord op dit bericht; dan komt het bij {your} zaak terecht.",
            "Is something wrong? Reply to this message; your reply is added to your case.",
        ),
        complaint(site, voice),
        court(last, voice),
    ]
    if says.page and any(done.ready_until for done in says.done):
        lines.insert(
            1,
            voice.say(
                "{You} kunt {your} kopie ophalen en {your} zaak volgen op {page}; vraag daar een code aan.",
                "You can download your copy and follow your case at {page}; ask for a code there.",
                page=says.page,
            ),
        )
    elif says.page:
        lines.insert(
            1,
            voice.say(
                "{You} kunt {your} zaak volgen op {page}; vraag daar een code aan.",
                "You can follow your case at {page}; ask for a code there.",
                page=says.page,
            ),
        )
    if any(done.outcome == NO_DATA for done in says.done) and not any(_reached(done) for done in says.done):
        lines.insert(
            0,
            voice.say(
                "Schreef {you} ons eerder vanaf een ander e-mailadres? Doe {your} verzoek dan ook vanaf dat adres. Kennen wij"
                " {you} misschien onder een andere naam of een telefoonnummer? Noem die in een antwoord op dit bericht.",
                "Did you write to us from another e-mail address before? Then make your request from that address too. Might we"
                " know you by another name or a telephone number? Tell us in a reply to this message.",
            ),
        )
    return [_heading(voice.say("Wat {you} nu kunt doen", "What you can do now")), _bullets(lines)]


def _reached(done: Done) -> bool:
    """Say whether something of the person was found for a right, besides the request itself."""
    return done.outcome != NO_DATA and bool(done.categories)


def complaint(site: Site, voice: Voice) -> str:
    """Return the way to the supervisory authority, in the words of the site's policy (Art. 12(4) and 77)."""
    from privacy import published  # noqa: PLC0415 - the statements are large

    return voice.text(published.of(site)["information"]["complaint"])


def court(until: str, voice: Voice) -> str:
    """Return the way to the court: the rechtbank, within six weeks of the answer (Art. 79; UAVG art. 35(2))."""
    return voice.say(
        "{You} kunt ook naar de rechter: vraag de rechtbank schriftelijk te beslissen, uiterlijk op {day} (binnen zes weken;"
        " art. 35 lid 2 UAVG).",
        "You can also go to court: until {day} (six weeks) you can ask the district court (rechtbank) in writing to decide"
        " (Art. 35(2) of the Dutch implementation act, UAVG).",
        day=wording.date(until, voice),
    )


def name_of(right: str, voice: Voice) -> str:
    """Return what a right is called."""
    return voice.say(*_MORE[right]) if right in _MORE else wording.right(right, voice)[0]


def counted(site: Site, language: str, categories: Mapping[str, int]) -> list[str]:
    """Return how much there is of each category, in words; see `Done` for their names."""
    voice = _voice(site, language)
    return [f"{title_of(site, name, voice)}: {count}" for name, count in sorted(categories.items())]


def _law(site: Site, category: str, voice: Voice) -> str:
    """Return the law on which a category of data is held, or its basis in words."""
    from privacy import published  # noqa: PLC0415 - the statements are large

    basis = published.of(site)["categories"][category]["basis"]
    return voice.text(basis["law"]) if "law" in basis else wording.basis(basis["article"], voice)


def title_of(site: Site, category: str, voice: Voice) -> str:
    """Return what people call a category of data."""
    from privacy import published  # noqa: PLC0415 - the statements are large

    known = published.of(site)["categories"]
    name, _, controller = category.partition("/")
    title = voice.text(known[name]["title"]) if name in known else name
    return f"{title} ({policy.controller(controller).legal_name})" if controller else title


# --- before the end ------------------------------------------------------------------------------------------------------


def erasure_begun(
    site: Site, language: str, *, case: str, undo_until: str, page: str, has_copy: bool = False
) -> Letter:
    """Return the notice to every address on file that erasure has begun, and how to undo it until `undo_until` (a stamp).

    `has_copy`: a copy that was asked for before is erased too.
    """
    voice = _voice(site, language)
    copy = voice.say(
        "Ook een kopie die {you} eerder vroeg, gaat dan weg. Download die vóór die tijd als {you} haar wilt bewaren.",
        "A copy that you asked for before goes then too. If you want to keep it, download it before that time.",
    )
    parts = [
        _greeting(site, voice),
        voice.say(
            "Op {your} verzoek wissen wij {your} gegevens. Ze zijn nu al afgeschermd: niemand gebruikt ze nog. Het zaaknummer"
            " is {case}.",
            "At your request we are erasing your data. They are locked already: nobody uses them any more. The case number is"
            " {case}.",
            case=case,
        ),
        voice.say(
            "Op {moment} uur vernietigen wij ze; terugdraaien kan dan niet meer. In reservekopieën staan ze nog tot en met"
            " {last}; daarna kan niemand ze nog lezen, ook wij niet.",
            "On {moment} (Dutch time) we destroy them; that cannot be undone. Backups hold them until {last}; after that nobody"
            " can read them any more, nor can we.",
            moment=wording.moment(undo_until, voice),
            last=wording.date(local_date(_last_backup(site, undo_until)), voice),
        ),
        copy if has_copy else "",
        voice.say(
            "Niet gevraagd, of toch niet? Draai het vóór die tijd terug op {page}, met het zaaknummer en een code. Of antwoord op"
            " dit bericht; dan vernietigen wij niets voordat een medewerker het heeft gelezen.",
            "Did you not ask for this, or have you changed your mind? Undo it before then at {page}, with the case number and a"
            " code. Or reply to this message; then we destroy nothing before a member of our staff has read it.",
            page=page,
        ),
        _closing(site, voice),
    ]
    return _letter("notice", site, voice, _about_case(voice), parts)


def _last_backup(site: Site, destroyed_at: str) -> datetime:
    """Return from when no backup holds what the run after `destroyed_at` (a stamp) destroys (N3)."""
    recovery_days = policy.controller(site.controller).recovery_days
    return vault.last_backup(read_stamp(destroyed_at) + _RUN, recovery_days)


def restricted(site: Site, language: str, *, case: str, review_on: str = "") -> Letter:
    """Return the notice that data are only stored from now on (Art. 18), and when that is looked at again."""
    voice = _voice(site, language)
    review = voice.say(
        "Op {day} kijken wij of dat nog nodig is.",
        "On {day} we check whether that is still needed.",
        day=wording.date(review_on, voice),
    )
    parts = [
        _greeting(site, voice),
        voice.say(
            "Wij bewaren {your} gegevens vanaf nu alleen nog; niemand gebruikt ze. Het zaaknummer is {case}.",
            "From now on we only store your data and nobody uses them. The case number is {case}.",
            case=case,
        )
        + (f" {review}" if review_on else ""),
        voice.say(
            "Voordat dat verandert, schrijven wij {you}. Mogen wij ze eerder weer gebruiken? Laat het ons weten in een antwoord"
            " op dit bericht.",
            "We will write to you before that changes. May we use them again sooner? Let us know in a reply to this message.",
        ),
        _closing(site, voice),
    ]
    return _letter("notice", site, voice, _about_case(voice), parts)


def because(site: Site, language: str, outcome: str) -> str:
    """Return the reason why a restriction is lifted when staff gave none: what became of the right, or that it was withdrawn."""
    return _voice(site, language).say(*_OTHERWISE[outcome])


def lifting(
    site: Site,
    language: str,
    *,
    on: str,
    reasons: str,
    case: str = "",
    taken_back: str = "",
    some_stay: bool = False,
) -> Letter:
    """Return the notice that must come before a restriction is lifted (Art. 18(3)). Raises BadInput (`reasons_missing`).

    `taken_back` is the right that its person withdrew, when that is why. `some_stay`: some of it is restricted for somebody else
    too, and is not used again. The case may have ended long ago.
    """
    voice = _voice(site, language)
    rest = voice.say(
        "Wat ook voor iemand anders is afgeschermd, blijft dat.", "What is locked for somebody else too stays locked."
    )
    parts = [
        _greeting(site, voice),
        _lifted(taken_back, voice)
        + voice.say(
            " Vanaf {day} gebruiken wij ze weer zoals in ons privacybeleid staat.",
            " From {day} we use them again as our privacy policy says.",
            day=wording.date(on, voice),
        )
        + (voice.say(" Het zaaknummer is {case}.", " The case number is {case}.", case=case) if case else "")
        + (f" {rest}" if some_stay else ""),
        *([_not_by_you(voice)] if taken_back else [_reason(reasons, voice), _disagree(voice), complaint(site, voice)]),
        _closing(site, voice),
    ]
    return _letter("notice", site, voice, _about_case(voice), parts)


def _lifted(taken_back: str, voice: Voice) -> str:
    """Return what ends: that data are only stored, because of staff or because their person took the request back."""
    if taken_back == "erasure":
        return voice.say(
            "Het wissen is ingetrokken: wij wissen {your} gegevens niet.",
            "The erasure was withdrawn: we do not erase your data.",
        )
    if taken_back:
        return voice.say(
            "{You} hebt {your} verzoek ingetrokken. Tot nu toe bewaarden wij {your} gegevens alleen.",
            "You withdrew your request. Until now we only stored your data.",
        )
    return voice.say("Tot nu toe bewaarden wij {your} gegevens alleen.", "Until now we only stored your data.")


def _not_by_you(voice: Voice) -> str:
    """Return what to do for who did not take a request back themself."""
    return voice.say(
        "Was {you} dat niet? Antwoord dan zo snel mogelijk op dit bericht.",
        "Was that not you? Then reply to this message as soon as you can.",
    )


def _disagree(voice: Voice) -> str:
    """Return what to do for who wants data to be only stored still."""
    words = "Bent u het er niet mee eens?" if voice.address_form == "u" else "Ben je het er niet mee eens?"
    return voice.say(
        words + " Antwoord dan zo snel mogelijk op dit bericht.",
        "Do you disagree? Then reply to this message as soon as you can.",
    )


def to_confirm(site: Site, language: str, *, case: str, changes: Sequence[tuple[str, str, str]], page: str) -> Letter:
    """Return the letter that asks whether data are corrected rightly: of each field its name, the old value and the new."""
    voice = _voice(site, language)
    parts = [
        _greeting(site, voice),
        voice.say(
            "{You} vroeg ons {your} gegevens te verbeteren. Het zaaknummer is {case}. Zo hebben wij {your} bericht gelezen:",
            "You asked us to correct your data. The case number is {case}. This is how we read your message:",
            case=case,
        ),
        _bullets([_change(*change, voice) for change in changes]),
        voice.say(
            "Klopt dit? Bevestig het op {page} met het zaaknummer en een code; dan passen wij het aan. Klopt het niet? Antwoord"
            " dan op dit bericht. Zonder {your} bevestiging verandert er niets.",
            "Is this right? Confirm it at {page} with the case number and a code, and we will change it. Is it wrong? Then reply"
            " to this message. Nothing changes until you confirm.",
            page=page,
        ),
        _waits(site, [field for field, _, _ in changes], voice),
        _closing(site, voice),
    ]
    return _letter("notice", site, voice, _about_case(voice), parts)


def _waits(site: Site, fields: Sequence[str], voice: Voice) -> str:
    """Return that a new e-mail address takes its time, and other fields do not; nothing where there is none."""
    if "email" not in fields:
        return ""
    waits = voice.say(
        "Een nieuw e-mailadres gaat {period} na {your} bevestiging in; naar het oude sturen wij daarover een bericht.",
        "A new e-mail address takes effect {period} after you confirm; we send a message about it to the old one.",
        period=wording.period(policy.handling(site.controller).cooling, voice),
    )
    rest = voice.say("De rest passen wij meteen aan.", "We change the rest at once.")
    return f"{waits} {rest}" if len(fields) > 1 else waits


def _change(field: str, old: str, new: str, voice: Voice) -> str:
    """Return one correction as a line."""
    name = voice.say(*_FIELDS[field])
    if not old:
        return voice.say("{name} wordt: {new}", "{name} will be: {new}", name=name, new=new)
    return voice.say(
        "{name} is nu: {old}; wordt: {new}", "{name} is now: {old}; will be: {new}", name=name, old=old, new=new
    )


def address_changed(
    site: Site, language: str, *, case: str, usable_on: str, page: str, corrected: Sequence[str] = ()
) -> Letter:
    """Return the notice to the old address that another takes its place on `usable_on`: until then that obtains nothing.

    `corrected` names what else was asked for and is right already: taking back the address leaves that.
    """
    voice = _voice(site, language)
    day = wording.date(usable_on, voice)
    already = voice.say(
        "Al verbeterd: {names}. {You} kunt alleen de wijziging van het adres nog intrekken.",
        "Corrected already: {names}. Only the change of the address can still be withdrawn.",
        names=", ".join(voice.say(*_FIELDS[field]) for field in sorted(corrected)),
    )
    parts = [
        _greeting(site, voice),
        voice.say(
            "Op {your} verzoek wijzigen wij op {day} het e-mailadres dat wij van {you} hebben. Dit bericht gaat naar het oude"
            " adres. Het zaaknummer is {case}.",
            "At your request we will change the e-mail address that we have for you, on {day}. This message goes to the old"
            " address. The case number is {case}.",
            case=case,
            day=day,
        ),
        voice.say(
            "Tot die dag blijft het oude adres staan. Niet gevraagd, of toch niet? Antwoord vóór die dag op dit bericht; dan"
            " wijzigen wij niets voordat een medewerker het heeft gelezen. Of trek het in op {page}, met het zaaknummer en een"
            " code.",
            "Until that day the old address stays. Did you not ask for this, or have you changed your mind? Reply to this message"
            " before then, and we change nothing before a member of our staff has read it. Or withdraw it at {page}, with the"
            " case number and a code.",
            page=page,
        ),
        already if corrected else "",
        _closing(site, voice),
    ]
    return _letter("notice", site, voice, _about_case(voice), parts)


def number_changed(site: Site, language: str, *, case: str) -> Letter:
    """Return the notice to an address on file that another telephone number takes the place of the one we have."""
    voice = _voice(site, language)
    parts = [
        _greeting(site, voice),
        voice.say(
            "Op {your} verzoek hebben wij het telefoonnummer verbeterd dat wij van {you} hebben. Dit bericht gaat naar elk"
            " e-mailadres dat daarbij staat. Het zaaknummer is {case}.",
            "At your request we corrected the telephone number that we have for you. This message goes to every e-mail address"
            " that stands with it. The case number is {case}.",
            case=case,
        ),
        _not_by_you(voice),
        _closing(site, voice),
    ]
    return _letter("notice", site, voice, _about_case(voice), parts)


def provider_named(
    site: Site, language: str, *, case: str, name: str, email: str, undo_until: str, page: str
) -> Letter:
    """Return the notice to every address on file that another provider is to get a copy, and how to stop it until then."""
    voice = _voice(site, language)
    parts = [
        _greeting(site, voice),
        voice.say(
            "Op {your} verzoek geven wij een kopie van {your} gegevens aan een andere aanbieder. Het zaaknummer is {case}.",
            "At your request we will give a copy of your data to another provider. The case number is {case}.",
            case=case,
        ),
        _bullets([f"{name} ({email})"]),
        voice.say(
            "Op {moment} uur schrijven wij deze aanbieder dat de kopie klaarstaat. Ophalen kan alleen met het wachtwoord dat op"
            " de bladzijde van {your} zaak is getoond. Geef dat alleen aan deze aanbieder, met het zaaknummer.",
            "On {moment} (Dutch time) we will write to this provider that the copy is ready. It can only be fetched with the"
            " password that was shown on the page of your case. Give it to this provider only, with the case number.",
            moment=wording.moment(undo_until, voice),
        ),
        voice.say(
            "Niet gevraagd, of toch niet? Antwoord vóór die tijd op dit bericht, dan gaat het niet door. Of stop het op {page}"
            " met het zaaknummer en een code; dat kan zolang niemand de kopie heeft opgehaald.",
            "Did you not ask for this, or have you changed your mind? Reply to this message before then, and it does not go on."
            " Or stop it at {page} with the case number and a code; that can be done as long as nobody has fetched the copy.",
            page=page,
        ),
        _closing(site, voice),
    ]
    return _letter("notice", site, voice, _about_case(voice), parts)


def to_provider(site: Site, language: str, *, case: str, number: str, until: str, page: str) -> Letter:
    """Return the mail that tells another provider where a copy is. It names nobody, and repeats nothing that anybody typed."""
    voice = _voice(site, language)
    parts = [
        voice.say("Geachte heer, mevrouw,", "Dear Sir or Madam,"),
        voice.say(
            "Iemand van wie wij gegevens hebben, vroeg ons die rechtstreeks aan u te geven (art. 20 lid 2 AVG). Het kenmerk is"
            " {case}.",
            "Somebody whose data we hold asked us to give them straight to you (Art. 20(2) GDPR). The reference is {case}.",
            case=case,
        ),
        voice.say(
            "Ze staan tot {moment} uur klaar op {page} (JSON en CSV). Ophalen gaat met dit nummer, en met het wachtwoord dat deze"
            " persoon u zelf geeft:",
            "They are at {page} (JSON and CSV) until {moment} (Dutch time). You fetch them with this number, and with the"
            " password that this person gives you:",
            moment=wording.moment(until, voice),
            page=page,
        ),
        number,
        voice.say(
            "Verwacht u dit niet? Doe dan niets, of laat het ons weten. Zonder het wachtwoord geven wij niets.",
            "Were you not expecting this? Then do nothing, or let us know. We give nothing without the password.",
        ),
        _closing(site, voice),
    ]
    subject = voice.say("Gegevens om op te halen", "Data to fetch")
    return _letter("provider", site, voice, subject, parts)


def handed(  # noqa: PLR0917 - of which case, what became of it, and when that is answered
    site: Site, language: str, case: str, became: Handed, page: str, answered_on: str
) -> Letter:
    """Return what came of a copy for another provider, to its person, when their final letter has gone out already.

    What staff stopped is a refusal: it has its reasons, the complaint and the way to the court (Art. 12(4)).
    """
    voice = _voice(site, language)
    last = (date.fromisoformat(answered_on) + SIX_WEEKS).isoformat()
    again = voice.say(
        "{You} kunt een andere aanbieder noemen, of dezelfde opnieuw, op {page}, zolang {your} kopie er is.",
        "You can name another provider, or the same one again, at {page} as long as your copy is there.",
        page=page,
    )
    parts = [
        _greeting(site, voice),
        voice.say(
            "{You} vroeg ons {your} gegevens aan een andere aanbieder te geven. Het zaaknummer is {case}.",
            "You asked us to give your data to another provider. The case number is {case}.",
            case=case,
        ),
        _bullets([_handed_to(became, voice)]),
        "" if became.status == "fetched" else again,
        _bullets([complaint(site, voice), court(last, voice)]) if became.reasons else "",
        _closing(site, voice),
    ]
    return _letter("notice", site, voice, _about_case(voice), parts)


def extended(site: Site, language: str, *, case: str, received_on: str, respond_by: str, reasons: str) -> Letter:
    """Return the notice that an answer takes longer, and why (Art. 12(3)). Raises BadInput (`reasons_missing`)."""
    voice = _voice(site, language)
    parts = [
        _greeting(site, voice),
        voice.say(
            "Op {day} ontvingen wij {your} verzoek, met zaaknummer {case}. Het lukt ons niet het binnen een maand te"
            " beantwoorden. {You} krijgt ons antwoord uiterlijk op {until}.",
            "On {day} we received your request, case number {case}. We cannot answer it within one month. You will have our"
            " answer by {until} at the latest.",
            day=wording.date(received_on, voice),
            case=case,
            until=wording.date(respond_by, voice),
        ),
        _reason(reasons, voice),
        complaint(site, voice),
        _closing(site, voice),
    ]
    return _letter("notice", site, voice, _about_case(voice), parts)


def to_recipient(site: Site, language: str, *, case: str, right: str, person: str, what: Sequence[str]) -> Letter:
    """Return the message to somebody who was given data: what was corrected, erased or restricted, and of whom (Art. 19)."""
    voice = _voice(site, language)
    act = {
        "rectification": ("verbeterd", "corrected"),
        "erasure": ("gewist", "erased"),
        "restriction": ("beperkt tot bewaren", "restricted to storage"),
    }[right]
    parts = [
        voice.say("Geachte heer, mevrouw,", "Dear Sir or Madam,"),
        voice.say(
            "Wij hebben gegevens verstrekt van de persoon met e-mailadres {person}, of die voor ons laten verwerken. Op verzoek"
            " van deze persoon hebben wij deze gegevens {act}:",
            "We gave you data of the person with the e-mail address {person}, or had you process them for us. At this person's"
            " request we have {act} these data:",
            person=person,
            act=voice.say(*act),
        ),
        _bullets([title_of(site, name, voice) for name in what]),
        voice.say(
            "Wij vragen om hetzelfde te doen (art. 19 AVG) en ons te laten weten dat het is gebeurd. Kenmerk: {case}.",
            "Please do the same (Art. 19 GDPR), and let us know when it is done. Reference: {case}.",
            case=case,
        ),
        _closing(site, voice),
    ]
    subject = voice.say("Bericht op grond van artikel 19 AVG", "Notification under Article 19 GDPR")
    return _letter("recipient", site, voice, subject, parts)


# --- what these share ----------------------------------------------------------------------------------------------------


def _voice(site: Site, language: str) -> Voice:
    """Return the voice of a site in Dutch, or else in English."""
    return voice_of(site, "nl" if language == "nl" else "en")


def _letter(kind: str, site: Site, voice: Voice, subject: str, parts: Sequence[str]) -> Letter:
    """Return a letter of these parts."""
    return Letter(kind, voice.language, f"{subject} ({site.title})", "\n\n".join(part for part in parts if part))


def _about_case(voice: Voice) -> str:
    """Return the subject of a notice: it does not say which."""
    return voice.say("Over {your} zaak", "About your case")


def _greeting(site: Site, voice: Voice) -> str:
    """Return how a letter to the person begins."""
    return policy.text(site.name, "salutation", voice.language)


def _closing(site: Site, voice: Voice) -> str:
    """Return how a letter ends: by whom it is, and where they are reached."""
    closing = policy.text(site.name, "closing", voice.language)
    return f"{closing}\n{policy.controller(site.controller).legal_name}\n{site.privacy_address}"


def _reason(reasons: str, voice: Voice) -> str:
    """Return the reason, which must be given. Raises BadInput (`reasons_missing`)."""
    if not reasons.strip():
        raise BadInput("reasons_missing")
    return voice.say("De reden: {reasons}", "The reason: {reasons}", reasons=reasons.strip())


def _heading(text: str) -> str:
    """Return a heading."""
    return f"{text}\n{'-' * len(text)}"


def _bullets(lines: Sequence[str]) -> str:
    """Return a list; a line stays one line."""
    return "\n".join(f"- {' '.join(line.split())}" for line in lines)
