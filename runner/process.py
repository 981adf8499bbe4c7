"""The sandbox without Docker: the harness as a process of this machine.

It bounds time, memory, output and files, and leaves nothing running. It does not hide
the machine's files or network from the submission: for trying Cordada alone.
"""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from runner.environments import Environments
from runner.errors import SandboxFault
from runner.exchange import Answers, order
from runner.harness.erase import erase
from runner.harness.launch import ENVIRONMENT, GRACE_S, PYTHON_OPTIONS, grace_s
from runner.harness.preload import PROFILE, SITE
from runner.job import Profile
from runner.sandbox import Outcome, Work

PREFIX: Final = "cordada-sandbox-"
HARNESS: Final = Path(__file__).with_name("harness") / "__main__.py"
COMMAND: Final = (sys.executable, *PYTHON_OPTIONS, str(HARNESS))
READ_BYTES: Final = 1 << 16
REMOVALS: Final = 20
REMOVAL_PAUSE_S: Final = 0.05
FAREWELL_S: Final = 1.0
"""For the supervisor to end what runs; the bot itself must stop within five."""
COMPLAINT_BYTES: Final = 4096
"""Of what a failing harness says of itself, for the log."""


class ProcessSandbox:
    name = "process"

    def __init__(
        self,
        *,
        folder: Path | None = None,
        command: Sequence[str] = COMMAND,
        environments: Environments | None = None,
    ) -> None:
        """`folder` holds those of the runs; by default the system's temporary one.
        Without `environments` there is the standard library alone.
        """
        self._folder = folder
        self._command = command
        self._environments = environments

    async def run(self, work: Work) -> Sequence[Outcome]:
        try:
            return await self._run_in_folder(work)
        except OSError as fault:
            # A full disk, too many processes: the machine's trouble.
            raise SandboxFault(f"machine: {fault}") from fault

    async def close(self) -> None:
        """Nothing outlives a run."""

    async def _run_in_folder(self, work: Work) -> Sequence[Outcome]:
        folder = await asyncio.to_thread(
            tempfile.mkdtemp, prefix=PREFIX, dir=self._folder
        )
        try:
            return await self._run(work, folder)
        finally:
            await asyncio.shield(asyncio.to_thread(_remove, folder))

    async def _run(self, work: Work, folder: str) -> Sequence[Outcome]:
        frames = order(work, alone=False)
        environment = await asyncio.to_thread(self._environment, work)
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        answers = Answers(work)
        try:
            grace = grace_s(work.profile)
            async with asyncio.timeout(work.limits.total_wall_time_s + grace):
                complaint = await _converse(process, frames, answers)
        except TimeoutError as fault:
            raise SandboxFault("the harness missed its deadline") from fault
        finally:
            await _end(process)
        if not answers.complete:
            raise SandboxFault(f"the harness ended early: {complaint!r}")
        return answers.outcomes

    def _environment(self, work: Work) -> Mapping[str, str]:
        """Blocks while libraries are installed. Raises SandboxFault."""
        if self._environments is None:
            if work.profile is not Profile.BASE:
                raise SandboxFault(f"no libraries for {work.profile.value}")
            return ENVIRONMENT
        place = self._environments.prepared(work)
        if place is None:
            return ENVIRONMENT
        return {
            **ENVIRONMENT,
            PROFILE: work.profile.value,
            SITE: str(place / "site"),
            "MPLCONFIGDIR": str(place / "matplotlib"),
        }


async def _converse(
    process: asyncio.subprocess.Process, frames: Sequence[bytes], answers: Answers
) -> bytes:
    """All three streams at once: a full pipe must not stop the others."""
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise SandboxFault("no pipes")
    sending = asyncio.create_task(_send(process.stdin, frames))
    complaint = asyncio.create_task(_first_words(process.stderr))
    try:
        while data := await process.stdout.read(READ_BYTES):
            answers.feed(data)
        return await complaint
    finally:
        for task in (sending, complaint):
            task.cancel()
        await asyncio.gather(sending, complaint, return_exceptions=True)


async def _first_words(stderr: asyncio.StreamReader) -> bytes:
    kept = b""
    while data := await stderr.read(READ_BYTES):
        kept = (kept + data)[:COMPLAINT_BYTES]
    return kept


async def _send(stdin: asyncio.StreamWriter, frames: Sequence[bytes]) -> None:
    # A harness that stops early (the source does not compile) closes its end.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for frame in frames:
            stdin.write(frame)
            await stdin.drain()
    stdin.close()


async def _end(process: asyncio.subprocess.Process) -> None:
    """The supervisor ends what it started; killed at once it would leave it behind."""
    with contextlib.suppress(ProcessLookupError):
        # Not `terminate`, which takes the exit status from asyncio when it comes first.
        os.kill(process.pid, signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                await process.wait()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    # asyncio tells the end of a process only after its pipes were read to theirs; one
    # that a submission stole and kept open is not waited for long.
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(GRACE_S):
            await asyncio.shield(_read_away(process))


async def _read_away(process: asyncio.subprocess.Process) -> None:
    for stream in (process.stdout, process.stderr):
        while stream is not None and await stream.read(READ_BYTES):
            pass
    await process.wait()


def _remove(folder: str) -> None:
    """A child that is being killed may write a last file; then once more."""
    for _ in range(REMOVALS):
        try:
            return erase(folder)
        except OSError:
            time.sleep(REMOVAL_PAUSE_S)
    return erase(folder)
