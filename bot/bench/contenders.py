"""Who is measured: our pools, opened once, and their opponents."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from bot.bench.figures import Contender, Skipped
from bot.bench.opponents import (
    OpponentFailed,
    bare_in_image,
    bare_on_host,
    docker_run,
)
from bot.bench.workloads import Workload
from runner.errors import SandboxFault
from runner.job import Job, Profile
from runner.judge import Judge
from runner.sandbox import Sandbox
from runner.verdict import Verdict

Once = Callable[[], Awaitable[float]]
"""Does it once; the seconds it took."""


class NotJudged(Exception):
    """A submission of the bench did not get its verdict."""

    def __init__(self, job: str, verdict: str) -> None:
        super().__init__(job, verdict)
        self.job = job
        self.verdict = verdict


class Pool(Sandbox, Protocol):
    async def settled(self) -> None:
        """Returns when all its containers stand again."""


@dataclass(kw_only=True)
class Row:
    """One contender at one workload, and its times so far."""

    workload: str
    contender: Contender
    once: Once
    times_ms: list[float] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Line:
    """All who start: the rows, and what is not among them."""

    rows: Sequence[Row]
    skipped: Sequence[Skipped]


async def judged_once(judge: Judge, job: Job) -> float:
    """Raises NotJudged."""
    started_s = time.perf_counter()
    report = await judge.judge(job)
    elapsed_s = time.perf_counter() - started_s
    if report.verdict is not Verdict.ACCEPTED:
        raise NotJudged(job.id, report.verdict.value)
    return elapsed_s


async def line_up(
    pooled: Pool,
    single_use: Pool,
    image: Callable[[Profile], str],
    workloads: Sequence[Workload],
) -> Line:
    """Each does its part once, unmeasured, before it is taken up.

    `image` raises SandboxFault for a profile that has none.
    """
    rows: list[Row] = []
    skipped: list[Skipped] = []
    for workload in workloads:
        try:
            name = image(workload.job.profile)
        except SandboxFault as fault:
            skipped.append(Skipped(what=workload.name, why=fault.what))
            continue
        for row in _rows(pooled, single_use, name, workload):
            try:
                await row.once()
            except (NotJudged, OpponentFailed) as fault:
                what = f"{row.workload}, {row.contender}"
                skipped.append(Skipped(what=what, why=str(fault)))
            else:
                rows.append(row)
    return Line(rows=rows, skipped=skipped)


def _rows(
    pooled: Pool, single_use: Pool, image: str, workload: Workload
) -> Sequence[Row]:
    bare: Once = bare_on_host
    if workload.job.profile is not Profile.BASE:
        bare = partial(bare_in_image, image, workload.bare)
    ways: tuple[tuple[Contender, Once], ...] = (
        ("pooled", partial(_rested, pooled, workload.job)),
        ("single use", partial(_rested, single_use, workload.job)),
        ("bare python", bare),
        ("docker run", partial(docker_run, image, workload.bare)),
    )
    return [
        Row(workload=workload.name, contender=contender, once=once)
        for contender, once in ways
    ]


async def _rested(pool: Pool, job: Job) -> float:
    elapsed_s = await judged_once(Judge(pool), job)
    await pool.settled()
    return elapsed_s
