"""A Docker engine of the tests' own: to be killed, stopped, starved and asked by TLS.

    unshare (own mounts, own network) ── dockerd ── containerd
                                           └ data, state, socket: all in one folder

Its mounts end with its last process. Its network is apart, as an engine that begins
removes the machine's `docker0`; a port reaches it as a descriptor that it inherits.
"""

import contextlib
import json
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docker
import psutil

from runner import docker_engine
from runner.docker import DockerSandbox
from runner.errors import EngineSilent
from runner.profiled import ProfiledSandbox

RUNTIMES: Mapping[str, Sequence[str]] = {
    "crun": (),
    # The network is none anyway, and old releases refuse the hybrid of cgroups.
    "runsc": ("--network=none", "--ignore-cgroups"),
}
CGROUPS = Path("/sys/fs/cgroup")
UNSHARED = """
mount --make-rprivate /
umount /sys/fs/cgroup/unified 2>/dev/null  # crun refuses a second hierarchy
for place in {tmpfs}; do mount -t tmpfs -o size={tmpfs_mib}m none "$place"; done
# systemd's way to hand a socket over: the third descriptor, and whom it is meant for.
export LISTEN_FDS=1 LISTEN_PID=$$
exec "$@" 3<&0
"""
START_S = 60.0


@dataclass(kw_only=True)
class PrivateEngine:
    folder: Path
    arguments: Sequence[str] = ()
    listening: socket.socket | None = None
    """Where it is to be reached besides."""
    disk_mib: int | None = None
    """The size of its disk, when that is to be bounded."""
    _process: subprocess.Popen[bytes] | None = None

    @property
    def host(self) -> dict[str, str]:
        """The environment by which it is found."""
        return {"DOCKER_HOST": f"unix://{self._socket}"}

    @property
    def _cgroup(self) -> str:
        return self.folder.name

    @property
    def disk(self) -> Path:
        """Its data, as its own mounts show them."""
        assert self._process is not None
        data = (self.folder / "data").relative_to("/")
        return Path("/proc", str(self._process.pid), "root", data)

    @property
    def _socket(self) -> Path:
        return self.folder / "docker.sock"

    def start(self) -> None:
        (self.folder / "data").mkdir(exist_ok=True)
        config = self.folder / "daemon.json"
        config.write_text(json.dumps({"runtimes": dict(_runtimes())}))
        bounded = [str(self.folder / "data")] if self.disk_mib else []
        script = UNSHARED.format(tmpfs=" ".join(bounded), tmpfs_mib=self.disk_mib)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *("unshare", "--mount", "--net", "sh", "-c", script),
                    *("sh", "dockerd"),
                    f"--config-file={config}",
                    f"--host=unix://{self._socket}",
                    f"--data-root={self.folder / 'data'}",
                    f"--exec-root={self.folder / 'exec'}",
                    f"--pidfile={self.folder / 'pid'}",
                    f"--cgroup-parent=/{self._cgroup}",
                    *("--host=fd://" for _ in [self.listening] if self.listening),
                    *("--bridge=none", "--iptables=false", *self.arguments),
                ],
                stdin=self.listening.fileno() if self.listening else None,
                stdout=log,
                stderr=log,
            )
        self._await_answer()

    def signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """At once, with its containerd; containers and their shims live on."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        its = [one for one in self.processes() if one.name() == "containerd"]
        for process in its:
            process.kill()
        psutil.wait_procs(its, timeout=10)
        # Nobody may have reaped it yet: the next engine would wait for it to answer.
        (self.folder / "exec/containerd/containerd.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        """For good; and whatever it has left behind."""
        if self._process is not None:
            self.signal(signal.SIGCONT)
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        if self._process is not None:
            self._process.wait()
        psutil.wait_procs(self.processes(), timeout=10)
        for group in self.cgroups():
            self._end(group)

    def _end(self, group: Path) -> None:
        """A container whose shim was killed lives on without anybody."""
        left = [int(pid) for pid in (group / "cgroup.procs").read_text().split()]
        found = [psutil.Process(pid) for pid in left if psutil.pid_exists(pid)]
        for process in found:
            process.kill()
        psutil.wait_procs(found, timeout=10)
        group.rmdir()

    def cgroups(self) -> list[Path]:
        """Its own in every hierarchy, and those of its containers, these first."""
        ours = [*CGROUPS.glob(self._cgroup), *CGROUPS.glob(f"*/{self._cgroup}")]
        inner = [one for group in ours for one in group.rglob("*") if one.is_dir()]
        return sorted({*ours, *inner}, key=lambda one: -len(one.parts))

    def mounts(self) -> list[str]:
        """In its own namespace; the container's file systems are among them."""
        assert self._process is not None
        told = Path(f"/proc/{self._process.pid}/mountinfo").read_text()
        return sorted(line.split()[4] for line in told.splitlines())

    def processes(self) -> list[psutil.Process]:
        """Its own, its containerd's and the shims; not those in containers."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.NoSuchProcess):
                if any(str(self.folder) in word for word in process.cmdline()):
                    found.append(process)
        return found

    def load(self, image: str) -> None:
        """From the machine's engine."""
        given = docker.from_env()
        mine = self.client()
        archive = b"".join(given.images.get(image).save(named=True))
        mine.images.load(archive)
        given.close()
        mine.close()

    def client(self) -> docker.DockerClient:
        return docker_engine.connect(self.host)

    def sandbox(self, runtime: str | None = None) -> DockerSandbox:
        found = docker_engine.open_sandbox(runtime=runtime, environment=self.host)
        assert isinstance(found, DockerSandbox), found
        return found

    def pool(self, runtime: str | None = None, **more: Any) -> ProfiledSandbox:
        found = docker_engine.open_pool(self.sandbox(runtime), **more)
        assert found is not None, "no zygote answers"
        return found

    def _await_answer(self) -> None:
        ends_at = time.monotonic() + START_S
        while time.monotonic() < ends_at:
            assert self._process is not None
            assert self._process.poll() is None, (self.folder / "log").read_text()
            with contextlib.suppress(EngineSilent):
                return self.client().close()
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())


def _runtimes() -> Iterator[tuple[str, dict[str, object]]]:
    for name, arguments in RUNTIMES.items():
        path = shutil.which(name)
        if path is not None:
            yield name, {"path": path, "runtimeArgs": list(arguments)}
