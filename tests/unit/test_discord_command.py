"""What `cordada discord` says to an organiser who has not set it up yet."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.chat.discord.errors import (
    DiscordError,
    DiscordUnavailable,
    RefusedByDiscord,
    TokenRefused,
)
from bot.discord_command import app, why


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no `.env` stands."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", ["invite", "sync"])
def test_without_a_token_it_says_where_one_is_had(command: str) -> None:
    told = CliRunner().invoke(app, [command], env={"CORDADA_DISCORD_TOKEN": None})
    assert told.exit_code == 1
    assert "CORDADA_DISCORD_TOKEN" in told.output
    assert "discord.com/developers" in told.output


def test_a_setting_that_cannot_be_used_is_told_without_a_traceback() -> None:
    told = CliRunner().invoke(app, ["invite"], env={"CORDADA_DISCORD_PUBLIC_KEY": "x"})
    assert told.exit_code == 2
    assert "64 hexadecimal digits" in told.output


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TokenRefused(), "Reset Token"),
        (DiscordUnavailable(), "discordstatus.com"),
        (RefusedByDiscord(30034, "too many"), "30034"),
    ],
)
def test_each_error_says_what_to_do(error: DiscordError, told: str) -> None:
    assert told in why(error)
