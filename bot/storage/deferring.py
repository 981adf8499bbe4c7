"""Put work off, in the transaction that makes it necessary."""

from typing import Final

from procrastinate import PsycopgConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from sqlalchemy.ext.asyncio import AsyncConnection

QUEUE: Final = "judging"

JUDGE: Final = "judge_submission"
TELL: Final = "tell_member"
REJUDGE: Final = "rejudge"

# What members wait for goes first, whatever was there before it.
LATER: Final = -10


async def defer(
    connection: AsyncConnection,
    task: str,
    *,
    lock: str | None = None,
    priority: int = 0,
    **arguments: str,
) -> None:
    raw = await connection.get_raw_connection()
    await configure_task(
        name=task,
        # Its connector is never opened: the connection at hand is used, no pool.
        job_manager=JobManager(PsycopgConnector()),
        queue=QUEUE,
        lock=lock,
        priority=priority,
        connection=raw.driver_connection,
    ).defer_async(**arguments)
