"""Judging: a job goes out without its answers, and what comes back meets them here."""

from collections.abc import Sequence
from typing import Final

from runner import own_checker
from runner.errors import SandboxFault
from runner.finding import CheckerAnswer, Finding
from runner.job import Case, Job, Limits
from runner.matching import find
from runner.process import ProcessSandbox
from runner.render import SHOWN_OUTPUT_CHARACTERS, bounded, called
from runner.report import CaseReport, MemberWarning, Reason, Report, Usage
from runner.sandbox import Outcome, Sandbox, Work
from runner.suites import places, weighed
from runner.verdict import Verdict, overall

TRIES: Final = 2
"""A second, fresh run: a machine out of breath recovers, a broken one does not."""
UNREADABLE: Final = frozenset({"syntax", "artifact_invalid"})
"""What fails as a whole: the submission itself cannot be read."""


class Judge:
    def __init__(
        self,
        sandbox: Sandbox,
        checkers: Sandbox | None = None,
        checker_limits: Limits = own_checker.LIMITS,
    ) -> None:
        """`checkers` runs the challenges' own: trusted code, in bounds all the same."""
        self._sandbox = sandbox
        self._checkers = checkers or ProcessSandbox()
        self._checker_limits = checker_limits

    async def judge(self, job: Job) -> Report:
        """A report, also of a fault of the sandbox: that is one of `judge_error`.

        Raises SandboxFull, before anything was run: the job is still the caller's.
        """
        outcomes = await self._outcomes(job)
        if outcomes is None:
            return self._report(job, [_unjudged(case) for case in job.cases])
        if all(outcome.ending in UNREADABLE for outcome in outcomes):
            return Report(
                job_id=job.id,
                verdict=Verdict.COMPILE_ERROR,
                error=outcomes[0].error,
                usage=outcomes[0].usage,
                backend=self._sandbox.name,
            )
        said = await own_checker.sayings(
            job, outcomes, self._checkers, self._checker_limits
        )
        judged = [
            judged_case(*each) for each in zip(job.cases, outcomes, said, strict=True)
        ]
        report = self._report(job, weighed(job, judged))
        return report.model_copy(update={"warnings": _warnings(job, outcomes)})

    async def _outcomes(self, job: Job) -> Sequence[Outcome] | None:
        turns = places(job)
        work = Work.of(job, turns)
        for _ in range(TRIES):
            try:
                outcomes = await self._sandbox.run(work)
            except SandboxFault:
                continue
            # As many as the cases or none: a gap has no right place.
            if len(outcomes) == len(job.cases):
                return _in_order(outcomes, turns)
        return None

    def _report(self, job: Job, cases: Sequence[CaseReport]) -> Report:
        return Report(
            job_id=job.id,
            verdict=overall(case.verdict for case in cases),
            cases=tuple(cases),
            usage=Usage(
                cpu_time_s=sum(case.usage.cpu_time_s for case in cases),
                wall_time_s=sum(case.usage.wall_time_s for case in cases),
                peak_memory_kib=max(case.usage.peak_memory_kib for case in cases),
            ),
            backend=self._sandbox.name,
        )


def _in_order(outcomes: Sequence[Outcome], turns: Sequence[int]) -> list[Outcome]:
    """As the cases stand in the job, wherever each had its turn."""
    found = dict(zip(turns, outcomes, strict=True))
    return [found[index] for index in range(len(turns))]


def _warnings(job: Job, outcomes: Sequence[Outcome]) -> tuple[MemberWarning, ...]:
    """Of the visible cases: a warning may say whatever a hidden one holds."""
    visible = [
        outcome
        for case, outcome in zip(job.cases, outcomes, strict=True)
        if case.visible
    ]
    return tuple(dict.fromkeys(one for outcome in visible for one in outcome.warnings))


def judged_case(
    case: Case, outcome: Outcome, said: CheckerAnswer | None = None
) -> CaseReport:
    finding = find(case, outcome, said)
    return _told(case, finding).model_copy(
        update={
            "stdout": bounded(outcome.stdout, SHOWN_OUTPUT_CHARACTERS),
            "stderr": bounded(outcome.stderr, SHOWN_OUTPUT_CHARACTERS),
            "stdout_truncated": outcome.stdout_truncated
            or len(outcome.stdout) > SHOWN_OUTPUT_CHARACTERS,
            "stderr_truncated": outcome.stderr_truncated
            or len(outcome.stderr) > SHOWN_OUTPUT_CHARACTERS,
            # An exception that was asked for is no error.
            "error": None if finding.verdict is Verdict.ACCEPTED else outcome.error,
            "usage": outcome.usage,
        }
    )


def _unjudged(case: Case) -> CaseReport:
    return _told(
        case, Finding(verdict=Verdict.JUDGE_ERROR, reason=Reason.SANDBOX_FAULT)
    )


def _told(case: Case, finding: Finding) -> CaseReport:
    return CaseReport(
        name=case.name,
        group=case.group,
        visible=case.visible,
        verdict=finding.verdict,
        reason=finding.reason,
        called=bounded(case.shows) if case.shows else called(case.action),
        stdin=bounded(getattr(case.action, "stdin", ""), SHOWN_OUTPUT_CHARACTERS),
        expected=finding.expected,
        got=finding.got,
        lesson=finding.lesson,
    )
