"""A report teaches one thing at a time, and nothing that is not so."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from bot.chat.challenge_view import challenge_reply
from bot.chat.reply import Reply
from bot.chat.report import report_reply
from bot.chat.texts import texts_in
from bot.domain.submission import Submission
from bot.services.show import Shown
from challenges.challenge import Challenge, Kind
from challenges.grading.grade import CaseFeedback, Grade
from runner.report import MemberError, Reason
from runner.verdict import Verdict
from tests.fakes.catalogue import ADD, NEXT, QUIZ, fake_catalogue

EN = texts_in("en")
LESSON = "Mind the signs."
HIDDEN = CaseFeedback(
    group="negative", visible=False, verdict=Verdict.RUNTIME_ERROR, reason=Reason.RAISED
)


def words(part: object) -> str:
    """All that a reply says, in order."""
    if isinstance(part, str):
        return part
    if isinstance(part, tuple):
        return "\n".join(map(words, part))
    if is_dataclass(part):
        return "\n".join(
            words(getattr(part, one.name))
            for one in fields(part)
            if one.name not in {"kind", "style", "tone", "action", "language"}
        )
    return ""


def visible(reason: Reason, **facts: object) -> CaseFeedback:
    case = CaseFeedback(
        group="examples",
        visible=True,
        verdict=Verdict.WRONG_ANSWER,
        reason=reason,
        called="add(1, 2)",
        expected="3",
    )
    return case.model_copy(update=facts)


def report(*cases: CaseFeedback, passed: int = 0, challenge: Challenge = ADD) -> Reply:
    grade = Grade(
        verdict=cases[0].verdict,
        share=0.0,
        passed=passed,
        total=len(cases) + passed,
        cases=cases,
    )
    return report_reply(EN, challenge, judged(grade))


def judged(grade: Grade) -> Submission:
    return Submission(
        id=uuid4(),
        member_id=1,
        person_id=1,
        challenge_id=ADD.id,
        challenge_digest=ADD.digest,
        source="…",
        place={},
        submitted_at=datetime(2026, 11, 23, tzinfo=UTC),
        local_on=date(2026, 11, 23),
        grade=grade,
    )


def crash(line: int) -> CaseFeedback:
    error = MemberError(type="KeyError", line=line, traceback=f"line {line}")
    return visible(Reason.RAISED, verdict=Verdict.RUNTIME_ERROR, error=error)


def test_one_fault_everywhere_is_told_once_and_without_lessons() -> None:
    told = words(report(crash(2), crash(2), HIDDEN))
    assert told.count("add(1, 2)") == 1
    assert EN("report.one_fault") in told
    assert LESSON not in told


@pytest.mark.parametrize(
    ("cases", "passed"),
    [
        ((crash(2), crash(5), HIDDEN), 0),
        ((crash(2), crash(2), HIDDEN), 1),
        ((visible(Reason.RETURNED_OTHER, got="4"),) * 2 + (HIDDEN,), 0),
    ],
)
def test_different_faults_and_wrong_answers_are_told_each_with_the_lessons(
    cases: Sequence[CaseFeedback], passed: int
) -> None:
    told = words(report(*cases, passed=passed))
    assert told.count("add(1, 2)") == len(cases) - 1
    assert EN("report.one_fault") not in told
    assert LESSON in told


def test_a_missing_function_is_no_exception_of_the_member() -> None:
    error = MemberError(type="NameError", message="add")
    case = visible(Reason.FUNCTION_MISSING, verdict=Verdict.RUNTIME_ERROR, error=error)
    told = words(report(case))
    assert EN("reason.function_missing") in told
    assert "NameError" not in told


def test_a_generator_did_not_stop_anything() -> None:
    error = MemberError(type="generator", message="<generator object add>")
    case = visible(Reason.NOT_PLAIN_VALUE, error=error, got="<generator object add>")
    told = words(report(case))
    assert "It stopped with" not in told
    assert "<generator object add>" in told


@pytest.mark.parametrize(
    ("got", "stdout", "kind", "key"),
    [
        ("None", "", Kind.FUNCTION, "returned_nothing"),
        ("None", "3\n", Kind.FUNCTION, "printed_instead"),
        ("4", "3\n", Kind.FUNCTION, "returned_other"),
        ("None", "", Kind.SCENARIO, "returned_other"),
    ],
)
def test_who_forgot_to_return_is_told_so(
    got: str, stdout: str, kind: Kind, key: str
) -> None:
    case = visible(Reason.RETURNED_OTHER, got=got, stdout=stdout)
    told = words(report(case, challenge=replace(ADD, kind=kind)))
    expected = words(EN.line(f"reason.{key}"))
    assert expected in told


def test_who_returns_nothing_anywhere_is_told_once() -> None:
    case = visible(Reason.RETURNED_OTHER, got="None", stdout="3\n")
    hidden = HIDDEN.model_copy(update={"verdict": Verdict.WRONG_ANSWER})
    told = words(report(case, case, hidden))
    assert told.count("add(1, 2)") == 1
    assert LESSON not in told


@pytest.mark.parametrize(
    ("verdict", "passed", "expected"),
    [
        (Verdict.PARTIAL, 1, "not yet. Right answers: "),
        (Verdict.ACCEPTED, 2, "accepted."),
    ],
)
def test_a_quiz_speaks_of_answers_and_not_of_cases(
    verdict: Verdict, passed: int, expected: str
) -> None:
    grade = Grade(verdict=verdict, share=passed / 2, passed=passed, total=2)
    told = words(report_reply(EN, QUIZ, judged(grade)))
    assert expected in told
    assert "ases pass" not in told


def test_code_that_python_cannot_read_gets_advice() -> None:
    error = MemberError(type="SyntaxError", line=1, traceback="def add(:")
    grade = Grade(
        verdict=Verdict.COMPILE_ERROR, share=0.0, passed=0, total=2, error=error
    )
    assert EN("report.unreadable") in words(report_reply(EN, ADD, judged(grade)))


def test_a_closed_challenge_names_what_opens_it_by_title() -> None:
    shown = Shown(
        challenge=NEXT,
        points=100,
        is_daily=False,
        is_solved=False,
        missing=(ADD.id,),
        attempts=0,
        hints_taken=0,
    )
    told = words(challenge_reply(EN, fake_catalogue(), shown))
    assert "Adding up the till" in told
    assert ADD.id not in told
