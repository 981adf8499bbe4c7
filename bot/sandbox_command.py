"""`cordada sandbox`: what the sandbox of this very machine holds."""

import asyncio
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.errors import UnsafeSandbox
from bot.settings import PREFIX, read_runner_settings
from runner.backend import Backend, BackendReason, choose
from runner.errors import BackendUnavailable
from runner.hostile.catalogue import AREAS, must_hold, programs, programs_for
from runner.hostile.suite import TriedProgram, trials

app = typer.Typer(help="Look at the sandbox that judges code.", no_args_is_help=True)
console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)


@app.callback()
def sandbox() -> None:
    """Look at the sandbox that judges code."""


@app.command()
def check(
    backend: Annotated[
        Literal["auto", "docker", "process"],
        typer.Option(help="The sandbox to try; auto takes Docker when it can be had."),
    ] = "auto",
    runtime: Annotated[
        str | None,
        typer.Option(help="The OCI runtime; without it CORDADA_SANDBOX_RUNTIME's."),
    ] = None,
) -> None:
    """Try hostile programs on this machine's sandbox; exit 1 when one did not hold."""
    settings = read_runner_settings()
    try:
        chosen = choose(
            backend,
            runtime=runtime or settings.sandbox_runtime,
            libraries=settings.libraries_folder,
        )
    except BackendUnavailable as error:
        complaints.print(unavailable(error), markup=False)
        raise typer.Exit(1) from None
    tried = asyncio.run(_tried(chosen))
    console.print(_table(chosen.name, tried))
    broken = [
        one for one in tried if not one.held and must_hold(chosen.name, one.program)
    ]
    for one in sorted(broken, key=lambda one: one.area):
        complaints.print(
            f"{one.area}: {one.program.name}: {'; '.join(one.complaints)}"
            f" (it ended as: {one.ended})",
            markup=False,
        )
    console.print(_summary(chosen, tried, broken), markup=False)
    if broken:
        raise typer.Exit(1)


def unavailable(error: BackendUnavailable) -> str:
    """What an organiser can do about it."""
    if error.reason == BackendReason.NO_RUNTIME:
        return (
            f"The Docker engine has no such runtime: {error.detail}."
            " Register it with the engine, or mend CORDADA_SANDBOX_RUNTIME"
        )
    why = f"{error.reason}: {error.detail}" if error.detail else error.reason
    return (
        f"The sandbox asked for is not to be had ({why})."
        " Start Docker, or choose CORDADA_SANDBOX=auto"
    )


def unsafe(error: UnsafeSandbox) -> str:
    """What an organiser can do about it."""
    return (
        "The sandbox here is `process`, which limits code but does not lock it in:"
        f" Cordada does not open it to {error.platform}. Start Docker and make the"
        " image with `python -m runner image build`, or leave"
        f" {PREFIX}{error.setting.upper()} out"
    )


async def _tried(chosen: Backend) -> list[TriedProgram]:
    to_try = programs_for(chosen.name)
    found = []
    try:
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("Trying hostile programs", total=len(to_try))
            async for one in trials(chosen.sandbox, to_try):
                found.append(one)
                progress.advance(task)
    finally:
        await chosen.sandbox.close()
    return found


def _table(backend: str, tried: list[TriedProgram]) -> Table:
    table = Table("Area", "Programs", "Held", "Open", "Not tried", "Did not hold")
    for area, known in AREAS.items():
        here = [one for one in tried if one.area == area]
        held = [one for one in here if one.held]
        broken = [
            one for one in here if not one.held and must_hold(backend, one.program)
        ]
        table.add_row(
            area,
            str(len(known)),
            str(len(held)),
            str(len(here) - len(held) - len(broken)),
            str(len(known) - len(here)),
            f"[bold red]{len(broken)}[/]" if broken else "0",
        )
    return table


def _summary(
    chosen: Backend, tried: list[TriedProgram], broken: list[TriedProgram]
) -> str:
    held = sum(one.held for one in tried)
    line = f"{chosen.name}: {held} of {len(programs())} programs held."
    if broken:
        return f"{line} {len(broken)} did not and must: judge nobody's code with it."
    if chosen.name == "process":
        line += " SECURITY.md says what it leaves open: for your own code only."
    return line
