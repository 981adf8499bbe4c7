"""Jobs in few words, for the claims about sandboxes."""

from textwrap import dedent
from typing import Any

from runner.job import Call, Case, Expectation, Job, Limits, Raises, Run, Scene
from runner.judge import Judge
from runner.report import CaseReport, Report
from runner.sandbox import Sandbox

# Real time on a machine that other tests keep busy: only what must run out is short.
LIMITS = Limits(cpu_time_s=5, wall_time_s=15, total_wall_time_s=40)


def calls(
    function: str, *args: object, name: str = "", group: str = "all", **expected: Any
) -> Case:
    """`returns` counts when it is given; `kwargs` are the call's."""
    kwargs = expected.pop("kwargs", {})
    if "returns" in expected:
        expected["check_returns"] = True
    return Case(
        name=name or function,
        group=group,
        action=Call(function=function, args=args, kwargs=kwargs),
        expected=Expectation(**expected),
    )


def runs(*argv: str, expected: Expectation, **action: Any) -> Case:
    return Case(
        name="run", group="all", action=Run(argv=argv, **action), expected=expected
    )


def scene(function: str, *args: object, returns: object) -> Case:
    return Case(
        name=function,
        group="all",
        action=Scene(function=function, args=args),
        expected=Expectation(returns=returns, check_returns=True),
    )


def raises(name: str, message: str | None = None) -> Raises:
    return Raises(type=name, message_contains=message)


def job(source: str, *cases: Case, **more: Any) -> Job:
    fields = {"id": "job", "limits": LIMITS, **more}
    return Job(source=dedent(source), cases=cases, **fields)


async def report_of(sandbox: Sandbox, source: str, *cases: Case, **more: Any) -> Report:
    return await Judge(sandbox).judge(job(source, *cases, **more))


async def case_of(sandbox: Sandbox, source: str, case: Case, **more: Any) -> CaseReport:
    """The report of the only case."""
    report = await report_of(sandbox, source, case, **more)
    [only] = report.cases
    return only
