"""The application as Slack is to know it: its manifest, from the command table.

    ("challenge", "show")   /challenge  /reto       a slash command a group and language
    ("streak",)             /streak  /racha
    takes_message           Judge this code  …      in the menu of a message

Slack translates no names: each language has commands and shortcuts of its own. Whoever
uses them is answered in their own language all the same.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from bot.chat.answer_form import shortened
from bot.chat.command import CommandSpec, OptionKind
from bot.chat.names import command_line
from bot.chat.slack.scopes import IN_CHANNELS, OPTIONAL, SCOPES
from bot.chat.slack.slash import EVERYTHING
from bot.chat.texts import LANGUAGES, Texts, texts_in

Payload = Mapping[str, Any]

NAME = "Cordada"
# The colour of the name's hovercard; white letters on it have a contrast of 7 to 1.
COLOUR = "#1f5582"

EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

EVENTS = ("app_home_opened", "app_mention", "message.im")
# What they say in channels, beside mentions: of it we take answers in the bot's own
# threads, and edits.
EVENTS_IN_CHANNELS = ("message.channels", "message.groups")
# Of a workspace that leaves; one that is served by a token of its own just stops.
LEAVING = ("app_uninstalled", "tokens_revoked")

# Slack's manifest schema, 2.0.0.
DESCRIPTION_LENGTH = 2000
USAGE_LENGTH = 1000
SHORTCUT_ABOUT_LENGTH = 150

_MENU = "menu."


def manifest(
    table: Sequence[CommandSpec],
    *,
    languages: Sequence[str] = LANGUAGES,
    url: str | None = None,
    hears_channels: bool = False,
) -> Payload:
    """`url`: where Slack reaches this bot; without it, Socket Mode for one workspace.

    `hears_channels`: with the scopes to hear what does not mention the bot.
    What Slack has one place for is said in each of `languages`.
    """
    spoken = [texts_in(language) for language in languages]
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": NAME,
            "description": _said(spoken, "slack_app.about"),
            "long_description": _said(spoken, "slack_app.long", "\n\n"),
            "background_color": COLOUR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": list(_shortcuts(table, spoken)),
            "slash_commands": [
                one | _request(url) for one in _slash_commands(table, spoken)
            ],
        },
        "oauth_config": {
            "scopes": {
                "bot": sorted([*SCOPES, *(IN_CHANNELS if hears_channels else ())]),
                "bot_optional": list(OPTIONAL),
            },
            **({"redirect_urls": [f"{url}{REDIRECT_PATH}"]} if url else {}),
        },
        "settings": {
            "event_subscriptions": {
                "bot_events": sorted(
                    [
                        *EVENTS,
                        *(EVENTS_IN_CHANNELS if hears_channels else ()),
                        *(LEAVING if url else ()),
                    ]
                ),
                **_request(url, "request_url"),
            },
            "interactivity": {
                "is_enabled": True,
                **_request(url, "request_url"),
                **_request(url, "message_menu_options_url"),
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            # A token of the settings cannot be changed by whom it is given to.
            "token_rotation_enabled": url is not None,
        },
    }


def written(made: Payload) -> str:
    """As Slack's form takes it."""
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def shortcut_called(
    callback_id: str, table: Sequence[CommandSpec]
) -> CommandSpec | None:
    """The command that a message's shortcut is for."""
    path = callback_id.removeprefix(_MENU).rpartition(".")[0]
    taking = (spec for spec in table if spec.takes_message)
    return next((spec for spec in taking if ".".join(spec.path) == path), None)


def _said(spoken: Sequence[Texts], key: str, between: str = " · ") -> str:
    return between.join(texts(key) for texts in spoken)


def _request(url: str | None, field: str = "url") -> dict[str, str]:
    return {field: f"{url}{EVENTS_PATH}"} if url else {}


def _slash_commands(
    table: Sequence[CommandSpec], spoken: Sequence[Texts]
) -> Iterator[dict[str, Any]]:
    listed = [spec for spec in table if spec.is_listed]
    groups = dict.fromkeys(spec.path[0] for spec in listed)
    named: dict[str, dict[str, Any]] = {}
    for texts in spoken:
        for group in groups:
            within = [spec for spec in listed if spec.path[0] == group]
            command = _slash_command(group, within, texts)
            # Of a name that languages share, the first one's words.
            named.setdefault(command["command"], command)
    yield _everything(spoken)
    yield from named.values()


NAMED = frozenset({OptionKind.MEMBER, OptionKind.CHANNEL, OptionKind.ROLE})


def _slash_command(
    group: str, within: Sequence[CommandSpec], texts: Texts
) -> dict[str, Any]:
    name = "/" + texts(f"command.{group}.name")
    usage = " | ".join(filter(None, (_usage(texts, name, one) for one in within)))
    about = shortened(texts(f"command.{group}.about"), DESCRIPTION_LENGTH)
    return {
        "command": name,
        "description": about,
        **({"usage_hint": shortened(usage, USAGE_LENGTH)} if usage else {}),
        # Only so does Slack say who a typed @name is. Elsewhere it would turn what
        # looks like a link in a member's words into mark-up.
        "should_escape": any(
            option.kind in NAMED
            for option in chain.from_iterable(spec.options for spec in within)
        ),
    }


def _usage(texts: Texts, name: str, spec: CommandSpec) -> str:
    """Of a group the names of what it holds; of a command its options."""
    rest = command_line(texts, spec).removeprefix(name).strip()
    return rest.split(" ")[0] if len(spec.path) > 1 else rest


def _everything(spoken: Sequence[Texts]) -> dict[str, Any]:
    return {
        "command": EVERYTHING,
        "description": _said(spoken, "slack_app.everything"),
        "usage_hint": _said(spoken, "slack_app.everything_usage"),
        "should_escape": True,
    }


def _shortcuts(
    table: Sequence[CommandSpec], spoken: Sequence[Texts]
) -> Iterator[Payload]:
    for spec in table:
        if not spec.takes_message:
            continue
        for texts in spoken:
            key = _MENU + ".".join(spec.path)
            yield {
                "name": texts(key),
                "type": "message",
                "callback_id": f"{key}.{texts.language}",
                "description": shortened(
                    texts(f"{spec.key}.about"), SHORTCUT_ABOUT_LENGTH
                ),
            }
