"""`cordada slack`: what an organiser does once."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

import typer

from bot.chat.slack.manifest import manifest, written
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES

app = typer.Typer(help="Bring Cordada to Slack.", no_args_is_help=True)


def _address(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise typer.BadParameter("must be like https://bot.example")
    return url.rstrip("/")


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
) -> None:
    """Print the manifest to create the application from at api.slack.com/apps."""
    languages = LANGUAGES if language is None else (language,)
    made = manifest(COMMANDS, languages=languages, url=url)
    typer.echo(written(made), nl=False)
