"""The command `cordada`."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from bot.bench.command import app as bench_app
from bot.bootstrap import Parts
from bot.bootstrap_runner import RunnerParts
from bot.chat.discord.errors import DiscordError
from bot.chat.slack.errors import SlackError
from bot.chat.web.errors import NoFreePort
from bot.chat.web.server import WebServer
from bot.checked_settings import checked
from bot.demo import play
from bot.discord_command import app as discord_app
from bot.discord_command import why
from bot.documents import write_documents
from bot.errors import UnsafeRunner, UnsafeSandbox
from bot.log_command import add_to as add_log_commands
from bot.run import run as run_bot
from bot.run import serve_runner, work
from bot.sandbox_command import app as sandbox_app
from bot.sandbox_command import unavailable, unsafe
from bot.services.errors import StorageUnavailable
from bot.settings import (
    PREFIX,
    Settings,
    read_runner_settings,
    read_settings,
)
from bot.slack_command import app as slack_app
from bot.slack_command import why_slack
from bot.start_line import judging_line, sandbox_line
from bot.storage.embedded import EmbeddedServerError
from challenges.errors import InvalidChallenge
from runner.errors import BackendUnavailable
from runner.service.server import PortTaken

app = typer.Typer(
    help="A mentoring bot with judged Python challenges for Discord, Slack and the"
    " browser. Settings come from CORDADA_… variables or a .env file:"
    " [bold]cordada settings[/bold] lists them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
)
app.add_typer(sandbox_app, name="sandbox")
app.add_typer(discord_app, name="discord")
app.add_typer(slack_app, name="slack")
app.add_typer(bench_app, name="bench")
console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)


@app.command()
def run() -> None:
    """Start the bot with the web chat; no token, Docker or database is needed."""
    settings = _settings()
    with console.status("Starting: database, challenges, sandbox …") as status:

        def tell_ready(parts: Parts, server: WebServer) -> None:
            status.stop()
            console.print(judging_line(parts))
            console.print(f"Cordada is ready at {_address(settings, server)}")

        _finish(run_bot(settings, tell_ready))


@app.command()
def worker() -> None:
    """Judge submissions from the queue of CORDADA_DATABASE_URL; run as many as help."""
    settings = _settings()
    if settings.database_url is None:
        _give_up(
            "A worker shares a database with the bot: set CORDADA_DATABASE_URL, for"
            " example CORDADA_DATABASE_URL=postgresql://cordada@db.example/cordada"
        )

    def tell_ready(parts: Parts) -> None:
        console.print(judging_line(parts))
        console.print("The worker is ready.")

    _finish(work(settings, tell_ready))


@app.command()
def runner() -> None:
    """Judge jobs that bots send over HTTP; holds Docker, no tokens and no database."""
    settings = checked(read_runner_settings)
    with console.status("Starting the sandbox …") as status:

        def tell_ready(parts: RunnerParts) -> None:
            status.stop()
            console.print(sandbox_line(parts.backend))
            console.print(f"The runner is ready at {parts.server.url}")

        _finish(serve_runner(settings, tell_ready))


@app.command()
def demo(
    language: Annotated[
        Literal["es", "en"], typer.Option(help="The language of the community.")
    ] = "en",
) -> None:
    """Play a community's day on the real parts, printed as it would read in chat."""
    with console.status("Starting a database of its own …") as status:
        _finish(play(_settings(), console, language, status.stop))


@app.command()
def settings() -> None:
    """List every setting, what it does and what it is now."""
    current = _settings()
    table = Table("Variable", "Now", "What it does", highlight=False)
    for name, field in Settings.model_fields.items():
        now = getattr(current, name)
        table.add_row(f"{PREFIX}{name.upper()}", str(now), field.description)
    console.print(table)


@app.command()
def documents(
    readme: Annotated[
        Path, typer.Argument(help="The file to bring up to date.")
    ] = Path("README.md"),
) -> None:
    """Write what the documents say of commands and settings, and Slack's manifest."""
    write_documents(readme)


def main() -> None:
    app()


def _settings() -> Settings:
    return checked(read_settings)


def _finish(work_to_do: Coroutine[None, None, None]) -> None:
    """Runs it; what an organiser can mend is told without a traceback."""
    try:
        asyncio.run(work_to_do)
    except NoFreePort as error:
        _give_up(
            f"No port from {error.first} to {error.last} is free on {error.host}."
            " Choose another with CORDADA_WEB_PORT=8100"
        )
    except EmbeddedServerError as error:
        _give_up(f"The embedded database did not start ({error.step}):\n{error.log}")
    except DiscordError as error:
        _give_up(why(error))
    except SlackError as error:
        _give_up(why_slack(error))
    except UnsafeSandbox as error:
        _give_up(unsafe(error))
    except StorageUnavailable as error:
        _give_up(
            f"The database does not answer: {error}\n"
            "Start it, or mend CORDADA_DATABASE_URL"
        )
    except UnsafeRunner as error:
        _give_up(_UNSAFE[error.lacks].format(host=error.host))
    except PortTaken as error:
        _give_up(
            f"The runner cannot listen on {error.host}, port {error.port}:"
            f" {error.why}\nChoose others with CORDADA_RUNNER_HOST and"
            " CORDADA_RUNNER_PORT=8701"
        )
    except OSError as error:
        # The folder of the embedded server: not a folder, not ours, or full.
        if error.filename is None:
            raise
        _give_up(
            f"{error.filename}: {error.strerror}\n"
            "Choose another folder with CORDADA_DATA_FOLDER=/var/lib/cordada"
        )
    except InvalidChallenge as error:
        _give_up(f"The catalogue has faults:\n{error}")
    except BackendUnavailable as error:
        _give_up(unavailable(error))


def _give_up(why: str) -> None:
    complaints.print(why, markup=False)
    raise typer.Exit(1)


_UNSAFE = {
    "secret": "Others can reach a runner on {host}: share a secret with the bots in"
    " CORDADA_RUNNER_SECRET or CORDADA_RUNNER_SECRET_FILE",
    "docker": "Others can reach a runner on {host}, and without Docker code is not"
    " locked in. Start Docker, or leave CORDADA_RUNNER_HOST at 127.0.0.1",
}


def _address(current: Settings, server: WebServer) -> str:
    address = f"http://{current.web_host}:{server.port}"
    if server.port == current.web_port:
        return address
    return f"{address} (port {current.web_port} was taken)"


add_log_commands(app, _finish)

if __name__ == "__main__":
    main()
