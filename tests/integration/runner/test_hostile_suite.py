"""Every program of `runner.hostile` on each sandbox, with the verdict it must get.

The fixtures assert afterwards that no container, process or folder is left.
"""

import tempfile
from pathlib import Path

import pytest

from runner.hostile.catalogue import AREAS, must_hold
from runner.hostile.suite import trials
from runner.process import ProcessSandbox
from runner.sandbox import Sandbox
from tests.integration.runner.private_engine import PrivateEngine


async def surprises(
    sandbox: Sandbox, backend: str, area: str, *, with_bystander: bool = True
) -> list[str]:
    """What held where it is said to be open, and what did not where it must hold."""
    chosen = [
        (area, program)
        for program in AREAS[area]
        if backend != "process" or program.run_on_process
    ]
    tried = trials(sandbox, chosen, in_flight=2, with_bystander=with_bystander)
    return [
        f"{one.program.name}: {one.ended}: {one.complaints or 'it held'}"
        async for one in tried
        if one.held != must_hold(backend, one.program)
    ]


@pytest.mark.docker
@pytest.mark.parametrize("area", AREAS)
async def test_the_pool_holds_every_program(pooled_sandbox: Sandbox, area: str) -> None:
    assert await surprises(pooled_sandbox, "docker", area) == []


@pytest.mark.docker
@pytest.mark.parametrize("area", AREAS)
async def test_containers_used_once_hold_every_program(
    single_use_sandbox: Sandbox, area: str
) -> None:
    found = await surprises(single_use_sandbox, "docker", area, with_bystander=False)
    assert found == []


@pytest.mark.parametrize("area", AREAS)
async def test_the_process_backend_holds_what_is_said_and_no_more(
    process_sandbox: ProcessSandbox, area: str
) -> None:
    assert await surprises(process_sandbox, "process", area) == []


LITTERING = ("processes", "files", "kernel", "leaks")


@pytest.mark.docker
async def test_the_programs_leave_nothing_on_the_machine(
    private_engine: PrivateEngine,
) -> None:
    """On an engine of the tests' own, whose mounts and control groups are nobody
    else's. The programs are those that start, write or hold most.
    """
    pool = private_engine.pool(slots=1)
    await pool.close()
    before = _traces(private_engine)
    pool = private_engine.pool(slots=2, submissions_per_container=20)
    for area in LITTERING:
        # Whether they held is asked above.
        await surprises(pool, "docker", area, with_bystander=False)
    await pool.close()
    client = private_engine.client()
    assert client.containers.list(all=True) == []
    client.close()
    assert _traces(private_engine) == before


def _traces(engine: PrivateEngine) -> dict[str, list[str]]:
    temporary = Path(tempfile.gettempdir())
    return {
        "mounts": engine.mounts(),
        "cgroups": [str(one) for one in engine.cgroups()],
        "processes": sorted(one.name() for one in engine.processes()),
        "files": sorted(str(one) for one in temporary.glob("note-*")),
    }
