"""From the runner's report to what the member is told and what it is worth.

A group gives its weight when all of its cases pass, and nothing otherwise: points for
parts of a lesson would reward guessing.
"""

from challenges.challenge import Challenge, Kind
from challenges.grading.grade import CaseFeedback, Grade
from runner.report import CaseReport, Reason, Report
from runner.verdict import Verdict


def grade(challenge: Challenge, report: Report) -> Grade:
    failed = _failed_groups(challenge, report)
    share = _share(challenge, failed)
    verdict = _verdict(report, share)
    if verdict is Verdict.JUDGE_ERROR:
        share = 0.0
    open_cases = {case.name for case in challenge.visible_cases}
    return Grade(
        verdict=verdict,
        share=share,
        passed=sum(_passed(case) for case in report.cases),
        total=max(len(report.cases), len(challenge.cases)),
        cases=tuple(
            _feedback(case, open_cases, challenge.kind) for case in report.cases
        ),
        failed_groups=failed,
        # Only a submission that does not compile fails before any case: what is told
        # then comes from its own text, and from no hidden case.
        error=None if report.cases else report.error,
        warnings=report.warnings,
        usage=report.usage,
    )


def _failed_groups(challenge: Challenge, report: Report) -> tuple[str, ...]:
    """A case that the report lacks has not passed."""
    passed = {case.name for case in report.cases if _passed(case)}
    failed = {case.group for case in report.cases if not _passed(case)}
    failed |= {case.group for case in challenge.cases if case.name not in passed}
    seen = {case.group for case in report.cases}
    return tuple(
        group.id
        for group in challenge.groups
        if group.id in failed or group.id not in seen
    )


def _share(challenge: Challenge, failed: tuple[str, ...]) -> float:
    if not failed:
        return 1.0
    total = sum(group.weight for group in challenge.groups)
    earned = sum(g.weight for g in challenge.groups if g.id not in failed)
    return earned / total


def _verdict(report: Report, share: float) -> Verdict:
    if report.verdict is Verdict.ACCEPTED:
        # A report that says so and lacks cases cannot be trusted.
        return Verdict.ACCEPTED if share == 1 else Verdict.JUDGE_ERROR
    if share == 1:
        return Verdict.JUDGE_ERROR
    if report.verdict is Verdict.WRONG_ANSWER and share > 0:
        return Verdict.PARTIAL
    return report.verdict


def _passed(case: CaseReport) -> bool:
    return case.verdict is Verdict.ACCEPTED


def _feedback(case: CaseReport, open_cases: set[str], kind: Kind) -> CaseFeedback:
    if case.name not in open_cases:
        # How good predictions are in all gives none of the data away.
        is_measure = kind is Kind.METRIC and case.reason is Reason.METRIC_SHORT
        return CaseFeedback(
            group=case.group,
            visible=False,
            verdict=case.verdict,
            reason=case.reason,
            lesson=case.lesson,
            expected=case.expected if is_measure else "",
            got=case.got if is_measure else "",
        )
    return CaseFeedback(
        group=case.group,
        visible=True,
        verdict=case.verdict,
        reason=case.reason,
        lesson=case.lesson,
        called=case.called,
        stdin=case.stdin,
        expected=case.expected,
        got=case.got,
        stdout=case.stdout,
        error=case.error,
        usage=case.usage,
    )
