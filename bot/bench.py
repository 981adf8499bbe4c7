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

from runner import docker_engine
from runner.backend import choose
from runner.job import Call, Case, Expectation, Job
from runner.judge import Judge
from runner.pool import SUBMISSIONS_PER_CONTAINER
from runner.sandbox import Sandbox

HELLO = "def hello():\n    return 'hello'\n"


@dataclass
class Contender:
    name: str
    once: Callable[[], Awaitable[object]]
    times_ms: list[float] = field(default_factory=list)


async def bench(console: Console, rounds: int) -> None:
    sandboxes = await asyncio.to_thread(_sandboxes)
    contenders = [Contender("bare python3 -I -c pass", _bare_python)]
    for kind, sandbox in sandboxes.items():
        for cases in (1, 50):
            name = f"{kind}, {cases} case{'s' * (cases > 1)}"
            contenders.append(Contender(name, _judging(sandbox, _hello(cases))))
    try:
        for _ in range(rounds):
            for contender in contenders:
                started_s = time.perf_counter()
                await contender.once()
                elapsed_s = time.perf_counter() - started_s
                contender.times_ms.append(elapsed_s * 1000)
    finally:
        for sandbox in sandboxes.values():
            await sandbox.close()
    console.print(_table(contenders))


def _sandboxes() -> dict[str, Sandbox]:
    """Docker's three ways, where it can be had: what a warm container saves is seen
    beside a container for each submission, warm or not.
    """
    found: dict[str, Sandbox] = {"process backend": choose("process").sandbox}
    for most in (SUBMISSIONS_PER_CONTAINER, 1):
        cold = docker_engine.open_sandbox()
        if isinstance(cold, docker_engine.Missing):
            return found
        pool = docker_engine.open_pool(cold, submissions_per_container=most)
        found[f"docker, warm, {most} a container"] = pool or cold
    cold = docker_engine.open_sandbox()
    if not isinstance(cold, docker_engine.Missing):
        found["docker, cold"] = cold
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
