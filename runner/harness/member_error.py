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

SOLUTION: Final = "solution.py"

MESSAGE_CHARACTERS: Final = 4_000
FIRST_FRAMES: Final = 5
"""Of a long recursion: how it began …"""
LAST_FRAMES: Final = 5
"""… and how it ended."""
MOST_FRAMES: Final = 100_000
MOST_BASES: Final = 50


def describe(error: BaseException, lines: list[str]) -> dict[str, Any]:
    """The error in the shape of `runner.report.MemberError`, as plain data."""
    if isinstance(error, SyntaxError) and error.filename == SOLUTION:
        return _syntax(error, lines)
    return _raised(error, lines)


def bases(error: BaseException) -> list[str]:
    return [str(one.__name__) for one in type(error).__mro__[:MOST_BASES]]


def _raised(error: BaseException, lines: list[str]) -> dict[str, Any]:
    frames = list(islice(_frames(error.__traceback__), MOST_FRAMES))
    name, message = type(error).__name__, _message(error)
    last = frames[-1][0] if frames else None
    return {
        "type": name,
        "message": message,
        "line": last,
        "source_line": _line(lines, last),
        "traceback": "\n".join(
            [
                *(["Traceback (most recent call last):"] if frames else []),
                *_shown(frames, lines),
                f"{name}: {message}" if message else name,
            ]
        ),
    }


def _frames(step: TracebackType | None) -> Iterator[tuple[int, str]]:
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename == SOLUTION:
            yield step.tb_lineno or code.co_firstlineno, code.co_name
        step = step.tb_next


def _shown(frames: list[tuple[int, str]], lines: list[str]) -> Iterator[str]:
    left_out = len(frames) - FIRST_FRAMES - LAST_FRAMES
    for index, (number, function) in enumerate(frames):
        if left_out > 0 and index == FIRST_FRAMES:
            yield f"  … {left_out} …"
        if left_out > 0 and FIRST_FRAMES <= index < FIRST_FRAMES + left_out:
            continue
        yield f'  File "{SOLUTION}", line {number}, in {function}'
        yield f"    {_line(lines, number)}"


def _message(error: BaseException) -> str:
    try:
        return str.__str__(str(error))[:MESSAGE_CHARACTERS]
    except BaseException:  # noqa: BLE001 - the member's own __str__ may raise anything
        return ""


def _line(lines: list[str], number: int | None) -> str:
    if number is None or not 1 <= number <= len(lines):
        return ""
    return lines[number - 1].strip()


def _syntax(error: SyntaxError, lines: list[str]) -> dict[str, Any]:
    source_line = _line(lines, error.lineno)
    shown = [f'  File "{SOLUTION}", line {error.lineno}', f"    {source_line}"]
    if error.text and error.offset:
        indent = len(error.text) - len(error.text.lstrip())
        column = error.offset - 1 - indent
        if 0 <= column <= len(source_line):
            shown.append(f"    {' ' * column}^")
    message = _message_of_syntax(error)
    return {
        "type": type(error).__name__,
        "message": message,
        "line": error.lineno,
        "source_line": source_line,
        "traceback": "\n".join([*shown, f"{type(error).__name__}: {message}"]),
    }


def _message_of_syntax(error: SyntaxError) -> str:
    return str(error.msg)[:MESSAGE_CHARACTERS]
