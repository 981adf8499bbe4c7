"""Answers by which the judge itself could be misled, or brought down."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    PRINTED,
    RETURNED,
    SCRIPT,
    STATUS,
    Gets,
    Program,
    prints,
)
from runner.job import CheckerRef, Expectation, Raises
from runner.report import Reason
from runner.verdict import Verdict

NOT_RAISED: Final = Gets(Verdict.WRONG_ANSWER, Reason.NOT_RAISED)
RAISED_OTHER: Final = Gets(Verdict.WRONG_ANSWER, Reason.RAISED_OTHER)


def _compares(
    name: str, checker: str, asked: object, value: str, gets: Gets
) -> Program:
    return Program(
        name,
        gets,
        f"""
        import datetime, decimal, math
        def act():
            return {value}
        """,
        expected=Expectation(
            returns=asked, check_returns=True, checker=CheckerRef(name=checker)
        ),
    )


def _prints(name: str, checker: str, asked: str, text: str, gets: Gets) -> Program:
    return Program(
        name,
        gets,
        f"print({text!r}, end='')\n",
        action=SCRIPT,
        expected=Expectation(prints=asked, checker=CheckerRef(name=checker)),
    )


def _raises(name: str, raises: Raises, line: str, gets: Gets) -> Program:
    return Program(
        name, gets, f"def act():\n    {line}\n", expected=Expectation(raises=raises)
    )


PROGRAMS: Final = (
    _compares("number that is near", "close", 0.3, "0.1 + 0.2", ACCEPTED),
    _compares("number that is not near", "close", 0.3, "0.31", RETURNED),
    _compares("not a number, near", "close", 0.3, "math.nan", RETURNED),
    _compares("not a number, asked for", "close", float("nan"), "math.nan", ACCEPTED),
    _compares("infinity, near", "close", 0.3, "math.inf", RETURNED),
    _compares("integer past all floats", "close", 0.3, "10 ** 5000", RETURNED),
    _compares("truth, near", "close", 1.0, "True", RETURNED),
    _compares("text, near", "close", 1.0, "'1.0'", RETURNED),
    _compares("any order, right", "unordered", [1, 2, 2], "[2, 1, 2]", ACCEPTED),
    _compares(
        "any order, one too often", "unordered", [1, 2, 2], "[1, 1, 2]", RETURNED
    ),
    _compares("any order, one more", "unordered", [1, 2], "[2, 1, 1]", RETURNED),
    _compares("any order, kinds mixed", "unordered", [1, "1"], "['1', 1.0]", RETURNED),
    _compares(
        "any order, huge integers",
        "unordered",
        [1, 2],
        "[10 ** 6000, -10 ** 6000]",
        RETURNED,
    ),
    _compares("any order, nothing", "unordered", [1], "None", RETURNED),
    _compares(
        "moment without a zone",
        "equal",
        "2024",
        "datetime.datetime(2024, 1, 1)",
        RETURNED,
    ),
    _compares(
        "decimal that signals", "close", 1.0, "decimal.Decimal('sNaN')", RETURNED
    ),
    _compares(
        "decimal that is vast", "equal", 1, "decimal.Decimal('1e999999')", RETURNED
    ),
    _compares("number of twenty thousand digits", "equal", 1, "10 ** 19_000", RETURNED),
    _compares("quarter of a million values", "equal", [1], "[0] * 200_000", RETURNED),
    _compares("set of many values", "equal", {1}, "set(range(50_000))", RETURNED),
    _compares("keys of many kinds", "equal", {}, "{1: 1, '1': 1, (1,): 1}", RETURNED),
    _prints("space at the end of a line", "lines", "a\nb", "a  \nb\t\n", ACCEPTED),
    _prints("space before a line", "lines", "a\nb", " a\nb", PRINTED),
    _prints("lines in another order", "lines", "a\nb", "b\na", PRINTED),
    _prints("one line more", "lines", "a\nb", "a\nb\nb", PRINTED),
    _prints("one line less", "lines", "a\nb", "a", PRINTED),
    _prints("no line", "lines", "a\nb", "", PRINTED),
    _prints("empty line between", "lines", "a\nb", "a\n\nb", PRINTED),
    _prints("all in one line", "lines", "a\nb", "a b", PRINTED),
    _prints("other case", "lines", "a\nb", "A\nB", PRINTED),
    _prints("newlines at the end", "lines", "a\nb", "a\nb\n\n\n", ACCEPTED),
    _prints("exact but for the end", "exact", "a\n", "a", PRINTED),
    _prints("exact", "exact", "a\n", "a\n", ACCEPTED),
    _raises("nothing raised", Raises(type="ValueError"), "return 1", NOT_RAISED),
    _raises(
        "kind above what was asked",
        Raises(type="KeyError"),
        "raise LookupError",
        RAISED_OTHER,
    ),
    _raises(
        "kind below what was asked",
        Raises(type="LookupError"),
        "return {}[1]",
        ACCEPTED,
    ),
    _raises(
        "other words",
        Raises(type="ValueError", message_contains="age"),
        "raise ValueError('name')",
        RAISED_OTHER,
    ),
    _raises(
        "exit instead",
        Raises(type="ValueError"),
        "raise SystemExit",
        Gets(Verdict.RUNTIME_ERROR, Reason.EXITED),
    ),
    _raises(
        "returned instead",
        Raises(type="ValueError"),
        "return ValueError",
        Gets(Verdict.WRONG_ANSWER, Reason.NOT_PLAIN_VALUE),
    ),
    Program(
        "half of the answers",
        RETURNED,
        """
        def act():
            return 1
        def observe():
            return "right"
        """,
        observed="right",
    ),
    Program(
        "right output, wrong status",
        STATUS,
        "print('a')\nraise SystemExit(3)\n",
        action=SCRIPT,
        expected=prints("a"),
    ),
)
