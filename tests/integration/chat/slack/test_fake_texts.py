"""Plain text and mrkdwn, there and back, for whatever a member may type."""

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.slack import plain

HOSTILE = st.text(st.sampled_from("<>&!@#|ab ;lgtamp`*_~\n:/.htps"), max_size=60)


@given(HOSTILE | st.text())
def test_what_is_escaped_reads_as_it_was_typed(text: str) -> None:
    assert plain.read(plain.escaped(text), {}) == text


@given(HOSTILE)
def test_what_is_typed_reads_as_it_was_typed(text: str) -> None:
    people = {"a": "U1", "ab": "U2"}
    names = {account_id: name for name, account_id in people.items()}
    assert plain.read(plain.typed(text, people), names) == text


@given(HOSTILE)
def test_what_is_escaped_has_no_control_sequence(text: str) -> None:
    assert not plain.CONTROL.search(plain.escaped(text))


def test_control_sequences_read_as_slack_shows_them() -> None:
    names = {"U1": "ana", "C1": "reto"}
    assert plain.read("<@U1> in <#C1>", names) == "@ana in #reto"
    assert plain.read("<https://a.test|here>", names) == "here"
    assert plain.read("<!here> <!date^1^{date}|Monday>", names) == "@here Monday"
