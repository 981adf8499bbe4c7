"""What a submission starts or writes works, and ends with it."""

import asyncio
from pathlib import Path

import pytest

from runner.process import ProcessSandbox
from runner.sandbox import Sandbox
from runner.verdict import Verdict
from tests.integration.runner.conftest import processes_in
from tests.integration.runner.given import (
    calls,
    case_of,
    report_of,
)


@pytest.mark.parametrize(
    "body",
    [
        "os.fork() or time.sleep(60)",
        "os.fork() or (os.setsid(), os.fork() or time.sleep(60))",
        "os.fork() or (os.setsid(), os.kill(os.getpid(), signal.SIGSTOP))",
        "subprocess.Popen(['sleep', '60'], start_new_session=True)",
        "[os.fork() or time.sleep(60) for _ in range(6)]",
        "threading.Thread(target=time.sleep, args=[60]).start()",
    ],
)
async def test_what_a_submission_starts_ends_with_it(
    sandbox: Sandbox, body: str
) -> None:
    source = f"""
        import os, signal, subprocess, threading, time
        def start():
            {body}
            return 1
    """
    case = await case_of(sandbox, source, calls("start", returns=1))
    assert case.verdict is Verdict.ACCEPTED
    assert case.usage.wall_time_s < 10


async def test_survivors_of_the_process_backend_are_killed(tmp_path: Path) -> None:
    source = """
        import os, time
        def start():
            for _ in range(4):
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        time.sleep(60)
                    os._exit(0)
            return 1
    """
    sandbox = ProcessSandbox(folder=tmp_path)
    case = await case_of(sandbox, source, calls("start", returns=1))
    assert case.verdict is Verdict.ACCEPTED
    assert processes_in(tmp_path) == []
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 - the run is over


async def test_killing_the_supervisor_of_the_process_backend_gains_nothing(
    tmp_path: Path,
) -> None:
    source = """
        import os, signal
        def kill():
            os.kill(os.getppid(), signal.SIGKILL)
            return 1
    """
    sandbox = ProcessSandbox(folder=tmp_path)
    report = await report_of(sandbox, source, *[calls("kill", returns=1)] * 2)
    assert report.verdict is Verdict.JUDGE_ERROR
    # The kernel kills the child with its parent, and takes a moment to do it.
    async with asyncio.timeout(20):
        while processes_in(tmp_path):  # noqa: ASYNC110 - other processes
            await asyncio.sleep(0.01)
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 - the run is over


async def test_a_cancelled_run_leaves_nothing(sandbox: Sandbox) -> None:
    source = "import time\ndef nap():\n    time.sleep(60)\n"
    napping = asyncio.create_task(report_of(sandbox, source, calls("nap", returns=1)))
    done, _ = await asyncio.wait([napping], timeout=1)
    assert not done
    napping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await napping


async def test_a_pool_of_processes_works(sandbox: Sandbox) -> None:
    source = """
        import multiprocessing
        def square(n): return n * n
        def squares():
            with multiprocessing.get_context("fork").Pool(2) as pool:
                return pool.map(square, [1, 2, 3])
    """
    case = await case_of(sandbox, source, calls("squares", returns=[1, 4, 9]))
    assert case.verdict is Verdict.ACCEPTED, case


async def test_a_server_on_loopback_works(sandbox: Sandbox) -> None:
    source = """
        import socket, threading
        def echo():
            server = socket.create_server(("127.0.0.1", 0))
            def serve():
                peer, _ = server.accept()
                with peer:
                    peer.sendall(peer.recv(9)[::-1])
            threading.Thread(target=serve).start()
            with socket.create_connection(server.getsockname()) as client:
                client.sendall(b"abc")
                return client.recv(9)
    """
    case = await case_of(sandbox, source, calls("echo", returns=b"cba"))
    assert case.verdict is Verdict.ACCEPTED, case


@pytest.mark.parametrize(
    "body",
    [
        "os.makedirs('/'.join(['d' * 200] * 15)) or deep(300)",
        "[open(f'{n}', 'w').close() for n in range(2000)]",
        "os.mkfifo('pipe') or os.symlink('/', 'root') or os.symlink('loop', 'loop')",
        "os.mkdir('shut') or open('shut/x', 'w').close() or os.chmod('shut', 0)",
        "open(os.fsencode('bad') + b'\\xff\\n', 'w').close()",
        "os.chmod('..', 0) or os.chmod('.', 0)",
    ],
)
async def test_a_folder_left_in_any_state_is_removed(
    sandbox: Sandbox, body: str
) -> None:
    source = f"""
        import os
        def deep(levels):
            for _ in range(levels):
                os.mkdir("d")
                os.chdir("d")
        def litter():
            {body}
            return 1
        def names(): return sorted(os.listdir())
    """
    report = await report_of(
        sandbox,
        source,
        calls("litter", returns=1),
        calls("names", returns=["solution.py"]),
    )
    assert report.verdict is Verdict.ACCEPTED, report.cases


async def test_a_program_that_forks_answers_once(sandbox: Sandbox) -> None:
    source = "import os\ndef both():\n    os.fork()\n    return 1\n"
    case = await case_of(sandbox, source, calls("both", returns=1))
    assert case.verdict is Verdict.ACCEPTED


async def test_jobs_at_once_do_not_meet(sandbox: Sandbox) -> None:
    async def one(number: int) -> Verdict:
        source = f"def me():\n    open('x', 'x').close()\n    return {number}\n"
        report = await report_of(sandbox, source, calls("me", returns=number))
        return report.verdict

    verdicts = await asyncio.gather(*map(one, range(4)))
    assert set(verdicts) == {Verdict.ACCEPTED}
