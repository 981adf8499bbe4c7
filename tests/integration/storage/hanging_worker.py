"""A bot that dies in mid-job: `python hanging_worker.py URL` takes a job and hangs."""

import asyncio
import sys
from uuid import UUID

from bot.storage.queue import build_queue


async def hang(submission_id: UUID) -> None:
    print(submission_id, flush=True)  # noqa: T201 - the test waits for this line
    await asyncio.Event().wait()


asyncio.run(build_queue(sys.argv[1], hang, give_up=hang).run_worker(concurrency=1))
