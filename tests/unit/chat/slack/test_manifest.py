"""The manifest is the command table, and Slack would take it."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.names import command_name, spec_of
from bot.chat.slack.manifest import NAMED, manifest, shortcut_called
from bot.chat.slack.scopes import SCOPES
from bot.chat.slack.slash import RESERVED, typed_line
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES, texts_in
from tests.fakes.clock import FakeClock
from tests.fakes.discord.description import Description
from tests.fakes.slack import FakeSlack

ROOT = Path(__file__).parents[4]
FILE = "slack-manifest.schema.json"
URL = "https://bot.example"

Payload = Mapping[str, Any]

MANIFESTS = [
    manifest(COMMANDS, languages=languages, url=url, hears_channels=hears_channels)
    for languages in (LANGUAGES, ("es",), ("en",))
    for url in (None, URL)
    for hears_channels in (False, True)
]


def slash(made: Payload) -> dict[str, Payload]:
    return {one["command"]: one for one in made["features"]["slash_commands"]}


def with_member(table: Sequence[CommandSpec]) -> list[CommandSpec]:
    profile = spec_of(table, ("profile",))
    assert profile is not None
    member = Option(name="phase", kind=OptionKind.MEMBER)
    roadmap = replace(profile, path=("roadmap",), options=(member,))
    return [roadmap if spec.path == ("roadmap",) else spec for spec in table]


@pytest.mark.parametrize("made", MANIFESTS)
def test_it_is_what_slacks_schema_describes(made: Payload) -> None:
    named = os.environ.get("CORDADA_CONTRACTS")
    path = Path(named or ROOT.parent / "shared/contracts") / FILE
    if not named and not path.exists():
        pytest.skip(f"{FILE} is not at hand; CORDADA_CONTRACTS names its folder")
    schema = json.loads(path.read_text(encoding="utf-8"))
    described = Description({"components": {"schemas": schema["definitions"]}})
    assert list(described.check(schema, made)) == []
    # That the schema is read at all:
    assert list(described.check(schema, {**made, "features": {"shortcuts": []}}))


@pytest.mark.parametrize("made", MANIFESTS)
def test_slack_would_take_it(made: Payload) -> None:
    slack = FakeSlack(dict(made), FakeClock())
    assert slack.violations == []
    assert slack.application.home
    assert slack.application.messages_tab
    assert slack.application.interactive


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_command_can_be_typed_in_each_language(language: str) -> None:
    texts = texts_in(language)
    groups = {command_name(texts, one).split()[0] for one in COMMANDS if one.is_listed}
    both, alone = (
        slash(manifest(COMMANDS, languages=languages))
        for languages in (LANGUAGES, (language,))
    )
    assert groups <= both.keys()
    assert {"/cordada", *groups} == alone.keys()


def test_no_command_has_a_name_that_slack_keeps() -> None:
    assert slash(manifest(COMMANDS)).keys() & RESERVED == set()


def test_a_group_tells_what_it_holds_and_a_command_its_options() -> None:
    commands = slash(manifest(COMMANDS))
    assert commands["/reto"]["usage_hint"].startswith("hoy | ver | lista")
    assert commands["/roadmap"]["usage_hint"].startswith("[phase]")
    assert "usage_hint" not in commands["/help"]


def test_only_where_a_member_can_be_named_does_slack_escape() -> None:
    """And elsewhere, but where a channel or a role can, it leaves words alone."""
    table = with_member(COMMANDS)
    commands = slash(manifest(table))
    escaped = {name for name, one in commands.items() if one["should_escape"]}
    naming = [spec for spec in table if any(o.kind in NAMED for o in spec.options)]
    named = {
        command_name(texts_in(language), spec).split()[0]
        for spec in naming
        for language in LANGUAGES
    }
    assert escaped == {"/cordada", *named}
    assert {"/roadmap", "/ruta"} <= named
    assert "/help" not in escaped


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shortcut_leads_back_to_its_command(language: str) -> None:
    shortcuts = manifest(COMMANDS, languages=(language,))["features"]["shortcuts"]
    found = [shortcut_called(one["callback_id"], COMMANDS) for one in shortcuts]
    assert found == [spec for spec in COMMANDS if spec.takes_message]


def test_a_shortcut_that_nobody_made_is_none() -> None:
    for written in ("", "menu.", "menu.help.en", "challenge.submit", "menu.x.y.z"):
        assert shortcut_called(written, COMMANDS) is None


def test_over_http_every_way_leads_to_the_address_and_tokens_rotate() -> None:
    made = manifest(COMMANDS, url=URL)
    settings = made["settings"]
    addresses = {one["url"] for one in made["features"]["slash_commands"]}
    addresses |= {settings["interactivity"]["request_url"]}
    addresses |= {settings["event_subscriptions"]["request_url"]}
    assert addresses == {f"{URL}/slack/events"}
    assert made["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert settings["token_rotation_enabled"]
    assert not settings["socket_mode_enabled"]
    events = settings["event_subscriptions"]["bot_events"]
    assert {"app_uninstalled", "tokens_revoked"} <= set(events)


def test_in_socket_mode_there_is_no_address_and_the_token_stays() -> None:
    made = manifest(COMMANDS)
    assert "http" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"]
    assert not made["settings"]["token_rotation_enabled"]
    assert made["oauth_config"]["scopes"]["bot"] == list(SCOPES)


@pytest.mark.parametrize(
    ("command", "text", "line"),
    [
        ("/reto", "hoy", "/reto hoy"),
        ("/racha", "", "/racha"),
        ("/cordada", "reto hoy", "/reto hoy"),
        ("/cordada", " /reto hoy ", "/reto hoy"),
        ("/cordada", "", "/help"),
    ],
)
def test_a_slash_command_is_a_line_like_anywhere(
    command: str, text: str, line: str
) -> None:
    assert typed_line(command, text) == line
