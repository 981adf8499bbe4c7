"""`cordada discord`: what an organiser does once."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import NoReturn, TypeVar

import typer
from rich.console import Console

from bot.chat.discord.errors import (
    DiscordError,
    DiscordUnavailable,
    TokenRefused,
)
from bot.checked_settings import checked
from bot.settings import read_settings

T = TypeVar("T")

app = typer.Typer(help="Bring Cordada to Discord.", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)

UNSET = (
    "Set CORDADA_DISCORD_TOKEN to the bot's token, from the page Bot of your"
    " application at https://discord.com/developers/applications"
)
REFUSED = (
    "Discord does not know the token of CORDADA_DISCORD_TOKEN. On the page Bot of"
    " your application, Reset Token gives a new one"
)
AWAY = "Discord does not answer. How it is stands at https://discordstatus.com"


def why(error: DiscordError) -> str:
    """What an organiser can do about it."""
    match error:
        case TokenRefused():
            return REFUSED
        case DiscordUnavailable():
            return AWAY
        case _:
            return f"Discord does not take it: {error!r}"


@app.command()
def invite() -> None:
    """Print the link by which the bot is invited, with the permissions it needs."""
    # As in `bot.platforms`: discord.py is for those alone who use it.
    from bot.chat.discord.setup import invitation  # noqa: PLC0415

    console.print(_asked(invitation), markup=False)


@app.command()
def sync() -> None:
    """Bring Discord's commands to Cordada's; `cordada run` does so by itself."""
    from bot.chat.discord.setup import synchronised  # noqa: PLC0415

    changed = _asked(synchronised)
    console.print("Registered." if changed else "Nothing has changed.")


def _asked(ask: Callable[[str], Coroutine[None, None, T]]) -> T:
    token = checked(read_settings).discord_token
    if token is None:
        _give_up(UNSET)
    try:
        return asyncio.run(ask(token.get_secret_value()))
    except DiscordError as error:
        _give_up(why(error))


def _give_up(told: str) -> NoReturn:
    complaints.print(told, markup=False)
    raise typer.Exit(1)
