"""`python -m challenges`: for those who write challenges."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from challenges.challenge import Challenge, Kind
from challenges.check_progress import told
from challenges.coverage import as_json as coverage_as_json
from challenges.coverage import by_kind, by_skill, coverage_of, told_in
from challenges.errors import Fault, FaultLog, UnknownChallenge
from challenges.lint import challenge_folder, lint_catalogue
from challenges.loader import CATALOGUE_FOLDER, challenge_folders, read_catalogue
from challenges.proof import DEFAULT_JOBS, prove_all, trials
from challenges.roadmap import load_roadmap
from challenges.schema import SLUG
from challenges.template import write_template
from challenges.watching import Watched
from runner.errors import RunnerError
from runner.judge import Judge
from runner.sandbox import Sandbox

Folders = list[tuple[Challenge, Path]]
Prove = Callable[[Folders], list[Fault]]
Backend = Literal["auto", "docker", "process"]

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
# Without mark-up: what people type, and folders, may have brackets.
console = Console(markup=False)
error_console = Console(stderr=True, markup=False)

Root = Annotated[Path, typer.Option(help="The catalogue's folder.")]
DataFolder = Annotated[
    Path | None,
    typer.Option(
        envvar="CORDADA_DATA_FOLDER", help="Where `process` keeps profiles' libraries."
    ),
]
Ids = Annotated[list[str] | None, typer.Argument(help="Challenges; all by default.")]


@app.command()
def check(
    ids: Ids = None,
    *,
    static: Annotated[bool, typer.Option(help="Judge nothing: files alone.")] = False,
    backend: Annotated[Backend, typer.Option(help="Where samples run.")] = "auto",
    runs: Annotated[int, typer.Option(min=1, help="Judge each sample so often.")] = 3,
    jobs: Annotated[
        int, typer.Option(min=1, help="Judge so many submissions at once.")
    ] = DEFAULT_JOBS,
    watch: Annotated[
        bool, typer.Option(help="Check again whenever a file of ID changes.")
    ] = False,
    root: Root = CATALOGUE_FOLDER,
    data_folder: DataFolder = None,
) -> None:
    """Hold every challenge to the format, and its samples to the judge."""
    chosen = ids or []
    _refuse_unknown(chosen, root)
    if watch and not chosen:
        _refuse("which one? `check --watch ID`")
    watched = Watched([one for one in challenge_folders(root) if one.name in chosen])
    judging = (
        nullcontext(_nothing)
        if static
        else _judging(backend, data_folder, runs=runs, jobs=jobs)
    )
    with judging as prove:
        sound = _checked(chosen, root, prove)
        while watch:
            error_console.print("waiting for a change; Ctrl-C ends", style="dim")
            watched.wait_for_change()
            sound = _checked(chosen, root, prove)
    if not sound:
        raise typer.Exit(1)


def _checked(chosen: list[str], root: Path, prove: Prove) -> bool:
    """Tells what it finds; whether there is no fault."""
    catalogue, log = read_catalogue(root)
    if chosen:
        log.faults = [fault for fault in log.faults if _is_about(fault, chosen, root)]
    lint_catalogue(catalogue, root, log, chosen)
    checked = [one for one in catalogue.all if not chosen or one.id in chosen]
    log.faults += prove([(one, challenge_folder(one, root)) for one in checked])
    _tell(log, len(checked))
    return not log


@app.command()
def new(
    topic: Annotated[str, typer.Argument(help="A topic of roadmap.toml.")],
    challenge_id: Annotated[str, typer.Argument(help="Words joined by hyphens.")],
    *,
    kind: Annotated[Kind, typer.Option(help="How it is answered.")] = Kind.FUNCTION,
    root: Root = CATALOGUE_FOLDER,
) -> None:
    """Lay down a challenge's files; `check --static` then says what is to write."""
    if not re.fullmatch(SLUG, challenge_id):
        _refuse(f"`{challenge_id}` must be words of a-z and 0-9 joined by hyphens")
    found = load_roadmap().topics_by_id.get(topic)
    if found is None:
        _refuse(
            f"no topic `{topic}`; there are: {', '.join(load_roadmap().topics_by_id)}"
        )
    folder = root / f"phase-{found.phase}" / topic / challenge_id
    try:
        write_template(folder, kind, found.skills[0].id)
    except FileExistsError:
        _refuse(f"{_short(folder)} is there already")
    console.print(f"{_short(folder)}: write what is marked TODO, then")
    console.print(f"  python -m challenges check --static {challenge_id}")


@app.command()
def show(
    challenge_id: str,
    *,
    language: Annotated[Literal["es", "en"], typer.Option()] = "en",
    root: Root = CATALOGUE_FOLDER,
) -> None:
    """Print a challenge as its members read it."""
    catalogue, _ = read_catalogue(root)
    try:
        challenge = catalogue.get(challenge_id)
    except UnknownChallenge as error:
        near = f"; near: {', '.join(error.near)}" if error.near else ""
        _refuse(f"no challenge `{challenge_id}`{near}")
    console.print(Markdown(f"# {challenge.title.in_(language)}"))
    facts = [f"phase {challenge.phase}", challenge.topic, challenge.kind]
    facts += [f"difficulty {challenge.difficulty}", ", ".join(challenge.skills)]
    console.print(" · ".join(facts), style="dim")
    console.print(Markdown(challenge.statement.in_(language)))
    for number, hint in enumerate(challenge.hints, start=1):
        console.print(Markdown(f"**{number}.** {hint.in_(language)}"))


@app.command()
def coverage(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    root: Root = CATALOGUE_FOLDER,
) -> None:
    """Show which challenges practise each skill of the roadmap, and of which kinds."""
    catalogue, log = read_catalogue(root)
    if log:
        error_console.print("challenges with faults are left out: `check --static`")
    found = coverage_of(catalogue)
    if as_json:
        typer.echo(coverage_as_json(found))
        return
    console.print(by_skill(found))
    console.print(by_kind(found))
    total = len(found.skills)
    covered = total - len(found.without)
    console.print(f"{covered} of {total} skills; challenges: {found.challenges}")
    console.print(f"told in: {told_in(found)}")


def _sandbox(backend: Backend, data_folder: Path | None) -> Sandbox:
    # Docker's package takes a while to load, and `--static` needs none of this.
    from runner.backend import choose  # noqa: PLC0415

    try:
        libraries = None if data_folder is None else data_folder / "sandbox"
        choice = choose(backend, libraries=libraries)
    except RunnerError as error:
        _refuse(f"no {backend} sandbox: {error}")
    error_console.print(f"sandbox: {choice.name} ({choice.reason})", style="dim")
    return choice.sandbox


def _nothing(_: Folders) -> list[Fault]:
    return []


@contextmanager
def _judging(
    backend: Backend, data_folder: Path | None, *, runs: int, jobs: int
) -> Iterator[Prove]:
    sandbox = _sandbox(backend, data_folder)
    judge = Judge(sandbox)

    async def proved(folders: Folders) -> list[Fault]:
        total = sum(len(list(trials(*each))) for each in folders)
        with told(error_console, len(folders), total) as progress:
            return await prove_all(folders, judge, progress, runs=runs, jobs=jobs)

    # One loop for all that is judged: a warm sandbox stands from one to the next.
    with asyncio.Runner() as runner:
        try:
            yield lambda folders: runner.run(proved(folders))
        finally:
            runner.run(sandbox.close())


def _refuse_unknown(ids: list[str], root: Path) -> None:
    known = {folder.name for folder in challenge_folders(root)}
    for challenge_id in ids:
        if challenge_id not in known:
            _refuse(f"no challenge `{challenge_id}` in {_short(root)}")


def _is_about(fault: Fault, ids: list[str], root: Path) -> bool:
    parts = fault.path.relative_to(root).parts
    return any(challenge_id in parts for challenge_id in ids)


def _tell(log: FaultLog, checked: int) -> None:
    faults, warnings = sorted(set(log.faults)), sorted(set(log.warnings))
    rows = [(fault, fault.message) for fault in faults]
    rows += [(warning, f"warning: {warning.message}") for warning in warnings]
    table = Table("where", "what is wrong")
    for at, message in rows:
        where = f"{_short(at.path)}:{at.line}"
        if console.is_terminal:
            table.add_row(where, Text(message))
        else:
            # Whole lines, for editors and searches.
            typer.echo(f"{where}: {message}")
    if table.rows:
        console.print(table)
    also = f"; warnings: {len(warnings)}" if warnings else ""
    if not faults:
        console.print(f"challenges checked: {checked}; no fault{also}")
    else:
        found = f"faults: {len(faults)}{also}"
        console.print(f"challenges sound in form: {checked}; {found}")


def _short(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _refuse(problem: str) -> NoReturn:
    error_console.print(problem)
    raise typer.Exit(2)


if __name__ == "__main__":
    app()
