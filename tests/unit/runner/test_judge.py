from typing import Any

import pytest

from runner.errors import SandboxFault, SandboxFull
from runner.job import Call, Case, Expectation, Job, Raises, Run
from runner.judge import Judge
from runner.report import MemberError, Reason, Report
from runner.sandbox import Outcome
from runner.verdict import Verdict
from tests.unit.runner.scripted_sandbox import ScriptedSandbox

FAULT = SandboxFault("broken")
RIGHT = Outcome(ending="returned", value=3)
WRONG = Outcome(ending="returned", value=4)
SECRET = "forty-two and a half"


def a_case(**expected: Any) -> Case:
    expectation = expected or {"returns": 3, "check_returns": True}
    return Case(
        name="one",
        group="all",
        action=Call(function="f"),
        expected=Expectation(**expectation),
    )


def a_job(*cases: Case) -> Job:
    return Job(id="j", source="", cases=cases or (a_case(),))


async def judged(job: Job, *outcomes: Outcome) -> Report:
    return await Judge(ScriptedSandbox(outcomes)).judge(job)


async def test_a_fault_is_tried_once_more_on_a_fresh_run() -> None:
    sandbox = ScriptedSandbox(FAULT, [RIGHT])
    report = await Judge(sandbox).judge(a_job())
    assert report.verdict is Verdict.ACCEPTED
    assert len(sandbox.told) == 2


async def test_a_fault_that_stays_is_a_judge_error_in_each_case() -> None:
    sandbox = ScriptedSandbox(FAULT, FAULT)
    report = await Judge(sandbox).judge(a_job(a_case(), a_case()))
    assert report.verdict is Verdict.JUDGE_ERROR
    assert [case.reason for case in report.cases] == [Reason.SANDBOX_FAULT] * 2


async def test_a_full_sandbox_is_no_fault_and_is_not_tried_again() -> None:
    sandbox = ScriptedSandbox(SandboxFull(2.5), [RIGHT])
    with pytest.raises(SandboxFull) as refused:
        await Judge(sandbox).judge(a_job())
    assert refused.value.retry_after_s == 2.5
    assert len(sandbox.told) == 1


@pytest.mark.parametrize("outcomes", [[], [RIGHT], [RIGHT] * 3])
async def test_missing_or_extra_outcomes_are_never_a_pass(
    outcomes: list[Outcome],
) -> None:
    sandbox = ScriptedSandbox(outcomes, outcomes)
    report = await Judge(sandbox).judge(a_job(a_case(), a_case()))
    assert report.verdict is Verdict.JUDGE_ERROR
    assert {case.verdict for case in report.cases} == {Verdict.JUDGE_ERROR}


async def test_a_sandbox_is_never_told_what_is_expected() -> None:
    cases = (
        a_case(returns=SECRET, check_returns=True),
        a_case(prints=SECRET),
        a_case(raises=Raises(type="ValueError", message_contains=SECRET)),
        a_case(args_after=(SECRET,)),
        a_case(files={"x": SECRET}),
    )
    sandbox = ScriptedSandbox([WRONG] * 5)
    await Judge(sandbox).judge(a_job(*cases))
    [work] = sandbox.told
    assert SECRET not in work.model_dump_json()


async def test_a_checker_that_crashes_is_our_fault() -> None:
    # An exact type that no comparison survives.
    nested: list[Any] = []
    deepest = nested
    for _ in range(100_000):
        deepest.append([])
        deepest = deepest[0]
    crashing = Outcome.model_construct(
        ending="returned", value=nested, stdout="", files={}
    )
    job = a_job(a_case(returns=[], check_returns=True))
    deep = job.cases[0].expected.model_copy(update={"returns": nested})
    case = job.cases[0].model_copy(update={"expected": deep})
    report = await judged(job.model_copy(update={"cases": (case,)}), crashing)
    assert (report.verdict, report.cases[0].reason) == (
        Verdict.JUDGE_ERROR,
        Reason.CHECKER_FAULT,
    )


@pytest.mark.parametrize(
    ("ending", "verdict", "reason"),
    [
        ("raised", Verdict.RUNTIME_ERROR, Reason.RAISED),
        ("exited", Verdict.RUNTIME_ERROR, Reason.EXITED),
        ("signalled", Verdict.RUNTIME_ERROR, Reason.SIGNALLED),
        ("function_missing", Verdict.RUNTIME_ERROR, Reason.FUNCTION_MISSING),
        ("no_answer", Verdict.RUNTIME_ERROR, Reason.NO_ANSWER),
        ("not_plain_value", Verdict.WRONG_ANSWER, Reason.NOT_PLAIN_VALUE),
        ("cpu_time", Verdict.TIME_LIMIT, Reason.CPU_TIME),
        ("wall_time", Verdict.TIME_LIMIT, Reason.WALL_TIME),
        ("total_wall_time", Verdict.TIME_LIMIT, Reason.TOTAL_WALL_TIME),
        ("not_run", Verdict.TIME_LIMIT, Reason.NOT_RUN),
        ("memory", Verdict.MEMORY_LIMIT, Reason.MEMORY),
        ("output", Verdict.OUTPUT_LIMIT, Reason.OUTPUT),
        ("something new", Verdict.JUDGE_ERROR, Reason.SANDBOX_FAULT),
    ],
)
async def test_each_ending_has_its_verdict(
    ending: str, verdict: Verdict, reason: Reason
) -> None:
    # The value is right, and the ending decides all the same.
    report = await judged(a_job(), Outcome(ending=ending, value=3))
    assert (report.verdict, report.cases[0].reason) == (verdict, reason)


async def test_syntax_fails_the_job_as_a_whole() -> None:
    error = MemberError(type="SyntaxError", message="invalid syntax", line=3)
    syntax = Outcome(ending="syntax", error=error)
    report = await judged(a_job(a_case(), a_case()), syntax, syntax)
    assert (report.verdict, report.error) == (Verdict.COMPILE_ERROR, error)
    assert report.cases == ()


async def test_one_wrong_case_makes_the_whole_wrong() -> None:
    report = await judged(a_job(a_case(), a_case()), RIGHT, WRONG)
    assert report.verdict is Verdict.WRONG_ANSWER
    assert [case.verdict for case in report.cases] == [
        Verdict.ACCEPTED,
        Verdict.WRONG_ANSWER,
    ]


async def test_none_can_be_expected() -> None:
    case = a_case(returns=None, check_returns=True)
    report = await judged(a_job(case, case), Outcome(ending="returned"), RIGHT)
    assert [one.verdict for one in report.cases] == [
        Verdict.ACCEPTED,
        Verdict.WRONG_ANSWER,
    ]


async def test_a_script_that_claims_to_return_does_not_pass() -> None:
    case = Case(name="run", group="all", action=Run(), expected=Expectation(prints=""))
    report = await judged(a_job(case), Outcome(ending="returned"))
    assert report.verdict is Verdict.JUDGE_ERROR


async def test_sys_exit_can_be_expected_of_a_function() -> None:
    left = Outcome(
        ending="exited", exit_status=2, error_bases=("SystemExit", "BaseException")
    )
    by_name = a_case(raises=Raises(type="SystemExit"))
    by_status = a_case(exit_status=2)
    other = a_case(exit_status=3)
    report = await judged(a_job(by_name, by_status, other), left, left, left)
    assert [case.reason for case in report.cases] == [
        None,
        None,
        Reason.EXIT_STATUS_OTHER,
    ]


async def test_long_values_and_output_are_cut_for_the_report() -> None:
    long = Outcome(ending="returned", value="x" * 100_000, stdout="y" * 100_000)
    [case] = (await judged(a_job(), long)).cases
    assert len(case.got) == 600
    assert case.got.endswith("…")
    assert len(case.stdout) == 4000
    assert case.stdout_truncated


async def test_a_case_may_say_how_it_is_shown() -> None:
    case = a_case().model_copy(update={"shows": "shelf.borrow('Ana')"})
    [told] = (await judged(a_job(case), RIGHT)).cases
    assert told.called == "shelf.borrow('Ana')"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ({"out.bin": b"\0\xff"}, None),
        ({"out.bin": b"\0\xfe"}, Reason.FILE_OTHER),
        ({}, Reason.FILE_MISSING),
    ],
)
async def test_binary_files_are_held_to_the_last_byte(
    written: dict[str, bytes], reason: Reason | None
) -> None:
    case = Case(
        name="one",
        group="all",
        action=Run(collect=("out.bin",)),
        expected=Expectation(binary_files={"out.bin": b"\0\xff"}),
    )
    ended = Outcome(ending="exited", exit_status=0, files=written)
    [told] = (await judged(a_job(case), ended)).cases
    assert told.reason is reason
    assert told.expected.startswith("out.bin: 2 B, sha256 ")
