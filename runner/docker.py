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
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from uuid import uuid4

import docker
from docker.errors import DockerException, NotFound
from requests.exceptions import RequestException

from runner.docker_creation import HARNESS_MIB, PRELOAD_MIB, TMP_BYTES, Room, creation
from runner.docker_socket import attach
from runner.docker_stream import Demultiplexer
from runner.errors import SandboxFault
from runner.exchange import Answers, order
from runner.harness.launch import GRACE_S, grace_s
from runner.job import Profile
from runner.sandbox import Outcome, Work

LABEL: Final = "org.cordada.sandbox"
OWNER_LABEL: Final = "org.cordada.owner"
EXPIRES_LABEL: Final = "org.cordada.expires"
"""Unix time after which a container is nobody's: its runner died."""
PARALLEL: Final = 4
START_S: Final = 30.0
"""For the engine to create and start a container when many ask at once."""
HARNESS_PROCESSES: Final = 2
ENGINE_FAULTS: Final = (DockerException, RequestException, OSError)


class DockerSandbox:
    name = "docker"

    def __init__(
        self,
        client: docker.DockerClient,
        images: Mapping[Profile, str],
        *,
        runtime: str | None = None,
        parallel: int = PARALLEL,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.client = client
        self.runtime = runtime
        self._images = images
        self._now = now
        self._owner = uuid4().hex
        self._threads = ThreadPoolExecutor(parallel, thread_name_prefix="sandbox")

    async def run(self, work: Work) -> Sequence[Outcome]:
        labels = self.labels(_longest_stay_s(work))
        image = self.image(work.profile)
        stay = _Stay(self.client, image, work, labels, self.runtime)
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(self._threads, stay.run)
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            stay.leave()
            await asyncio.wait([done])
            raise

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self.client.close)

    def image(self, profile: Profile) -> str:
        """Raises SandboxFault."""
        image = self._images.get(profile)
        if image is None:
            how = f"python -m runner image build --profile {profile.value}"
            raise SandboxFault(f"no image for the profile {profile.value}: {how}")
        return image

    @property
    def profiles(self) -> frozenset[Profile]:
        return frozenset(self._images)

    def labels(self, stay_s: float) -> dict[str, str]:
        return {
            LABEL: "1",
            OWNER_LABEL: self._owner,
            EXPIRES_LABEL: str(self._now() + stay_s),
        }

    def containers(self) -> int:
        """How many of this sandbox's own there are now."""
        mine = f"{OWNER_LABEL}={self._owner}"
        return len(self.client.containers.list(all=True, filters={"label": mine}))

    def sweep(self) -> int:
        """Remove what runners that died left behind; how many there were."""
        removed = 0
        for container in self.client.containers.list(
            all=True, filters={"label": LABEL}, ignore_removed=True
        ):
            if float(container.labels.get(EXPIRES_LABEL, 0)) < self._now():
                with contextlib.suppress(NotFound):
                    container.remove(force=True)
                    removed += 1
        return removed


def _longest_stay_s(work: Work) -> float:
    return work.limits.total_wall_time_s + grace_s(work.profile) + START_S


class _Stay:
    """One job's container, from its creation to its removal."""

    def __init__(
        self,
        client: docker.DockerClient,
        image: str,
        work: Work,
        labels: Mapping[str, str],
        runtime: str | None,
    ) -> None:
        self._api: Any = client.api
        self._runtime = runtime
        self._image = image
        self._work = work
        self._labels = labels
        self._socket: socket.socket | None = None
        self._left = threading.Event()

    def run(self) -> Sequence[Outcome]:
        """Raises SandboxFault."""
        container = None
        try:
            room = _room(self._work)
            created = creation(
                self._api, self._image, room, self._labels, self._runtime
            )
            container = self._api.create_container(**created)["Id"]
            return self._converse(container)
        except ENGINE_FAULTS as fault:
            raise SandboxFault(f"engine: {fault}") from fault
        finally:
            if container is not None:
                self._remove(container)

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
        attached = attach(self._api, container)
        self._socket = attached
        writer = threading.Thread(target=self._write, args=(attached, frames))
        with attached:
            self._api.start(container)
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
        self._api.wait(container, timeout=GRACE_S)
        return bool(self._api.inspect_container(container)["State"]["OOMKilled"])

    def _remove(self, container: str) -> None:
        with contextlib.suppress(*ENGINE_FAULTS):
            self._api.remove_container(container, force=True, v=True)


def _room(work: Work) -> Room:
    limits = work.limits
    laid_down = 2 * sum(map(len, work.data.values()))
    memory_mib = limits.memory_mib + HARNESS_MIB + PRELOAD_MIB[work.profile]
    return Room(
        memory_bytes=(memory_mib << 20) + laid_down,
        tmp_bytes=TMP_BYTES + laid_down + (4 * limits.file_size_kib << 10),
        processes=limits.processes + HARNESS_PROCESSES,
    )
