"""One outcome against one expectation: the first thing that does not hold decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from runner.checkers import checker_named
from runner.job import Case, CheckerRef, Expectation, Raises, Run
from runner.render import bounded, raised, shown
from runner.report import Reason
from runner.sandbox import Outcome
from runner.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Of a case that passed, `expected` and `got` show what was compared first."""

    verdict: Verdict
    reason: Reason | None = None
    expected: str = ""
    got: str = ""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One thing that was expected, and whether it holds."""

    holds: bool
    reason: Reason
    expected: str
    got: str


EQUAL: Final = CheckerRef(name="equal")
LINES: Final = CheckerRef(name="lines")

FAILURES: Final = {
    "raised": (Verdict.RUNTIME_ERROR, Reason.RAISED),
    "exited": (Verdict.RUNTIME_ERROR, Reason.EXITED),
    "signalled": (Verdict.RUNTIME_ERROR, Reason.SIGNALLED),
    "function_missing": (Verdict.RUNTIME_ERROR, Reason.FUNCTION_MISSING),
    "no_answer": (Verdict.RUNTIME_ERROR, Reason.NO_ANSWER),
    "not_plain_value": (Verdict.WRONG_ANSWER, Reason.NOT_PLAIN_VALUE),
    "cpu_time": (Verdict.TIME_LIMIT, Reason.CPU_TIME),
    "wall_time": (Verdict.TIME_LIMIT, Reason.WALL_TIME),
    "total_wall_time": (Verdict.TIME_LIMIT, Reason.TOTAL_WALL_TIME),
    "memory": (Verdict.MEMORY_LIMIT, Reason.MEMORY),
    "output": (Verdict.OUTPUT_LIMIT, Reason.OUTPUT),
    "syntax": (Verdict.COMPILE_ERROR, Reason.SYNTAX),
}


def find(case: Case, outcome: Outcome) -> Finding:
    try:
        return _find(case, outcome)
    except Exception:  # noqa: BLE001 - whatever a checker does, it is not the member's
        return Finding(verdict=Verdict.JUDGE_ERROR, reason=Reason.CHECKER_FAULT)


def _find(case: Case, outcome: Outcome) -> Finding:
    if not _can_be_right(case, outcome):
        return _failure(case.expected, outcome)
    comparisons = list(_comparisons(case.expected, outcome))
    failed = next((one for one in comparisons if not one.holds), None)
    if failed is not None:
        return Finding(
            verdict=Verdict.WRONG_ANSWER,
            reason=failed.reason,
            expected=failed.expected,
            got=failed.got,
        )
    if not comparisons:
        return Finding(verdict=Verdict.ACCEPTED)
    first = comparisons[0]
    return Finding(verdict=Verdict.ACCEPTED, expected=first.expected, got=first.got)


def _can_be_right(case: Case, outcome: Outcome) -> bool:
    """Did it end in a way that this case may expect?"""
    expected = case.expected
    match outcome.ending:
        case "returned":
            return not isinstance(case.action, Run)
        case "raised":
            return expected.raises is not None
        case "exited":
            raises = expected.raises is not None and _is_a(expected.raises, outcome)
            return (
                isinstance(case.action, Run)
                or raises
                or expected.exit_status is not None
            )
        case _:
            return False


def _failure(expected: Expectation, outcome: Outcome) -> Finding:
    verdict, reason = FAILURES.get(
        outcome.ending, (Verdict.JUDGE_ERROR, Reason.SANDBOX_FAULT)
    )
    return Finding(
        verdict=verdict,
        reason=reason,
        expected=_expected_first(expected),
        got=_came_instead(outcome),
    )


def _expected_first(expected: Expectation) -> str:
    if expected.raises is not None:
        return raised(expected.raises)
    if expected.check_returns:
        return shown(expected.returns)
    return bounded(expected.prints or "")


def _came_instead(outcome: Outcome) -> str:
    """In signs that need no translation."""
    error = outcome.error
    if outcome.ending in {"raised", "not_plain_value"} and error is not None:
        return bounded(
            f"{error.type}: {error.message}" if error.message else error.type
        )
    if outcome.ending == "exited":
        return f"exit {outcome.exit_status}"
    if outcome.ending == "signalled":
        return f"signal {outcome.signal}"
    return shown(outcome.value) if outcome.ending == "returned" else ""


def _comparisons(expected: Expectation, outcome: Outcome) -> Iterator[Comparison]:
    if expected.raises is not None:
        yield _of_raises(expected.raises, outcome)
    if expected.check_returns:
        yield Comparison(
            holds=_compare(_for_value(expected), expected.returns, outcome.value),
            reason=Reason.RETURNED_OTHER,
            expected=shown(expected.returns),
            got=shown(outcome.value),
        )
    if expected.args_after is not None:
        yield Comparison(
            holds=_compare(
                EQUAL if _named_for_text(expected) else expected.checker,
                expected.args_after,
                outcome.args_after,
            ),
            reason=Reason.ARGUMENTS_OTHER,
            expected=shown(expected.args_after),
            got=shown(outcome.args_after),
        )
    if expected.prints is not None:
        yield _of_text(expected, expected.prints, outcome.stdout, Reason.PRINTED_OTHER)
    if expected.exit_status is not None:
        yield Comparison(
            holds=outcome.exit_status == expected.exit_status,
            reason=Reason.EXIT_STATUS_OTHER,
            expected=f"exit {expected.exit_status}",
            got=_came_instead(outcome),
        )
    for name, text in expected.files.items():
        yield _of_file(expected, name, text, outcome)


def _of_raises(raises: Raises, outcome: Outcome) -> Comparison:
    if outcome.ending == "returned":
        holds, reason = False, Reason.NOT_RAISED
    else:
        message = outcome.error.message if outcome.error else ""
        holds = _is_a(raises, outcome) and (raises.message_contains or "") in message
        reason = Reason.RAISED_OTHER
    return Comparison(
        holds=holds,
        reason=reason,
        expected=raised(raises),
        got=_came_instead(outcome),
    )


def _of_file(
    expected: Expectation, name: str, text: str, outcome: Outcome
) -> Comparison:
    content = outcome.files.get(name)
    if content is None:
        return Comparison(
            holds=False, reason=Reason.FILE_MISSING, expected=bounded(name), got=""
        )
    written = content.decode("utf-8", "replace")
    return _of_text(expected, text, written, Reason.FILE_OTHER)


def _of_text(expected: Expectation, text: str, got: str, reason: Reason) -> Comparison:
    checker = expected.checker if _named_for_text(expected) else LINES
    return Comparison(
        holds=_compare(checker, text, got),
        reason=reason,
        expected=bounded(text),
        got=bounded(got),
    )


def _for_value(expected: Expectation) -> CheckerRef:
    """A text checker is meant for a returned text only when no other text is there."""
    other_text = expected.prints is not None or expected.files
    if _named_for_text(expected) and (other_text or type(expected.returns) is not str):
        return EQUAL
    return expected.checker


def _named_for_text(expected: Expectation) -> bool:
    ref = expected.checker
    return checker_named(ref.name, ref.options).of_text


def _compare(ref: CheckerRef, expected: object, got: object) -> bool:
    checker = checker_named(ref.name, ref.options)
    return checker.compare(expected, got, ref.options)


def _is_a(raises: Raises, outcome: Outcome) -> bool:
    return raises.type in outcome.error_bases
