"""Slack's settings go together, or the one that is wrong is named."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.slack_settings import slack_problems

APP, BOT = "slack_app_token", "slack_bot_token"
ID, SECRET, SIGNED = "slack_client_id", "slack_client_secret", "slack_signing_secret"


@pytest.mark.parametrize(
    "given",
    [
        (),
        (BOT, APP),
        (BOT, SIGNED),
        (BOT, APP, SIGNED),
        (ID, SECRET, SIGNED),
        (ID, SECRET, SIGNED, "slack_token_key"),
    ],
)
def test_what_goes_together_is_taken(given: tuple[str, ...]) -> None:
    assert slack_problems(given) == {}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ((BOT,), {APP}),
        ((APP,), {BOT}),
        ((SIGNED,), {BOT}),
        ((ID,), {SECRET, SIGNED}),
        ((SECRET,), {ID, SIGNED}),
        ((ID, SECRET), {SIGNED}),
        ((ID, SECRET, SIGNED, BOT), {BOT}),
        ((ID, SECRET, SIGNED, APP), {APP}),
        ((ID, BOT, APP), {SECRET, SIGNED, BOT, APP}),
    ],
)
def test_each_setting_that_is_wrong_is_named(
    given: tuple[str, ...], wrong: set[str]
) -> None:
    assert slack_problems(given).keys() == wrong


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            {"CLIENT_ID": "1.2", "CLIENT_SECRET": "s3cret-of-slack"},
            "CORDADA_SLACK_SIGNING_SECRET is '(not set)': is needed beside",
        ),
        (
            {"BOT_TOKEN": "xapp-1-taken", "APP_TOKEN": "xapp-1-taken"},
            "CORDADA_SLACK_BOT_TOKEN is '(hidden)': must start with xoxb-",
        ),
        (
            {"CLIENT_ID": "A0123"},
            "CORDADA_SLACK_CLIENT_ID is 'A0123': is not two numbers",
        ),
        (
            {"SIGNING_SECRET": "s3cret-of-slack", "TOKEN_KEY": "short"},
            "CORDADA_SLACK_TOKEN_KEY is '(hidden)': must have 16 characters",
        ),
    ],
)
def test_at_the_start_name_problem_and_example_are_told_and_no_secret(
    settings: dict[str, str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    variables = {f"CORDADA_SLACK_{name}": one for name, one in settings.items()}
    ended = CliRunner().invoke(app, ["run"], env=variables)
    output = " ".join(ended.output.split())
    assert ended.exit_code == 2
    assert told in output
    assert "For example: CORDADA_SLACK_" in output
    assert not any(secret in output for secret in ("s3cret", "taken", "short"))


def test_without_settings_a_check_says_which_are_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(app, ["slack", "check"])
    assert ended.exit_code == 1
    assert "CORDADA_SLACK_BOT_TOKEN" in ended.output
    assert "deploy/slack.md" in ended.output
