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
