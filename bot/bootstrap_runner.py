"""The composition root of `cordada runner`: Docker and a port, and nothing else.

settings ─► sandbox ─► judge ─► desk ─► service
"""

import asyncio
import math
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from bot.errors import UnsafeRunner
from bot.settings import RunnerSettings
from runner.backend import Backend, choose
from runner.docker_containers import ENGINE_FAULTS
from runner.judge import Judge
from runner.service.app import build_app
from runner.service.desk import Desk
from runner.service.gate import is_loopback
from runner.service.metrics import RunnerMetrics
from runner.service.server import RunnerServer

COUNT_WITHIN_S: Final = 3.0
"""Prometheus itself waits ten; an engine that is well counts in milliseconds."""


@dataclass(frozen=True, kw_only=True)
class RunnerParts:
    settings: RunnerSettings
    backend: Backend
    server: RunnerServer


@asynccontextmanager
async def assemble_runner(settings: RunnerSettings) -> AsyncIterator[RunnerParts]:
    """Raises UnsafeRunner, BackendUnavailable, and PortTaken."""
    secret = settings.shared_secret()
    is_open = not is_loopback(settings.runner_host)
    if is_open and secret is None:
        raise UnsafeRunner(settings.runner_host, "secret")
    backend = await asyncio.to_thread(
        choose,
        settings.sandbox,
        runtime=settings.sandbox_runtime,
        waiting_room=settings.runner_waiting,
        libraries=settings.libraries_folder,
    )
    try:
        if is_open and backend.name == "process":
            raise UnsafeRunner(settings.runner_host, "docker")
        server = _server(settings, backend, secret)
        await server.start()
        try:
            yield RunnerParts(settings=settings, backend=backend, server=server)
        finally:
            await server.stop()
    finally:
        await backend.sandbox.close()


def _server(
    settings: RunnerSettings, backend: Backend, secret: str | None
) -> RunnerServer:
    metrics = RunnerMetrics()
    desk = _desk(settings, backend, metrics)

    async def count_containers() -> float:
        try:
            async with asyncio.timeout(COUNT_WITHIN_S):
                return await asyncio.to_thread(backend.containers)
        except (TimeoutError, *ENGINE_FAULTS):
            return math.nan

    app = build_app(
        desk,
        metrics,
        secret=secret,
        backend=backend.name,
        count_containers=count_containers,
    )
    return RunnerServer(
        app,
        desk,
        host=settings.runner_host,
        port=settings.runner_port,
        drain_s=settings.runner_drain_s,
    )


def _desk(settings: RunnerSettings, backend: Backend, metrics: RunnerMetrics) -> Desk:
    judge = Judge(backend.sandbox)
    if backend.mode is not None:
        # The pool bounds itself, and knows whose turn it is.
        return Desk(judge, metrics, most=None, at_once=None)
    # As many as there are cores: a submission's time is real time, too.
    at_once = os.cpu_count() or 1
    most = settings.runner_waiting + at_once
    return Desk(judge, metrics, most=most, at_once=at_once)
