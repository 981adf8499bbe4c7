"""Slack's settings, and which of them go together.

one workspace      bot token, and   app token        Socket Mode
                                    signing secret   HTTP
many workspaces    client ID, client secret, signing secret
"""

import re
from collections.abc import Collection, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, SecretStr

from bot.setting_checks import beginning_with, long_enough

HIDDEN = frozenset(
    {
        "slack_app_token",
        "slack_bot_token",
        "slack_client_secret",
        "slack_signing_secret",
        "slack_token_key",
    }
)


def _client_id(told: str | None) -> str | None:
    if told is not None and not re.fullmatch(r"\d+\.\d+", told):
        raise ValueError("is not two numbers with a point between them")
    return told


class SettingsOfSlack(BaseModel):
    slack_bot_token: Annotated[
        SecretStr | None, AfterValidator(beginning_with("xoxb-"))
    ] = Field(
        None,
        description="The bot's token of one Slack workspace (`xoxb-`); with it Cordada"
        " joins that workspace.",
        examples=["xoxb-…"],
    )
    slack_app_token: Annotated[
        SecretStr | None, AfterValidator(beginning_with("xapp-"))
    ] = Field(
        None,
        description="The Slack application's token (`xapp-`, `connections:write`). With"
        " it Slack is heard by Socket Mode, and no address of ours need be public.",
        examples=["xapp-…"],
    )
    slack_signing_secret: SecretStr | None = Field(
        None,
        description="The Slack application's signing secret. With it Slack may speak to"
        " us over HTTP, at `/slack/events`.",
        examples=["8f742231b10e8888abcd99yyyzzz85a5"],
    )

    slack_channel: str = Field(
        "cordada",
        description="Name of the channel in each Slack workspace that news are for;"
        " invite the bot there.",
        examples=["python"],
    )
    slack_hears_channels: bool = Field(
        default=False,
        description="Ask workspaces that install the bot for what is said in its"
        " channels, too, as `cordada slack manifest --channels` does: code in its own"
        " threads then needs no mention, and edits are offered to be judged again.",
        examples=["true"],
    )
    slack_client_id: Annotated[str | None, AfterValidator(_client_id)] = Field(
        None,
        description="The Slack application's client ID. With it and the next one any"
        " workspace may install the bot, at `/slack/install`, in place of one by a"
        " token.",
        examples=["1234567890.9876543210"],
    )
    slack_client_secret: SecretStr | None = Field(
        None,
        description="The Slack application's client secret.",
        examples=["0123456789abcdef0123456789abcdef"],
    )
    slack_token_key: Annotated[SecretStr | None, AfterValidator(long_enough)] = Field(
        None,
        description="What seals the workspaces' tokens in the database, of 16"
        " characters or more. By default the client secret does: set this before you"
        " replace that.",
        examples=["$(openssl rand -hex 32)"],
    )

    @property
    def is_on_slack(self) -> bool:
        return bool(self.slack_bot_token or self.slack_client_id)


def slack_problems(given: Collection[str]) -> Mapping[str, str]:
    """By the setting, what is wrong with those that are given beside one another."""
    found: dict[str, str] = {}

    def need(name: str, because: str) -> None:
        if name not in given:
            found.setdefault(name, because)

    if "slack_client_id" in given or "slack_client_secret" in given:
        need("slack_client_id", "is needed beside CORDADA_SLACK_CLIENT_SECRET")
        need("slack_client_secret", "is needed beside CORDADA_SLACK_CLIENT_ID")
        need(
            "slack_signing_secret",
            "is needed beside CORDADA_SLACK_CLIENT_ID: many workspaces come over HTTP,"
            " and Slack signs what it sends",
        )
        for name in {"slack_bot_token", "slack_app_token"} & set(given):
            found[name] = (
                "is for one workspace, and CORDADA_SLACK_CLIENT_ID for many: leave one"
                " of them out"
            )
    elif "slack_bot_token" in given:
        if "slack_signing_secret" not in given:
            need(
                "slack_app_token",
                "is needed beside CORDADA_SLACK_BOT_TOKEN, for Socket Mode; or"
                " CORDADA_SLACK_SIGNING_SECRET, for HTTP",
            )
    else:
        for name in sorted({"slack_app_token", "slack_signing_secret"} & set(given)):
            need(
                "slack_bot_token",
                f"is needed beside CORDADA_{name.upper()}; or, for many workspaces,"
                " CORDADA_SLACK_CLIENT_ID",
            )
    return found
