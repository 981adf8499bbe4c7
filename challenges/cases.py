"""A case as its author writes it, made into the runner's."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import ValidationError

from challenges.challenge import Kind
from challenges.errors import InvalidExpression
from challenges.expression import parse_call, parse_value
from challenges.schema import CaseTable, CheckerTable
from runner.job import Action, Call, Case, CheckerRef, Expectation, Raises, Run, Scene

_ANY_KIND = {"group", "checker"}
_NEEDED: Mapping[Kind, str] = {
    Kind.FUNCTION: "call",
    Kind.METRIC: "call",
    Kind.SCENARIO: "scene",
    Kind.ARTIFACT: "scene",
}
_VALUE_OUTCOMES = {"returns", "raises", "message", "prints"}
_WRITES = {"writes", "writes_bytes"}
_KEYS: Mapping[Kind, set[str]] = {
    Kind.FUNCTION: {"call", "args_after"} | _VALUE_OUTCOMES,
    Kind.PROGRAM: {"argv", "stdin", "files", "stdout", "exit_status"} | _WRITES,
    Kind.SCENARIO: {"scene", "shows"} | _VALUE_OUTCOMES,
    Kind.ARTIFACT: {"scene", "shows", "returns"},
    Kind.METRIC: {"call", "args_after"} | _VALUE_OUTCOMES,
}
_OUTCOMES = {"returns", "raises", "prints", "args_after"} | {
    "stdout",
    "exit_status",
    *_WRITES,
}

Problem = tuple[str, str]
"""A case's key ("" for the case as a whole), and what is wrong there."""
Complain = Callable[[str, str], None]
Parsed = TypeVar("Parsed")


def build_case(
    table: CaseTable, *, kind: Kind, name: str, visible: bool, complain: Complain
) -> Case | None:
    """None after a complaint."""
    builder = _Builder(table, kind)
    action, expected = builder.build()
    problems = [
        *_misplaced(table, kind),
        *_inconsistent(table, kind, visible=visible),
        *builder.problems,
    ]
    for key, problem in problems:
        complain(key, problem)
    if problems or action is None or expected is None:
        return None
    return Case(
        name=name,
        group=table.group,
        visible=visible,
        shows=(table.shows or table.call or "").strip(),
        action=action,
        expected=expected,
    )


class _Builder:
    """Reads the expressions of one case, and gathers what is wrong with them."""

    def __init__(self, table: CaseTable, kind: Kind) -> None:
        self._table = table
        self._kind = kind
        self.problems: list[Problem] = []

    def build(self) -> tuple[Action | None, Expectation | None]:
        try:
            return self._action(), self._expectation()
        except ValidationError as error:
            # The sandbox bounds the depth and size of values.
            message = error.errors(include_url=False)[0]["msg"]
            self.problems.append(("", f"cannot be sent to a sandbox: {message}"))
            return None, None

    def _action(self) -> Action | None:
        table = self._table
        match self._kind:
            case Kind.FUNCTION | Kind.METRIC:
                return self._call(table.call)
            case Kind.SCENARIO | Kind.ARTIFACT:
                return self._scene(table.scene)
            case _:
                return Run(
                    argv=table.argv,
                    stdin=table.stdin,
                    files={name: text.encode() for name, text in table.files.items()},
                    collect=(*table.writes, *table.writes_bytes),
                )

    def _call(self, text: str | None) -> Call | None:
        call = self._parsed("call", text, parse_call)
        if call is None:
            return None
        after = self._table.args_after
        if after is not None and len(after) != len(call.args):
            counts = f"{len(after)} values for {len(call.args)} arguments by position"
            self.problems.append(("args_after", counts))
        return Call(function=call.function, args=call.args, kwargs=call.kwargs)

    def _scene(self, text: str | None) -> Scene | None:
        call = self._parsed("scene", text, parse_call)
        if call is None:
            return None
        if call.kwargs:
            self.problems.append(("scene", "a scene takes its arguments by position"))
        return Scene(function=call.function, args=call.args)

    def _expectation(self) -> Expectation:
        table = self._table
        is_program = self._kind is Kind.PROGRAM
        args_after = None
        if table.args_after is not None:
            args_after = tuple(
                self._parsed("args_after", text, parse_value)
                for text in table.args_after
            )
        raises = None
        if table.raises is not None:
            raises = Raises(type=table.raises, message_contains=table.message)
        exit_status = table.exit_status
        if is_program and exit_status is None:
            # A program that prints the right text and then fails has failed.
            exit_status = 0
        return Expectation(
            returns=self._parsed("returns", table.returns, parse_value),
            check_returns=table.returns is not None,
            raises=raises,
            prints=table.stdout if is_program else table.prints,
            args_after=args_after,
            exit_status=exit_status,
            files=table.writes,
            binary_files=self._binary_files(),
            checker=_checker(table, self._kind),
        )

    def _binary_files(self) -> dict[str, bytes]:
        files = {
            name: self._parsed("writes_bytes", text, parse_value)
            for name, text in self._table.writes_bytes.items()
        }
        for name, content in files.items():
            if type(content) is not bytes:
                problem = f"`{name}` takes bytes, such as `b'\\x00'`"
                self.problems.append(("writes_bytes", problem))
        return {
            name: content
            for name, content in files.items()
            if isinstance(content, bytes)
        }

    def _parsed(
        self, key: str, text: str | None, parse: Callable[[str], Parsed]
    ) -> Parsed | None:
        if text is None:
            return None
        try:
            return parse(text)
        except InvalidExpression as error:
            self.problems.append((key, error.problem))
            return None


def _misplaced(table: CaseTable, kind: Kind) -> list[Problem]:
    allowed = _KEYS[kind] | _ANY_KIND
    return [
        (key, f"has no meaning in a case of kind {kind}")
        for key in sorted(table.model_fields_set - allowed)
    ]


def _inconsistent(table: CaseTable, kind: Kind, *, visible: bool) -> list[Problem]:
    given = table.model_fields_set
    needed = _NEEDED.get(kind)
    found: list[Problem] = []
    if needed is not None and needed not in given:
        found.append(("", f"`{needed}` is missing"))
    if not given & _OUTCOMES & _KEYS[kind]:
        found.append(("", "nothing is expected: the case would always pass"))
    if "message" in given and "raises" not in given:
        found.append(("message", "needs `raises`"))
    if {"raises", "returns"} <= given:
        found.append(("returns", "a call that raises returns nothing"))
    if needed == "scene" and visible and not table.shows:
        found.append(("", "a visible scene needs `shows`: what a member reads"))
    found.extend(
        (key, f"`{name}` must be a relative path without `..`")
        for key in ("files", "writes", "writes_bytes")
        for name in getattr(table, key)
        if not _is_inside(name)
    )
    return found


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _checker(table: CaseTable, kind: Kind) -> CheckerRef:
    match table.checker:
        case None:
            return CheckerRef(name="lines" if kind is Kind.PROGRAM else "equal")
        case CheckerTable() as checker:
            return CheckerRef(name=checker.name, options=checker.options)
        case name:
            return CheckerRef(name=name)
