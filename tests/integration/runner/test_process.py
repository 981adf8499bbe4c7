import asyncio
import signal
import sys
from pathlib import Path

import pytest

from runner.errors import SandboxFault
from runner.process import ProcessSandbox
from runner.sandbox import Work
from tests.integration.runner.conftest import processes_in
from tests.integration.runner.given import calls, job

WORK = Work.of(job("def one(): return 1", calls("one", returns=1)))


@pytest.mark.parametrize(
    "harness",
    [
        "print('accepted' * 99)",
        "import sys; sys.exit(1)",
        "import os; os.kill(os.getpid(), 9)",
        "import sys; sys.stderr.write('x' * 10**7)",
        "while True: print('x' * 1000)",
        "import os; os.close(0); os.close(1)",
    ],
)
async def test_a_broken_harness_is_our_fault(tmp_path: Path, harness: str) -> None:
    sandbox = ProcessSandbox(folder=tmp_path, command=(sys.executable, "-c", harness))
    with pytest.raises(SandboxFault):
        await sandbox.run(WORK)
    assert processes_in(tmp_path) == []
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 - the run is over


async def test_a_machine_that_cannot_start_it_is_our_fault(tmp_path: Path) -> None:
    with pytest.raises(SandboxFault):
        await ProcessSandbox(folder=tmp_path, command=("/no/such/python",)).run(WORK)
    with pytest.raises(SandboxFault):
        await ProcessSandbox(folder=tmp_path / "none").run(WORK)
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 - the run is over


async def test_its_folder_is_gone_after_each_run(tmp_path: Path) -> None:
    [outcome] = await ProcessSandbox(folder=tmp_path).run(WORK)
    assert outcome.value == 1
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 - the run is over


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGQUIT])
async def test_a_deaf_bot_hands_its_deafness_to_nobody(
    tmp_path: Path, number: signal.Signals
) -> None:
    """As one started with nohup, or in the background of a shell."""
    source = f"""
        import signal
        def heard(): return signal.getsignal({number}) is signal.SIG_DFL
    """
    work = Work.of(job(source, calls("heard", returns=True)))
    before = signal.signal(number, signal.SIG_IGN)
    try:
        [outcome] = await ProcessSandbox(folder=tmp_path).run(work)
    finally:
        signal.signal(number, before)
    assert outcome.value is True


# Sixty at most: harmless where the bound fails to hold.
MANY_FORKS = """
import os, time
def children():
    for count in range(60):
        try:
            if os.fork() == 0:
                time.sleep(5)
                os._exit(0)
        except BlockingIOError:
            return "refused"
    return "all"
"""


async def test_the_number_of_processes_is_bounded_for_root_too(tmp_path: Path) -> None:
    work = Work.of(job(MANY_FORKS, calls("children", returns="refused")))
    [outcome] = await ProcessSandbox(folder=tmp_path).run(work)
    assert outcome.value == "refused"
    assert processes_in(tmp_path) == []


LINGERING = """
import os, time
def linger():
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            time.sleep(60)
    time.sleep(60)
"""

HOST = """
import asyncio, sys
from pathlib import Path
from runner.process import ProcessSandbox
from runner.sandbox import Work
work = Work.model_validate_json(sys.stdin.read())
asyncio.run(ProcessSandbox(folder=Path(sys.argv[1])).run(work))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
async def test_a_host_that_dies_leaves_no_process_behind(
    tmp_path: Path, number: int
) -> None:
    work = Work.of(job(LINGERING, calls("linger", returns=None)))
    host = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        HOST,
        str(tmp_path),
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert host.stdin is not None
    host.stdin.write(work.model_dump_json().encode())
    host.stdin.close()
    async with asyncio.timeout(20):
        # The supervisor, the child and its three.
        while len(processes_in(tmp_path)) < 5:  # noqa: ASYNC110 - other processes
            await asyncio.sleep(0.01)
        host.send_signal(number)
        await host.wait()
        while processes_in(tmp_path):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
