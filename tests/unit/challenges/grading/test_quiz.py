from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from challenges.challenge import Challenge, Kind
from challenges.grading import grade_quiz
from challenges.loader import load_challenge
from runner.report import Reason
from runner.verdict import Verdict

IDS = ("question-1", "question-2", "question-3")


@pytest.fixture
def quiz(make: Callable[..., Path]) -> Challenge:
    return load_challenge(make(Kind.QUIZ))


@pytest.mark.parametrize(
    ("answers", "verdict", "passed"),
    [
        (dict.fromkeys(IDS, "a"), Verdict.ACCEPTED, 3),
        (dict.fromkeys(IDS[:1], "a"), Verdict.PARTIAL, 1),
        (dict.fromkeys(IDS, "b"), Verdict.WRONG_ANSWER, 0),
        ({}, Verdict.WRONG_ANSWER, 0),
        ({"question-9": "a"}, Verdict.WRONG_ANSWER, 0),
    ],
)
def test_the_share_is_that_of_right_answers(
    quiz: Challenge, answers: Mapping[str, str], verdict: Verdict, passed: int
) -> None:
    given_grade = grade_quiz(quiz, answers)
    assert (given_grade.verdict, given_grade.passed) == (verdict, passed)
    assert given_grade.share == passed / 3
    assert [case.group for case in given_grade.cases] == list(IDS)


def test_a_wrong_answer_is_told_from_a_missing_one(quiz: Challenge) -> None:
    given_grade = grade_quiz(quiz, {"question-1": "b", "question-2": "<hostile>"})
    assert [case.reason for case in given_grade.cases] == [
        Reason.RETURNED_OTHER,
        Reason.NO_ANSWER,
        Reason.NO_ANSWER,
    ]
    assert [case.got for case in given_grade.cases] == ["b", "", ""]
    assert given_grade.failed_groups == IDS


def test_the_key_is_not_in_the_grade(quiz: Challenge) -> None:
    given_grade = grade_quiz(quiz, dict.fromkeys(IDS, "b"))
    assert [case.expected for case in given_grade.cases] == [""] * 3
