"""A case as its author writes it, made into the runner's."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from challenges.challenge import Kind
from challenges.errors import InvalidExpression
from challenges.expression import ParsedCall, parse_call, parse_value
from challenges.schema import CaseTable, CheckerTable
from runner.job import Action, Call, Case, CheckerRef, Expectation, Raises, Run, Scene
from runner.plain import plain

_ANY_KIND = {"group", "checker"}
_VALUE_OUTCOMES = {"returns", "raises", "message", "prints"}
_KEYS: Mapping[Kind, set[str]] = {
    Kind.FUNCTION: {"call", "args_after"} | _VALUE_OUTCOMES,
    Kind.PROGRAM: {"argv", "stdin", "files", "stdout", "exit_status", "writes"},
    Kind.SCENARIO: {"scene", "shows"} | _VALUE_OUTCOMES,
}
_OUTCOMES = {"returns", "raises", "prints", "args_after"} | {
    "stdout",
    "exit_status",
    "writes",
}

Complain = Callable[[str, str], None]
"""Told of each problem of a case: its key ("" for the case as a whole), and why."""


def build_case(
    table: CaseTable, *, kind: Kind, name: str, visible: bool, complain: Complain
) -> Case | None:
    """None after a complaint."""
    problems: list[tuple[str, str]] = [
        *_misplaced(table, kind),
        *_inconsistent(table, kind, visible=visible),
    ]

    def parsed(key: str, text: str, parse: Callable[[str], Any]) -> Any:
        try:
            found = parse(text)
            plain(list(found.args) if isinstance(found, ParsedCall) else found)
        except InvalidExpression as error:
            problems.append((key, error.problem))
            return None
        except ValueError as error:
            problems.append((key, f"cannot be sent to a sandbox: {error}"))
            return None
        return found

    action = _action(table, kind, parsed)
    expected = _expectation(table, kind, parsed)
    for key, problem in problems:
        complain(key, problem)
    if problems or action is None:
        return None
    return Case(
        name=name,
        group=table.group,
        visible=visible,
        shows=table.shows or table.call or "",
        action=action,
        expected=expected,
    )


def _misplaced(table: CaseTable, kind: Kind) -> list[tuple[str, str]]:
    allowed = _KEYS[kind] | _ANY_KIND
    return [
        (key, f"has no meaning in a case of kind {kind}")
        for key in sorted(table.model_fields_set - allowed)
    ]


def _inconsistent(
    table: CaseTable, kind: Kind, *, visible: bool
) -> list[tuple[str, str]]:
    given = table.model_fields_set
    needed = {Kind.FUNCTION: "call", Kind.SCENARIO: "scene"}.get(kind)
    found: list[tuple[str, str]] = []
    if needed is not None and needed not in given:
        found.append(("", f"`{needed}` is missing"))
    if not given & _OUTCOMES & _KEYS[kind]:
        found.append(("", "nothing is expected: the case would always pass"))
    if "message" in given and "raises" not in given:
        found.append(("message", "needs `raises`"))
    if {"raises", "returns"} <= given:
        found.append(("returns", "a call that raises returns nothing"))
    if kind is Kind.SCENARIO and visible and not table.shows:
        found.append(("", "a visible scene needs `shows`: what a member reads"))
    found.extend(
        (key, f"`{name}` must be a relative path without `..`")
        for key in ("files", "writes")
        for name in getattr(table, key)
        if not _is_inside(name)
    )
    return found


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _action(
    table: CaseTable,
    kind: Kind,
    parsed: Callable[[str, str, Callable[[str], Any]], Any],
) -> Action | None:
    if kind is Kind.PROGRAM:
        return Run(
            argv=table.argv,
            stdin=table.stdin,
            files={name: text.encode() for name, text in table.files.items()},
            collect=tuple(table.writes),
        )
    key = "call" if kind is Kind.FUNCTION else "scene"
    text = getattr(table, key)
    call = parsed(key, text, parse_call) if text is not None else None
    if call is None:
        return None
    if kind is Kind.FUNCTION:
        return Call(function=call.function, args=call.args, kwargs=call.kwargs)
    if call.kwargs:
        parsed(key, text, _refuse_keywords)
        return None
    return Scene(function=call.function, args=call.args)


def _refuse_keywords(_: str) -> None:
    raise InvalidExpression("a scene takes its arguments by position")


def _expectation(
    table: CaseTable,
    kind: Kind,
    parsed: Callable[[str, str, Callable[[str], Any]], Any],
) -> Expectation:
    returns = None
    if table.returns is not None:
        returns = parsed("returns", table.returns, parse_value)
    args_after = None
    if table.args_after is not None:
        args_after = tuple(
            parsed("args_after", text, parse_value) for text in table.args_after
        )
    raises = None
    if table.raises is not None:
        raises = Raises(type=table.raises, message_contains=table.message)
    return Expectation(
        returns=returns,
        check_returns=table.returns is not None,
        raises=raises,
        prints=table.stdout if kind is Kind.PROGRAM else table.prints,
        args_after=args_after,
        exit_status=_exit_status(table, kind),
        files=table.writes,
        checker=_checker(table, kind),
    )


def _exit_status(table: CaseTable, kind: Kind) -> int | None:
    """A program that prints the right text and then fails has failed."""
    if kind is Kind.PROGRAM and table.exit_status is None:
        return 0
    return table.exit_status


def _checker(table: CaseTable, kind: Kind) -> CheckerRef:
    match table.checker:
        case None:
            return CheckerRef(name="lines" if kind is Kind.PROGRAM else "equal")
        case CheckerTable() as checker:
            return CheckerRef(name=checker.name, options=checker.options)
        case name:
            return CheckerRef(name=name)
