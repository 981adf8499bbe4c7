from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine

Result = TypeVar("Result")


class OutcomeUnknown(Exception):
    pass


def make_engine(connect: Callable[[], Any], *, limit: int, processes: int) -> Engine:
    return create_engine("sqlite://", creator=connect)


def run(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    with engine.connect() as connection:
        return work(connection)
