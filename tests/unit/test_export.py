"""The copy of a person's data: complete, theirs alone, readable by people and programs, and inert whatever stands in it."""

from __future__ import annotations

import csv
import io
import json
import random
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from privacy import (
    cases,
    casework,
    decisions,
    enquiries,
    export,
    export_page,
    holdings,
    inbox,
    policy,
    portability,
    published,
    sealing,
    spreadsheet,
    subjects,
    vault,
    vouching,
)
from privacy.errors import KeyUnavailable, Unreadable
from privacy.form import Submission
from privacy.holdings import Collected, File, Holding, Holdings, Opening, Part
from privacy.openings import Reader
from privacy.periods import stamp
from privacy.voice import voice_of
from privacy.writes import Delete, Key, Put

from tests.fakes import FakeKeys, everything, services_in_memory
from tests.faults import matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privacy.services import Services

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
SITE = policy.site("silver-essence")
STAFF = Reader("employee-of-the-firm", frozenset({"staff", "privacy-officer"}), "silver-essence")
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example")',
    "+31 6 00000000",
    "\uff1dcmd()",
    "\t=1+1",
    "text;=1+1\n=2+2",
    "\u202egnp.exe\u2066",
    "NUL\x00 and ESC\x1b[31m",
    "]]><!--{{ 7*7 }}{% raw %}",
    "half a character \udc80",
    "é" * 5000,
    "",
)


def ask(
    services: Services, email: str, text: str = "Wat kost het?", *, site: str = "silver-essence", **more: Any
) -> str:
    """Post the form as a person and return the reference."""
    sent = Submission(
        form="contact",
        fields={"name": "Ada Voorbeeld", "email": email, "message": text},
        is_spam=False,
        next="",
        masked=0,
    )
    return enquiries.receive(
        services.store, services.keys, policy.site(site), sent, language="nl", now=more.get("now", NOW)
    ).reference


def pointers(services: Services, email: str) -> list[str]:
    """Return the pointers of a person."""
    return [subjects.identify(services.keys, "silver-essence", "email", email).pointer()]


def collected(services: Services, email: str, *, now: datetime = NOW, request: str = "request-1") -> Collected:
    """Collect what is held about a person."""
    return holdings.collect(services, pointers(services, email), request=request, by="test", as_of=NOW, now=now)


def archive(found: Collected, *, language: str = "nl", site: policy.Site = SITE) -> bytes:
    """Return the archive of what was collected."""
    target = io.BytesIO()
    export.build(found.holdings, found.content, target, site=site, language=language, reference="request-1")
    return target.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """Return the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def with_reply(services: Services, entry: str, raw: bytes, *, at: datetime = NOW) -> None:
    """Put a mail under an enquiry as `privacy_mail` does: with a key of its own, and as it came."""
    found, number, key = vault.find(services.store, entry), vault.new_id(), sealing.new_key()
    part = f"message#{stamp(at)}#{number}"
    wrapped = sealing.wrap(services.keys.public_key(found.wall), key)
    sealed = sealing.seal_fields(key, found.binding(), part, {"subject": "Re", "text": "Dank"})
    place = {"pk": f"entry#{entry}", "key": number}
    services.store.write(
        [
            *vault.late_addition(entry, number, wrapped, at),
            Put("records", {**place, "sk": part, "at": stamp(at), "direction": "in", "sealed": sealed}),
            Put(
                "records", {**place, "sk": f"raw#{part}", "raw": sealing.seal(key, found.binding(), f"raw#{part}", raw)}
            ),
        ]
    )


# --- collecting ----------------------------------------------------------------------------------------------------------


def test_everything_of_a_person_is_in_the_copy_and_nothing_of_anyone_else(services: Services) -> None:
    """Three people with marked data at random: each copy has all of its own marks and none of the others'."""
    chance = random.Random(7)  # noqa: S311 - a seed, no secret
    people = ("ada@example.org", "bea@example.org", "cor@example.org")
    marks: dict[str, set[str]] = {person: set() for person in people}
    for number in range(30):
        person = chance.choice(people)
        mark = f"mark-{number:03}-of-{person}"
        entry = ask(services, person, mark)
        marks[person].add(mark)
        if chance.random() < 0.5:
            raw = f"raw-{mark}"
            with_reply(services, entry, raw.encode())
            marks[person].add(raw)
        if chance.random() < 0.5:
            enquiries.answer(services, entry, STAFF, f"answer-{mark}", now=NOW)
            marks[person].add(f"answer-{mark}")
    for person in people:
        files = members(archive(collected(services, person, request=person)))
        everywhere = b"\n".join(files.values()).decode()
        whole = b"\n".join(
            content for name, content in files.items() if name == "data.json" or name.startswith("files/")
        )
        assert all(mark in whole.decode() for mark in marks[person])
        assert all(mark in files["index.html"].decode() for mark in marks[person] if not mark.startswith("raw-"))
        assert not any(other in everywhere for other in people if other != person)


def test_no_employee_is_in_the_copy(services: Services) -> None:
    """Whoever opened, entered or answered is recorded, and not handed over (CJEU C-579/21)."""
    entry = ask(services, "ada@example.org")
    enquiries.open_(services, entry, STAFF, why="answer", now=NOW)
    enquiries.answer(services, entry, STAFF, "Honderd euro.", now=NOW)
    sent = Submission(
        form="contact",
        fields={"name": "Ada", "email": "ada@example.org", "message": "gebeld"},
        is_spam=False,
        next="",
        masked=0,
    )
    enquiries.enter(services, SITE, sent, received_at=NOW, channel="phone", reader=STAFF, language="nl", now=NOW)
    found = collected(services, "ada@example.org")
    assert len(found.holdings.entries) == 2
    assert [(each.entry, each.purpose, each.why) for each in found.holdings.openings] == [
        (entry, "answering", why) for why in sorted(("answer", "answer"))
    ]
    assert not [name for name, content in members(archive(found)).items() if STAFF.sub.encode() in content]


def test_each_entry_is_recorded_as_opened_once_per_request(services: Services) -> None:
    """Collecting twice for one request records once and gives the same bytes; another request records again."""
    for number in range(3):
        ask(services, "ada@example.org", f"vraag {number}")
    first = archive(collected(services, "ada@example.org"))
    assert archive(collected(services, "ada@example.org", now=NOW + timedelta(hours=1))) == first
    assert len(recorded(services)) == 3
    later = holdings.collect(
        services, pointers(services, "ada@example.org"), request="request-2", by="test",
        as_of=NOW + timedelta(days=1), now=NOW + timedelta(days=1),
    )  # fmt: skip
    assert len(recorded(services)) == 6
    assert {(each.purpose, each.why) for each in later.holdings.openings} == {("rights", "access")}


def test_a_request_and_what_became_of_it_are_in_the_copy(services: Services) -> None:
    """A mail to the privacy address, our answer, and what staff changed: all of it, as it came too, and no employee."""
    raw = b"From: ada@example.org\r\nTo: privacy@silveressence.net\r\nSubject: Inzage\r\n\r\nIk wil weten welke gegevens u van mij hebt.\r\n"
    inbox.file(services, raw, "message-1", NOW)
    [case] = [item["pk"].removeprefix("entry#") for item in cases.listed(services.store, "silver-essence", cases.OPEN)]
    casework.set_rights(services, case, STAFF, ["access", "erasure"], now=NOW)
    decisions.assign(services, case, STAFF, STAFF.sub, now=NOW)
    casework.answer(services, case, STAFF, "Dat zoeken wij uit.", now=NOW)
    casework.close(services, case, STAFF, "refused", "bleek een ander", now=NOW)
    found = collected(services, "ada@example.org")
    assert [entry.category for entry in found.holdings.entries if entry.category != "cases"].count("case_requests") == 1
    files = members(archive(found))
    page = files["index.html"].decode()
    assert all(text in page for text in ("welke gegevens u van mij hebt", "Dat zoeken wij uit.", "bleek een ander"))
    assert raw in files.values()
    assert not [name for name, content in files.items() if STAFF.sub.encode() in content]


def recorded(services: Services) -> list[dict[str, Any]]:
    """Return the records of openings."""
    return [item for item in everything(services)["records"] if item.get("kind") == "opening"]


def test_a_collection_that_is_cut_off_anywhere_records_and_gives_the_same() -> None:
    """A fault at every call, before and after: delivered again, each entry is recorded once and the copy is whole."""

    def prepare() -> tuple[Services, None]:
        services = services_in_memory()
        with_reply(services, ask(services, "ada@example.org", "een"), b"raw")
        ask(services, "ada@example.org", "twee")
        return services, None

    def flow(services: Services, _given: object) -> None:
        archive(collected(services, "ada@example.org"))

    def state(services: Services) -> object:
        found = collected(services, "ada@example.org")
        return len(recorded(services)), sorted(entry.parts[0].fields["message"] for entry in found.holdings.entries)

    for where, left, expected in matrix(prepare, flow, state):
        assert left == expected, where


def test_nothing_is_opened_that_was_not_recorded(services: Services) -> None:
    """Where the record of the opening cannot be written, no key is asked for."""
    ask(services, "ada@example.org")
    assert isinstance(services.keys, FakeKeys)
    keys = services.keys
    keys.calls.clear()
    store = _WithoutWrites(services.store)
    with pytest.raises(KeyUnavailable):
        holdings.collect(
            services._replace(store=store),
            pointers(services, "ada@example.org"),
            request="1",
            by="test",
            as_of=NOW,
            now=NOW,
        )
    assert not [call for call in keys.calls if call.startswith("unwrap")]


class _WithoutWrites:
    """A store whose writes fail."""

    def __init__(self, behind: Any) -> None:
        self._behind = behind

    def write(self, _writes: object) -> None:
        """Refuse."""
        raise KeyUnavailable

    def __getattr__(self, name: str) -> Any:
        return getattr(self._behind, name)


def test_what_is_restricted_is_in_the_copy_and_what_has_ended_is_not(services: Services) -> None:
    """Access is no use of restricted data (Art. 18(2)); what is due is not shown, swept or not."""
    restricted, ended = ask(services, "ada@example.org", "bewaar dit"), ask(services, "ada@example.org", "weg hiermee")
    services.store.write(vault.restricted(vault.find(services.store, restricted), NOW))
    far = NOW + timedelta(days=800)
    found = collected(services, "ada@example.org", now=far)
    assert [entry.id for entry in found.holdings.entries] == [restricted]
    assert ended not in archive(found).decode("latin-1")
    files = members(archive(found))
    assert "Beperkt" in files["index.html"].decode()
    [line] = csv.DictReader(io.StringIO(files["csv/enquiries.csv"].decode("utf-8-sig")))
    assert line["onleesbaar vanaf"] == ""  # it has no end as long as it is restricted


@pytest.mark.parametrize(("how", "said"), [("code", "door een code die u invulde"), ("phone", "telefoon")])
def test_how_we_know_who_asks_is_told(how: str, said: str) -> None:
    """It is data that is held with a request, so it stands in the page in words, as the category says."""
    page = made(holding(category="cases", state={"status": "open", "identity_how": how}))["index.html"].decode()
    assert "Hoe wij weten wie u bent" in page
    assert said in page


@pytest.mark.parametrize("wall", ["enquiries", "cases"])
def test_a_wall_that_is_closed_fails_loudly(services: Services, wall: str) -> None:
    """A copy that would lack what cannot be opened, or who looked, is not made."""
    entry = ask(services, "ada@example.org")
    enquiries.open_(services, entry, STAFF, why="answer", now=NOW)
    assert isinstance(services.keys, FakeKeys)
    services.keys.closed.add(wall)
    with pytest.raises(KeyUnavailable):
        collected(services, "ada@example.org")


def test_an_entry_without_its_record_fails_loudly_unless_it_was_destroyed(services: Services) -> None:
    """A lost record is an error for a person to look at; a destroyed entry is simply not there."""
    entry = ask(services, "ada@example.org")
    services.store.write([Delete(Key("records", f"entry#{entry}", "main"))])
    with pytest.raises(Unreadable):
        collected(services, "ada@example.org")
    services.store.write([Delete(vault.key_of(entry))])
    assert collected(services, "ada@example.org").holdings.entries == ()


def test_a_pointer_alone_does_not_make_an_entry_somebodys(services: Services) -> None:
    """An entry belongs to the copy only if it names the person itself."""
    entry = ask(services, "eve@example.org")
    [pointer] = pointers(services, "ada@example.org")
    services.store.write([Put("vault", {"pk": f"subject#{pointer}", "sk": f"entry#{entry}"})])
    assert collected(services, "ada@example.org").holdings.entries == ()


def test_what_came_after_the_moment_of_the_copy_is_left_for_the_next(services: Services) -> None:
    """The copy is of one moment, whenever it is built."""
    entry = ask(services, "ada@example.org")
    before = archive(collected(services, "ada@example.org"))
    with_reply(services, entry, b"later", at=NOW + timedelta(minutes=1))
    ask(services, "ada@example.org", "nog iets", now=NOW + timedelta(minutes=2))
    assert archive(collected(services, "ada@example.org", now=NOW + timedelta(hours=1))) == before


def test_what_is_read_does_not_grow_with_the_store(services: Services) -> None:
    """Among twenty entries of others or among two thousand: the same number of items is read."""
    entry = ask(services, "ada@example.org")
    with_reply(services, entry, b"raw")
    collected(services, "ada@example.org")
    read = []
    for many in (20, 2000):
        for number in range(many):
            item = {"pk": f"entry#{many}-{number}", "sk": "entry", "queue": "due", "due_key": f"2027#{number}"}
            services.store.write(
                [Put("vault", item), Put("records", {**item, "sk": "main", "list": "l", "listed_at": "l"})]
            )
        counting = _Counting(services.store)
        found = collected(services._replace(store=counting), "ada@example.org")
        assert [found.content(file) for file in found.holdings.entries[0].files] == [b"raw"]
        read.append(counting.read)
    assert read[0] == read[1]


class _Counting:
    """A store that counts the items it hands out."""

    def __init__(self, behind: Any) -> None:
        self._behind, self.read = behind, 0

    def get(self, key: Key) -> Any:
        """Count one item."""
        self.read += 1
        return self._behind.get(key)

    def items(self, *args: Any) -> Iterator[Any]:
        """Count each item."""
        for item in self._behind.items(*args):
            self.read += 1
            yield item

    def __getattr__(self, name: str) -> Any:
        return getattr(self._behind, name)


# --- the archive ---------------------------------------------------------------------------------------------------------


def holding(**changes: Any) -> Holding:
    """Return an entry that holds what is said."""
    plain = Holding(
        id="a" * 26, category="enquiries", controller="silver-essence", site="silver-essence", policy="2026-11-22", notices=(),
        created_at=stamp(NOW), counted_from="received", counted_at=stamp(NOW), erase_by="2027-11-18T10:15:00Z",
        backups_until="2027-11-21T11:15:00Z", restricted_at="", held_until="", state={"status": "open", "received_at": stamp(NOW)},
        parts=(Part("main", "", "", {"name": "Ada", "message": "Wat kost het?"}),), files=(), letters=(),
    )  # fmt: skip
    return plain._replace(**changes)


def made(
    *entries: Holding, opened: tuple[Opening, ...] = (), content: dict[str, bytes] | None = None, **more: Any
) -> dict[str, bytes]:
    """Return the files of the archive of these entries."""
    found = Holdings(stamp(NOW), entries, opened)
    return members(archive(Collected(found, lambda file: (content or {}).get(file.part, b"")), **more))


def test_what_is_read_back_equals_what_was_written(services: Services) -> None:
    """The JSON loses nothing: not a field, not a mark, not half a character."""
    entry = ask(services, "ada@example.org")
    with_reply(services, entry, b"raw")
    enquiries.open_(services, entry, STAFF, why="answer", now=NOW)
    found = collected(services, "ada@example.org")
    assert export.read(json.loads(members(archive(found))["data.json"])) == found.holdings
    odd = holding(
        parts=tuple(Part("main", "", "", {"message": text, "list": [text, 1, None, {"a": True}]}) for text in HOSTILE)
    )
    opened = (Opening("b" * 26, odd.id, stamp(NOW), "answering", "answer", stamp(NOW)),)
    written = Holdings(stamp(NOW), (odd,), opened)
    assert export.read(json.loads(made(odd, opened=opened)["data.json"])) == written
    with pytest.raises(ValueError, match="nakoming-copy"):
        export.read({"format": "something else"})


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_json_is_as_its_schema_says(services: Services, language: str) -> None:
    """Whoever takes the data elsewhere can rely on the description that goes with them."""
    entry = ask(services, "ada@example.org")
    with_reply(services, entry, b"raw")
    enquiries.open_(services, entry, STAFF, why="answer", now=NOW)
    services.store.write(vault.restricted(vault.find(services.store, entry), NOW))
    files = members(archive(collected(services, "ada@example.org"), language=language))
    validator = Draft202012Validator(json.loads(files["schema.json"]))
    validator.check_schema(json.loads(files["schema.json"]))
    assert list(validator.iter_errors(json.loads(files["data.json"]))) == []
    assert list(validator.iter_errors(json.loads(made()["data.json"]))) == []


def test_every_file_that_came_in_is_there_byte_for_byte(services: Services) -> None:
    """A mail as it came, with its size and digest in the JSON."""
    raw = bytes(range(256)) * 10
    entry = ask(services, "ada@example.org")
    with_reply(services, entry, raw)
    files = members(archive(collected(services, "ada@example.org")))
    [said] = json.loads(files["data.json"])["entries"][0]["files"]
    assert files[said["path"]] == raw
    assert said["bytes"] == len(raw)
    assert said["path"] in files["index.html"].decode()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\evil.exe", "evil.exe"),
        ("con.txt", "_con.txt"),
        ("facture \u202egpj.exe", "facture-gpj.exe"),
        ("..", "file"),
        ("", "file"),
        ("é" * 300 + ".pdf", "e" * 70 + ".pdf"),
        ("a\x00b\nc.pdf", "a-b-c.pdf"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_file_name_leads_nowhere_else(name: str, safe: str) -> None:
    """No path, no hidden file, no device, no endless name; it stays within what every system takes."""
    assert export.safe_name(name) == safe


def test_equal_names_do_not_meet() -> None:
    """Two files of one name are two files, each with its own content."""
    entry = holding(files=tuple(File("a" * 26, part, "attachment", "../x.pdf") for part in ("raw#1", "raw#2")))
    files = made(entry, content={"raw#1": b"one", "raw#2": b"two"})
    found = {name: content for name, content in files.items() if name.startswith("files/")}
    assert sorted(found.values()) == [b"one", b"two"]
    assert all(len(PurePosixPath(name).parts) == 3 and ".." not in name for name in found)


def test_the_archive_says_nothing_of_when_or_where_it_was_made() -> None:
    """The same holdings give the same bytes, whatever the clock says."""
    assert made(holding()) == made(holding())
    with zipfile.ZipFile(
        io.BytesIO(archive(Collected(Holdings(stamp(NOW), (holding(),), ()), lambda _file: b"")))
    ) as opened:
        assert {member.date_time for member in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert opened.namelist() == sorted(opened.namelist())


def test_files_are_written_one_at_a_time() -> None:
    """Forty mails of two megabytes take no more memory than a few of them."""
    size = 2_000_000
    chance = random.Random(1)  # noqa: S311 - a seed, no secret
    entry = holding(files=tuple(File("a" * 26, f"raw#{number}", "mail", "mail.eml") for number in range(40)))
    found = Collected(Holdings(stamp(NOW), (entry,), ()), lambda _file: chance.randbytes(size))
    export_page.page(
        export.data(Holdings(stamp(NOW), (), ()), (), site=SITE, language="nl", reference="1"),
        SITE,
        voice_of(SITE, "nl"),
    )
    target = _Nowhere()
    tracemalloc.start()
    export.build(found.holdings, found.content, target, site=SITE, language="nl", reference="1")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert target.size > 40 * size
    assert peak < 6 * size


class _Nowhere(io.BytesIO):
    """A file that counts what is written to it."""

    size = 0

    def seekable(self) -> bool:
        """Be a stream: what is written is gone."""
        return False

    def write(self, content: Any) -> int:
        """Count."""
        self.size += len(content)
        return len(content)


# --- spreadsheets --------------------------------------------------------------------------------------------------------


def test_no_cell_is_a_formula_whatever_separates_cells() -> None:
    """Read with commas, semicolons or tabs, no cell begins with a sign that a spreadsheet calculates with."""
    entry = holding(parts=tuple(Part("main", "", "", {"message": text, "=name": text}) for text in HOSTILE))
    content = made(entry)["csv/enquiries.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            for value in row:
                assert value.lstrip(' \ufeff\u202e"\ufffd')[:1] not in tuple("=+-@\uff1d\uff0b\uff0d\uff20"), (
                    separator,
                    value,
                )
                assert value[:1] not in tuple("\t\r\n")


def test_a_table_is_read_back_as_it_was_but_for_the_apostrophe() -> None:
    """What needs no guard stays as it was, quotes, separators and line breaks included."""
    plain = 'a "quoted", text;\nwith - lines'
    [head, row] = csv.reader(
        io.StringIO(
            made(holding(parts=(Part("main", "", "", {"message": plain}),)))["csv/enquiries.csv"].decode("utf-8-sig"),
            newline="",
        )
    )
    assert dict(zip(head, row, strict=True))["uw vraag en ons antwoord"] == plain
    assert spreadsheet.cell("=1") == "'=1"


def test_guarding_a_cell_takes_time_in_proportion_to_its_length() -> None:
    """A million marks that could begin a cell are read once each."""
    for mark in ("\n", "\t", ";", " ", '"', "\ufeff"):
        assert len(spreadsheet.cell(mark * 1_000_000)) >= 1_000_000


# --- the page ------------------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """What a browser would make of a page: its elements and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(page)
        self.text = "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.pieces.append(data)


def page(*entries: Holding, language: str = "nl", site: policy.Site = SITE, **more: Any) -> _Page:
    """Return the page of a copy."""
    return _Page(made(*entries, language=language, site=site, **more)["index.html"].decode())


def with_everything(services: Services) -> Collected:
    """Return what is held of a person with an enquiry, a request, and all that staff can note with it."""
    answered = ask(services, "ada@example.org")
    enquiries.open_(services, answered, STAFF, why="answer", now=NOW)
    text = "Graag inzage in mijn gegevens. Mijn naam is niet Ada maar Eva."
    raw = f"From: ada@example.org\r\nTo: privacy@silveressence.net\r\nSubject: Inzage\r\n\r\n{text}\r\n"
    inbox.file(services, raw.encode(), "message-1", NOW)
    [case] = [item["pk"].removeprefix("entry#") for item in cases.listed(services.store, "silver-essence", cases.OPEN)]
    casework.set_rights(services, case, STAFF, ["access", "objection"], now=NOW)
    decisions.pause(services, case, STAFF, "Welke periode?", now=NOW)
    decisions.resume(services, case, STAFF, now=NOW)
    decisions.extend(services, case, STAFF, "Het is veel.", now=NOW)
    vouching.vouch(services, case, STAFF, vouching.Person("phone", "Teruggebeld."), now=NOW)
    decisions.decide(services, case, "access", "no_data", STAFF, now=NOW)
    decisions.decide(services, case, "objection", "refuse", STAFF, reasons="Nodig.", now=NOW)
    return collected(services, "ada@example.org")


def test_no_short_name_and_no_code_of_ours_is_left_to_the_reader(services: Services) -> None:
    """Where people read, on the page and above columns, what we store under names and codes is in words (rule C1)."""
    files = members(archive(with_everything(services)))
    said = json.loads(files["data.json"])
    fields = {name for entry in said["entries"] for part in entry["parts"] for name in part["fields"]}
    assert {"asked", "kind", "message_id", "reasons", "spoken", "verdicts", "what", "how"} <= fields
    codes = {"access", "objection", "paused", "extended", "decided", "refuse", "notice", "nl", "phone", "site", "none"}
    cells = {text.strip() for text in _Page(files["index.html"].decode()).pieces}
    assert not cells & (fields | codes)
    assert {"Inzage", "afwijzen", "bericht over het verzoek", "Nederlands"} <= cells
    for name, content in files.items():
        if name.startswith("csv/"):
            [head, *rows] = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            assert not set(head) & {*fields, *Holding._fields, *Opening._fields}, name
            written = {value for row in rows for value in row[9:]} if "openings" not in name else set()
            assert not written & codes, name
            assert not [value for value in written if value.startswith(("[", "{"))], name
            assert len(set(head)) == len(head)


def test_each_item_says_who_looked_or_that_nobody_did() -> None:
    """An item that was opened says when and why; of another it is said that nobody looked."""
    seen, unseen = holding(), holding(id="c" * 26)
    opened = (Opening("b" * 26, seen.id, stamp(NOW), "answering", "notice", stamp(NOW)),)
    text = page(seen, unseen, opened=opened).text
    assert text.count("Niemand heeft dit ingezien") == 1
    assert "om u te schrijven over het wissen" in text


def test_two_controllers_have_data_and_one_has() -> None:
    """The verb follows how many there are."""
    one = holding(controller="vixum", site="vixum")
    both = page(one, holding(id="c" * 26, controller="seven-elements", site="sevenelements"), site=policy.site("vixum"))
    assert "in dit systeem van je hebben" in both.text
    assert "in dit systeem van u heeft" in page(holding()).text


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_whatever_somebody_wrote_stays_text(text: str) -> None:
    """No element, no address and no attribute comes of it: the page has the elements it has without it."""
    parts = (
        Part("main", "", "", {"message": text, text or "x": text}),
        Part(f"message#{stamp(NOW)}#x", stamp(NOW), "in", {"text": text}),
    )
    harmless = tuple(part._replace(fields=dict.fromkeys(part.fields, "x")) for part in parts)
    assert sorted(tag for tag, _ in page(holding(parts=parts)).tags) == sorted(
        tag for tag, _ in page(holding(parts=harmless)).tags
    )


def test_the_page_loads_and_runs_nothing() -> None:
    """No script, no frame, no image, no form; every address is in the archive, a mail address or a link to read on."""
    found = page(holding(files=(File("a" * 26, "raw#main", "mail", "mail.eml"),)))
    assert not {tag for tag, _ in found.tags} & {
        "script",
        "iframe",
        "img",
        "object",
        "embed",
        "form",
        "link",
        "video",
        "audio",
    }
    assert not [
        name
        for _, attributes in found.tags
        for name in attributes
        if name in ("src", "style", "srcset") or name.startswith("on")
    ]
    [policy_said] = [
        attributes["content"]
        for _, attributes in found.tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy_said is not None
    assert policy_said.startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize(
    ("language", "site"), [("nl", "silver-essence"), ("en", "silver-essence"), ("nl", "vixum"), ("en", "vixum")]
)
def test_everything_that_article_15_wants_is_told(language: str, site: str) -> None:
    """Purposes, categories, recipients by name, retention, rights, complaint, source, decisions, transfers; each from the policy."""
    of = policy.site(site)
    told = published.of(of)
    rule = told["categories"]["enquiries"]
    text = " ".join(page(holding(controller=of.controller, site=site), language=language, site=of).text.split())
    wanted = [
        told["controllers"][of.controller]["legal_name"],
        rule["title"][language],
        *(told["purposes"][each][language] for each in rule["purposes"]),
        *(told["recipients"][each]["name"] for each in rule["recipients"]),
        *(told["sources"][each][language] for each in rule["source"]["from"]),
        *(
            told["information"][each][language]
            for each in ("complaint", "objection", "automated_decisions", "transfers")
        ),
        told["recipients"]["aws"]["safeguards"][language],
        "art. 6(1)" if language == "nl" else "Art. 6(1)",
        "18 november 2027" if language == "nl" else "18 November 2027",
        "21 november 2027" if language == "nl" else "21 November 2027",
        of.privacy_address,
        "2026-11-22",
    ]
    assert [each for each in wanted if " ".join(str(each).split()) not in text] == []
    assert page(holding(controller=of.controller, site=site), language=language, site=of).tags[0] == (
        "html",
        {"lang": language},
    )


def test_every_heading_follows_and_every_table_says_what_it_is() -> None:
    """Headings go down one level at a time; every table has a caption and heads its columns."""
    found = page(holding(), opened=(Opening("b" * 26, "a" * 26, stamp(NOW), "answering", "answer", stamp(NOW)),))
    levels = [int(tag[1]) for tag, _ in found.tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tags = [tag for tag, _ in found.tags]
    assert tags.count("table") == tags.count("caption") > 2
    anchors = [attributes["id"] for _, attributes in found.tags if attributes.get("id")]
    assert len(anchors) == len(set(anchors))
    assert {
        str(attributes["href"])[1:] for _, attributes in found.tags if str(attributes.get("href", "")).startswith("#")
    } <= set(anchors)


def test_what_is_not_there_is_said() -> None:
    """Kinds of which there is nothing, visits that cannot be found by a person, and what stands in the books."""
    nothing = page()
    assert "geen gegevens" in nothing.text
    assert "IP-adres en een tijdstip" in nothing.text
    assert "in onze boekhouding" in nothing.text
    assert published.of(SITE)["categories"]["enquiries"]["title"]["nl"] in nothing.text


def test_an_entry_of_a_kind_the_policy_dropped_is_shown_all_the_same() -> None:
    """What an older policy collected stays readable, and says under which version it came (P42)."""
    old = page(holding(category="guestbook", policy="2019-01-01"))
    assert "Wat kost het?" in old.text
    assert "versie 2019-01-01" in old.text


def test_openings_of_what_is_gone_are_shown_too() -> None:
    """When and why, of data that have been destroyed since."""
    found = page(holding(), opened=(Opening("b" * 26, "c" * 26, stamp(NOW), "answering", "follow-up", stamp(NOW)),))
    assert "inmiddels vernietigd" in found.text
    assert "voor het vervolg" in found.text


# --- portability ---------------------------------------------------------------------------------------------------------


def test_portability_is_what_the_law_gives_or_the_policy_promises() -> None:
    """One policy promises it for all data (P18); under the other it follows the basis and the source (Art. 20)."""
    generous, lawful = published.of(SITE), published.of(policy.site("vixum"))
    assert all(portability.covers(generous, category) for category in generous["categories"])
    assert portability.covers(lawful, "enquiries")
    assert not portability.covers(lawful, "openings")
    assert not portability.covers(lawful, "no such category")
    for name, rule in lawful["categories"].items():
        by_law = rule["basis"]["article"] in ("6(1)(a)", "6(1)(b)") and {"person", "device"} & set(
            rule["source"]["from"]
        )
        assert portability.covers(lawful, name) == bool(by_law)
