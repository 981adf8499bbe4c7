"""Which sandbox there is here, and why that one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from runner import docker_engine
from runner.errors import BackendUnavailable
from runner.pool import Mode
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


@dataclass(frozen=True, kw_only=True)
class Backend:
    sandbox: Sandbox
    name: str
    reason: BackendReason
    mode: Mode | None = None
    """How Docker's containers are used; None when each job starts one of its own."""


def choose(setting: Setting) -> Backend:
    """Blocks, for some seconds when it builds the image. `auto` never fails.

    Raises BackendUnavailable when `docker` is asked for and cannot be had.
    """
    if setting == "process":
        return _process(BackendReason.ASKED)
    sandbox = docker_engine.open_sandbox()
    if isinstance(sandbox, docker_engine.Missing):
        reason = BackendReason(sandbox.value)
        if setting == "docker":
            raise BackendUnavailable(reason.value)
        return _process(reason)
    asked = setting == "docker"
    pool = docker_engine.open_pool(sandbox)
    return Backend(
        sandbox=pool or sandbox,
        name=sandbox.name,
        reason=BackendReason.ASKED if asked else BackendReason.ENGINE_ANSWERS,
        mode=None if pool is None else pool.mode,
    )


def _process(reason: BackendReason) -> Backend:
    sandbox = ProcessSandbox()
    return Backend(sandbox=sandbox, name=sandbox.name, reason=reason)
