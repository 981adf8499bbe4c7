"""Answers to a quiz, held against its key."""

from collections.abc import Mapping

from challenges.challenge import Challenge, Question
from challenges.grading.grade import CaseFeedback, Grade
from runner.report import Reason
from runner.verdict import Verdict


def grade_quiz(challenge: Challenge, answers: Mapping[str, str]) -> Grade:
    """`answers` maps a question's id to a choice's. The key is not in the grade."""
    cases = tuple(_feedback(one, answers.get(one.id)) for one in challenge.questions)
    passed = sum(case.verdict is Verdict.ACCEPTED for case in cases)
    return Grade(
        verdict=_verdict(passed, len(cases)),
        share=passed / len(cases),
        passed=passed,
        total=len(cases),
        cases=cases,
        failed_groups=tuple(
            case.group for case in cases if case.verdict is not Verdict.ACCEPTED
        ),
    )


def _feedback(question: Question, answer: str | None) -> CaseFeedback:
    is_choice = answer in {choice.id for choice in question.choices}
    is_right = answer == question.answer
    reason = Reason.RETURNED_OTHER if is_choice else Reason.NO_ANSWER
    return CaseFeedback(
        group=question.id,
        visible=True,
        verdict=Verdict.ACCEPTED if is_right else Verdict.WRONG_ANSWER,
        reason=None if is_right else reason,
        got=answer if answer is not None and is_choice else "",
    )


def _verdict(passed: int, total: int) -> Verdict:
    if passed == total:
        return Verdict.ACCEPTED
    return Verdict.PARTIAL if passed else Verdict.WRONG_ANSWER
