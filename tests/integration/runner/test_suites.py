"""A pytest suite is worth what it finds in wrong code.

That no forgery adds to it is asked of each sandbox with `runner.hostile.suites`.
"""

from textwrap import dedent

import pytest

from runner.hostile.suites import RIGHT, WRONG
from runner.job import Case, Expectation, Job, Suite
from runner.judge import Judge
from runner.process import ProcessSandbox
from runner.report import CaseReport, Reason, Report
from runner.verdict import Verdict
from tests.integration.runner.given import LIMITS

GOOD = """
    import pricing

    def test_several(): assert pricing.total([1, 2]) == 3
    def test_none(): assert pricing.total([]) == 0
"""
AGAIN = 2


@pytest.fixture(
    params=[
        "process",
        *(
            pytest.param(name, marks=pytest.mark.docker)
            for name in ("pooled", "single_use")
        ),
    ]
)
def judge(request: pytest.FixtureRequest) -> Judge:
    return Judge(request.getfixturevalue(f"{request.param}_sandbox"))


def a_case(implementation: str, number: int, must: str) -> Case:
    return Case(
        name=f"{must}-{number}",
        group=must,
        action=Suite(
            module="pricing", implementation=implementation, order_seed=number
        ),
        expected=Expectation.model_validate({"suite": must}),
    )


async def judged(judge: Judge, source: str, job_id: str = "job") -> Report:
    cases = [
        a_case(implementation, number, must)
        for must, implementations in (("passes", RIGHT), ("fails", WRONG))
        for implementation in implementations
        for number in range(AGAIN)
    ]
    job = Job(
        id=job_id,
        file="test_solution.py",
        source=dedent(source),
        limits=LIMITS,
        cases=tuple(cases),
    )
    return await judge.judge(job)


def passed(report: Report, group: str) -> list[bool]:
    return [
        case.verdict is Verdict.ACCEPTED for case in report.cases if case.group == group
    ]


def reasons(report: Report) -> set[Reason | None]:
    return {case.reason for case in report.cases}


def first_failed(report: Report) -> CaseReport:
    return next(one for one in report.cases if one.verdict is not Verdict.ACCEPTED)


async def test_a_good_suite_passes_on_right_code_and_fails_on_wrong(
    judge: Judge,
) -> None:
    report = await judged(judge, GOOD)
    assert report.verdict is Verdict.ACCEPTED


async def test_a_suite_that_misses_a_mutant_is_told_which(judge: Judge) -> None:
    report = await judged(
        judge,
        """
        import pricing

        def test_several(): assert pricing.total([1, 2]) == 3
        """,
    )
    assert [(one.name, one.reason) for one in report.cases if one.reason] == [
        ("fails-0", Reason.SURVIVED),
        ("fails-1", Reason.SURVIVED),
    ]


async def test_fixtures_parameters_and_what_pytest_brings_are_at_hand(
    judge: Judge,
) -> None:
    report = await judged(
        judge,
        """
        import pytest, pricing

        @pytest.fixture
        def items(tmp_path, monkeypatch):
            monkeypatch.chdir(tmp_path)
            return [1, 2]

        @pytest.mark.parametrize("more, total", [([], 3), ([4], 7)])
        def test_several(items, more, total, capsys):
            print("seen")
            assert pricing.total(items + more) == total
            assert capsys.readouterr().out == "seen\\n"

        def test_bad():
            with pytest.raises(TypeError):
                pricing.total(3)

        def test_none(): assert pricing.total([]) == 0
        """,
    )
    assert report.verdict is Verdict.ACCEPTED


async def test_failing_on_right_code_proves_nothing_about_wrong_code(
    judge: Judge,
) -> None:
    report = await judged(judge, "def test_all():\n    assert False, 'always'")
    assert report.verdict is Verdict.WRONG_ANSWER
    assert True not in passed(report, "passes") + passed(report, "fails")
    assert reasons(report) == {Reason.FAILS_ON_RIGHT, Reason.SUITE_UNSOUND}
    error = first_failed(report).error
    assert error is not None
    assert error.line == 2
    assert error.traceback.splitlines()[1:3] == [
        '  File "test_solution.py", line 2, in test_all',
        "    assert False, 'always'",
    ]


async def test_each_submission_meets_the_implementations_in_another_order(
    judge: Judge,
) -> None:
    source = """
        import os, pricing

        def test_it(): assert pricing.total([]) == "no", os.getcwd()
    """
    met = set()
    for job_id in ("one", "two", "three"):
        report = await judged(judge, source, job_id)
        errors = [case.error for case in report.cases[: len(RIGHT) * AGAIN]]
        met.add(tuple(error.message.split("/")[-2] for error in errors if error))
    assert len(met) == 3


async def test_a_sandbox_without_pytest_is_a_fault_of_ours() -> None:
    report = await judged(Judge(ProcessSandbox()), GOOD)
    assert report.verdict is Verdict.JUDGE_ERROR
