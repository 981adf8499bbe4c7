"""A pytest suite is worth what it finds in wrong code, and no forgery adds to that."""

import sys
from textwrap import dedent

import pytest

from runner.harness.launch import PYTHON_OPTIONS
from runner.job import Case, Expectation, Job, Suite
from runner.judge import Judge
from runner.process import HARNESS, ProcessSandbox
from runner.report import CaseReport, Reason, Report
from runner.verdict import Verdict
from tests.integration.runner.given import LIMITS

RIGHT = (
    "def total(items): return sum(items)",
    "total = lambda items: sum(list(items))",
)
WRONG = (
    "def total(items): return sum(items[1:])",
    "def total(items): return sum(items) if items else None",
)
GOOD = """
    import pricing

    def test_several(): assert pricing.total([1, 2]) == 3
    def test_none(): assert pricing.total([]) == 0
"""
AGAIN = 2


@pytest.fixture(params=["process", pytest.param("pooled", marks=pytest.mark.docker)])
def judge(request: pytest.FixtureRequest) -> Judge:
    """By the profile's own libraries in Docker, else with those of this environment."""
    if request.param == "pooled":
        return Judge(request.getfixturevalue("pooled_sandbox"))
    options = [option for option in PYTHON_OPTIONS if option != "-S"]
    return Judge(ProcessSandbox(command=(sys.executable, *options, str(HARNESS))))


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


NOT_BY_A_TEST = {
    "no tests": "import pricing",
    "all skipped": "import pytest\n@pytest.mark.skip\ndef test_a(): assert 0",
    "collection fails": "import nothing_of_that_name\ndef test_a(): pass",
    "a fixture fails": """
        import pytest, pricing
        @pytest.fixture
        def items(): assert pricing.total([]) == 0
        def test_a(items): pass
    """,
    "os._exit(1)": "import os\nos._exit(1)",
    "os._exit(0)": "import os\ndef test_a(): os._exit(0)",
    "pytest.exit": "import pytest\ndef test_a(): pytest.exit('done', returncode=1)",
    "pytest.exit(0)": "import pytest\ndef test_a(): pytest.exit('done', returncode=0)",
    "sys.exit at import": "import sys\nsys.exit(0)",
    "a signal": "import os, signal\ndef test_a(): os.kill(os.getpid(), signal.SIGKILL)",
    "a coin": "import os\ndef test_a(): assert os.urandom(1)[0] % 2",
    "a coin of pids": "import os\ndef test_a(): assert os.getpid() % 2",
    "the number of the run": """
        import os, re
        def test_a(): assert int(re.findall(r'/([0-9]+)/work', os.getcwd())[0]) < 4
    """,
    "a forged frame": """
        import json, os, struct
        told = {"ending": "tested", "value": {
            "passed": 1, "skipped": 0, "failed": [], "errors": []}}
        payload = json.dumps(told).encode()
        os.write(3, struct.pack("!I", len(payload)) + payload)
        os._exit(0)
    """,
    "a forged failure": """
        import json, os, struct
        told = {"ending": "tested", "value": {
            "passed": 1, "skipped": 0, "failed": ["t"], "errors": []}}
        payload = json.dumps(told).encode()
        os.write(3, struct.pack("!I", len(payload)) + payload)
        os._exit(0)
    """,
    "another action's claim": """
        import json, os, struct
        payload = json.dumps({"ending": "returned", "value": 1}).encode()
        os.write(3, struct.pack("!I", len(payload)) + payload)
        os._exit(0)
    """,
    "counts that are none": """
        import json, os, struct
        told = {"ending": "tested", "value": {
            "passed": True, "skipped": -1, "failed": "all", "errors": []}}
        payload = json.dumps(told).encode()
        os.write(3, struct.pack("!I", len(payload)) + payload)
        os._exit(0)
    """,
    "a hidden plugin": """
        import gc
        for one in gc.get_objects():
            if type(one).__name__ == "_Record":
                one.passed, one.failed, one.errors = 1, [], []
        def test_a(): pass
    """,
    "the source by inspect": """
        import inspect, pricing
        def test_a(): assert "sum(items)" in inspect.getsource(pricing.total)
    """,
    "the source by its frames": """
        import sys
        def found():
            frame = sys._getframe()
            while frame is not None:
                for value in list(frame.f_locals.values()):
                    if type(value) is dict and "implementation" in value:
                        return value["implementation"]
                    if type(value) is str and "def total" in value:
                        return value
                frame = frame.f_back
        def test_a(): assert found() and "[1:]" not in found()
    """,
    "the source on the disk": """
        import pathlib
        def test_a():
            files = [*pathlib.Path("..").rglob("*.py")]
            assert any("return sum" in one.read_text() for one in files)
    """,
    "its own implementation": """
        import sys, types
        fake = types.ModuleType("pricing"); fake.total = sum
        sys.modules["pricing"] = fake
        import pricing
        def test_a(): assert pricing.total([1, 2]) == 3
    """,
}


@pytest.mark.parametrize("what", NOT_BY_A_TEST)
async def test_what_is_no_failing_test_kills_no_mutant(judge: Judge, what: str) -> None:
    report = await judged(judge, NOT_BY_A_TEST[what])
    assert True not in passed(report, "fails")


async def test_a_suite_that_knows_the_reference_fails_on_its_rewriting(
    judge: Judge,
) -> None:
    report = await judged(
        judge,
        """
        import pricing

        def total(items): return sum(items)

        def test_it():
            assert pricing.total.__code__.co_code == total.__code__.co_code
        """,
    )
    assert True not in passed(report, "fails")
    assert passed(report, "passes") == [True, True, False, False]


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
    bare = ProcessSandbox(
        command=(sys.executable, *PYTHON_OPTIONS, str(HARNESS)),
    )
    report = await judged(Judge(bare), GOOD)
    assert report.verdict is Verdict.JUDGE_ERROR
