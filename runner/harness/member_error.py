"""An exception as the member should read it: the frames of their file, and no others.

    Traceback (most recent call last):
      File "solution.py", line 3, in total
        return 1 / 0
    ZeroDivisionError: division by zero

Whatever the exception's own methods do happens in the member's process, in their time.
"""

from collections.abc import Iterator
from itertools import islice
from types import TracebackType
from typing import Any, Final

from runner.harness.member_file import MemberFile

MESSAGE_CHARACTERS: Final = 4_000
FIRST_FRAMES: Final = 5
"""Of a long recursion: how it began …"""
LAST_FRAMES: Final = 5
"""… and how it ended."""
MOST_FRAMES: Final = 100_000
MOST_BASES: Final = 50
MOST_LEVELS: Final = 3
"""Of groups within groups."""
MOST_ERRORS: Final = 5
"""Of a chain of causes, and of the parts of a group: the last ones, the first ones."""

CAUSED: Final = "The above exception was the direct cause of the following exception:"
HANDLED: Final = "During handling of the above exception, another exception occurred:"
TRACEBACK: Final = "Traceback (most recent call last):"


def describe(error: BaseException, submission: MemberFile) -> dict[str, Any]:
    """The error in the shape of `runner.report.MemberError`, as plain data."""
    if isinstance(error, SyntaxError) and submission.owns(error.filename or ""):
        return _syntax(error, submission)
    last = _last_line(error, submission)
    return {
        "type": type(error).__name__,
        "message": _message(error),
        "line": last,
        "source_line": submission.line(last),
        "traceback": "\n".join(_chain(error, submission)),
    }


def bases(error: BaseException) -> list[str]:
    return [str(one.__name__) for one in type(error).__mro__[:MOST_BASES]]


def _last_line(error: BaseException, submission: MemberFile) -> int | None:
    """Of the error itself, or else of what led to it."""
    for one, _ in reversed(_links(error)):
        frames = _frames(one, submission)
        if frames:
            return frames[-1][0]
    return None


def _chain(error: BaseException, submission: MemberFile) -> Iterator[str]:
    for one, led_by in _links(error):
        if led_by:
            yield from ("", led_by, "")
        yield from _raised(one, submission)


def _links(error: BaseException) -> list[tuple[BaseException, str]]:
    """The error last; with each, how the one before led to it."""
    links: list[tuple[BaseException, str]] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen and len(links) < MOST_ERRORS:
        seen.add(id(one))
        cause, context = one.__cause__, one.__context__
        before = context if cause is None and not one.__suppress_context__ else cause
        is_last = before is None or id(before) in seen or len(links) + 1 == MOST_ERRORS
        words = "" if is_last else (HANDLED if cause is None else CAUSED)
        links.append((one, words))
        one = before
    return links[::-1]


def _raised(
    error: BaseException, submission: MemberFile, levels: int = MOST_LEVELS
) -> Iterator[str]:
    frames = _frames(error, submission)
    if frames:
        yield TRACEBACK
    yield from _shown(frames, submission)
    name, message = type(error).__name__, _message(error)
    yield f"{name}: {message}" if message else name
    if isinstance(error, BaseExceptionGroup) and levels:
        for number, part in enumerate(error.exceptions[:MOST_ERRORS], start=1):
            yield f"  + {number} of {len(error.exceptions)}"
            inner = "\n".join(_raised(part, submission, levels - 1))
            yield from (f"  | {line}" for line in inner.split("\n"))


def _frames(error: BaseException, submission: MemberFile) -> list[tuple[int, str]]:
    return list(islice(_walked(error.__traceback__, submission), MOST_FRAMES))


def _walked(
    step: TracebackType | None, submission: MemberFile
) -> Iterator[tuple[int, str]]:
    while step is not None:
        code = step.tb_frame.f_code
        if submission.owns(code.co_filename):
            yield step.tb_lineno or code.co_firstlineno, code.co_name
        step = step.tb_next


def _shown(frames: list[tuple[int, str]], submission: MemberFile) -> Iterator[str]:
    left_out = len(frames) - FIRST_FRAMES - LAST_FRAMES
    for index, (number, function) in enumerate(frames):
        if left_out > 0 and index == FIRST_FRAMES:
            yield f"  … {left_out} …"
        if left_out > 0 and FIRST_FRAMES <= index < FIRST_FRAMES + left_out:
            continue
        yield f'  File "{submission.name}", line {number}, in {function}'
        yield f"    {submission.line(number)}"


def _message(error: BaseException) -> str:
    try:
        return str.__str__(str(error))[:MESSAGE_CHARACTERS]
    except BaseException:  # noqa: BLE001 - the member's own __str__ may raise anything
        return ""


def _syntax(error: SyntaxError, submission: MemberFile) -> dict[str, Any]:
    source_line = submission.line(error.lineno)
    shown = [f'  File "{submission.name}", line {error.lineno}', f"    {source_line}"]
    if error.text and error.offset:
        indent = len(error.text) - len(error.text.lstrip())
        column = error.offset - 1 - indent
        if 0 <= column <= len(source_line):
            shown.append(f"    {' ' * column}^")
    message = str(error.msg)[:MESSAGE_CHARACTERS]
    return {
        "type": type(error).__name__,
        "message": message,
        "line": error.lineno,
        "source_line": source_line,
        "traceback": "\n".join([*shown, f"{type(error).__name__}: {message}"]),
    }
