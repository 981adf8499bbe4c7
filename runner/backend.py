"""Which sandbox there is here, and why that one."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

import platformdirs

from runner import docker_engine
from runner.environments import Environments
from runner.errors import BackendUnavailable, RuntimeUnknown
from runner.pool import WAITING_ROOM, Mode
from runner.process import ProcessSandbox
from runner.sandbox import Sandbox

Setting = Literal["auto", "docker", "process"]


class BackendReason(StrEnum):
    """A key for the catalogue of texts, never a sentence."""

    ASKED = "asked"
    ENGINE_ANSWERS = "engine_answers"
    NO_ENGINE = "no_engine"
    NO_IMAGE = "no_image"
    """An engine answers, but neither the image nor a base to build it of is here."""
    NO_RUNTIME = "no_runtime"
    """An engine answers, but lacks the OCI runtime that was asked for."""


@dataclass(frozen=True, kw_only=True)
class Backend:
    sandbox: Sandbox
    name: str
    reason: BackendReason
    mode: Mode | None = None
    """How Docker's containers are used; None when each job starts one of its own."""
    containers: Callable[[], int] = lambda: 0
    """How many there are now. Blocks, and raises what the engine's package does."""


def choose(
    setting: Setting,
    *,
    runtime: str | None = None,
    waiting_room: int = WAITING_ROOM,
    libraries: Path | None = None,
) -> Backend:
    """Blocks, for some seconds when it builds the image. `runtime` is the containers'
    OCI runtime, None the engine's own; `libraries` is where `process` installs those of
    its profiles, by default in the user's folder for data.

    Raises BackendUnavailable when `docker` or `runtime` is asked for and cannot be had.
    """
    if setting == "process":
        return _process(BackendReason.ASKED, libraries)
    try:
        sandbox = docker_engine.open_sandbox(runtime=runtime)
    except RuntimeUnknown as fault:
        has = f"{fault.runtime} is not among {', '.join(fault.known)}"
        raise BackendUnavailable(BackendReason.NO_RUNTIME.value, has) from fault
    if isinstance(sandbox, docker_engine.Missing):
        if setting == "docker" or runtime is not None:
            raise BackendUnavailable(sandbox.reason, sandbox.detail)
        return _process(BackendReason(sandbox.reason), libraries)
    asked = setting == "docker"
    pool = docker_engine.open_pool(sandbox, waiting_room=waiting_room)
    return Backend(
        sandbox=pool or sandbox,
        name=sandbox.name,
        reason=BackendReason.ASKED if asked else BackendReason.ENGINE_ANSWERS,
        mode=None if pool is None else pool.mode,
        containers=sandbox.containers.count,
    )


def _process(reason: BackendReason, libraries: Path | None) -> Backend:
    folder = libraries or platformdirs.user_data_path("cordada") / "sandbox"
    sandbox = ProcessSandbox(environments=Environments(folder))
    return Backend(sandbox=sandbox, name=sandbox.name, reason=reason)
