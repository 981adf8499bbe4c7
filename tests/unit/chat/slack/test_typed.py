"""What Slack made of a message is undone: its author's code is judged, not Slack's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.command import Place
from bot.chat.slack.given import line_of
from bot.chat.slack.heard import SlackEvent, SlashCommand
from bot.chat.slack.said import said_in
from bot.chat.slack.typed import as_typed
from tests.fakes.slack.plain import typed


@given(text=st.text())
def test_what_slack_escapes_comes_back(text: str) -> None:
    assert as_typed(typed(text, {}), "T1") == text.strip()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<@UBOT> hola", "hola"),
        ("<@UBOT|cordada> hola", "hola"),
        ("<http://example.org|example.org>", "example.org"),
        ("<mailto:ana@example.org|ana@example.org>", "ana@example.org"),
        ("<#C123|general>", "#general"),
        ("<!here>", "@here"),
        ("<!subteam^S1|@mentors>", "@mentors"),
        ("mentor <@U2>", "mentor T1:U2"),
        ("a &lt; b &amp;&amp; c", "a < b && c"),
        ("&lt;@UBOT&gt;", "<@UBOT>"),
    ],
)
def test_what_slack_recognised_is_written_as_before(text: str, meant: str) -> None:
    assert as_typed(text, "T1", "UBOT") == meant


@pytest.mark.parametrize(
    ("command", "text", "line"),
    [
        ("/reto", "ver add-up", "/reto ver add-up"),
        ("/cordada", "", "/help"),
        ("/cordada", "reto hoy", "/reto hoy"),
        ("/mentor", "request <@U7|ana>", "/mentor request T1:U7"),
    ],
)
def test_a_command_is_the_line_that_was_typed(
    command: str, text: str, line: str
) -> None:
    heard = SlashCommand(
        team_id="T1",
        channel_id="C1",
        user_id="U1",
        command=command,
        text=text,
        response_url="https://hooks.example/1",
        trigger_id="1.2.3",
    )
    assert line_of(heard) == line


def event(**told: object) -> SlackEvent:
    said = {"channel": "C1", "user": "U1", "ts": "1.0", "text": "hola", **told}
    return SlackEvent.model_validate(
        {
            "team_id": "T1",
            "event_id": "Ev1",
            "event": said,
            "authorizations": [{"user_id": "UBOT"}],
        }
    )


EDIT = {"ts": "1.0", "user": "U1", "text": "<@UBOT> b"}


@pytest.mark.parametrize(
    "told",
    [
        {"type": "message", "channel_type": "channel"},
        {"type": "message", "channel_type": "im", "bot_id": "B1"},
        {"type": "message", "channel_type": "im", "user": "UBOT"},
        {"type": "message", "channel_type": "im", "subtype": "channel_join"},
        {
            "type": "message",
            "channel_type": "im",
            "subtype": "message_changed",
            "message": EDIT,
            "previous_message": EDIT,
        },
        {
            "type": "message",
            "channel_type": "channel",
            "subtype": "message_changed",
            "message": {**EDIT, "text": "b"},
            "previous_message": EDIT,
        },
    ],
)
def test_what_is_not_for_the_bot_is_left_alone(told: dict[str, object]) -> None:
    assert said_in(event(**told)) is None


@pytest.mark.parametrize(
    ("told", "thread"),
    [
        ({"type": "app_mention"}, "1.0"),
        ({"type": "app_mention", "thread_ts": "0.5"}, "0.5"),
        ({"type": "message", "channel_type": "im"}, None),
        ({"type": "message", "channel_type": "im", "thread_ts": "0.5"}, "0.5"),
        ({"type": "message", "channel_type": "im", "subtype": "file_share"}, None),
    ],
)
def test_an_answer_belongs_under_a_mention_and_after_a_direct_message(
    told: dict[str, object], thread: str | None
) -> None:
    said = said_in(event(**told))
    assert said is not None
    assert said.thread == thread
    assert isinstance(said.place(), Place)
    assert said.place().detail.get("thread") == thread
