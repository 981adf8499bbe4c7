"""What this runner's containers take of the machine while they wait."""

from collections.abc import Mapping, Sequence
from typing import Any

from runner.docker import DockerSandbox


def memory_bytes(sandbox: DockerSandbox) -> Sequence[int]:
    """Of each container, by its control group, without what the kernel may take back.

    Blocks.
    """
    api = sandbox.client.api
    found = api.containers(filters=sandbox.containers.filters)
    told = [api.stats(one["Id"], stream=False, one_shot=True) for one in found]
    return [_taken(one["memory_stats"]) for one in told]


def _taken(memory: Mapping[str, Any]) -> int:
    """As `docker stats`: less the files' pages, by either version's name for them."""
    usage, detail = int(memory.get("usage", 0)), memory.get("stats", {})
    cached = detail.get("total_inactive_file", detail.get("inactive_file", 0))
    return usage - min(usage, int(cached))
