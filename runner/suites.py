"""What the runs of a pytest suite prove, on the host, which alone knows what is right.

    right implementations   pass, with a test or more
    wrong implementations   fail in a test: not by a crash, an exit or in a fixture

Each implementation is met more than once, in an order that nobody in the sandbox can
know. A suite that throws a coin gives itself away, and one that fails on what is right
proves nothing by failing on what is wrong.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from runner.finding import Finding
from runner.job import Case, Job, Suite
from runner.render import bounded
from runner.report import CaseReport, Reason
from runner.sandbox import Outcome, SuiteResult
from runner.verdict import Verdict

PASSED = Finding(verdict=Verdict.ACCEPTED)


def find_in_suite(must: Literal["passes", "fails"], outcome: Outcome) -> Finding:
    """Of a suite that ran to its end."""
    result = outcome.suite
    if result is None:
        raise ValueError(outcome.ending)
    if result.errors:
        verdict = Verdict.RUNTIME_ERROR if must == "passes" else Verdict.WRONG_ANSWER
        names = bounded("\n".join(result.errors))
        return Finding(verdict=verdict, reason=Reason.SUITE_ERROR, got=names)
    if must == "fails":
        return PASSED if result.failed else _wrong(Reason.SURVIVED, result)
    if result.failed:
        return _wrong(Reason.FAILS_ON_RIGHT, result)
    return PASSED if result.passed else _wrong(Reason.NO_TESTS, result)


def _wrong(reason: Reason, result: SuiteResult) -> Finding:
    names = bounded("\n".join(result.failed))
    return Finding(verdict=Verdict.WRONG_ANSWER, reason=reason, got=names)


def places(job: Job) -> list[int]:
    """Where in the sandbox each case has its turn; its own, but for suites.

    The submission's id makes the order another one each time: what a suite could learn
    of the third run helps it nothing in the next submission.
    """
    order = list(range(len(job.cases)))
    if any(isinstance(case.action, Suite) for case in job.cases):
        # Not for secrets: nothing in the sandbox knows the id or the seed of the job.
        random.Random(f"{job.seed} {job.id}").shuffle(order)  # noqa: S311
    return order


def weighed(job: Job, reports: Sequence[CaseReport]) -> list[CaseReport]:
    """The same reports, less what the runs taken together do not prove."""
    steady = _steady(job.cases, reports)
    is_sound = all(
        report.verdict is Verdict.ACCEPTED and _implementation(case) in steady
        for case, report in zip(job.cases, reports, strict=True)
        if case.expected.suite == "passes"
    )
    return [
        _weighed(case, report, is_sound=is_sound, steady=steady)
        for case, report in zip(job.cases, reports, strict=True)
    ]


def _weighed(
    case: Case, report: CaseReport, *, is_sound: bool, steady: set[str]
) -> CaseReport:
    implementation = _implementation(case)
    if implementation is None or report.verdict is not Verdict.ACCEPTED:
        return report
    if implementation not in steady:
        reason = Reason.SUITE_UNSTEADY
    elif case.expected.suite == "fails" and not is_sound:
        reason = Reason.SUITE_UNSOUND
    else:
        return report
    update = {"verdict": Verdict.WRONG_ANSWER, "reason": reason}
    return report.model_copy(update=update)


def _steady(cases: Sequence[Case], reports: Sequence[CaseReport]) -> set[str]:
    """The implementations on which the suite came to the same each time."""
    ends = defaultdict(set)
    for case, report in zip(cases, reports, strict=True):
        if (implementation := _implementation(case)) is not None:
            ends[implementation].add(report.verdict is Verdict.ACCEPTED)
    return {one for one, met in ends.items() if len(met) == 1}


def _implementation(case: Case) -> str | None:
    return case.action.implementation if isinstance(case.action, Suite) else None
