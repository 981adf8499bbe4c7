"""Artifacts, predictions and checkers of a challenge's own, in each sandbox."""

import pytest

from runner.job import Call, Case, CheckerRef, Expectation, Job, Limits
from runner.judge import Judge
from runner.report import Reason, Report
from runner.sandbox import Sandbox
from runner.verdict import Verdict
from tests.integration.runner.given import LIMITS, calls, case_of, report_of, scene

READER = """
import json

def keys(text):
    try:
        return sorted(json.loads(text))
    except json.JSONDecodeError as error:
        raise ArtifactError(error.msg, line=error.lineno) from error

def crash(text):
    return 1 / 0

def seen(text):
    import os
    return sorted(os.listdir("."))
"""


async def artifact(sandbox: Sandbox, text: str, *cases: Case) -> Report:
    job = Job(
        id="job",
        file="panel.json",
        source=text,
        scenario=READER,
        limits=LIMITS,
        cases=cases,
    )
    return await Judge(sandbox).judge(job)


async def test_a_scenario_reads_the_text_of_an_artifact(sandbox: Sandbox) -> None:
    report = await artifact(
        sandbox,
        '{"a": 1, "def": 2}',
        scene("keys", returns=["a", "def"]),
        scene("seen", returns=["panel.json"]),
    )
    assert report.verdict is Verdict.ACCEPTED


async def test_an_artifact_that_cannot_be_read_is_told_with_its_line(
    sandbox: Sandbox,
) -> None:
    text = '{\n  "a": 1,\n}'
    report = await artifact(sandbox, text, scene("keys", returns=["a"]))
    assert report.verdict is Verdict.COMPILE_ERROR
    assert report.cases == ()
    assert report.error is not None
    assert report.error.type == "panel.json"
    assert report.error.line is not None
    assert report.error.source_line == text.splitlines()[report.error.line - 1].strip()


async def test_a_tool_that_stops_is_not_called_the_members_error(
    sandbox: Sandbox,
) -> None:
    [case] = (await artifact(sandbox, "{}", scene("crash", returns=1))).cases
    assert case.verdict is Verdict.RUNTIME_ERROR
    assert case.reason is Reason.TOOL_FAILED


async def test_python_cannot_claim_to_be_an_artifact(sandbox: Sandbox) -> None:
    forge = """
        import json, os, struct
        payload = json.dumps({"ending": "artifact_invalid"}).encode()
        os.write(3, struct.pack("!I", len(payload)) + payload)
        os._exit(0)
    """
    case = await case_of(sandbox, forge, calls("f", returns=1))
    assert case.reason is Reason.NO_ANSWER


async def test_predictions_are_measured_on_the_host(sandbox: Sandbox) -> None:
    case = Case(
        name="hidden",
        group="hidden",
        action=Call(function="predict", args=([1, 2, 3, 4],)),
        expected=Expectation(
            returns=[2, 4, 6, 8],
            check_returns=True,
            checker=CheckerRef(name="metric", options={"metric": "mae", "at_most": 1}),
        ),
    )
    near = "def predict(rows): return [2 * row + 0.5 for row in rows]"
    far = "def predict(rows): return [2 * row + 2 for row in rows]"
    assert (await case_of(sandbox, near, case)).got == "mae = 0.5"
    told = await case_of(sandbox, far, case)
    assert (told.reason, told.expected) == (Reason.METRIC_SHORT, "mae ≤ 1")


CHECKER = """
def check(expected, got, **options):
    if type(got) is not list:
        return "no-list"
    return sum(got) == expected + options["more"]
"""


def own(checker: str, value: str) -> Job:
    case = Case(
        name="one",
        group="all",
        action=Call(function="f"),
        expected=Expectation(
            returns=6,
            check_returns=True,
            checker=CheckerRef(name="own", options={"more": 1}),
        ),
    )
    source = f"def f(): return {value}"
    return Job(id="j", source=source, checker=checker, limits=LIMITS, cases=(case,) * 2)


@pytest.mark.parametrize(
    ("value", "verdict", "lesson"),
    [
        ("[3, 4]", Verdict.ACCEPTED, ""),
        ("[3, 3]", Verdict.WRONG_ANSWER, ""),
        ("7", Verdict.WRONG_ANSWER, "no-list"),
    ],
)
async def test_a_challenges_own_checker_decides_and_may_name_a_lesson(
    sandbox: Sandbox, value: str, verdict: Verdict, lesson: str
) -> None:
    report = await Judge(sandbox).judge(own(CHECKER, value))
    assert [case.verdict for case in report.cases] == [verdict] * 2
    assert [case.lesson for case in report.cases] == [lesson] * 2


@pytest.mark.parametrize(
    "body",
    ["1 / 0", "return None", "return 'Not a key.'", "import os; os._exit(0)"],
)
async def test_a_checker_that_fails_is_a_fault_of_ours(
    process_sandbox: Sandbox, body: str
) -> None:
    checker = f"def check(expected, got, **options):\n    {body}"
    report = await Judge(process_sandbox).judge(own(checker, "7"))
    assert {case.reason for case in report.cases} == {Reason.CHECKER_FAULT}
    assert report.verdict is Verdict.JUDGE_ERROR


@pytest.mark.parametrize("body", ["while True: pass", "import time; time.sleep(60)"])
async def test_a_checker_that_hangs_is_ended_and_a_fault_of_ours(
    process_sandbox: Sandbox, body: str
) -> None:
    limits = Limits(cpu_time_s=0.2, wall_time_s=0.5, processes=1)
    judge = Judge(process_sandbox, process_sandbox, checker_limits=limits)
    checker = f"def check(expected, got, **options):\n    {body}"
    report = await judge.judge(own(checker, "7"))
    assert {case.reason for case in report.cases} == {Reason.CHECKER_FAULT}
    assert report.verdict is Verdict.JUDGE_ERROR


async def test_a_submission_never_meets_its_checker(sandbox: Sandbox) -> None:
    source = """
        import gc, sys

        def f():
            frame, seen = sys._getframe(), []
            while frame is not None:
                seen += [str(value) for value in frame.f_locals.values()]
                frame = frame.f_back
            return [7] if any("no-" + "list" in text for text in seen) else [0]
    """
    report = await report_of(sandbox, source, *own(CHECKER, "0").cases, checker=CHECKER)
    assert report.verdict is Verdict.WRONG_ANSWER


async def test_a_warning_is_a_note_with_the_members_line(sandbox: Sandbox) -> None:
    source = r"""
        import warnings

        def f():
            warnings.warn("old", DeprecationWarning)
            warnings.warn("far", stacklevel=2)
            return "\d"
    """
    visible = calls("f", returns="\\d").model_copy(update={"visible": True})
    report = await report_of(sandbox, source, visible, visible)
    assert report.verdict is Verdict.ACCEPTED
    assert [(one.line, one.message) for one in report.warnings][-1] == (5, "old")
    assert len(report.warnings) == 2


async def test_a_chain_and_a_group_of_exceptions_show_the_members_lines(
    sandbox: Sandbox,
) -> None:
    source = """
        def f():
            try:
                int("x")
            except ValueError as error:
                raise ExceptionGroup("all", [KeyError("a"), OSError(2)]) from error
    """
    case = await case_of(sandbox, source, calls("f", returns=1))
    assert case.error is not None
    assert case.error.traceback.splitlines() == [
        "Traceback (most recent call last):",
        '  File "solution.py", line 4, in f',
        '    int("x")',
        "ValueError: invalid literal for int() with base 10: 'x'",
        "",
        "The above exception was the direct cause of the following exception:",
        "",
        "Traceback (most recent call last):",
        '  File "solution.py", line 6, in f',
        '    raise ExceptionGroup("all", [KeyError("a"), OSError(2)]) from error',
        "ExceptionGroup: all (2 sub-exceptions)",
        "  + 1 of 2",
        "  | KeyError: 'a'",
        "  + 2 of 2",
        "  | OSError: 2",
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("open('big', 'wb').write(bytes(8 << 20))", Reason.DISK),
        ("while True: os.fork() or time.sleep(3)", Reason.PROCESSES),
        ("while True: threading.Thread(target=wait).start()", Reason.PROCESSES),
    ],
)
async def test_a_refusal_of_the_system_is_told_as_the_bound_it_is(
    sandbox: Sandbox, body: str, reason: Reason
) -> None:
    source = f"""
        import os, threading, time

        def wait(): time.sleep(3)

        def f():
            {body}
    """
    case = await case_of(sandbox, source, calls("f", returns=1))
    assert case.reason is reason
