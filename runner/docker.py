"""The sandbox in Docker: one container for each job, thrown away after it.

    thread ── create, attach, start ──► container: harness as process 1
       ├── writer: order and actions ─► standard input   no network, no capabilities,
       ◄── demultiplex ──────────────── stdout           read-only but for /tmp
       └── remove, whatever happened

The engine's calls block, so each job has a thread of the sandbox's own pool, which also
bounds how many containers there are.
"""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import docker

from runner import docker_image
from runner.docker_containers import Containers, engine_faults
from runner.docker_creation import HARNESS_MIB, PRELOAD_MIB, TMP_BYTES, Room, creation
from runner.docker_socket import attach
from runner.docker_stream import Demultiplexer
from runner.errors import ImageFault, SandboxFault
from runner.exchange import Answers, order
from runner.harness.launch import GRACE_S, grace_s
from runner.job import Profile
from runner.sandbox import Outcome, Work

PARALLEL: Final = 4
START_S: Final = 30.0
"""For the engine to create and start a container when many ask at once."""
HARNESS_PROCESSES: Final = 2


class DockerSandbox:
    name = "docker"

    def __init__(
        self,
        client: docker.DockerClient,
        *,
        runtime: str | None = None,
        parallel: int = PARALLEL,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.client = client
        self.runtime = runtime
        self.containers = Containers(client, now=now)
        self._threads = ThreadPoolExecutor(parallel, thread_name_prefix="sandbox")

    async def run(self, work: Work) -> Sequence[Outcome]:
        stay = _Stay(self, work)
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(self._threads, stay.run)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            stay.leave()
            await asyncio.wait([done])
            raise
        finally:
            self._threads.submit(self.containers.sweep_when_due)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self._leave_nothing)

    def image(self, profile: Profile) -> str:
        """Looked for anew, and made again where it was removed. Raises SandboxFault.

        Nothing is fetched for it: submissions wait meanwhile.
        """
        try:
            with engine_faults():
                made = docker_image.ready(self.client, profile)
        except ImageFault as fault:
            raise SandboxFault(f"{fault.step}: {fault.output}") from fault
        if made is None:
            how = f"python -m runner image build --profile {profile.value}"
            raise SandboxFault(f"no image for the profile {profile.value}: {how}")
        return made

    def _leave_nothing(self) -> None:
        with contextlib.suppress(SandboxFault), engine_faults():
            self.containers.sweep()
        self.client.close()


def _longest_stay_s(work: Work) -> float:
    return work.limits.total_wall_time_s + grace_s(work.profile) + START_S


class _Stay:
    """One job's container, from its creation to its removal."""

    def __init__(self, sandbox: DockerSandbox, work: Work) -> None:
        self._sandbox = sandbox
        self._containers = sandbox.containers
        self._work = work
        self._socket: socket.socket | None = None
        self._left = threading.Event()

    def run(self) -> Sequence[Outcome]:
        """Raises SandboxFault."""
        with engine_faults():
            container = self._create()
            try:
                return self._converse(container)
            finally:
                self._containers.remove(container)

    def _create(self) -> str:
        image = self._sandbox.image(self._work.profile)
        room, runtime = _room(self._work), self._sandbox.runtime
        created = creation(self._containers.api, image, room, runtime)
        return self._containers.create(created, _longest_stay_s(self._work))

    def leave(self) -> None:
        """From another thread: stop listening; the container is removed then."""
        self._left.set()
        attached = self._socket
        if attached is not None:
            with contextlib.suppress(OSError):
                attached.shutdown(socket.SHUT_RDWR)

    def _converse(self, container: str) -> Sequence[Outcome]:
        answers = Answers(self._work)
        frames = order(self._work, alone=True)
        attached = attach(self._containers.api, container)
        self._socket = attached
        writer = threading.Thread(target=self._write, args=(attached, frames))
        with attached:
            self._containers.api.start(container)
            writer.start()
            try:
                self._listen(attached, answers)
            finally:
                with contextlib.suppress(OSError):
                    attached.shutdown(socket.SHUT_RDWR)
                writer.join()
        if not answers.complete:
            if not self._was_out_of_memory(container):
                raise SandboxFault("the harness ended early")
            answers.out_of_memory()
        return answers.outcomes

    def _write(self, attached: socket.socket, frames: Sequence[bytes]) -> None:
        # The listener sees why it ended; here it only did.
        with contextlib.suppress(OSError):
            for frame in frames:
                attached.sendall(frame)

    def _listen(self, attached: socket.socket, answers: Answers) -> None:
        limits = self._work.limits
        longest_s = limits.total_wall_time_s + grace_s(self._work.profile)
        ends_at = time.monotonic() + longest_s
        demultiplexer = Demultiplexer()
        while not answers.complete and not self._left.is_set():
            left_s = ends_at - time.monotonic()
            if left_s <= 0:
                raise SandboxFault("the harness missed its deadline")
            attached.settimeout(left_s)
            try:
                data = attached.recv(1 << 16)
            except TimeoutError:
                continue
            if not data:
                return
            for part in demultiplexer.feed(data):
                answers.feed(part)

    def _was_out_of_memory(self, container: str) -> bool:
        # The state is written a moment after the stream ends.
        self._containers.api.wait(container, timeout=GRACE_S)
        return bool(
            self._containers.api.inspect_container(container)["State"]["OOMKilled"]
        )


def _room(work: Work) -> Room:
    limits = work.limits
    laid_down = 2 * sum(map(len, work.data.values()))
    memory_mib = limits.memory_mib + HARNESS_MIB + PRELOAD_MIB[work.profile]
    return Room(
        memory_bytes=(memory_mib << 20) + laid_down,
        tmp_bytes=TMP_BYTES + laid_down + (4 * limits.file_size_kib << 10),
        processes=limits.processes + HARNESS_PROCESSES,
    )
