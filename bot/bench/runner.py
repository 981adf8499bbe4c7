"""`cordada bench runner`: judging beside its opponents, interleaved in one run.

Machines are noisy, and what else runs there comes and goes: each round measures every
contender once, so that all of them meet the same noise. Throughput is measured in
pieces, whose contenders take turns in the same way.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.bench.contenders import Line, Once, Pool, Row, judged_once, line_up
from bot.bench.figures import (
    Contender,
    Figures,
    Latency,
    Machine,
    Retiring,
    Throughput,
    p50,
    p95,
)
from bot.bench.load import seconds
from bot.bench.opponents import bare_on_host, docker_run
from bot.bench.workloads import WORKLOADS, Workload
from runner import docker_engine
from runner.docker import DockerSandbox
from runner.docker_usage import memory_bytes
from runner.job import Job, Profile
from runner.judge import Judge
from runner.pool import SLOTS, SUBMISSIONS_PER_CONTAINER, Mode

IN_FLIGHT: Final = (1, 2, 4, 8)
PIECES: Final = 4
"""Each of at least ten submissions for each in flight."""
HELLO: Final = WORKLOADS[0].job


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How long the bench takes its time."""

    rounds: int
    load: int
    """Submissions of each measure of throughput; bare Python's, single use's and
    retiring's are as many, `docker run` has a tenth."""
    retired_after: tuple[int, ...] = (1, 10, 100)
    """Submissions for each container, to see what a new one costs."""
    workloads: tuple[Workload, ...] = WORKLOADS


class NothingToMeasure(Exception):
    """`why`: there is no engine, or no image."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def measure(effort: Effort) -> Figures:
    """Raises NothingToMeasure."""
    async with _opened(SUBMISSIONS_PER_CONTAINER) as (pooled, cold):
        sizes = await asyncio.to_thread(memory_bytes, cold)
        async with _opened(1) as (single_use, _):
            line = await line_up(pooled, single_use, cold.image, effort.workloads)
            await _race(line.rows, effort.rounds)
            image = cold.image(Profile.BASE)
            throughput = await _throughput(pooled, single_use, image, effort)
        mode = getattr(pooled, "mode", Mode.POOLED)
    return Figures(
        machine=Machine.this(),
        mode=mode.value,
        rounds=effort.rounds,
        latency=tuple(_latency(line)),
        throughput=tuple(throughput),
        retiring=tuple(
            [await _retiring(each, effort) for each in effort.retired_after]
        ),
        idle_memory_mib=tuple(round(size / (1 << 20), 1) for size in sizes),
        skipped=tuple(line.skipped),
    )


@asynccontextmanager
async def _opened(most: int) -> AsyncIterator[tuple[Pool, DockerSandbox]]:
    cold = await asyncio.to_thread(docker_engine.open_sandbox)
    if isinstance(cold, docker_engine.Missing):
        raise NothingToMeasure(cold.reason)
    pool = await asyncio.to_thread(
        docker_engine.open_pool, cold, submissions_per_container=most
    )
    if pool is None:
        await cold.close()
        raise NothingToMeasure("no zygote answers")
    try:
        await pool.settled()
        yield pool, cold
    finally:
        await pool.close()


async def _race(rows: Sequence[Row], rounds: int) -> None:
    for _ in range(rounds):
        for row in rows:
            row.times_ms.append(1000 * await row.once())


def _latency(line: Line) -> Sequence[Latency]:
    bare_ms = {
        row.workload: p50(row.times_ms)
        for row in line.rows
        if row.contender == "bare python"
    }
    return [
        Latency(
            workload=row.workload,
            contender=row.contender,
            p50_ms=round(p50(row.times_ms), 2),
            p95_ms=round(p95(row.times_ms), 2),
            of_bare=round(p50(row.times_ms) / bare_ms[row.workload], 3)
            if row.workload in bare_ms
            else None,
        )
        for row in line.rows
    ]


async def _throughput(
    pooled: Pool, single_use: Pool, image: str, effort: Effort
) -> Sequence[Throughput]:
    ways: tuple[tuple[Contender, Once, int], ...] = (
        ("pooled", _judging(pooled, HELLO), effort.load),
        ("single use", _judging(single_use, HELLO), effort.load),
        ("bare python", bare_on_host, effort.load),
        ("docker run", partial(docker_run, image, "pass"), effort.load // 10),
    )
    found = []
    for in_flight in IN_FLIGHT:
        took_s: defaultdict[Contender, float] = defaultdict(float)
        done: defaultdict[Contender, float] = defaultdict(float)
        pieces = max(1, min(PIECES, effort.load // (10 * in_flight)))
        for _ in range(pieces):
            for contender, once, load in ways:
                total = max(load // pieces, in_flight)
                took_s[contender] += await seconds(
                    once, total=total, in_flight=in_flight
                )
                done[contender] += total
                for pool in (pooled, single_use):
                    await pool.settled()
        found += [
            Throughput(
                contender=contender,
                in_flight=in_flight,
                per_second=round(done[contender] / took_s[contender], 1),
            )
            for contender, _, _ in ways
        ]
    return found


async def _retiring(most: int, effort: Effort) -> Retiring:
    """As many for each container as it takes to retire, or the load if that is more."""
    async with _opened(most) as (pool, _):
        total = effort.load if most == 1 else max(effort.load, 2 * SLOTS * most)
        took_s = await seconds(_judging(pool, HELLO), total=total, in_flight=SLOTS)
    return Retiring(submissions_per_container=most, per_second=round(total / took_s, 1))


def _judging(pool: Pool, job: Job) -> Once:
    return partial(judged_once, Judge(pool), job)
