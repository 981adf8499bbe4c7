"""The bot asks for what it uses, and for nothing else."""

import re
from pathlib import Path

import pytest

from bot.chat.slack.manifest import EVENTS, EVENTS_IN_CHANNELS
from bot.chat.slack.scopes import IN_CHANNELS, OPTIONAL, SCOPES, lacking
from tests.fakes.slack.reference import table

API = Path(__file__).parents[4] / "bot/chat/slack/api.py"
METHODS = table()
# slack-sdk's one name for several methods, and what is no method of the Web API.
UPLOAD = ("files.getUploadURLExternal", "files.completeUploadExternal")
ELSEWHERE = {
    "commands": "slash commands and shortcuts",
    "files:read": "downloading a file",
    "app_mentions:read": "the event app_mention",
    "im:history": "the event message.im",
    "channels:history": "the event message.channels",
    "groups:history": "the event message.groups",
}


def used_methods() -> set[str]:
    by_sdk = {name.replace(".", "_"): name for name in METHODS}
    written = set(re.findall(r'"([a-z]+(?:_[a-zA-Z0-9]+)+)"', API.read_text()))
    found = {by_sdk[name] for name in written & by_sdk.keys()}
    return found | set(UPLOAD if "files_upload_v2" in written else ())


def test_every_method_in_use_is_allowed_by_a_scope() -> None:
    used = used_methods()
    assert {"chat.postMessage", "users.info", *UPLOAD} <= used
    asked = {*SCOPES, *OPTIONAL}
    closed = {
        name
        for name in used
        if METHODS[name].scopes and not METHODS[name].scopes & asked
    }
    assert closed == set()


@pytest.mark.parametrize("scope", [*SCOPES, *OPTIONAL, *IN_CHANNELS])
def test_every_scope_is_for_something(scope: str) -> None:
    by_method = any(scope in METHODS[name].scopes for name in used_methods())
    assert by_method or scope in ELSEWHERE


def test_what_the_scopes_of_events_are_for_is_subscribed_to() -> None:
    assert {"app_mention", "message.im"} <= set(EVENTS)
    assert set(EVENTS_IN_CHANNELS) == {"message.channels", "message.groups"}


def test_what_lacks_is_named_and_the_optional_lack_nothing() -> None:
    granted = set(SCOPES) - {"files:read", "im:write"}
    assert lacking(granted) == ("files:read", "im:write")
    assert lacking(SCOPES) == ()
