"""One outcome against one expectation: the first thing that does not hold decides."""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from runner.checkers import checker_named
from runner.finding import CheckerAnswer, Comparison, Finding
from runner.job import Case, CheckerRef, Expectation, Raises, Run, Suite
from runner.metrics import METRIC, measured
from runner.render import ELLIPSIS, bounded, raised, shown
from runner.report import Reason
from runner.sandbox import Outcome
from runner.suites import find_in_suite
from runner.verdict import Verdict

DIGEST_CHARACTERS: Final = 16
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
    "not_run": (Verdict.TIME_LIMIT, Reason.NOT_RUN),
    "memory": (Verdict.MEMORY_LIMIT, Reason.MEMORY),
    "output": (Verdict.OUTPUT_LIMIT, Reason.OUTPUT),
    "syntax": (Verdict.COMPILE_ERROR, Reason.SYNTAX),
    "tool_failed": (Verdict.RUNTIME_ERROR, Reason.TOOL_FAILED),
    "artifact_invalid": (Verdict.COMPILE_ERROR, Reason.ARTIFACT_INVALID),
}


# What Python says when the system refuses it a process, a thread or room on the disk.
_REFUSALS: Final = {
    "BlockingIOError: [Errno 11]": Reason.PROCESSES,
    "RuntimeError: can't start new thread": Reason.PROCESSES,
    "OSError: [Errno 27]": Reason.DISK,
    "OSError: [Errno 28]": Reason.DISK,
}


def find(case: Case, outcome: Outcome, said: CheckerAnswer | None = None) -> Finding:
    """`said` is what the challenge's own checker says of the value, if it has one."""
    try:
        return _find(case, outcome, said)
    except Exception:  # noqa: BLE001 - whatever a checker does, it is not the member's
        return Finding(verdict=Verdict.JUDGE_ERROR, reason=Reason.CHECKER_FAULT)


def _find(case: Case, outcome: Outcome, said: CheckerAnswer | None) -> Finding:
    if case.expected.suite is not None and outcome.suite is not None:
        return find_in_suite(case.expected.suite, outcome)
    if not _can_be_right(case, outcome):
        return _failure(case.expected, outcome)
    comparisons = list(_comparisons(case.expected, outcome, said))
    failed = next((one for one in comparisons if not one.holds), None)
    if failed is not None:
        return Finding(
            verdict=Verdict.WRONG_ANSWER,
            reason=failed.reason,
            expected=failed.expected,
            got=failed.got,
            lesson=failed.lesson,
        )
    if not comparisons:
        return Finding(verdict=Verdict.ACCEPTED)
    first = comparisons[0]
    return Finding(verdict=Verdict.ACCEPTED, expected=first.expected, got=first.got)


def _can_be_right(case: Case, outcome: Outcome) -> bool:
    """Did it end in a way that this case may expect?"""
    expected = case.expected
    if isinstance(case.action, Suite):
        return False
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
    if reason is Reason.RAISED:
        reason = _refused(outcome) or reason
    return Finding(
        verdict=verdict,
        reason=reason,
        expected=_expected_first(expected),
        got=_came_instead(outcome),
    )


def _refused(outcome: Outcome) -> Reason | None:
    told = _came_instead(outcome)
    return next(
        (reason for start, reason in _REFUSALS.items() if told.startswith(start)), None
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
    if (
        outcome.ending in {"raised", "not_plain_value", "tool_failed"}
        and error is not None
    ):
        return bounded(
            f"{error.type}: {error.message}" if error.message else error.type
        )
    if outcome.ending == "exited":
        return f"exit {outcome.exit_status}"
    if outcome.ending == "signalled":
        return f"signal {outcome.signal}"
    return shown(outcome.value) if outcome.ending == "returned" else ""


def _comparisons(
    expected: Expectation, outcome: Outcome, said: CheckerAnswer | None
) -> Iterator[Comparison]:
    if expected.raises is not None:
        yield _of_raises(expected.raises, outcome)
    if expected.check_returns:
        yield _of_value(expected, outcome.value, said)
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
    for name, content in expected.binary_files.items():
        yield _of_binary_file(name, content, outcome)


def _of_value(
    expected: Expectation, value: object, said: CheckerAnswer | None
) -> Comparison:
    if expected.checker.name == METRIC:
        options: Any = expected.checker.options
        one = measured(expected.returns, value, options)
        reason = Reason(f"metric_{one.fault}")
        return Comparison(
            holds=one.holds, reason=reason, expected=one.expected, got=one.got
        )
    told = {"expected": shown(expected.returns), "got": shown(value)}
    if said is not None:
        reason = Reason.CHECKER_SAYS if said.lesson else Reason.RETURNED_OTHER
        return Comparison(holds=said.holds, reason=reason, lesson=said.lesson, **told)
    holds = _compare(_for_value(expected), expected.returns, value)
    return Comparison(holds=holds, reason=Reason.RETURNED_OTHER, **told)


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
            holds=False,
            reason=_why_not_brought(name, outcome),
            expected=bounded(name),
            got="",
        )
    written = content.decode("utf-8", "replace")
    return _of_text(expected, text, written, Reason.FILE_OTHER)


def _why_not_brought(name: str, outcome: Outcome) -> Reason:
    if name in outcome.too_large:
        return Reason.FILE_TOO_LARGE
    return Reason.FILE_MISSING


def _of_binary_file(name: str, content: bytes, outcome: Outcome) -> Comparison:
    written = outcome.files.get(name)
    return Comparison(
        holds=written == content,
        reason=(
            _why_not_brought(name, outcome) if written is None else Reason.FILE_OTHER
        ),
        expected=_fingerprint(name, content),
        got="" if written is None else _fingerprint(name, written),
    )


def _fingerprint(name: str, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()[:DIGEST_CHARACTERS]
    return bounded(f"{name}: {len(content)} B, sha256 {digest}{ELLIPSIS}")


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
