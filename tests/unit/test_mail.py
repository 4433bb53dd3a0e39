"""Whatever comes in by mail is read within bounds, without an exception, and without believing what it says of itself."""

from __future__ import annotations

import base64
import json
import os
import random
import time
from email.header import Header

import pytest
from privacy import mail, triage

REPLIED_TO = "abcdefghijklmnopqrstuvwxy2"
TOP = b"From: Ada Voorbeeld <ada@example.org>\r\nTo: privacy@voorbeeld.nl\r\nSubject: Inzage\r\n"
MIXED = TOP + b"Content-Type: multipart/mixed; boundary=grens\r\n\r\n"


def parts(*inside: bytes, kind: bytes = b"mixed", boundary: bytes = b"grens") -> bytes:
    """Return the headers and the body of parts; each brings its own headers."""
    lines = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in inside)
    return (
        b"Content-Type: multipart/"
        + kind
        + b"; boundary="
        + boundary
        + b"\r\n\r\n"
        + lines
        + b"--"
        + boundary
        + b"--\r\n"
    )


PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n\r\nBeste, ik wil inzage. \xe2\x82\xac 5\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Beste,<br>ik wil <b>inzage</b>. &euro; 5</p>\r\n"
PDF = (
    b'Content-Type: application/pdf; name="brief.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    + base64.b64encode(b"%PDF-1.7")
)
SIGNATURE = (
    b'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG'
)
INVITATION = b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

MAILS = {
    "plain": TOP + b"\r\nBeste, ik wil inzage.\r\n",
    "english": TOP.replace(b"Inzage", b"Access request") + b"\r\nDear Sir or Madam, please erase my data.\r\n",
    "utf-8": TOP + PLAIN,
    "html only": TOP + HTML,
    "alternative": TOP + parts(PLAIN, HTML, kind=b"alternative"),
    "with attachment": TOP + parts(PLAIN, PDF),
    "alternative with attachment": TOP + parts(parts(PLAIN, HTML, kind=b"alternative", boundary=b"binnen"), PDF),
    "between attachments": TOP + parts(PLAIN, PDF, b"\r\nEn nog iets.\r\n"),
    "quoted-printable": TOP
    + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nIk wil inzage in mijn ge=\r\ngevens, caf=C3=A9.\r\n",
    "base64": TOP + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode("Café\r\ninzage".encode()),
    "iso-8859-1": TOP + b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nCaf\xe9\r\n",
    "no charset": TOP + b"\r\nCaf\xe9, \x80 5\r\n",
    "ascii that is none": TOP + b"Content-Type: text/plain; charset=us-ascii\r\n\r\nCaf\xc3\xa9\r\n",
    "signed": TOP + parts(PLAIN, SIGNATURE, kind=b"signed"),
    "encrypted": TOP + b'Content-Type: application/pkcs7-mime; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG\r\n',
    "winmail.dat": TOP + parts(PLAIN, b'Content-Type: application/ms-tnef; name="winmail.dat"\r\n\r\nx'),
    "calendar": TOP + parts(PLAIN, INVITATION, kind=b"alternative"),
    "forwarded": TOP + parts(PLAIN, b"Content-Type: message/rfc822\r\n\r\nSubject: eerder\r\n\r\nEerder geschreven.\r\n"),
    "html and footer": TOP + parts(HTML, b"Content-Type: text/plain\r\n\r\nDisclaimer\r\n"),
    "page beside a choice": TOP + parts(parts(PLAIN, HTML, kind=b"alternative", boundary=b"binnen"), b"Content-Type: text/html\r\n\r\n<p>En dit.</p>"),
    "blank plain": TOP + parts(b"Content-Type: text/plain\r\n\r\n \r\n", HTML, kind=b"alternative"),
    "empty": b"",
    "subject only": b"Subject: =?utf-8?q?Verwijder_mijn_gegevens_=E2=82=AC?=\r\n\r\n",
    "encoded names": TOP + parts(b"Content-Type: text/plain; charset*=utf-8'nl'iso-8859-15\r\n\r\n\xa4", b"Content-Disposition: attachment; filename*0*=utf-8''na%C3%A4; filename*1=m.pdf\r\n\r\nx"),
    "answer": b"Return-Path: <>\r\nReceived: from a by inbound-smtp.example id 1\r\n for privacy+r.%s@voorbeeld.nl;\r\n" % REPLIED_TO.encode()
    + b"X-SES-Spam-Verdict: PASS\r\nAuthentication-Results: amazonses.com;\r\n spf=pass; dkim=pass; dmarc=fail;\r\n"
    + TOP + b"Message-ID: <1@example.org>\r\nIn-Reply-To: <0@voorbeeld.nl>\r\nReferences: <0@voorbeeld.nl>\r\nAuto-Submitted: auto-replied\r\n\r\nAfwezig.\r\n",
}  # fmt: skip


# --- what people send ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "attached"),
    [
        ("plain", "Beste, ik wil inzage.", []),
        ("english", "Dear Sir or Madam, please erase my data.", []),
        ("utf-8", "Beste, ik wil inzage. € 5", []),
        ("html only", "Beste,\nik wil inzage. € 5", []),
        ("alternative", "Beste, ik wil inzage. € 5", []),
        ("with attachment", "Beste, ik wil inzage. € 5", [("brief.pdf", "application/pdf", 8)]),
        ("alternative with attachment", "Beste, ik wil inzage. € 5", [("brief.pdf", "application/pdf", 8)]),
        ("between attachments", "Beste, ik wil inzage. € 5\n\nEn nog iets.", [("brief.pdf", "application/pdf", 8)]),
        ("quoted-printable", "Ik wil inzage in mijn gegevens, café.", []),
        ("base64", "Café\ninzage", []),
        ("iso-8859-1", "Café", []),
        ("no charset", "Café, € 5", []),
        ("ascii that is none", "Café", []),
        ("signed", "Beste, ik wil inzage. € 5", [("smime.p7s", "application/pkcs7-signature", 3)]),
        ("encrypted", "", [("smime.p7m", "application/pkcs7-mime", 3)]),
        ("winmail.dat", "Beste, ik wil inzage. € 5", [("winmail.dat", "application/ms-tnef", 1)]),
        ("calendar", "Beste, ik wil inzage. € 5", [("", "text/calendar", 30)]),
        ("forwarded", "Beste, ik wil inzage. € 5\n\nEerder geschreven.", []),
        ("html and footer", "Beste,\nik wil inzage. € 5\n\nDisclaimer", []),
        ("page beside a choice", "Beste, ik wil inzage. € 5\n\nEn dit.", []),
        ("blank plain", "Beste,\nik wil inzage. € 5", []),
        ("empty", "", []),
        ("subject only", "", []),
        ("encoded names", "€", [("naäm.pdf", "text/plain", 1)]),
        ("answer", "Afwezig.", []),
    ],
)
def test_what_people_send_is_read(name: str, text: str, attached: list[tuple[str, str, int]]) -> None:
    """All text is read in its order, the versions of one text once, and everything else is named."""
    received = mail.read(MAILS[name])
    assert (received.text, list(received.attachments), received.problems) == (text, attached, ())


def test_headers_are_read() -> None:
    """What ties an answer to its enquiry, and what keeps two machines from answering each other, is read."""
    received = mail.read(MAILS["answer"])
    assert received.sender == "ada@example.org"
    assert received.subject == "Inzage"
    assert received.message_id == "<1@example.org>"
    assert received.in_reply_to == ("<0@voorbeeld.nl>", "<0@voorbeeld.nl>")
    assert received.recipients == (f"privacy+r.{REPLIED_TO}@voorbeeld.nl", "privacy@voorbeeld.nl")
    assert received.reply_tokens == (REPLIED_TO,)
    assert received.is_automatic


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        (b"=?utf-8?q?Verwijder_mijn_gegevens_=E2=82=AC?=", "Verwijder mijn gegevens €"),
        (b"=?iso-8859-1?Q?Caf=E9?= =?utf-8?B?IGhpZXI=?=", "Café hier"),
        (b"Re: =?utf-8?q?caf=C3=A9?= open", "Re: café open"),
        (b"een\r\n gevouwen\r\n\tregel", "een gevouwen regel"),
        ("rauw café".encode(), "rauw café"),
        ("rauw café".encode("cp1252"), "rauw café"),
        ("rauw café =?utf-8?q?a?=".encode(), "rauw café =?utf-8?q?a?="),
        (b"=?onbekend?q?caf=C3=A9?=", "café"),
        (b"=?utf-8?b?A?=", "=?utf-8?b?A?="),
        (b"=?utf-7?q?+2AA-?=", "+2AA-"),
        (b"=?utf-8?q?a=00b=1Bc?=", "abc"),
        (b"a" * 3000, "a" * 1000),
    ],
)
def test_a_subject_is_read_as_it_was_meant(written: bytes, subject: str) -> None:
    """Encoded, folded, raw and broken subjects give one line of text."""
    assert mail.read(b"Subject: " + written + b"\r\n\r\n").subject == subject


@pytest.mark.parametrize(
    ("header", "automatic"),
    [
        (b"Auto-Submitted: auto-replied", True),
        (b"Auto-Submitted: no", False),
        (b"Auto-Submitted: no; by=hand", False),
        (b"Return-Path: <>", True),
        (b"Return-Path: <ada@example.org>", False),
        (b"Precedence: auto_reply", True),
        (b"X-Autoreply: yes", True),
        (b"X-Autorespond: Re: vraag", True),
        (b"X-Autoreply: no", False),
        (b"Precedence: bulk", False),
        (b"List-Id: <nieuws.voorbeeld.nl>", False),
        (b"Content-Type: multipart/report; report-type=delivery-status; boundary=b", True),
        (b"X-Auto-Response-Suppress: All", False),
    ],
)
def test_a_machine_is_known_by_what_it_says(header: bytes, *, automatic: bool) -> None:
    """Who asks for no automatic answer is a person; who says it is a machine, or cannot be answered, is one."""
    assert mail.read(header + b"\r\n" + TOP + b"\r\nx").is_automatic is automatic


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"List-Id: Nieuws <nieuws.voorbeeld.nl>", "nieuws.voorbeeld.nl"),
        (b"Precedence: bulk", "-"),
        (b"Precedence: list\r\nList-Id: <Privacy.Voorbeeld.NL>", "privacy.voorbeeld.nl"),
        (b"List-Unsubscribe: <mailto:weg@example.org>", "-"),
        (b"Precedence: first-class", ""),
        (b"X-List: nee", ""),
    ],
)
def test_a_list_is_known_by_its_name(header: bytes, name: str) -> None:
    """What came by a mailing list says which, if the list says so."""
    assert mail.read(header + b"\r\n" + TOP + b"\r\nx").list_id == name


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("tekst zonder einde & meer", "tekst zonder einde & meer"),
        ("<p>een</p><p>twee</p>drie", "een\ntwee\ndrie"),
        ("een\r\n  zin<br/>en<br>meer", "een zin\nen\nmeer"),
        ("<style>p{}</style><SCRIPT>x()</SCRIPT >na", "na"),
        ("<title>kop</title>na<!-- niet -->dit", "nadit"),
        ("<!--[if mso]>weg<![endif]-->blijft", "blijft"),
        ("voor <![x[ na", "voor <![x[ na"),
        ("5 < 6 en 7 > 6 <b", "5 < 6 en 7 > 6 <b"),
        ("&lt;b&gt; &#233; &#0; &#xD800; &onbekend;", "<b> é � � &onbekend;"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
    ],
)
def test_a_page_is_read_as_text(page: str, text: str) -> None:
    """Of a page the text is shown, in lines; what is no whole tag is shown as well."""
    assert mail.read(TOP + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()).text == text


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_any_line_end_ends_a_line(end: bytes) -> None:
    """A mail of bare carriage returns has headers and a text like any other."""
    received = mail.read(MAILS["with attachment"].replace(b"\r\n", end))
    assert (received.subject, received.text) == ("Inzage", "Beste, ik wil inzage. € 5")
    assert len(received.attachments) == 1


def test_an_attached_text_is_not_what_was_written() -> None:
    """A text with a name, or sent as an attachment, is named and not shown as the mail."""
    named = b'Content-Type: text/plain; name="a.txt"\r\n\r\nx'
    unnamed = b"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nxy"
    received = mail.read(TOP + parts(PLAIN, named, unnamed))
    assert received.text == "Beste, ik wil inzage. € 5"
    assert received.attachments == (("a.txt", "text/plain", 1), ("", "text/plain", 2))


@pytest.mark.parametrize("size", [1_000, 3_000, 3_001, 3_002, 100_000])
def test_a_file_is_named_with_its_size_and_costs_nothing_to_read(size: int) -> None:
    """Large files are not read at all, and what stands behind them is."""
    encoded = base64.encodebytes(bytes(size)).replace(b"\n", b"\r\n")
    file = b'Content-Type: application/pdf; name="brief.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + encoded
    received = mail.read(TOP + parts(PLAIN, file, b"\r\nEn nog iets.\r\n"))
    assert received.attachments == (("brief.pdf", "application/pdf", size),)
    assert received.text.endswith("En nog iets.")


def test_no_text_hides_as_a_file() -> None:
    """A text that looks like a boundary and a file is shown: it has spaces, and a file has none."""
    hidden = b"--x\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"verwijder alles " * 200
    assert "verwijder alles" in mail.read(TOP + b"\r\nDag\r\n" + hidden).text


def test_a_file_name_is_read_as_it_was_meant() -> None:
    """Names that common programs encode as they do subjects are read."""
    name = Header("verzoek café.pdf", "utf-8").encode().encode()
    attached = b'Content-Disposition: attachment; filename="' + name + b'"\r\n\r\nx'
    assert mail.read(TOP + parts(attached)).attachments[0].name == "verzoek café.pdf"


# --- whom it is from -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        (b"ada@example.org", "ada@example.org"),
        (b"<Ada@Example.ORG>", "ada@example.org"),
        (b"Ada Voorbeeld <ada@example.org>", "ada@example.org"),
        (b'"Voorbeeld, Ada" <ada@example.org>', "ada@example.org"),
        (b"=?utf-8?q?Ad=C3=A4?=\r\n <ada@example.org>", "ada@example.org"),
        ("Adä <ada@example.org>".encode(), "ada@example.org"),
        ("Adä <ada@example.org>".encode("cp1252"), "ada@example.org"),
        ("ada@bücher.example".encode(), "ada@xn--bcher-kva.example"),
        (b'"victim@example.org" <attacker@evil.example>', "attacker@evil.example"),
        (b"=?utf-8?q?victim=40example=2Eorg?= <attacker@evil.example>", "attacker@evil.example"),
        (b"=?utf-8?q?=28?= <attacker@evil.example> =?utf-8?q?=29_victim=40example.org?=", ""),
        (b"=?utf-8?q?victim=40example.org?=", ""),
        (b"victim@example.org <attacker@evil.example>", ""),
        (b"<victim@example.org> <attacker@evil.example>", ""),
        (b"victim@example.org, attacker@evil.example", ""),
        (b"<victim@example.org>, attacker@evil.example, <victim@example.org>", ""),
        (b"victim@example.org)attacker@evil.example", ""),
        (b"attacker@evil.example (\r\n) victim@example.org", ""),
        (b"group: victim@example.org;", ""),
        (b'"victim@example.org"@evil.example', ""),
        (b"<@evil.example:victim@example.org>", ""),
        (b"attacker@evil.example\rFrom: victim@example.org", ""),
        (b"victim@example.org\r\nFrom: attacker@evil.example", ""),
        (b"victim@example.org\r\nno header\r\nFrom: attacker@evil.example", ""),
        (b"victim@example.org\r\nfrom : attacker@evil.example", ""),
        (b"a" * 2000 + b" <ada@example.org>", ""),
        (b"(" * 900 + b"ada@example.org", ""),
        (b"ada", ""),
        (b"", ""),
    ],
)
def test_the_sender_is_one_address_without_doubt(written: bytes, sender: str) -> None:
    """Names, encoded words and second addresses never make a mail another person's."""
    assert mail.read(b"From: " + written + b"\r\nSubject: x\r\n\r\nx").sender == sender


def test_a_header_inside_a_header_is_no_sender() -> None:
    """What stands behind a bare carriage return is no line of its own to the one who received the mail."""
    assert mail.read(b"X-Note: a\rFrom: victim@example.org\r\n\r\nx").sender == ""


FOUND = (
    b"X-SES-Spam-Verdict: GRAY\r\nX-SES-Virus-Verdict: PASS\r\n"
    b"Authentication-Results: amazonses.com;\r\n"
    b" spf=softfail (spfCheck: transitioning domain) client-ip=192.0.2.1; envelope-from=a@example.org; helo=mx.example.org;\r\n"
    b" dkim=pass header.i=@example.org;\r\n dmarc=pass header.from=example.org;\r\n"
)
PASSED = (
    b"X-SES-Spam-Verdict: PASS\r\nX-SES-Virus-Verdict: PASS\r\n"
    b"Authentication-Results: amazonses.com; spf=pass; dkim=pass; dmarc=pass;\r\n"
)
NOTHING = {"spam": "", "virus": "", "spf": "", "dkim": "", "dmarc": ""}


@pytest.mark.parametrize(
    ("top", "verdicts"),
    [
        (FOUND, {"spam": "GRAY", "virus": "PASS", "spf": "softfail", "dkim": "pass", "dmarc": "pass"}),
        (FOUND + PASSED, {"spam": "GRAY", "virus": "PASS", "spf": "softfail", "dkim": "pass", "dmarc": "pass"}),
        (b"", NOTHING),
        (b"X-SES-Spam-Verdict: none of these\r\n", NOTHING),
        (b"Authentication-Results: evil.example; dmarc=pass\r\n" + PASSED.partition(b"Auth")[0], {**NOTHING, "spam": "PASS", "virus": "PASS"}),
        (FOUND.replace(b"helo=mx", b"helo=x; dmarc=pass; spf=pass").replace(b"dmarc=pass header", b"dmarc=fail header"),
         {"spam": "GRAY", "virus": "PASS", "spf": "pass, softfail", "dkim": "pass", "dmarc": "fail, pass"}),
    ],
)  # fmt: skip
def test_what_ses_found_is_taken_from_the_top(top: bytes, verdicts: dict[str, str]) -> None:
    """Verdicts that the sender wrote below do not count, and what it smuggles into them is no pass."""
    assert mail.read(b"Return-Path: <a@example.org>\r\n" + top + TOP + b"\r\nx").verdicts == verdicts


# --- what is built to hurt -------------------------------------------------------------------------------------------


def nested(count: int, written: bytes = b"boundary") -> bytes:
    """Return a mail of so many levels."""
    return TOP + b"".join(
        b"Content-Type: multipart/mixed; %s=b%d\r\n\r\n--b%d\r\n" % (written, level, level) for level in range(count)
    )


def typed(kind: bytes) -> bytes:
    """Return a mail with a part whose type is written so."""
    return MIXED + b"--grens\r\nContent-Type: " + kind + b"\r\n\r\nx\r\n--grens--\r\n"


HURTFUL = {
    "200 kB of senders": b"From: " + b"a@example.org, " * 14_000 + b"\r\n\r\nx",
    "36,000 senders": b"From:a\n" * 36_000 + b"\n\nx",
    "80,000 headers": b"a:\n" * 80_000 + b"\n\nx",
    "nested comments": b"From: " + b"(" * 4_000 + b"ada@example.org" + b")" * 4_000 + b"\r\n\r\nx",
    "8 kB of open comments": b"From: " + b"(a" * 4_096 + b"\r\n\r\nx",
    "40,000 parts": MIXED + b"--grens\r\n\r\nx\r\n" * 40_000,
    "3,000 levels": nested(3_000),
    "190 levels, written otherwise": nested(190, b"boundary*0*"),
    "20 levels over 200,000 lines": nested(20) + b"\n" * 200_000,
    "3,000 mails in a mail": TOP + b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
    "14 kB of type": TOP + b'Content-Type: text/plain; a="' + b";" * 14_000 + b"\r\n\r\nx",
    "8 kB of type": TOP + b'Content-Type: text/plain; a="' + b";" * 8_000 + b"\r\n\r\nx",
    "60 kB of type of a part": typed(b'text/plain; a="' + b";" * 60_000),
    "250 kB of type of a part": typed(b'text/plain; a="' + b";" * 250_000),
    "60 kB of folded type of a part": typed(b'text/plain; a="' + b";\r\n " * 15_000),
    "30 types at the limit": MIXED + (b"--grens\r\nContent-Type: a/b" + b';"' * 50 + b'"' * 8_000 + b"\r\n\r\nx\r\n") * 30,
    "30 types of 8 kB": MIXED + (b'--grens\r\nContent-Type: a/b; a="' + b";" * 8_000 + b"\r\n\r\nx\r\n") * 30,
    "9,000 continued parameters": MIXED + (b"--grens\r\nContent-Type: a/b" + b"".join(b";a*%d*=%%41" % n for n in range(49)) + b"\r\n\r\nx\r\n") * 190,
    "names in a slow alphabet": MIXED + (b"--grens\r\nContent-Disposition: attachment; filename*=punycode''" + b"9z" * 4_000 + b"\r\n\r\nx\r\n") * 30,
    "text in a slow alphabet": TOP + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"9z" * 120_000,
    "subject in a slow alphabet": b"Subject: " + b"=?punycode?q?9z9z9z9z9z9z9z9z?= " * 250 + b"\r\n\r\n",
    "8 kB of encoded words": b"Subject: " + b"=?utf-8?q?" * 800 + b"\r\nReferences: " + b"=?a?b?QQ=?=" * 700 + b"\r\n\r\n",
    "recipients without an end": (b"To: " + b"a" * 8_000 + b"\r\n") * 8 + b"\r\nx",
    "250 kB of spaces": b"From: " + b"\n " * 120_000 + b"\n\nx",
    "half a boundary": TOP + b"\r\nboundary" + b" " * 240_000,
    "base64 of nothing": TOP + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=\n" * 120_000,
    "uuencoded": TOP + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\n" + b"M" * 240_000,
    "control characters": TOP + b"\r\n" + b"\x01" * 240_000,
    "quotes": TOP + b"\r\n" + b'"' * 240_000,
    **{
        f"a page of {token}": TOP + b"Content-Type: text/html\r\n\r\n" + token.encode() * (240_000 // len(token))
        for token in ("<!--", "<![x[", "<a ", "<", "</", "&a", "&#1", f"&#{'1' * 5000};", "<script>", "<style ", "<br", "</p", '<a b="', "\n ", " <p>", "<!-")
    },
}  # fmt: skip


@pytest.mark.parametrize("name", HURTFUL)
def test_a_mail_built_to_hurt_takes_no_time(name: str) -> None:
    """Each is read in less than two seconds of processor time, and fits a record when it is sealed."""
    started = time.process_time()
    received = mail.read(HURTFUL[name])
    assert time.process_time() - started < 2
    assert as_json(received) < 160_000


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (HURTFUL["40,000 parts"], "structure"),
        (HURTFUL["3,000 levels"], "structure"),
        (HURTFUL["190 levels, written otherwise"], "structure"),
        (HURTFUL["60 kB of type of a part"], "structure"),
        (HURTFUL["60 kB of folded type of a part"], "structure"),
        (HURTFUL["3,000 mails in a mail"], "unreadable"),
        (MIXED + b"--grens\r\n\r\nx\r\n" * 300, "parts"),
        (MIXED + b"--grens\r\nContent-Type: a/b\r\n\r\nx\r\n" * 60, "parts"),
        (TOP + b"\r\n" + b"a" * 60_001, "long"),
        (TOP + b"\r\n" + b" " * 300_000, "long"),
        (typed(b"text/plain; name*=idna''%ff"), "part"),
        (HURTFUL[f"a page of &#{'1' * 5000};"], "part"),
        (b"Subject: =?utf-8?b?A?=\r\n\r\n", "header subject"),
    ],
)
def test_what_is_not_read_is_named(raw: bytes, problem: str) -> None:
    """Staff are told that there is more in a mail than they see."""
    assert problem in mail.read(raw).problems


@pytest.mark.parametrize("name", ["40,000 parts", "3,000 levels", "60 kB of type of a part", "3,000 mails in a mail"])
def test_a_mail_that_is_not_read_still_has_its_headers(name: str) -> None:
    """Whose it is and what it is about is known when the rest is built to hurt."""
    received = mail.read(HURTFUL[name])
    assert (received.sender, received.subject) == ("ada@example.org", "Inzage")
    assert received.recipients == ("privacy@voorbeeld.nl",)


@pytest.mark.parametrize(
    "charset", ["utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "rot13", "base64", "zlib", "undefined", "x" * 300, "utf-8\x00"]
)  # fmt: skip
def test_text_is_read_in_alphabets_only(charset: str) -> None:
    """What Python can decode but is no charset of mail is shown as it came; half a character is none."""
    received = mail.read(TOP + b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\n+2AA- \\ud800")
    assert received.text == "+2AA- \\ud800"


def test_half_a_character_is_none() -> None:
    """Text of halves of characters can be sealed like any other."""
    raw = TOP + b"Content-Type: text/plain; charset=utf-16-le\r\nContent-Transfer-Encoding: base64\r\n\r\nQQAA2EIA"
    assert mail.read(raw).text.encode().decode() == "A\ufffdB"
    for name in (b"filename=\xff\xd8.pdf", b"filename*=utf-7''+2AA-.pdf"):
        attached = b"Content-Disposition: attachment; " + name + b"\r\n\r\nx"
        assert mail.read(TOP + parts(attached)).attachments[0].name.encode().endswith(b".pdf")


def test_the_most_that_is_read_fits_a_record() -> None:
    """Text, names and types of nothing but quotes, which JSON doubles, leave room for 250 kB of raw mail in 400 KiB."""
    attached = (
        b"Content-Type: "
        + b'"' * 200
        + b"/a\r\nContent-Disposition: attachment; filename*=utf-8''"
        + b"%22" * 300
        + b"\r\n\r\nx"
    )
    received = mail.read(b"Subject: " + b'"' * 2_000 + b"\r\n" + parts(b"\r\n" + b'"' * 70_000, *[attached] * 60))
    assert [len(attachment.name) for attachment in received.attachments] == [200] * 50
    assert (len(received.text), len(received.subject)) == (60_000, 1_000)
    assert received.problems == ("long", "parts")
    assert 150_000 < as_json(received) < 156_000


def test_a_part_that_cannot_be_read_is_an_attachment() -> None:
    """Nothing that came is left out of what staff see, even if only its size is known."""
    assert mail.read(typed(b"text/plain; name*=idna''%ff")).attachments == (("", "", 1),)


def as_json(received: mail.Mail) -> int:
    """Return how many bytes what staff read takes, as it is sealed."""
    seen = [received.sender, received.subject, received.text, received.message_id]
    more = [received.attachments, received.problems, received.verdicts]
    together = [seen, more, received.in_reply_to, received.recipients, received.reply_tokens]
    json.dumps(together, ensure_ascii=False).encode()
    return len(json.dumps([seen, more], ensure_ascii=False).encode())


TOKENS = (
    b"\r\n", b"\n\n", b"\r", b"\r\n\r\n", b"--grens\r\n", b"--grens--", b"--binnen\r\n", b"=?utf-8?q?=ED=A0=80?=", b"=?utf-8?b?A?=",
    b"Content-Type: text/html\r\n", b"Content-Type: multipart/alternative; boundary=grens\r\n", b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: message/delivery-status\r\n\r\n", b"Content-Type: ", b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n", b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*1*=%00\r\n",
    b"; charset=utf-7", b"; charset=unicode_escape", b"; charset=idna", b"; charset*=punycode''a", b"; boundary=grens", b";", b'"', b"\\",
    b"(", b")", b"<", b">", b"@", b",", b":", b"*", b"'", b"=", b"+2AA-", b"\\ud800", b"\x00", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xa8",
    b"<![x[", b"<!--", b"<script>", b"&#xD800;", b"&#99999999999;", b"From: <@[", b"From: a: b;\r\n", b"Subject: ", b"Received: for ",
)  # fmt: skip


def mutant(chance: random.Random, raw: bytes) -> bytes:
    """Return a mail with a few things wrong: bytes flipped, pieces lost or doubled, and what means something to a parser."""
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(changed))
        end = place + chance.randint(1, 40)
        kind = chance.randrange(5)
        if kind == 0 and place < len(changed):
            changed[place] = chance.randrange(256)
        elif kind == 1:
            del changed[place:end]
        elif kind == 2:
            changed[place:place] = changed[place:end] * chance.randint(1, 3)
        else:
            changed[place:place] = chance.choice(TOKENS)
    return bytes(changed)


@pytest.mark.parametrize("name", MAILS)
def test_no_mail_is_an_exception(name: str) -> None:
    """Of 1,750 mails (43,750 in all) made by chance from one that people send, each is read and can be sealed.

    Every tenth is also read for the rights it asks. `make fuzz` does all of it much longer, with other mails each time.
    """
    chance = random.Random(os.environ.get("FUZZ_SEED", "") + name)  # noqa: S311 - the same mails each time
    for number in range(int(os.environ.get("FUZZ_MAILS", "1750"))):
        raw = mutant(chance, MAILS[name])
        received = mail.read(raw)
        assert as_json(received) < 20_000, raw
        if number % 10 == 0:
            found = triage.read(received.subject, received.text, default_language="nl")
            assert found.rights, raw
