"""What challenges ask to be solved first: it must exist, and end."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from challenges.challenge import Challenge
from challenges.errors import FaultLog
from challenges.toml_lines import line_of, lines_by_path


def check_requirements(
    challenges: Mapping[str, Challenge], folders: Mapping[str, Path], log: FaultLog
) -> None:
    """`folders` by id; those of challenges with faults of their own are there too."""
    for challenge in challenges.values():
        for number, required in enumerate(challenge.requires):
            if required not in folders:
                message = f"requires: no challenge `{required}`"
                _add(folders[challenge.id], message, log, number)
    graph = {challenge.id: challenge.requires for challenge in challenges.values()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        message = f"requires: a circle: {' → '.join(circle)}"
        _add(folders[circle[0]], message, log)


def _add(folder: Path, message: str, log: FaultLog, number: int = 0) -> None:
    path = folder / "challenge.toml"
    lines = lines_by_path(path.read_text(encoding="utf-8"))
    log.add(path, message, line_of(lines, ("requires", number)))
