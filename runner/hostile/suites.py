"""Suites that would find a wrong implementation without a test that fails on it."""

from typing import Final

from runner.hostile.program import (
    EXITED,
    LIMITS,
    NO_ANSWER,
    SIGNALLED,
    TRIED,
    Gets,
    Program,
)
from runner.job import Case, Expectation, Suite
from runner.report import Reason
from runner.verdict import Verdict

RIGHT: Final = (
    "def total(items): return sum(items)",
    "total = lambda items: sum(list(items))",
)
WRONG: Final = (
    "def total(items): return sum(items[1:])",
    "def total(items): return sum(items) if items else None",
)
AGAIN: Final = 2
OFTEN: Final = 6
"""Runs on each implementation: a coin falls alike on all of them once in 2^17."""

SURVIVED: Final = Gets(Verdict.WRONG_ANSWER, Reason.SURVIVED)
SUITE_ERROR: Final = Gets(Verdict.WRONG_ANSWER, Reason.SUITE_ERROR)
UNSOUND: Final = Gets(Verdict.WRONG_ANSWER, Reason.SUITE_UNSOUND)
UNSTEADY: Final = Gets(Verdict.WRONG_ANSWER, Reason.SUITE_UNSTEADY)

TOOLS: Final = """
    import gc, inspect, json, os, pathlib, re, signal, struct, sys, types
    import pytest, pricing

    def forge(ending, value):
        payload = json.dumps({"ending": ending, "value": value}).encode()
        os.write(3, struct.pack("!I", len(payload)) + payload)
        os._exit(0)
"""


def _cases(again: int) -> tuple[Case, ...]:
    return tuple(
        Case(
            name=f"{must}-{number}-{run}",
            group=TRIED if must == "fails" else "right",
            action=Suite(
                module="pricing", implementation=implementation, order_seed=run
            ),
            expected=Expectation.model_validate({"suite": must}),
        )
        for must, implementations in (("passes", RIGHT), ("fails", WRONG))
        for number, implementation in enumerate(implementations)
        for run in range(again)
    )


def _suite(
    name: str,
    gets: Gets,
    source: str,
    or_gets: Gets | tuple[Gets, ...] = (),
    *,
    again: int = AGAIN,
) -> Program:
    return Program(
        name,
        gets,
        source,
        or_gets=or_gets,
        prelude=TOOLS,
        file="test_solution.py",
        cases=_cases(again),
        limits=LIMITS.model_copy(update={"total_wall_time_s": 60}),
    )


PROGRAMS: Final = (
    _suite("suite without a test", SURVIVED, "total = pricing.total\n"),
    _suite(
        "every test skipped",
        SURVIVED,
        """
        @pytest.mark.skip
        def test_total(): assert pricing.total([]) == 0
        """,
    ),
    _suite(
        "test that fails on everything",
        UNSOUND,
        "def test_total(): assert False\n",
    ),
    _suite(
        "suite that cannot be collected",
        SUITE_ERROR,
        "import nothing_of_that_name\ndef test_total(): pass\n",
    ),
    _suite(
        "fixture that fails",
        SUITE_ERROR,
        """
        @pytest.fixture
        def items(): assert pricing.total([1]) == 2
        def test_total(items): pass
        """,
    ),
    _suite("suite that exits with failure", EXITED, "os._exit(1)\n"),
    _suite("suite that exits with success", EXITED, "def test_total(): os._exit(0)\n"),
    _suite(
        "suite that ends pytest",
        SURVIVED,
        "def test_total(): pytest.exit('done', returncode=1)\n",
    ),
    _suite(
        "suite that ends pytest with success",
        SURVIVED,
        "def test_total(): pytest.exit('done', returncode=0)\n",
    ),
    _suite("suite that exits while loading", EXITED, "sys.exit(0)\n"),
    _suite(
        "suite that kills itself",
        SIGNALLED,
        "def test_total(): os.kill(os.getpid(), signal.SIGKILL)\n",
    ),
    _suite(
        "coin that is thrown",
        UNSTEADY,
        "def test_total(): assert os.urandom(1)[0] % 2\n",
        (SURVIVED, UNSOUND),
        again=OFTEN,
    ),
    _suite(
        "coin of process numbers",
        UNSTEADY,
        "def test_total(): assert os.getpid() % 2\n",
        (SURVIVED, UNSOUND),
        again=OFTEN,
    ),
    _suite(
        "test that counts the runs",
        UNSTEADY,
        """
        def test_total():
            assert int(re.findall(r"/([0-9]+)/work", os.getcwd())[0]) < 4
        """,
        (SURVIVED, UNSOUND),
    ),
    _suite(
        "success of a test forged",
        SURVIVED,
        """
        forge("tested", {"passed": 1, "skipped": 0, "failed": [], "errors": []})
        """,
    ),
    _suite(
        "failure of a test forged",
        UNSOUND,
        """
        forge("tested", {"passed": 1, "skipped": 0, "failed": ["t"], "errors": []})
        """,
    ),
    _suite("claim of another kind of job forged", NO_ANSWER, "forge('returned', 1)\n"),
    _suite(
        "counts forged that are none",
        NO_ANSWER,
        """
        forge("tested", {"passed": True, "skipped": -1, "failed": "a", "errors": []})
        """,
    ),
    _suite(
        "record of pytest's plugin changed",
        SURVIVED,
        """
        for one in gc.get_objects():
            if type(one).__name__ == "_Record":
                one.passed, one.failed, one.errors = 1, [], []
        def test_total(): pass
        """,
    ),
    _suite(
        "assertions that pytest rewrites, bent",
        EXITED,
        """
        from _pytest.assertion import rewrite
        rewrite._call_reprcompare = lambda *_: os._exit(1)
        def test_total(): assert pricing.total([]) == 1
        """,
    ),
    _suite(
        "implementation's source by inspection",
        UNSOUND,
        """
        def test_total(): assert "sum(items)" in inspect.getsource(pricing.total)
        """,
    ),
    _suite(
        "implementation's source in the frames below",
        UNSOUND,
        """
        def found():
            frame = sys._getframe()
            while frame is not None:
                for value in list(frame.f_locals.values()):
                    if type(value) is dict and "implementation" in value:
                        return value["implementation"]
                    if type(value) is str and "def total" in value:
                        return value
                frame = frame.f_back
        def test_total(): assert found() and "[1:]" not in found()
        """,
    ),
    _suite(
        "implementation's source on the disk",
        SURVIVED,
        """
        def test_total():
            files = [*pathlib.Path("..").rglob("*.py")]
            assert not any("items[1" + ":]" in one.read_text() for one in files)
        """,
    ),
    _suite(
        "code of the implementation compared",
        UNSOUND,
        """
        def total(items): return sum(items)
        def test_total():
            assert pricing.total.__code__.co_code == total.__code__.co_code
        """,
    ),
    _suite(
        "implementation of its own",
        SURVIVED,
        """
        fake = types.ModuleType("pricing"); fake.total = sum
        sys.modules["pricing"] = fake
        import pricing
        def test_total(): assert pricing.total([1, 2]) == 3
        """,
    ),
)
