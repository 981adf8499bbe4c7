"""Tracebacks as members read them: their own lines, and no more than teach."""

from textwrap import dedent

import pytest

from runner.harness.member_error import FIRST_FRAMES, LAST_FRAMES, describe
from runner.harness.member_file import MemberFile

LIBRARY = """
def call(function):
    return function()
"""


def raised(source: str) -> tuple[BaseException, MemberFile]:
    """What the source raises, with a `call` of a library's at hand."""
    submission = MemberFile("solution.py", dedent(source))
    names: dict[str, object] = {}
    exec(compile(LIBRARY, "/site/library.py", "exec"), names)
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - any that there is
        exec(compile(submission.text, "/elsewhere/solution.py", "exec"), names)
    return caught.value, submission


def traceback_of(source: str) -> list[str]:
    told: str = describe(*raised(source))["traceback"]
    return told.splitlines()


def test_a_long_recursion_is_folded_between_its_ends() -> None:
    lines = traceback_of(
        """
        def down(n):
            return down(n + 1)
        down(0)
        """
    )
    frames = [line for line in lines if line.startswith("  File")]
    assert len(frames) == FIRST_FRAMES + LAST_FRAMES
    assert frames[0] == '  File "solution.py", line 4, in <module>'
    assert set(frames[1:]) == {'  File "solution.py", line 3, in down'}
    fold = lines.index(next(line for line in lines if line.startswith("  … ")))
    assert fold == 1 + 2 * FIRST_FRAMES
    assert int(lines[fold].strip(" …")) > 100
    assert lines[-1].startswith("RecursionError: ")


def test_a_short_recursion_is_shown_whole() -> None:
    lines = traceback_of(
        """
        def down(n):
            return down(n - 1) if n else 1 / 0
        down(3)
        """
    )
    assert sum(line.startswith("  File") for line in lines) == 5
    assert not any("…" in line for line in lines)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "def f():\n    total = = 1\n",
            ['  File "solution.py", line 2', "    total = = 1", "            ^"],
        ),
        (
            "if True print(1)\n",
            ['  File "solution.py", line 1', "    if True print(1)", "            ^"],
        ),
    ],
)
def test_a_syntax_error_points_at_the_place(source: str, shown: list[str]) -> None:
    error, submission = raised(source)
    told = describe(error, submission)
    lines = told["traceback"].splitlines()
    assert lines[:3] == shown
    assert lines[3:] == [f"SyntaxError: {told['message']}"]


def test_of_a_chain_only_the_members_frames_are_shown() -> None:
    assert traceback_of(
        """
        def half():
            return 1 / 0
        try:
            call(half)
        except ZeroDivisionError:
            {}["key"]
        """
    ) == [
        "Traceback (most recent call last):",
        '  File "solution.py", line 5, in <module>',
        "    call(half)",
        '  File "solution.py", line 3, in half',
        "    return 1 / 0",
        "ZeroDivisionError: division by zero",
        "",
        "During handling of the above exception, another exception occurred:",
        "",
        "Traceback (most recent call last):",
        '  File "solution.py", line 7, in <module>',
        '    {}["key"]',
        "KeyError: 'key'",
    ]


def test_of_the_parts_of_a_group_only_the_members_frames_are_shown() -> None:
    assert traceback_of(
        """
        def part():
            try:
                call(lambda: int("x"))
            except ValueError as error:
                return error
        raise ExceptionGroup("both", [part(), KeyError("a")])
        """
    ) == [
        "Traceback (most recent call last):",
        '  File "solution.py", line 7, in <module>',
        '    raise ExceptionGroup("both", [part(), KeyError("a")])',
        "ExceptionGroup: both (2 sub-exceptions)",
        "  + 1 of 2",
        "  | Traceback (most recent call last):",
        '  |   File "solution.py", line 4, in part',
        '  |     call(lambda: int("x"))',
        '  |   File "solution.py", line 4, in <lambda>',
        '  |     call(lambda: int("x"))',
        "  | ValueError: invalid literal for int() with base 10: 'x'",
        "  + 2 of 2",
        "  | KeyError: 'a'",
    ]
