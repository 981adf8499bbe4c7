import pytest

from runner.job import Expectation, Limits
from runner.report import Reason
from runner.sandbox import Sandbox
from runner.verdict import Verdict
from tests.integration.runner.given import LIMITS, calls, case_of, report_of, runs


async def test_a_busy_loop_ends_at_its_cpu_time(sandbox: Sandbox) -> None:
    limits = Limits(cpu_time_s=0.3, wall_time_s=20, total_wall_time_s=40)
    case = await case_of(
        sandbox,
        "def spin():\n    while True: pass\n",
        calls("spin", returns=1),
        limits=limits,
    )
    assert (case.verdict, case.reason) == (Verdict.TIME_LIMIT, Reason.CPU_TIME)
    assert 0.25 < case.usage.cpu_time_s < 1.5


async def test_cpu_time_of_children_counts(sandbox: Sandbox) -> None:
    limits = Limits(cpu_time_s=0.3, wall_time_s=20, total_wall_time_s=40)
    case = await case_of(
        sandbox,
        """
        import os
        def spin():
            if os.fork() == 0:
                while True: pass
            os.wait()
        """,
        calls("spin", returns=1),
        limits=limits,
    )
    assert case.reason is Reason.CPU_TIME


@pytest.mark.parametrize(
    "body",
    [
        "import time; time.sleep(60)",
        "import signal; signal.pause()",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "import os; os.close(1); os.close(2); os.close(3); import time; time.sleep(60)",
        "import signal as s, time; s.signal(15, s.SIG_IGN); time.sleep(60)",
    ],
)
async def test_waiting_ends_at_the_wall_time(sandbox: Sandbox, body: str) -> None:
    case = await case_of(
        sandbox,
        f"def wait():\n    {body}\n",
        calls("wait", returns=1),
        limits=Limits(wall_time_s=0.4),
    )
    assert (case.verdict, case.reason) == (Verdict.TIME_LIMIT, Reason.WALL_TIME)
    assert 0.35 < case.usage.wall_time_s < 3
    assert case.usage.cpu_time_s < 0.3


async def test_cases_past_the_jobs_time_are_not_run(sandbox: Sandbox) -> None:
    nap = calls("nap", returns=1)
    report = await report_of(
        sandbox,
        "import time\ndef nap():\n    time.sleep(0.8)\n    return 1\n",
        *[nap] * 4,
        limits=Limits(total_wall_time_s=1.3),
    )
    assert report.cases[0].verdict is Verdict.ACCEPTED
    assert report.cases[-1].reason is Reason.TOTAL_WALL_TIME
    assert report.verdict is Verdict.TIME_LIMIT
    assert report.usage.wall_time_s < 3


async def test_after_two_cases_over_time_the_rest_is_not_run(sandbox: Sandbox) -> None:
    source = """
        def step(n):
            while n:
                pass
            return 1
    """
    steps = [calls("step", n, returns=1) for n in (0, 1, 0, 1, *[0] * 20)]
    limits = Limits(cpu_time_s=0.2, wall_time_s=20, total_wall_time_s=40)
    report = await report_of(sandbox, source, *steps, limits=limits)
    assert [case.reason for case in report.cases[:4]] == [
        None,
        Reason.CPU_TIME,
        None,
        Reason.CPU_TIME,
    ]
    assert {case.reason for case in report.cases[4:]} == {Reason.NOT_RUN}
    assert {case.verdict for case in report.cases[4:]} == {Verdict.TIME_LIMIT}
    assert {case.usage.wall_time_s for case in report.cases[4:]} == {0.0}
    assert report.verdict is Verdict.TIME_LIMIT
    # What was not run was read away: the next submission finds its own.
    again = await report_of(sandbox, source, calls("step", 0, returns=1))
    assert again.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    "body",
    [
        "return len(bytearray(1 << 30))",
        "return len([bytearray(1 << 20) for _ in range(1024)])",
        "return sum(map(len, iter(lambda: [[0] * 9] * 9_000_000, None)))",
        "import mmap; return len(mmap.mmap(-1, 1 << 40))",
    ],
)
async def test_memory_has_a_bound_of_its_own(sandbox: Sandbox, body: str) -> None:
    case = await case_of(
        sandbox,
        f"def eat():\n    {body}\n",
        calls("eat", returns=1),
        limits=LIMITS.model_copy(update={"memory_mib": 64}),
    )
    told = (case.verdict, case.reason)
    if "mmap" in body:  # the kernel refuses, and Python says so as an OSError
        assert told == (Verdict.RUNTIME_ERROR, Reason.RAISED)
    else:
        assert told == (Verdict.MEMORY_LIMIT, Reason.MEMORY)
    assert case.usage.peak_memory_kib < 110 * 1024


async def test_a_case_that_eats_memory_leaves_the_next_one_alone(
    sandbox: Sandbox,
) -> None:
    report = await report_of(
        sandbox,
        """
        kept = []
        def eat():
            while True: kept.append(bytearray(1 << 20))
        def one(): return 1
        """,
        calls("eat", returns=1),
        calls("one", returns=1),
    )
    assert [case.verdict for case in report.cases] == [
        Verdict.MEMORY_LIMIT,
        Verdict.ACCEPTED,
    ]


async def test_threads_share_a_heap_so_that_there_is_room_for_each(
    sandbox: Sandbox,
) -> None:
    case = await case_of(
        sandbox,
        """
        from threading import Barrier, Thread

        def started(count):
            every, allocated = Barrier(count + 1), []
            def work():
                allocated.append(bytearray(4000))
                every.wait()
            for _ in range(count):
                Thread(target=work, daemon=True).start()
            every.wait()
            return len(allocated)
        """,
        calls("started", 8, returns=8),
        limits=LIMITS,
    )
    assert case.verdict is Verdict.ACCEPTED, case


async def test_memory_that_is_let_go_is_no_offence(sandbox: Sandbox) -> None:
    case = await case_of(
        sandbox,
        """
        def careful():
            try:
                return len(bytearray(1 << 30))
            except MemoryError:
                return -1
        """,
        calls("careful", returns=-1),
    )
    assert case.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
@pytest.mark.parametrize("text", ["'x' * 4095 + '\\n'", "'x'", "'\\0' * 10**7"])
async def test_a_flood_of_output_is_cut_and_told(
    sandbox: Sandbox, stream: str, text: str
) -> None:
    case = await case_of(
        sandbox,
        f"import sys\ndef flood():\n    while True: sys.{stream}.write({text})\n",
        calls("flood", returns=1),
        limits=LIMITS.model_copy(update={"output_kib": 8}),
    )
    assert (case.verdict, case.reason) == (Verdict.OUTPUT_LIMIT, Reason.OUTPUT)
    assert getattr(case, f"{stream}_truncated")
    assert 0 < len(getattr(case, stream)) <= 8 * 1024


async def test_a_value_too_large_is_no_answer_of_ours(sandbox: Sandbox) -> None:
    case = await case_of(
        sandbox, "def big():\n    return 'x' * 3_000_000\n", calls("big", returns="x")
    )
    assert (case.verdict, case.reason) == (
        Verdict.WRONG_ANSWER,
        Reason.NOT_PLAIN_VALUE,
    )


async def test_a_file_past_its_size_is_told_as_that(
    sandbox: Sandbox,
) -> None:
    case = await case_of(
        sandbox,
        "def fill():\n    open('big', 'wb').write(bytes(200_000))\n",
        calls("fill", returns=None),
        limits=LIMITS.model_copy(update={"file_size_kib": 100}),
    )
    assert case.error is not None
    assert (case.reason, case.error.type) == (Reason.DISK, "OSError")


@pytest.mark.parametrize(
    ("body", "got"),
    [
        ("import os; os._exit(0)", "exit 0"),
        ("import os; os._exit(7)", "exit 7"),
        ("import sys; sys.exit()", "exit 0"),
        ("import sys; sys.exit('text')", "exit 1"),
        ("quit(9)", "exit 9"),
        ("import os; os.execv('/bin/true', ['true'])", "exit 0"),
    ],
)
async def test_exits_are_told_with_their_status(
    sandbox: Sandbox, body: str, got: str
) -> None:
    case = await case_of(
        sandbox, f"def leave():\n    {body}\n", calls("leave", returns=1)
    )
    assert (case.verdict, case.reason) == (Verdict.RUNTIME_ERROR, Reason.EXITED)
    assert case.got == got


async def test_every_exit_status_is_told_by_its_number(sandbox: Sandbox) -> None:
    source = "import os, sys\nos._exit(int(sys.argv[1]))\n"
    statuses = range(1, 256)
    cases = [runs(str(one), expected=Expectation(exit_status=0)) for one in statuses]
    limits = LIMITS.model_copy(update={"total_wall_time_s": 120})
    report = await report_of(sandbox, source, *cases, limits=limits)
    told = {Verdict.WRONG_ANSWER: Reason.EXIT_STATUS_OTHER}
    assert {case.verdict: case.reason for case in report.cases} == told
    assert [case.got for case in report.cases] == [f"exit {one}" for one in statuses]


@pytest.mark.parametrize("number", [6, 8, 9, 11])
async def test_signals_are_told_by_number(sandbox: Sandbox, number: int) -> None:
    case = await case_of(
        sandbox,
        f"import os\ndef die():\n    os.kill(os.getpid(), {number})\n",
        calls("die", returns=1),
    )
    assert (case.verdict, case.reason) == (Verdict.RUNTIME_ERROR, Reason.SIGNALLED)
    assert case.got == f"signal {number}"
