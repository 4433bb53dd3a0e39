"""What a form may hold: every good one is taken as it was written, every bad one is refused by name."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from privacy import form, policy
from privacy.errors import BadInput, PrivacyError

SITE = policy.site("silver-essence")
FORM = policy.form(SITE.name)
LINE = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=80,
)


@given(LINE.filter(str.strip), LINE.filter(str.strip))
def test_what_people_write_comes_through_unaltered(name: str, message: str) -> None:
    """Any printable text, in any script, is kept to the letter but for the blanks around it."""
    sent = {"name": name, "email": "ada@example.org", "message": message}
    checked = form.check(form.read(json.dumps(sent).encode(), "application/json"), FORM, SITE)
    if not checked.masked:
        assert (checked.fields["name"], checked.fields["message"]) == (name.strip(), message.strip())


@given(
    st.binary(max_size=600),
    st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain",
            "",
            ";;;",
        ]
    ),
)
def test_no_body_raises_anything_but_our_own_errors(body: bytes, kind: str) -> None:
    """Whatever bytes come, under whatever type, the answer is a form or a refusal in words."""
    try:
        form.check(form.read(body, kind), FORM, SITE)
    except PrivacyError as refused:
        assert refused.status in {413, 415, 422}  # noqa: PT017 - either way is fine, anything else is not


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    )
)
def test_no_json_value_passes_for_a_field(value: object) -> None:
    """As a field's value only text is taken; everything else is refused by the field's name."""
    body = json.dumps({"name": value, "email": "ada@example.org", "message": "x"}).encode()
    if isinstance(value, str) and value.strip():
        return
    with pytest.raises(BadInput) as refused:
        form.check(form.read(body, "application/json"), FORM, SITE)
    assert refused.value.key in {"invalid", "invalid_json", "nested_too_deep"}


def test_a_form_of_exactly_64_kb_is_read_and_one_byte_more_is_not() -> None:
    """The limit is where it is said to be."""
    body = b'{"name": "' + b"x" * (form.MOST_BYTES - 12) + b'"}'
    assert len(form.read(body, "application/json")) == 1
    with pytest.raises(BadInput):
        form.read(body + b" ", "application/json")


@pytest.mark.parametrize(
    "hostile", ['{"name": "' + '\\"' * 32_000, "[" * 65_000, '"' * 65_000, '{"a":' * 13_000, "\\" * 65_000]
)
def test_hostile_json_is_refused_in_linear_time(hostile: str) -> None:
    """What is built to make a scanner go back and forth costs no more than any other 64 kB."""
    began = time.process_time()
    with pytest.raises(BadInput):
        form.read(hostile.encode()[: form.MOST_BYTES], "application/json")
    assert time.process_time() - began < 2
