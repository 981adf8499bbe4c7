"""How a container of the sandbox is locked: what it may use, and what it never has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from docker.types import LogConfig, Ulimit

from runner.harness.launch import ENVIRONMENT
from runner.job import Profile

HARNESS_MIB: Final = 64
"""Memory for the harness and /tmp on top of what a submission may use."""
PRELOAD_MIB: Final[Mapping[Profile, int]] = {
    Profile.BASE: 0,
    Profile.DATA: 112,
    Profile.WEB: 104,
    Profile.ML: 208,
}
"""What the libraries take once they are imported, and a fifth: 85, 79 and 168 seen."""
SHARED_MEMORY_BYTES: Final = 16 << 20
TMP_BYTES: Final = 16 << 20
INODES: Final = 8192
NOBODY: Final = "65534:65534"


@dataclass(frozen=True, kw_only=True)
class Room:
    memory_bytes: int
    tmp_bytes: int
    processes: int


def creation(
    api: Any,
    image: str,
    room: Room,
    runtime: str | None = None,
) -> dict[str, Any]:
    """The words of `APIClient.create_container`; no `runtime` is the engine's own."""
    return {
        "image": image,
        "user": NOBODY,
        "working_dir": "/tmp",  # noqa: S108 - its own tmpfs
        "environment": ENVIRONMENT,
        "use_config_proxy": False,
        "stdin_open": True,
        # Process 1 hears no other; an engine that stops would wait for each in vain.
        "stop_signal": "SIGKILL",
        "network_disabled": True,
        "host_config": _host_config(api, room, runtime),
    }


def with_places(created: Mapping[str, Any], profile: str) -> dict[str, Any]:
    """The same for a zygote, which makes namespaces inside: by the seccomp profile that
    allows it, and with the whole of /proc, as else no fresh one could be mounted.
    """
    host_config = {**created["host_config"], "MaskedPaths": [], "ReadonlyPaths": []}
    host_config["SecurityOpt"] = [*host_config["SecurityOpt"], f"seccomp={profile}"]
    return {**created, "host_config": host_config}


def _host_config(api: Any, room: Room, runtime: str | None) -> Any:
    return api.create_host_config(
        runtime=runtime,
        network_mode="none",
        read_only=True,
        cap_drop=["ALL"],
        security_opt=["no-new-privileges"],
        mem_limit=room.memory_bytes,
        memswap_limit=room.memory_bytes,
        pids_limit=room.processes,
        nano_cpus=1_000_000_000,
        ipc_mode="private",
        shm_size=SHARED_MEMORY_BYTES,
        tmpfs={
            "/tmp": f"rw,nosuid,nodev,noexec,size={room.tmp_bytes},"  # noqa: S108
            f"nr_inodes={INODES},mode=1777"
        },
        ulimits=[Ulimit(name="core", soft=0, hard=0)],
        # What a submission prints is not the machine's to keep.
        log_config=LogConfig(type=LogConfig.types.NONE),
        init=False,
    )
