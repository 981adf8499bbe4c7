"""Each claim here is made of each sandbox; afterwards nothing may be left of them."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import pytest

from runner import docker_image
from runner.docker import DockerSandbox
from runner.environments import Environments
from runner.job import Profile
from runner.process import ProcessSandbox
from runner.profiled import ProfiledSandbox
from runner.sandbox import Sandbox
from tests.integration.engine import REQUIRED, opened_docker, warm_pool
from tests.integration.runner.private_engine import PrivateEngine


@pytest.fixture(scope="session")
def private_engine() -> Iterator[PrivateEngine]:
    """With the sandbox's image; a test that kills it starts it again."""
    yield from engine_of_its_own()


def engine_of_its_own(**more: Any) -> Iterator[PrivateEngine]:
    if os.geteuid() != 0 or not shutil.which("dockerd") or not shutil.which("unshare"):
        if REQUIRED:
            pytest.fail("an engine of its own is required: root, dockerd and unshare")
        pytest.skip("an engine of its own needs root, dockerd and unshare")
    opened_docker().client.close()
    # Not pytest's folder: the path of a socket has 107 characters at most.
    with TemporaryDirectory(prefix="cordada-") as folder:
        engine = PrivateEngine(folder=Path(folder), **more)
        try:
            engine.start()
            engine.load(docker_image.tag(Profile.BASE))
            yield engine
        finally:
            engine.stop()
        assert engine.processes() == []


@pytest.fixture(scope="session")
def docker_sandbox() -> Iterator[DockerSandbox]:
    sandbox = opened_docker()
    yield sandbox
    left = sandbox.containers.count()
    asyncio.run(sandbox.close())
    assert left == 0


@pytest.fixture(scope="session")
def pooled_sandbox() -> Iterator[ProfiledSandbox]:
    yield from warm_pool(submissions_per_container=5)


@pytest.fixture(scope="session")
def single_use_sandbox() -> Iterator[ProfiledSandbox]:
    yield from warm_pool(submissions_per_container=1)


@pytest.fixture(scope="session")
def process_sandbox(
    tmp_path_factory: pytest.TempPathFactory, libraries: Environments
) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("sandboxes")
    yield ProcessSandbox(folder=folder, environments=libraries)
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
