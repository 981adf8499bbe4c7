"""What a child says of itself: data of a known shape, or nothing.

The submission shares the process that says it, and may have written it. Whatever the
bytes are, they become an Outcome within bounds or None, and nothing is raised.
"""

import struct
from typing import Any, Final

from pydantic import ValidationError

from runner import codec
from runner.harness.frame import LENGTH, MAX_RESULT_BYTES
from runner.render import bounded
from runner.report import MemberError, MemberWarning
from runner.sandbox import Outcome, SuiteResult

COMPILE_CLAIMS: Final = frozenset({"syntax"})
ACTION_CLAIMS: Final = frozenset(
    {"returned", "raised", "exited", "memory", "function_missing", "not_plain_value"}
)
CLAIMS: Final = {
    "call": ACTION_CLAIMS,
    "run": ACTION_CLAIMS,
    "scene": ACTION_CLAIMS | {"artifact_invalid", "tool_failed"},
    "suite": frozenset({"tested", "raised", "exited", "memory"}),
}
MOST_BASES: Final = 50
MOST_TESTS: Final = 50
"""Names of tests that failed; more are not shown to anyone."""
MOST_WARNINGS: Final = 10
LAST_LINE: Final = 10**6
LAST_STATUS: Final = 255
MOST_TEXT: Final = 8_000
"""Characters of one string about an error; a traceback of ten frames fits."""


def read_claim(said: bytes, endings: frozenset[str]) -> Outcome | None:
    """None for anything but one frame of the known shape."""
    try:
        (length,) = LENGTH.unpack(said[: LENGTH.size])
        payload = said[LENGTH.size :]
        if length != len(payload):
            return None
        told = codec.decode(payload, MAX_RESULT_BYTES)
        if told["ending"] not in endings:
            return None
        return Outcome(
            ending=told["ending"],
            value=None if told["ending"] == "tested" else told.get("value"),
            args_after=tuple(told.get("args_after", ())),
            error=_error(told.get("error")),
            error_bases=tuple(map(_clean, told.get("error_bases", ())[:MOST_BASES])),
            suite=_suite(told["value"]) if told["ending"] == "tested" else None,
            warnings=tuple(map(_warning, told.get("warnings", ())[:MOST_WARNINGS])),
            exit_status=_within(told.get("exit_status"), LAST_STATUS),
        )
    except (
        struct.error,
        codec.CodecError,
        ValidationError,
        TypeError,
        KeyError,
        AttributeError,
    ):
        return None


def _error(told: Any) -> MemberError | None:
    if told is None:
        return None
    return MemberError(
        type=_clean(told["type"]),
        message=_clean(told.get("message", "")),
        line=_within(told.get("line"), LAST_LINE),
        source_line=_clean(told.get("source_line", "")),
        traceback=_clean(told.get("traceback", "")),
    )


def _suite(told: Any) -> SuiteResult:
    if not (type(told["passed"]) is type(told["skipped"]) is int):
        raise TypeError
    return SuiteResult(
        passed=told["passed"],
        skipped=told["skipped"],
        failed=_names(told["failed"]),
        errors=_names(told["errors"]),
    )


def _names(told: Any) -> tuple[str, ...]:
    if type(told) is not list:
        raise TypeError
    return tuple(map(_clean, told[:MOST_TESTS]))


def _warning(told: Any) -> MemberWarning:
    line = _within(told["line"], LAST_LINE)
    if line is None:
        raise TypeError
    return MemberWarning(
        type=_clean(told["type"]), message=_clean(told["message"]), line=line
    )


def _within(number: Any, last: int) -> int | None:
    """A number of a thousand digits would be one that nobody can write."""
    return number if type(number) is int and 0 <= number <= last else None


def _clean(text: Any) -> str:
    if type(text) is not str:
        raise TypeError
    return bounded(text, MOST_TEXT)
