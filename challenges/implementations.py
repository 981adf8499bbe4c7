"""What a member's pytest suite is run against.

implementations/right/*.py    the first by name is the reference; the others do the same
                              in other words, so that knowing its code helps nobody
implementations/wrong/*.py    each breaks one promise: the lesson of its group

Each is met RUNS times: a suite that throws a coin comes to two results.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from challenges.challenge import Challenge, Group
from challenges.errors import FaultLog
from challenges.prose import read_text
from challenges.schema import ChallengeFile
from challenges.toml_file import TomlFile
from runner.job import Case, Expectation, Suite

RUNS: Final = 2
MIN_RIGHT: Final = 2
MIN_WRONG: Final = 3


def with_implementations(
    challenge: Challenge, folder: Path, toml: TomlFile[ChallengeFile], log: FaultLog
) -> Challenge:
    if toml.model is None or toml.model.module is None:
        return challenge
    right = _read(folder / "implementations/right", MIN_RIGHT, log)
    wrong = _read(folder / "implementations/wrong", MIN_WRONG, log)
    groups = _groups_of(wrong, challenge.groups, folder, toml, log)
    visible = next((group.id for group in challenge.groups if group.visible), "")
    module = toml.model.module
    cases = [
        *_cases(module, right, dict.fromkeys(right, visible), is_right=True),
        *_cases(module, wrong, groups, is_right=False),
    ]
    for number, group in enumerate(challenge.groups):
        if group.id not in {case.group for case in cases}:
            toml.fault(f"group `{group.id}` has no implementation", "group", number)
    return replace(challenge, cases=tuple(cases))


def _read(folder: Path, least: int, log: FaultLog) -> dict[str, str]:
    """Each source by its file's name, in the order of the names."""
    found = {
        path.name: read_text(path, log) or "" for path in sorted(folder.glob("*.py"))
    }
    if len(found) < least:
        log.add(folder, f"holds {len(found)} implementations; {least} are needed")
    for name, source in found.items():
        try:
            compile(source, name, "exec")
        except SyntaxError as error:
            log.add(folder / name, f"does not compile: {error.msg}", error.lineno or 1)
    return found


def _groups_of(
    wrong: dict[str, str],
    groups: tuple[Group, ...],
    folder: Path,
    toml: TomlFile[ChallengeFile],
    log: FaultLog,
) -> dict[str, str]:
    assert toml.model is not None  # noqa: S101 (the caller has a valid file)
    hidden = {group.id for group in groups if not group.visible}
    found: dict[str, str] = {}
    for number, table in enumerate(toml.model.implementation):
        if table.group not in hidden:
            message = f"no hidden group `{table.group}`"
            toml.fault(message, "implementation", number, "group")
        if table.file not in wrong or table.file in found:
            message = f"`{table.file}` is not in implementations/wrong, or listed twice"
            toml.fault(message, "implementation", number, "file")
        found[table.file] = table.group
    for name in sorted(set(wrong) - set(found)):
        path = folder / "implementations/wrong" / name
        log.add(path, "is not listed under [[implementation]] in challenge.toml")
    return found


def _cases(
    module: str, sources: dict[str, str], groups: dict[str, str], *, is_right: bool
) -> Iterator[Case]:
    kind = "right" if is_right else "wrong"
    for name, source in sources.items():
        for number in range(RUNS):
            # Of what is right, one run is shown: the reference's first.
            visible = is_right and number == 0 and name == next(iter(sources))
            yield Case(
                name=f"{kind}-{name.removesuffix('.py')}-{number + 1}",
                group=groups.get(name, ""),
                visible=visible,
                shows="pytest test_solution.py",
                action=Suite(
                    module=module, implementation=source, order_seed=number + 1
                ),
                expected=Expectation(suite="passes" if is_right else "fails"),
            )
