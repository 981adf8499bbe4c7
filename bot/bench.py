"""Judging, measured beside bare Python, interleaved in one run: machines are noisy.

Only the ratios mean something from one machine to another.
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from runner.backend import choose
from runner.errors import BackendUnavailable
from runner.job import Call, Case, Expectation, Job
from runner.judge import Judge
from runner.sandbox import Sandbox

HELLO = "def hello():\n    return 'hello'\n"


@dataclass
class Contender:
    name: str
    once: Callable[[], Awaitable[object]]
    times_ms: list[float] = field(default_factory=list)


async def bench(console: Console, rounds: int) -> None:
    sandboxes = list(_sandboxes())
    contenders = [Contender("bare python3 -I -c pass", _bare_python)]
    for sandbox in sandboxes:
        for cases in (1, 50):
            name = f"{sandbox.name} backend, {cases} case{'s' * (cases > 1)}"
            contenders.append(Contender(name, _judging(sandbox, _hello(cases))))
    try:
        for _ in range(rounds):
            for contender in contenders:
                started_s = time.perf_counter()
                await contender.once()
                elapsed_s = time.perf_counter() - started_s
                contender.times_ms.append(elapsed_s * 1000)
    finally:
        for sandbox in sandboxes:
            await sandbox.close()
    console.print(_table(contenders))


def _sandboxes() -> list[Sandbox]:
    found: list[Sandbox] = []
    for name in ("process", "docker"):
        try:
            found.append(choose(name).sandbox)
        except BackendUnavailable:
            continue
    return found


def _hello(cases: int) -> Job:
    return Job(
        id="bench",
        source=HELLO,
        cases=tuple(
            Case(
                name=f"case-{number}",
                group="all",
                action=Call(function="hello"),
                expected=Expectation(returns="hello", check_returns=True),
            )
            for number in range(cases)
        ),
    )


def _judging(sandbox: Sandbox, job: Job) -> Callable[[], Awaitable[object]]:
    judge = Judge(sandbox)
    return lambda: judge.judge(job)


async def _bare_python() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-I", "-c", "pass")
    await process.wait()


def _table(contenders: list[Contender]) -> Table:
    table = Table("what", "p50 ms", "p95 ms", "of bare Python")
    bare_ms = statistics.median(contenders[0].times_ms)
    for contender in contenders:
        middle_ms = statistics.median(contender.times_ms)
        high_ms = statistics.quantiles(contender.times_ms, n=20)[-1]
        table.add_row(
            contender.name,
            f"{middle_ms:.1f}",
            f"{high_ms:.1f}",
            f"{middle_ms / bare_ms:.2f} ×",
        )
    return table
