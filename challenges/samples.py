"""Submissions that a challenge ships: right ones, and mistakes with their lesson."""

from collections.abc import Iterable
from pathlib import Path

from challenges.challenge import Sample
from challenges.errors import FaultLog
from challenges.prose import read_text
from challenges.schema import ChallengeFile, WrongTable
from challenges.toml_file import TomlFile
from runner.verdict import Verdict

MIN_WRONG = 3

# A sample is held to the runner's verdict; `partial` is made of wrong_answer by the
# groups, later, and a judge error is never what a submission deserves.
_NO_LESSON = {Verdict.ACCEPTED, Verdict.PARTIAL, Verdict.JUDGE_ERROR}


def read_samples(
    folder: Path, toml: TomlFile[ChallengeFile], log: FaultLog, suffix: str
) -> tuple[Sample, ...]:
    """`suffix` is that of their files: `.py`, or the artifact's."""
    accepted = [
        Sample(
            name=f"accepted/{path.name}",
            source=read_text(path, log) or "",
            verdict=Verdict.ACCEPTED,
        )
        for path in sorted((folder / "submissions/accepted").glob(f"*{suffix}"))
    ]
    if not accepted:
        log.add(folder / "submissions/accepted", "holds no accepted sample")
    return (*accepted, *_wrong(folder / "submissions/wrong", toml, log, suffix))


def _wrong(
    folder: Path, toml: TomlFile[ChallengeFile], log: FaultLog, suffix: str
) -> Iterable[Sample]:
    assert toml.model is not None  # noqa: S101 (the caller has a valid file)
    tables = toml.model.wrong
    groups = {group.id for group in toml.model.group}
    files = {path.name for path in folder.glob(f"*{suffix}")}
    if len(files) < MIN_WRONG:
        message = f"holds {len(files)} wrong samples; {MIN_WRONG} or more are needed"
        log.add(folder, message)
    for name in sorted(files - {table.file for table in tables}):
        log.add(folder / name, "is not listed under [[wrong]] in challenge.toml")
    for number, table in enumerate(tables):
        for key, problem in _problems(table, groups, tables[:number]):
            toml.fault(problem, "wrong", number, key)
        yield Sample(
            name=f"wrong/{table.file}",
            source=read_text(folder / table.file, log) or "",
            verdict=table.verdict,
            fails=table.fails,
        )


def _problems(
    table: WrongTable, groups: set[str], earlier: Iterable[WrongTable]
) -> Iterable[tuple[str, str]]:
    if table.file in {other.file for other in earlier}:
        yield "file", f"`{table.file}` is listed twice"
    if table.verdict in _NO_LESSON:
        yield "verdict", f"`{table.verdict}` cannot be what a wrong sample gets"
    for group in table.fails:
        if group not in groups:
            yield "fails", f"no group `{group}`"
