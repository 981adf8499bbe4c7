"""Discord's commands are the command table, whatever stands in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.discord.registration import (
    commands,
    menu_called,
    option_called,
    path_called,
)
from bot.chat.names import spec_of
from bot.chat.table import COMMANDS

Payload = Mapping[str, Any]


def specs(*path: str) -> CommandSpec:
    found = spec_of(COMMANDS, path)
    assert found is not None
    return found


def called(name: str, payloads: Sequence[Payload]) -> Payload:
    return next(one for one in payloads if one["name"] == name)


def every(payload: Payload) -> Iterator[Payload]:
    yield payload
    for option in payload.get("options", ()):
        yield from every(option)


def size(payload: Payload) -> int:
    """As Discord counts: names, descriptions and values, in the longest language."""
    counted = 0
    for one in every(payload):
        for field in ("name", "description"):
            spoken = [
                one.get(field, ""),
                *one.get(f"{field}_localizations", {}).values(),
            ]
            counted += max(map(len, spoken))
        counted += sum(
            len(each["name"]) + len(each["value"]) for each in one.get("choices", ())
        )
    return counted


def test_a_group_has_its_subcommands_with_localised_names() -> None:
    challenge: Payload = called("challenge", commands(COMMANDS))
    assert challenge["name_localizations"] == {"es-ES": "reto", "es-419": "reto"}
    names = [one["name"] for one in challenge["options"]]
    assert names[:2] == ["today", "show"]
    assert "report" not in names
    show = called("show", challenge["options"])
    assert show["options"][0]["autocomplete"] is True
    assert show["options"][0]["name_localizations"]["es-419"] == "reto"


def test_options_have_the_types_and_bounds_of_the_table() -> None:
    payloads = commands(COMMANDS)
    phase = called("phase", called("roadmap", payloads)["options"])
    assert (phase["type"], phase["min_value"], phase["max_value"]) == (4, 1, 7)
    period = called("period", called("leaderboard", payloads)["options"])
    assert period["choices"][0] == {
        "name": "week",
        "name_localizations": {"es-ES": "semana", "es-419": "semana"},
        "value": "week",
    }
    submit = called("submit", called("challenge", payloads)["options"])
    assert called("code", submit["options"])["type"] == 11


def test_what_takes_a_message_is_in_the_menu_of_messages() -> None:
    menus = {one["name"]: one for one in commands(COMMANDS) if one["type"] == 3}
    taking = [one for one in COMMANDS if one.takes_message]
    # discord.py knows no more than five.
    assert len(menus) == len(taking) <= 5
    judge = menus["Judge this code"]
    assert judge["name_localizations"]["es-ES"] == "Evaluar este código"
    assert menu_called("Judge this code", COMMANDS) == specs("challenge", "submit")
    assert menu_called("Eat this code", COMMANDS) is None


def test_every_command_keeps_discords_bounds() -> None:
    payloads = commands(COMMANDS)
    assert len(payloads) <= 100
    for payload in payloads:
        assert size(payload) <= 8000
        for one in every(payload):
            assert len(one.get("options", ())) <= 25
            assert len(one.get("description", "")) <= 100
            if payload["type"] == 1:
                for name in (one["name"], *one["name_localizations"].values()):
                    assert re.fullmatch(r"[a-z_]{1,32}", name)


@pytest.mark.parametrize("spec", [one for one in COMMANDS if one.is_listed])
def test_what_discord_sends_back_names_the_same_command(spec: CommandSpec) -> None:
    payload: Payload = called(spec.path[0], commands(COMMANDS))
    names = [payload["name"]]
    for segment in spec.path[1:]:
        index = [
            one.path[1]
            for one in COMMANDS
            if one.path[0] == spec.path[0] and one.is_listed
        ].index(segment)
        payload = payload["options"][index]
        names.append(payload["name"])
    assert path_called(names, COMMANDS) == spec.path
    for option in payload["options"]:
        found = option_called(option["name"], spec)
        assert found is not None
        assert found in spec.options


def test_a_command_that_is_added_to_the_table_appears() -> None:
    added = replace(
        specs("streak"),
        options=(
            Option(name="view", kind=OptionKind.TEXT),
            Option(name="view", kind=OptionKind.MEMBER, required=True),
        ),
        audience=Audience.ORGANISER,
    )
    (payload,) = commands([added])
    assert [one["type"] for one in payload["options"]] == [6, 3]
    assert payload["default_member_permissions"] == 1 << 5
    assert payload["contexts"] == [0]
