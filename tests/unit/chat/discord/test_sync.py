"""Commands are registered anew only when a member would see a difference."""

from copy import deepcopy
from typing import Any

import pytest

from bot.chat.discord.registration import commands
from bot.chat.discord.sync import is_same
from bot.chat.table import COMMANDS


def as_discord_keeps_it(payload: Any) -> Any:
    """With fields of its own, and without those that are false or empty."""
    if isinstance(payload, dict):
        kept = {name: as_discord_keeps_it(one) for name, one in payload.items() if one}
        if needed := kept.get("default_member_permissions"):
            kept["default_member_permissions"] = str(needed)
        return {**kept, "id": "1", "version": "2", "nsfw": False}
    if isinstance(payload, list):
        return [as_discord_keeps_it(one) for one in payload]
    return payload


def registered() -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = as_discord_keeps_it(deepcopy(commands(COMMANDS)))
    return kept


def test_what_discord_adds_and_leaves_out_is_no_difference() -> None:
    assert is_same(commands(COMMANDS), registered())
    assert is_same(commands(COMMANDS), registered()[::-1])


@pytest.mark.parametrize("field", ["description", "description_localizations"])
def test_a_new_sentence_is_a_difference(field: str) -> None:
    changed = registered()
    changed[0][field] = {"es-ES": "otra"} if "local" in field else "another"
    assert not is_same(commands(COMMANDS), changed)


def test_a_command_or_an_option_more_or_less_is_a_difference() -> None:
    assert not is_same(commands(COMMANDS), registered()[1:])
    assert not is_same(commands(COMMANDS)[1:], registered())
    changed = registered()
    next(one for one in changed if one.get("options"))["options"].pop()
    assert not is_same(commands(COMMANDS), changed)
