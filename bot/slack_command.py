"""`cordada slack`: what an organiser does once."""

import asyncio
from typing import Annotated, Literal, NoReturn
from urllib.parse import urlsplit

import typer

from bot.chat.slack.errors import (
    NoWayIn,
    SlackError,
    SlackTokenRefused,
    SlackUnavailable,
)
from bot.chat.slack.manifest import manifest, written
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES
from bot.checked_settings import checked
from bot.settings import PREFIX, read_settings

app = typer.Typer(help="Bring Cordada to Slack.", no_args_is_help=True)

NO_WAY_IN = (
    "Nothing says how Slack reaches Cordada: set CORDADA_SLACK_APP_TOKEN (Socket Mode,"
    " from the page Basic Information of your application at https://api.slack.com/apps)"
    " or CORDADA_SLACK_SIGNING_SECRET (HTTP, from the same page)"
)
UNSET = (
    "Set CORDADA_SLACK_BOT_TOKEN and CORDADA_SLACK_APP_TOKEN for one workspace, or"
    " CORDADA_SLACK_CLIENT_ID and its fellows for many: deploy/slack.md says where they"
    " are"
)
NOBODY = "No workspace has installed the application yet."
AWAY = "Slack does not answer. How it is stands at https://slack-status.com"


def why_slack(error: SlackError) -> str:
    """What an organiser can do about it."""
    match error:
        case SlackTokenRefused(setting=setting):
            return (
                f"Slack does not take the token of {PREFIX}{setting.upper()}. Install"
                " the application again at https://api.slack.com/apps and copy it anew"
            )
        case SlackUnavailable():
            return AWAY
        case NoWayIn():
            return NO_WAY_IN
        case _:
            return f"Slack does not take it: {error!r}"


def _address(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise typer.BadParameter("must be like https://bot.example")
    return url.rstrip("/")


@app.command()
def check() -> None:
    """Ask Slack whether it knows the tokens, and which scopes are missing."""
    settings = checked(read_settings)
    if not settings.is_on_slack:
        _give_up(UNSET)
    # As in `bot.platforms`: slack-sdk is for those alone who use it.
    from bot.slack_check import standings, told  # noqa: PLC0415

    try:
        found = asyncio.run(standings(settings))
    except SlackError as error:
        _give_up(why_slack(error))
    typer.echo("\n".join(map(told, found)) or NOBODY)
    if not all(one.is_well for one in found):
        raise typer.Exit(1)


def _give_up(told: str) -> NoReturn:
    typer.echo(told, err=True)
    raise typer.Exit(1)


@app.command(name="manifest")
def show_manifest(
    language: Annotated[
        Literal["es", "en"] | None,
        typer.Option(help="Commands in this language only; by default in both."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            help="Where Slack reaches this bot, for many workspaces over HTTP; without"
            " it, Socket Mode for one.",
            callback=_address,
        ),
    ] = None,
    *,
    channels: Annotated[
        bool,
        typer.Option(
            help="Hear what is said in its channels, too: code in the bot's own threads"
            " then needs no mention, and edits are offered to be judged again.",
        ),
    ] = False,
) -> None:
    """Print the manifest to create the application from at api.slack.com/apps."""
    languages = LANGUAGES if language is None else (language,)
    made = manifest(COMMANDS, languages=languages, url=url, hears_channels=channels)
    typer.echo(written(made), nl=False)
