"""Throughput: so many in flight all the time, until so many are done."""

import asyncio
import time
from collections.abc import Iterator

from bot.bench.contenders import Once


async def seconds(once: Once, *, total: int, in_flight: int) -> float:
    turns = iter(range(total))
    started_s = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for _ in range(in_flight):
            tasks.create_task(_one_after_another(once, turns))
    return time.perf_counter() - started_s


async def _one_after_another(once: Once, turns: Iterator[int]) -> None:
    for _ in turns:
        await once()
