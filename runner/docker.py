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
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from uuid import uuid4

import docker
from docker.errors import DockerException, NotFound
from docker.types import LogConfig, Ulimit
from requests.exceptions import RequestException

from runner.errors import SandboxFault
from runner.exchange import Answers, order
from runner.harness.launch import ENVIRONMENT, GRACE_S
from runner.job import Profile
from runner.sandbox import Outcome, Work

LABEL: Final = "org.cordada.sandbox"
OWNER_LABEL: Final = "org.cordada.owner"
EXPIRES_LABEL: Final = "org.cordada.expires"
"""Unix time after which a container is nobody's: its runner died."""
PARALLEL: Final = 4
START_S: Final = 30.0
"""For the engine to create and start a container when many ask at once."""
HARNESS_MIB: Final = 64
"""Memory for the harness and /tmp on top of what a submission may use."""
HARNESS_PROCESSES: Final = 2
SHARED_MEMORY_BYTES: Final = 16 << 20
TMP_BYTES: Final = 16 << 20
INODES: Final = 8192
NOBODY: Final = "65534:65534"
ENGINE_FAULTS: Final = (DockerException, RequestException, OSError)

STREAM_HEADER: Final = struct.Struct("!BxxxI")
STDOUT: Final = 1


class DockerSandbox:
    name = "docker"

    def __init__(
        self,
        client: docker.DockerClient,
        images: Mapping[Profile, str],
        *,
        parallel: int = PARALLEL,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._images = images
        self._now = now
        self._owner = uuid4().hex
        self._threads = ThreadPoolExecutor(parallel, thread_name_prefix="sandbox")

    async def run(self, work: Work) -> Sequence[Outcome]:
        image = self._images.get(work.profile)
        if image is None:
            raise SandboxFault(f"no image for the profile {work.profile.value}")
        labels = {
            LABEL: "1",
            OWNER_LABEL: self._owner,
            EXPIRES_LABEL: str(self._now() + _longest_stay_s(work)),
        }
        stay = _Stay(self._client, image, work, labels)
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
        await asyncio.to_thread(self._client.close)

    def containers(self) -> int:
        """How many of this sandbox's own there are now."""
        mine = f"{OWNER_LABEL}={self._owner}"
        return len(self._client.containers.list(all=True, filters={"label": mine}))

    def sweep(self) -> int:
        """Remove what runners that died left behind; how many there were."""
        removed = 0
        for container in self._client.containers.list(
            all=True, filters={"label": LABEL}, ignore_removed=True
        ):
            if float(container.labels.get(EXPIRES_LABEL, 0)) < self._now():
                with contextlib.suppress(NotFound):
                    container.remove(force=True)
                    removed += 1
        return removed


def _longest_stay_s(work: Work) -> float:
    return work.limits.total_wall_time_s + GRACE_S + START_S


class _Stay:
    """One job's container, from its creation to its removal."""

    def __init__(
        self,
        client: docker.DockerClient,
        image: str,
        work: Work,
        labels: Mapping[str, str],
    ) -> None:
        self._api: Any = client.api
        self._image = image
        self._work = work
        self._labels = labels
        self._socket: socket.socket | None = None
        self._left = threading.Event()

    def run(self) -> Sequence[Outcome]:
        """Raises SandboxFault."""
        container = None
        try:
            container = self._api.create_container(**self._creation())["Id"]
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
        params = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
        stream = self._api.attach_socket(container, params)
        # The package wraps the socket, and closing the wrapper leaves it open.
        attached: socket.socket = getattr(stream, "_sock", stream)
        self._socket = attached
        writer = threading.Thread(target=self._write, args=(attached, frames))
        with contextlib.closing(stream), contextlib.closing(attached):
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
        ends_at = time.monotonic() + self._work.limits.total_wall_time_s + GRACE_S
        demultiplexer = _Demultiplexer()
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

    def _creation(self) -> dict[str, Any]:
        return {
            "image": self._image,
            "user": NOBODY,
            "working_dir": "/tmp",  # noqa: S108 - its own tmpfs
            "environment": ENVIRONMENT,
            "use_config_proxy": False,
            "stdin_open": True,
            "network_disabled": True,
            "labels": dict(self._labels),
            "host_config": self._host_config(),
        }

    def _host_config(self) -> Any:
        limits = self._work.limits
        laid_down = 2 * sum(map(len, self._work.data.values()))
        tmp_bytes = TMP_BYTES + laid_down + (4 * limits.file_size_kib << 10)
        memory = (limits.memory_mib + HARNESS_MIB << 20) + laid_down
        return self._api.create_host_config(
            network_mode="none",
            read_only=True,
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            mem_limit=memory,
            memswap_limit=memory,
            pids_limit=limits.processes + HARNESS_PROCESSES,
            nano_cpus=1_000_000_000,
            ipc_mode="private",
            shm_size=SHARED_MEMORY_BYTES,
            tmpfs={
                "/tmp": f"rw,nosuid,nodev,noexec,size={tmp_bytes},nr_inodes={INODES},"  # noqa: S108
                "mode=1777"
            },
            ulimits=[Ulimit(name="core", soft=0, hard=0)],
            # What a submission prints is not the machine's to keep.
            log_config=LogConfig(type=LogConfig.types.NONE),
            init=False,
        )


class _Demultiplexer:
    """Standard output alone, out of the engine's stream of both."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._buffer += data
        while len(self._buffer) >= STREAM_HEADER.size:
            stream, length = STREAM_HEADER.unpack_from(self._buffer)
            end = STREAM_HEADER.size + length
            if len(self._buffer) < end:
                return
            if stream == STDOUT:
                yield bytes(self._buffer[STREAM_HEADER.size : end])
            del self._buffer[:end]
