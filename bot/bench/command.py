"""`cordada bench`: what this very machine makes of the work."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter
from rich.console import Console

from bot.bench.boards import SIZES, measure_boards
from bot.bench.contenders import NotJudged
from bot.bench.opponents import OpponentFailed
from bot.bench.runner import Effort, NothingToMeasure, measure
from bot.bench.screen import board_tables, tables
from runner.job import Contract

app = typer.Typer(help="Measure this machine, side by side with bare Python.")
console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)


@app.callback(invoke_without_command=True)
def bench(context: typer.Context) -> None:
    """Measure this machine, side by side with bare Python."""
    if context.invoked_subcommand is None:
        runner()


@app.command()
def runner(
    rounds: Annotated[int, typer.Option(help="Runs of each, interleaved.", min=2)] = 20,
    load: Annotated[
        int, typer.Option(help="Submissions of each measure of throughput.", min=1)
    ] = 400,
    json: Annotated[
        Path | None, typer.Option(help="A file to write the figures to.")
    ] = None,
) -> None:
    """Measure judging beside bare Python and `docker run`, and print the ratios."""
    try:
        with console.status("Measuring: some minutes …"):
            figures = asyncio.run(measure(Effort(rounds=rounds, load=load)))
    except (NothingToMeasure, NotJudged, OpponentFailed) as fault:
        complaints.print(f"Nothing was measured: {fault}", markup=False)
        raise typer.Exit(1) from None
    for table in tables(figures):
        console.print(table, markup=False)
    if json is not None:
        _write(json, figures)


@app.command()
def boards(
    rounds: Annotated[
        int, typer.Option(help="Runs of each, interleaved.", min=2)
    ] = 200,
    members: Annotated[
        list[int] | None,
        typer.Option(help="Sizes of communities; a thousand to a million without."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option(help="A file to write the figures to.")
    ] = None,
) -> None:
    """Measure leaderboards of a thousand and of a million members side by side."""
    sizes = tuple(sorted(members or SIZES))
    with console.status("Filling a database of its own, then measuring: minutes …"):
        figures = asyncio.run(measure_boards(rounds, sizes))
    for table in board_tables(figures):
        console.print(table, markup=False)
    if json is not None:
        _write(json, figures)


def _write(path: Path, figures: Contract) -> None:
    path.write_text(figures.model_dump_json(indent=2) + "\n", "utf-8")


@app.command()
def pairing(
    json: Annotated[
        Path | None, typer.Option(help="A file to write the figures to.")
    ] = None,
) -> None:
    """Measure the pairing of up to ten thousand requests with two thousand mentors."""
    # SciPy takes half a second to import, which no other command should pay.
    from bot.bench.pairing import (  # noqa: PLC0415
        PairingFigure,
        measure_pairing,
        pairing_table,
    )

    with console.status("Pairing communities that grow …"):
        figures = list(measure_pairing())
    console.print(pairing_table(figures))
    if json is not None:
        written = TypeAdapter(list[PairingFigure]).dump_json(figures, indent=2)
        json.write_bytes(written + b"\n")
