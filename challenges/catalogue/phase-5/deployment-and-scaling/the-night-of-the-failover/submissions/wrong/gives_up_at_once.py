from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, QueuePool, create_engine
from sqlalchemy.exc import DBAPIError

Result = TypeVar("Result")


class OutcomeUnknown(Exception):
    """The connection was lost while committing: it may count, or not."""


def make_engine(connect: Callable[[], Any], *, limit: int, processes: int) -> Engine:
    # One connection stays free for whoever comes to see what is wrong.
    return create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=(limit - 1) // processes,
        max_overflow=0,
        pool_timeout=0.5,
        pool_pre_ping=True,
    )


def run(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    with engine.connect() as connection:
        result = work(connection)
        try:
            connection.commit()
        except DBAPIError as error:
            raise OutcomeUnknown from error
        return result
