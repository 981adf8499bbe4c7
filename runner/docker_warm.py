"""One warm container: started ahead of time, with a zygote that awaits submissions.

Closing its standard input ends the zygote, so a container whose runner was killed ends
by itself; the sweep of another runner removes it.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from runner import codec
from runner.docker import START_S
from runner.docker_containers import Containers, engine_faults
from runner.docker_creation import (
    HARNESS_MIB,
    PRELOAD_MIB,
    TMP_BYTES,
    Room,
    creation,
    with_places,
)
from runner.docker_socket import attach
from runner.docker_stream import Demultiplexer
from runner.errors import SandboxFault
from runner.exchange import Answers, order, preface
from runner.harness.frame import LENGTH, MAX_FRAME_BYTES, MAX_WORD_BYTES, framed
from runner.harness.launch import GRACE_S, ZYGOTE_COMMAND
from runner.job import Limits, Profile
from runner.pool import Mode
from runner.sandbox import Outcome, Work

SECCOMP_PROFILE: Final = (
    Path(__file__).parent.parent / "deploy" / "sandbox" / "seccomp.json"
)
STANDARD: Final = Limits()
"""A warm container is made before its submissions are known: for the usual limits."""
MAX_PROCESSES: Final = 64
MAX_DATA_BYTES: Final = 4 << 20
LIBRARY_MEMORY_MIB: Final = 256
"""The usual where libraries work on data: a table of some megabytes, and copies."""
PIPE_BYTES: Final = 1 << 16
"""As much as the kernel's pipe takes at once; what is more is sent from a thread."""


def fits(work: Work) -> bool:
    limits = work.limits
    return (
        limits.memory_mib <= _memory_mib(work.profile)
        and limits.file_size_kib <= STANDARD.file_size_kib
        and limits.processes <= MAX_PROCESSES
        and sum(map(len, work.data.values())) <= MAX_DATA_BYTES
    )


def room(profile: Profile) -> Room:
    memory_mib = _memory_mib(profile) + HARNESS_MIB + PRELOAD_MIB[profile]
    return Room(
        memory_bytes=(memory_mib << 20) + 2 * MAX_DATA_BYTES,
        tmp_bytes=TMP_BYTES,
        processes=MAX_PROCESSES + 8,
    )


def _memory_mib(profile: Profile) -> int:
    return LIBRARY_MEMORY_MIB if PRELOAD_MIB[profile] else STANDARD.memory_mib


class WarmContainer:
    def __init__(
        self,
        containers: Containers,
        image: str,
        room: Room,
        stay_s: float,
        runtime: str | None = None,
    ) -> None:
        """Blocks until the zygote answers. Raises SandboxFault."""
        self._containers = containers
        self._container: str | None = None
        self._socket: socket.socket | None = None
        self._frames: _Frames | None = None
        self._left = threading.Event()
        try:
            with engine_faults():
                self._start(creation(containers.api, image, room, runtime), stay_s)
                told = self._word()
                self.mode = Mode(told["mode"])
                self.why = str(told["why"])
        except SandboxFault:
            self.close()
            raise

    def converse(self, work: Work) -> Sequence[Outcome]:
        answers = Answers(work)
        message = b"".join([preface(work), *order(work, alone=True)])
        ends_at = time.monotonic() + work.limits.total_wall_time_s + GRACE_S
        with engine_faults():
            with self._sent(message):
                while not answers.complete:
                    frame = self._next_frame(ends_at, MAX_FRAME_BYTES)
                    if frame is None:
                        break
                    answers.feed(framed(frame))
            if not answers.complete:
                if self._left.is_set() or not self._was_out_of_memory():
                    raise SandboxFault("the zygote ended early")
                answers.out_of_memory()
        return answers.outcomes

    def whole(self) -> bool:
        try:
            with engine_faults():
                return Mode(self._word()["mode"]) is Mode.POOLED
        except SandboxFault:
            return False

    def leave(self) -> None:
        self._left.set()
        self._shut()

    def close(self) -> None:
        self._shut()
        if self._socket is not None:
            self._socket.close()
        if self._container is not None:
            self._containers.remove(self._container)

    def _start(self, created: Mapping[str, Any], stay_s: float) -> None:
        api = self._containers.api
        profile = SECCOMP_PROFILE.read_text("utf-8")
        placed = {**with_places(created, profile), "command": list(ZYGOTE_COMMAND)}
        self._container = self._containers.create(placed, stay_s)
        self._socket = attach(api, self._container)
        self._frames = _Frames(self._socket)
        api.start(self._container)

    def _word(self) -> dict[str, Any]:
        """What the zygote says of itself. Raises SandboxFault."""
        frame = self._next_frame(time.monotonic() + START_S, MAX_WORD_BYTES)
        if frame is None:
            raise SandboxFault("the zygote is gone")
        try:
            told = codec.decode(frame)
        except codec.CodecError as fault:
            raise SandboxFault("the zygote does not parse") from fault
        if type(told) is not dict:
            raise SandboxFault("the zygote says something else")
        return told

    def _next_frame(self, ends_at: float, max_bytes: int) -> bytes | None:
        if self._frames is None:
            return None
        return self._frames.take(ends_at, max_bytes)

    @contextlib.contextmanager
    def _sent(self, message: bytes) -> Any:
        if len(message) <= PIPE_BYTES:
            self._send(message)
            yield
            return
        writer = threading.Thread(target=self._send, args=(message,))
        writer.start()
        try:
            yield
        except BaseException:
            self._shut()
            raise
        finally:
            writer.join()

    def _send(self, message: bytes) -> None:
        # The listener sees why it ended; here it only did.
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.sendall(message)

    def _was_out_of_memory(self) -> bool:
        # The state is written a moment after the stream ends.
        api = self._containers.api
        api.wait(self._container, timeout=GRACE_S)
        return bool(api.inspect_container(self._container)["State"]["OOMKilled"])

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


class _Frames:
    """The frames on a container's standard output, one at a time."""

    def __init__(self, attached: socket.socket) -> None:
        self._socket = attached
        self._demultiplexer = Demultiplexer()
        self._buffer = bytearray()

    def take(self, ends_at: float, max_bytes: int) -> bytes | None:
        """None when the stream has ended. Raises SandboxFault."""
        while True:
            if len(self._buffer) >= LENGTH.size:
                (length,) = LENGTH.unpack_from(self._buffer)
                if length > max_bytes:
                    raise SandboxFault("frame too long")
                end = LENGTH.size + length
                if len(self._buffer) >= end:
                    frame = bytes(self._buffer[LENGTH.size : end])
                    del self._buffer[:end]
                    return frame
            if not self._hear(ends_at):
                return None

    def _hear(self, ends_at: float) -> bool:
        left_s = ends_at - time.monotonic()
        if left_s <= 0:
            raise SandboxFault("the harness missed its deadline")
        self._socket.settimeout(left_s)
        try:
            data = self._socket.recv(1 << 16)
        except TimeoutError:
            return True
        for part in self._demultiplexer.feed(data):
            self._buffer += part
        return bool(data)
