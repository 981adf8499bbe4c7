"""What a run of the bench found, in the shape of its JSON."""

import os
import platform
import statistics
from collections.abc import Sequence
from typing import Literal

from runner.job import Contract

Contender = Literal["pooled", "single use", "bare python", "docker run"]


class Machine(Contract):
    """Only the ratios mean something from one machine to another."""

    cpus: int
    kernel: str
    python: str

    @classmethod
    def this(cls) -> "Machine":
        return cls(
            cpus=os.cpu_count() or 1,
            kernel=platform.release(),
            python=platform.python_version(),
        )


class Latency(Contract):
    """One submission at a time, from its job to its report."""

    workload: str
    contender: Contender
    p50_ms: float
    p95_ms: float
    of_bare: float | None
    """p50 beside that of bare Python for the same workload in the same rounds."""


class Throughput(Contract):
    """Hello-size submissions, so many in flight all the time."""

    contender: Contender
    in_flight: int
    per_second: float


class Retiring(Contract):
    """With a new container after so many submissions, four in flight."""

    submissions_per_container: int
    per_second: float


class Skipped(Contract):
    what: str
    why: str


class Figures(Contract):
    version: Literal[1] = 1
    machine: Machine
    mode: str
    """How containers are used here: pooled, or single_use where nothing else goes."""
    rounds: int
    latency: tuple[Latency, ...]
    throughput: tuple[Throughput, ...]
    retiring: tuple[Retiring, ...]
    idle_memory_mib: tuple[float, ...]
    """Of each container that waits, by its control group."""
    skipped: tuple[Skipped, ...]


def p50(times_ms: Sequence[float]) -> float:
    return statistics.median(times_ms)


def p95(times_ms: Sequence[float]) -> float:
    return statistics.quantiles(times_ms, n=20, method="inclusive")[-1]


def p99(times_ms: Sequence[float]) -> float:
    return statistics.quantiles(times_ms, n=100, method="inclusive")[-1]
