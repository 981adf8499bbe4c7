"""What readers' marks make of evidence: a grade, as of any other submission.

The decision is the readers' (`review_decision`); the marks say how far it got and where
to begin. Of each criterion the middle between the readers is shown: what they disagree
on, their reasons say.
"""

from collections.abc import Sequence
from statistics import fmean
from typing import Final, Protocol

from bot.domain.review import Decision
from bot.domain.review_rubric import Mark
from challenges.grading.grade import CaseFeedback, Grade
from runner.verdict import Verdict

CONTRIBUTION_EARNS: Final = 10
"""Reputation. About three reviews: a contribution is an evening, and its review two."""


class Criterion(Protocol):
    """What is needed of `challenges.challenge.Criterion`."""

    @property
    def id(self) -> str: ...

    @property
    def points(self) -> int: ...


def graded(
    rubric: Sequence[Criterion], decided: Decision, marks: Sequence[Sequence[Mark]]
) -> Grade:
    """Sent back is `partial`: something was handed in, and it is on its way."""
    accepted = decided is Decision.ACCEPTED
    verdict = Verdict.ACCEPTED if accepted else Verdict.PARTIAL
    cases: list[CaseFeedback] = []
    points = 0.0
    for criterion in rubric:
        given = [
            one.mark for each in marks for one in each if one.criterion == criterion.id
        ]
        middle = fmean(given) if given else 0.0
        points += middle
        is_whole = middle >= criterion.points
        cases.append(
            CaseFeedback(
                group=criterion.id,
                visible=True,
                verdict=Verdict.ACCEPTED if is_whole else Verdict.PARTIAL,
                got=f"{middle:g}",
                expected=str(criterion.points),
            )
        )
    total = sum(one.points for one in rubric)
    return Grade(
        verdict=verdict,
        share=points / total if total else 0,
        passed=round(points),
        total=total,
        cases=tuple(cases),
        failed_groups=tuple(
            one.group for one in cases if one.verdict is not Verdict.ACCEPTED
        ),
    )
