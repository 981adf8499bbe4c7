"""Docker for tests: what needs it is skipped without, or fails where it is required."""

import asyncio
import os
from collections.abc import Iterator

import pytest

from runner import docker_engine
from runner.docker import DockerSandbox
from runner.profiled import ProfiledSandbox

REQUIRED = os.environ.get("CORDADA_REQUIRE_DOCKER") == "1"


def opened_docker() -> DockerSandbox:
    sandbox = docker_engine.open_sandbox()
    if isinstance(sandbox, docker_engine.Missing):
        if REQUIRED:
            pytest.fail(f"Docker is required: {sandbox}")
        pytest.skip(f"no sandbox in Docker: {sandbox}")
    return sandbox


def warm_pool(*, submissions_per_container: int) -> Iterator[ProfiledSandbox]:
    """For a fixture; afterwards no container may be left."""
    cold = opened_docker()
    pool = docker_engine.open_pool(
        cold, slots=2, submissions_per_container=submissions_per_container
    )
    assert pool is not None, "no zygote answers"
    yield pool
    asyncio.run(pool.close())
    client = docker_engine.connect()
    assert client.containers.list(all=True, filters=cold.containers.filters) == []
    client.close()
