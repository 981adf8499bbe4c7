from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from challenges.challenge import Bilingual, Challenge, Group, Kind
from challenges.grading import grade
from runner.job import Call, Case, Expectation
from runner.report import CaseReport, MemberError, Reason, Report
from runner.verdict import Verdict, overall

TEXT = Bilingual(es="texto", en="text")
SECRET = "the hidden 4711"
OK, WRONG = Verdict.ACCEPTED, Verdict.WRONG_ANSWER
CASES = (
    ("examples", "examples-1"),
    ("edges", "edges-1"),
    ("edges", "edges-2"),
    ("seeded", "seeded-generated-1"),
)


def challenge() -> Challenge:
    def case(group: str, name: str) -> Case:
        return Case(
            name=name,
            group=group,
            visible=group == "examples",
            action=Call(function="f"),
            expected=Expectation(),
        )

    def group(group_id: str, weight: int) -> Group:
        visible = group_id == "examples"
        return Group(id=group_id, title=TEXT, weight=weight, visible=visible)

    return Challenge(
        id="one",
        kind=Kind.FUNCTION,
        phase=1,
        topic="functions-and-modules",
        skills=("functions",),
        difficulty=1,
        title=TEXT,
        statement=TEXT,
        explanation=TEXT,
        groups=(group("examples", 20), group("edges", 30), group("seeded", 50)),
        cases=tuple(case(*one) for one in CASES[:3]),
    )


def report(verdicts: Sequence[Verdict]) -> Report:
    cases = tuple(
        CaseReport(
            name=name,
            group=group,
            # Even a judge that calls every case visible must not give hidden data away.
            visible=True,
            verdict=verdict,
            reason=None if verdict is OK else Reason.RETURNED_OTHER,
            called=SECRET if group != "examples" else "f(1)",
            stdin=SECRET,
            expected=SECRET,
            got=SECRET,
            stdout=SECRET,
            stderr=SECRET,
            error=MemberError(type="E", message=SECRET, traceback=SECRET),
        )
        for (group, name), verdict in zip(CASES, verdicts, strict=False)
    )
    return Report(
        job_id="job",
        verdict=overall(verdicts),
        cases=cases,
        error=MemberError(type="E", message=SECRET),
    )


def test_all_groups_passed_is_accepted() -> None:
    given_grade = grade(challenge(), report([OK] * 4))
    assert (given_grade.verdict, given_grade.share) == (OK, 1.0)
    assert (given_grade.passed, given_grade.total) == (4, 4)
    assert given_grade.failed_groups == ()


def test_a_group_passed_in_part_gives_nothing() -> None:
    given_grade = grade(challenge(), report([OK, OK, WRONG, OK]))
    assert (given_grade.verdict, given_grade.share) == (Verdict.PARTIAL, 0.7)
    assert given_grade.failed_groups == ("edges",)
    assert (given_grade.passed, given_grade.total) == (3, 4)


def test_nothing_passed_is_a_wrong_answer() -> None:
    given_grade = grade(challenge(), report([WRONG] * 4))
    assert (given_grade.verdict, given_grade.share) == (WRONG, 0.0)


def test_a_crash_keeps_its_verdict_and_the_groups_earned() -> None:
    given_grade = grade(challenge(), report([OK, Verdict.RUNTIME_ERROR, OK, OK]))
    assert (given_grade.verdict, given_grade.share) == (Verdict.RUNTIME_ERROR, 0.7)


def test_a_judge_error_is_worth_nothing_and_says_so() -> None:
    given_grade = grade(challenge(), report([OK, OK, OK, Verdict.JUDGE_ERROR]))
    assert (given_grade.verdict, given_grade.share) == (Verdict.JUDGE_ERROR, 0.0)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_short_report_is_never_a_pass(count: int) -> None:
    given_grade = grade(challenge(), report([OK] * count))
    assert (given_grade.verdict, given_grade.share) == (Verdict.JUDGE_ERROR, 0.0)


def test_a_report_that_calls_itself_accepted_is_not_believed() -> None:
    honest = report([OK, OK, WRONG, OK])
    lying = honest.model_copy(update={"verdict": OK})
    assert grade(challenge(), lying).verdict is Verdict.JUDGE_ERROR


def test_what_does_not_compile_tells_its_error() -> None:
    error = MemberError(type="SyntaxError", message="invalid syntax", line=3)
    failed = Report(job_id="job", verdict=Verdict.COMPILE_ERROR, error=error)
    given_grade = grade(challenge(), failed)
    assert (given_grade.verdict, given_grade.share) == (Verdict.COMPILE_ERROR, 0.0)
    assert (given_grade.passed, given_grade.total) == (0, 3)
    assert given_grade.error == error


def test_a_visible_case_is_told_whole() -> None:
    told = grade(challenge(), report([WRONG] * 4)).cases[0]
    assert told.visible
    assert (told.called, told.expected, told.got) == ("f(1)", SECRET, SECRET)
    assert told.error is not None


verdicts = st.sampled_from([one for one in Verdict if one is not Verdict.PARTIAL])


@settings(deadline=None)
@given(st.lists(verdicts, min_size=2, max_size=4))
def test_no_hidden_data_is_in_a_grade(found: list[Verdict]) -> None:
    given_grade = grade(challenge(), report(found))
    hidden = given_grade.model_copy(update={"cases": given_grade.cases[1:]})
    assert "4711" not in hidden.model_dump_json()
    assert not any(case.visible for case in hidden.cases)


@settings(deadline=None)
@given(st.lists(verdicts, max_size=4))
def test_only_a_whole_pass_is_accepted(found: list[Verdict]) -> None:
    given_grade = grade(challenge(), report(found))
    assert (given_grade.verdict is OK) == (found == [OK] * 4)
    assert (given_grade.share == 1) == (found == [OK] * 4)
    assert 0 <= given_grade.share <= 1
