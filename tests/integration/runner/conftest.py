"""Each claim here is made of each sandbox; afterwards nothing may be left of them."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from runner import docker_engine
from runner.docker import OWNER_LABEL, DockerSandbox
from runner.pool import PooledSandbox
from runner.process import ProcessSandbox
from runner.sandbox import Sandbox

REQUIRED = os.environ.get("CORDADA_REQUIRE_DOCKER") == "1"


def opened_docker() -> DockerSandbox:
    sandbox = docker_engine.open_sandbox()
    if isinstance(sandbox, docker_engine.Missing):
        if REQUIRED:
            pytest.fail(f"Docker is required: {sandbox.value}")
        pytest.skip(f"no sandbox in Docker: {sandbox.value}")
    return sandbox


@pytest.fixture(scope="session")
def docker_sandbox() -> Iterator[DockerSandbox]:
    sandbox = opened_docker()
    yield sandbox
    left = sandbox.containers()
    asyncio.run(sandbox.close())
    assert left == 0


@pytest.fixture(scope="session")
def pooled_sandbox() -> Iterator[PooledSandbox]:
    yield from _pool(submissions_per_container=5)


@pytest.fixture(scope="session")
def single_use_sandbox() -> Iterator[PooledSandbox]:
    yield from _pool(submissions_per_container=1)


def _pool(*, submissions_per_container: int) -> Iterator[PooledSandbox]:
    cold = opened_docker()
    pool = docker_engine.open_pool(
        cold, slots=2, submissions_per_container=submissions_per_container
    )
    assert pool is not None, "no zygote answers"
    yield pool
    asyncio.run(pool.close())
    client = docker_engine.connect()
    assert client is not None
    mine = cold.labels(0)[OWNER_LABEL]
    label = f"{OWNER_LABEL}={mine}"
    assert client.containers.list(all=True, filters={"label": label}) == []
    client.close()


@pytest.fixture(scope="session")
def process_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("sandboxes")
    yield ProcessSandbox(folder=folder)
    assert list(folder.iterdir()) == []
    assert processes_in(folder) == []


@pytest.fixture(
    params=[
        "process",
        *(
            pytest.param(name, marks=pytest.mark.docker)
            for name in ("docker", "pooled", "single_use")
        ),
    ]
)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    found: Sandbox = request.getfixturevalue(f"{request.param}_sandbox")
    return found


def processes_in(folder: Path) -> list[int]:
    """Those that work in it, or did until it was removed."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd().startswith(str(folder)):
                found.append(process.pid)
        except (psutil.AccessDenied, psutil.NoSuchProcess, OSError):
            # Other tests work in folders whose path no call can tell.
            continue
    return found
