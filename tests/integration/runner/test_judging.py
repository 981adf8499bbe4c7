import pytest

from runner.job import CheckerRef, Expectation
from runner.report import Reason
from runner.sandbox import Sandbox
from runner.verdict import Verdict
from tests.integration.runner.given import (
    LIMITS,
    calls,
    case_of,
    raises,
    report_of,
    runs,
    scene,
)

TOTAL = """
    def total(numbers, tax=0):
        return sum(numbers) + tax
"""


async def test_a_right_answer_is_accepted(sandbox: Sandbox) -> None:
    report = await report_of(
        sandbox,
        TOTAL,
        calls("total", [1, 2], returns=3),
        calls("total", [1, 2], kwargs={"tax": 1}, returns=4),
    )
    assert report.verdict is Verdict.ACCEPTED
    assert report.backend == sandbox.name
    assert [case.called for case in report.cases] == [
        "total([1, 2])",
        "total([1, 2], tax=1)",
    ]
    assert 0 < report.usage.cpu_time_s < 5
    assert report.usage.peak_memory_kib > 1000


async def test_a_wrong_answer_is_told_with_both_values(sandbox: Sandbox) -> None:
    report = await report_of(
        sandbox,
        TOTAL,
        calls("total", [1, 2], returns=3),
        calls("total", [1, 2], returns=3.0),
    )
    right, wrong = report.cases
    assert report.verdict is Verdict.WRONG_ANSWER
    assert right.verdict is Verdict.ACCEPTED
    assert (wrong.verdict, wrong.reason) == (
        Verdict.WRONG_ANSWER,
        Reason.RETURNED_OTHER,
    )
    assert (wrong.expected, wrong.got) == ("3.0", "3")


async def test_an_expected_exception_is_matched_by_a_base_and_its_message(
    sandbox: Sandbox,
) -> None:
    report = await report_of(
        sandbox,
        """
        class Empty(ValueError): pass
        def first(items):
            if not items:
                raise Empty("no items here")
            return items[0]
        """,
        calls("first", [], raises=raises("ValueError", "no items")),
        calls("first", [], raises=raises("ValueError", "other words")),
        calls("first", [], raises=raises("KeyError")),
        calls("first", [1], raises=raises("ValueError")),
        calls("first", [], returns=None),
    )
    assert [(case.verdict, case.reason) for case in report.cases] == [
        (Verdict.ACCEPTED, None),
        (Verdict.WRONG_ANSWER, Reason.RAISED_OTHER),
        (Verdict.WRONG_ANSWER, Reason.RAISED_OTHER),
        (Verdict.WRONG_ANSWER, Reason.NOT_RAISED),
        (Verdict.RUNTIME_ERROR, Reason.RAISED),
    ]
    assert report.cases[0].error is None
    assert report.cases[2].got == "Empty: no items here"


async def test_an_exception_shows_the_members_own_frames(sandbox: Sandbox) -> None:
    case = await case_of(
        sandbox,
        """
        import json

        def read(text):
            return json.loads(text)
        """,
        calls("read", "{", returns={}),
    )
    assert case.error is not None
    assert case.error.type == "JSONDecodeError"
    assert (case.error.line, case.error.source_line) == (5, "return json.loads(text)")
    assert 'File "solution.py", line 5, in read' in case.error.traceback
    assert "harness" not in case.error.traceback
    assert "decoder" not in case.error.traceback


async def test_a_huge_traceback_is_cut(sandbox: Sandbox) -> None:
    case = await case_of(
        sandbox, "def down(n):\n    return down(n + 1)\n", calls("down", 0, returns=1)
    )
    assert case.error is not None
    assert case.error.type == "RecursionError"
    assert len(case.error.traceback.splitlines()) < 30


async def test_what_is_printed_is_compared_line_by_line(sandbox: Sandbox) -> None:
    source = "def hi(name):\n    print('hi', name, ' ')\n    print()\n"
    report = await report_of(
        sandbox,
        source,
        calls("hi", "Ana", prints="hi Ana"),
        calls("hi", "Ana", prints="hi Eva"),
        calls("hi", "Ana", prints="hi Ana", checker=CheckerRef(name="exact")),
    )
    assert [case.reason for case in report.cases] == [
        None,
        Reason.PRINTED_OTHER,
        Reason.PRINTED_OTHER,
    ]
    assert report.cases[0].stdout == "hi Ana  \n\n"


async def test_arguments_are_looked_at_after_the_call(sandbox: Sandbox) -> None:
    report = await report_of(
        sandbox,
        "def double(items):\n    items[:] = [2 * item for item in items]\n",
        calls("double", [1, 2], args_after=([2, 4],), returns=None),
        calls("double", [1, 2], args_after=([1, 2],)),
    )
    assert [case.reason for case in report.cases] == [None, Reason.ARGUMENTS_OTHER]


async def test_checkers_decide_what_is_near_enough(sandbox: Sandbox) -> None:
    report = await report_of(
        sandbox,
        "def third():\n    return 1 / 3\ndef names():\n    return ['b', 'a']\n",
        calls(
            "third",
            returns=0.333,
            checker=CheckerRef(name="close", options={"tolerance": 0.01}),
        ),
        calls("third", returns=0.333),
        calls("names", returns=["a", "b"], checker=CheckerRef(name="unordered")),
    )
    assert [case.verdict for case in report.cases] == [
        Verdict.ACCEPTED,
        Verdict.WRONG_ANSWER,
        Verdict.ACCEPTED,
    ]


async def test_a_program_gets_arguments_input_and_files(sandbox: Sandbox) -> None:
    case = await case_of(
        sandbox,
        """
        import sys
        from pathlib import Path

        if __name__ == "__main__":
            rows = Path("logs/in.txt").read_text().split()
            print(sys.argv[1:], sys.stdin.read(), Path("data/x.csv").read_text())
            Path("out.csv").write_text(",".join(rows))
            sys.exit(2)
        """,
        runs(
            "--top",
            "2 3",
            stdin="año",
            files={"logs/in.txt": b"a b"},
            collect=("out.csv",),
            expected=Expectation(
                prints="['--top', '2 3'] año x,y",
                exit_status=2,
                files={"out.csv": "a,b"},
            ),
        ),
        data={"x.csv": b"x,y"},
    )
    assert (case.verdict, case.got.strip()) == (Verdict.ACCEPTED, case.expected)
    assert case.called == "$ cat logs/in.txt\na b\n$ python solution.py --top '2 3'"
    assert case.stdin == "año"


@pytest.mark.parametrize(
    ("source", "verdict", "reason"),
    [
        ("exit(3)", Verdict.WRONG_ANSWER, Reason.EXIT_STATUS_OTHER),
        ("1 / 0", Verdict.RUNTIME_ERROR, Reason.RAISED),
        ("open('out.csv', 'w').write('no')", Verdict.WRONG_ANSWER, Reason.FILE_OTHER),
        ("pass", Verdict.WRONG_ANSWER, Reason.FILE_MISSING),
        (
            "import os; os.symlink('/etc/hostname', 'out.csv')",
            Verdict.WRONG_ANSWER,
            Reason.FILE_MISSING,
        ),
        (
            "import os; os.mkfifo('out.csv')",
            Verdict.WRONG_ANSWER,
            Reason.FILE_MISSING,
        ),
        ("raise SystemExit('sorry')", Verdict.WRONG_ANSWER, Reason.EXIT_STATUS_OTHER),
    ],
)
async def test_a_program_that_ends_otherwise_is_told_apart(
    sandbox: Sandbox, source: str, verdict: Verdict, reason: Reason
) -> None:
    expected = Expectation(exit_status=0, files={"out.csv": "yes"})
    case = await case_of(sandbox, source, runs(collect=("out.csv",), expected=expected))
    assert (case.verdict, case.reason) == (verdict, reason)


async def test_a_file_that_is_too_large_is_told_from_one_that_is_missing(
    sandbox: Sandbox,
) -> None:
    expected = Expectation(exit_status=0, files={"small": "x", "large": "yes"})
    case = await case_of(
        sandbox,
        """
        with open("small", "w") as small:
            small.write("x")
        with open("large", "wb") as large:
            large.truncate(5 << 20)
        """,
        runs(collect=("small", "large"), expected=expected),
        limits=LIMITS.model_copy(update={"file_size_kib": 8192}),
    )
    assert (case.verdict, case.reason) == (Verdict.WRONG_ANSWER, Reason.FILE_TOO_LARGE)


async def test_a_program_ends_with_its_threads_and_exit_handlers(
    sandbox: Sandbox,
) -> None:
    case = await case_of(
        sandbox,
        """
        import atexit, threading
        atexit.register(print, "bye")
        threading.Timer(0.05, print, ["thread"]).start()
        print("main")
        """,
        runs(expected=Expectation(prints="main\nthread\nbye", exit_status=0)),
    )
    assert case.verdict is Verdict.ACCEPTED


async def test_an_uncaught_exception_of_a_program_is_on_its_stderr(
    sandbox: Sandbox,
) -> None:
    case = await case_of(
        sandbox, "print('a')\n1 / 0\n", runs(expected=Expectation(prints="a"))
    )
    assert case.reason is Reason.RAISED
    assert "ZeroDivisionError: division by zero" in case.stderr
    assert case.stdout == "a\n"


async def test_a_scenario_drives_the_module(sandbox: Sandbox) -> None:
    source = """
        class Shelf:
            def __init__(self): self.lent = []
            def lend(self, name):
                self.lent.append(name)
                return len(self.lent)
    """
    scenario = (
        "def lend_all(module, *names):\n"
        "    shelf = module.Shelf()\n"
        "    return [shelf.lend(name) for name in names]\n"
    )
    report = await report_of(
        sandbox,
        source,
        scene("lend_all", "Ana", "Eva", returns=[1, 2]),
        scene("lend_all", "Ana", returns=[2]),
        scenario=scenario,
    )
    assert [case.verdict for case in report.cases] == [
        Verdict.ACCEPTED,
        Verdict.WRONG_ANSWER,
    ]
    assert report.cases[0].called == "lend_all('Ana', 'Eva')"


async def test_what_a_scenario_misses_is_told_by_name(sandbox: Sandbox) -> None:
    case = await case_of(
        sandbox,
        "class Shelves: pass\n",
        scene("open", returns=1),
        scenario="def open(module):\n    return module.Shelf()\n",
    )
    assert case.reason is Reason.FUNCTION_MISSING
    assert case.error is not None
    assert case.error.message == "Shelf"


async def test_a_missing_function_is_told(sandbox: Sandbox) -> None:
    case = await case_of(sandbox, "def sum_all(): pass", calls("total", returns=3))
    assert (case.verdict, case.reason) == (
        Verdict.RUNTIME_ERROR,
        Reason.FUNCTION_MISSING,
    )


@pytest.mark.parametrize(
    "source",
    [
        "def broken(:\n    pass\n",
        "x = 1\x00",
        "if True:\nprint()",
        "(" * 3000,
        "x = " + "-" * 50_000 + "1",
    ],
)
async def test_source_that_does_not_compile_fails_as_a_whole(
    sandbox: Sandbox, source: str
) -> None:
    report = await report_of(
        sandbox, source, calls("broken", returns=1), calls("broken", returns=2)
    )
    assert report.verdict is Verdict.COMPILE_ERROR
    assert report.cases == ()


async def test_a_syntax_error_shows_its_line(sandbox: Sandbox) -> None:
    report = await report_of(sandbox, "x = 1\ny = = 2\n", calls("f", returns=1))
    assert report.error is not None
    assert (report.error.type, report.error.line) == ("SyntaxError", 2)
    assert report.error.source_line == "y = = 2"


async def test_random_is_seeded_alike_in_each_case(sandbox: Sandbox) -> None:
    source = "import random\ndef draw():\n    return random.randrange(10**9)\n"
    first = await report_of(sandbox, source, *[calls("draw", returns=0)] * 2, seed=5)
    other = await report_of(sandbox, source, calls("draw", returns=0), seed=6)
    drawn = [case.got for case in (*first.cases, *other.cases)]
    assert drawn[0] == drawn[1] != drawn[2]


async def test_byte_order_mark_and_carriage_returns_are_taken(
    sandbox: Sandbox,
) -> None:
    source = "\ufeffdef one():\r\n    return 1\r\n"
    case = await case_of(sandbox, source, calls("one", returns=1))
    assert case.verdict is Verdict.ACCEPTED
