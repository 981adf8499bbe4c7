"""What challenges answered with code have besides texts: cases, samples, a starter."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from challenges.cases import build_case
from challenges.challenge import (
    LANGUAGES,
    SOLUTION_FILE,
    Bilingual,
    Challenge,
    Group,
    Kind,
    Sample,
)
from challenges.errors import FaultLog, InvalidGenerator
from challenges.examples import MARK, render_examples
from challenges.generated import generated_cases
from challenges.implementations import with_implementations
from challenges.keys import check_keys
from challenges.prose import prose_file, read_text
from challenges.samples import read_samples
from challenges.schema import CasesFile, CaseTable, ChallengeFile
from challenges.toml_file import TomlFile
from runner.job import Call, Case, Scene
from runner.verdict import Verdict


def with_code(
    challenge: Challenge, folder: Path, toml: TomlFile[ChallengeFile], log: FaultLog
) -> Challenge:
    assert toml.model is not None  # noqa: S101 (the caller has a valid file)
    check_keys(toml)
    suffix = suffix_of(toml.model)
    samples = read_samples(folder, toml, log, suffix)
    solution = next((s.source for s in samples if s.verdict is Verdict.ACCEPTED), "")
    lessons = {key: text.bilingual for key, text in toml.model.lesson.items()}
    handed_in = replace(
        challenge,
        file=_file_name(toml.model),
        groups=_groups(toml),
        samples=samples,
        solution=solution,
        starter=_starter(folder / f"starter{suffix}", samples, log),
        data=_data(folder / "data"),
        lessons=lessons,
    )
    if challenge.kind is Kind.TESTS:
        return with_implementations(handed_in, folder, toml, log)
    return _with_cases(handed_in, folder, toml, log)


def suffix_of(file: ChallengeFile) -> str:
    """What the names of its samples end in."""
    if file.kind is Kind.ARTIFACT and file.artifact is not None:
        return PurePosixPath(file.artifact).suffix or ".txt"
    return ".py"


def _file_name(file: ChallengeFile) -> str:
    if file.kind is Kind.TESTS:
        return "test_solution.py"
    return file.artifact or SOLUTION_FILE


def _with_cases(
    challenge: Challenge, folder: Path, toml: TomlFile[ChallengeFile], log: FaultLog
) -> Challenge:
    groups = challenge.groups
    file = TomlFile(folder / "cases.toml", CasesFile, log)
    tables = file.model.case if file.model is not None else ()
    coded = replace(
        challenge,
        cases=tuple(_cases(tables, challenge.kind, groups, file)),
        generator=_optional(folder / "cases.py", log),
        scenario=_scenario(folder, challenge.kind, log),
        checker=_optional(folder / "checker.py", log),
    )
    generated = _generated(coded, folder / "cases.py", log)
    if file.model is not None:
        _check_groups(coded, generated, toml)
        _check_names(coded, folder, file)
    _check_marks(coded, folder, log)
    if log:
        return coded
    visible = {group.id for group in groups if group.visible}
    shown = [table for table in tables if table.group in visible]
    return replace(coded, statement=_with_examples(coded, shown))


def _groups(toml: TomlFile[ChallengeFile]) -> tuple[Group, ...]:
    assert toml.model is not None  # noqa: S101 (the caller has a valid file)
    tables = toml.model.group
    if not any(table.visible for table in tables):
        message = "no group is visible: the statement would have no examples"
        toml.fault(message, "group", 0)
    for number, table in enumerate(tables):
        if table.id in {other.id for other in tables[:number]}:
            toml.fault(f"two groups are called `{table.id}`", "group", number, "id")
    return tuple(
        Group(
            id=table.id,
            title=table.title.bilingual,
            weight=table.weight,
            visible=table.visible,
            feedback=table.feedback.bilingual if table.feedback else None,
        )
        for table in tables
    )


def _cases(
    tables: Sequence[CaseTable],
    kind: Kind,
    groups: Sequence[Group],
    file: TomlFile[CasesFile],
) -> Iterator[Case]:
    known = {group.id: group for group in groups}
    for number, table in enumerate(tables):
        group = known.get(table.group)
        if group is None:
            message = f"no group `{table.group}` in challenge.toml"
            file.fault(message, "case", number, "group")
        before = sum(other.group == table.group for other in tables[:number])

        def complain(key: str, problem: str, number: int = number) -> None:
            text = f"{key}: {problem}" if key else problem
            file.fault(text, "case", number, *([key] if key else []))

        case = build_case(
            table,
            kind=kind,
            name=f"{table.group}-{before + 1}",
            visible=group is not None and group.visible,
            complain=complain,
        )
        if case is not None:
            yield case


def _starter(path: Path, samples: Sequence[Sample], log: FaultLog) -> str:
    source = read_text(path, log)
    if source is not None and not source.strip():
        log.add(path, "the file is empty")
    right = {s.source.strip() for s in samples if s.verdict is Verdict.ACCEPTED}
    if source and source.strip() in right:
        log.add(path, "is an accepted solution")
    return source or ""


def _optional(path: Path, log: FaultLog) -> str | None:
    return read_text(path, log) if path.exists() else None


def _scenario(folder: Path, kind: Kind, log: FaultLog) -> str | None:
    path = folder / "scenario.py"
    if kind in {Kind.SCENARIO, Kind.ARTIFACT}:
        return read_text(path, log)
    if path.exists():
        log.add(path, f"has no meaning for kind {kind}")
    return None


def _data(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _generated(challenge: Challenge, path: Path, log: FaultLog) -> tuple[Case, ...]:
    if challenge.generator is None:
        return ()
    try:
        return generated_cases(
            challenge.generator, kind=challenge.kind, groups=challenge.groups, seed=0
        )
    except InvalidGenerator as error:
        log.add(path, error.problem)
        return ()


def _check_groups(
    challenge: Challenge, generated: Sequence[Case], toml: TomlFile[ChallengeFile]
) -> None:
    used = {case.group for case in (*challenge.cases, *generated)}
    for number, group in enumerate(challenge.groups):
        if group.id not in used:
            toml.fault(f"group `{group.id}` has no case", "group", number)


def _check_names(challenge: Challenge, folder: Path, file: TomlFile[CasesFile]) -> None:
    """The functions that cases name exist in the solution, or in the scenario."""
    if challenge.kind is Kind.PROGRAM:
        return
    is_scenario = challenge.scenario is not None
    source = challenge.scenario if is_scenario else challenge.solution
    where = "scenario.py" if is_scenario else "the accepted sample"
    defined = _defined(source or "")
    if defined is None:
        file.fault(f"{where} of {folder.name} does not compile")
        return
    missing = {
        case.action.function
        for case in challenge.cases
        if isinstance(case.action, Call | Scene) and case.action.function not in defined
    }
    for name in sorted(missing):
        file.fault(f"`{name}` is not defined in {where}")


def _defined(source: str) -> set[str] | None:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return None
    names: set[str] = set()
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Import() | ast.ImportFrom():
                names |= {alias.asname or alias.name for alias in node.names}
            case ast.Assign():
                names |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return names


def _check_marks(challenge: Challenge, folder: Path, log: FaultLog) -> None:
    for language in LANGUAGES:
        if challenge.statement.in_(language).splitlines().count(MARK) != 1:
            path = prose_file(folder, "statement", language)
            log.add(path, f"needs one line `{MARK}` for the visible cases")


def _with_examples(challenge: Challenge, shown: Sequence[CaseTable]) -> Bilingual:
    examples = render_examples(shown, challenge.kind)
    return Bilingual(
        es=challenge.statement.es.replace(MARK, examples),
        en=challenge.statement.en.replace(MARK, examples),
    )
