"""The connection pool, and what a driver's error means to the use cases."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.services.errors import MemberNotFound, StorageUnavailable

# A unit of work lasts milliseconds, so ten serve hundreds of commands a second; five
# more for a burst. With the worker's four, a replica stays under 20 of PostgreSQL's
# usual 100, and five replicas fit.
POOL_SIZE = 10
POOL_OVERFLOW = 5
# Chat platforms give three seconds to answer: waiting longer for a connection is vain.
POOL_TIMEOUT_S = 2.5
CONNECT_TIMEOUT_S = 5
# Statements here take milliseconds; one that hangs must not hold a lock for ever.
STATEMENT_TIMEOUT_MS = 15_000

_MEMBER_CONSTRAINTS = frozenset(
    {
        "fk_submission_member_id",
        "fk_event_member_id",
        "fk_board_total_member_id",
        "fk_entry_member_id",
        "fk_notice_member_id",
        "fk_similarity_answer_member_id",
        "fk_similarity_answer_other_id",
        "fk_link_code_member_id",
        "fk_audit_entry_actor_id",
        "fk_audit_entry_subject_id",
        "fk_sign_in_member_id",
        "fk_sign_in_link_member_id",
    }
)


def create_engine(url: str) -> AsyncEngine:
    """Connects on first use; `await engine.dispose()` closes all."""
    engine = create_async_engine(
        sqlalchemy_url(url),
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_TIMEOUT_S,
        # A restarted server leaves dead connections in the pool.
        pool_pre_ping=True,
        # The parameters are members' code and words: not for a traceback in the log.
        hide_parameters=True,
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_S,
            "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c timezone=UTC",
        },
    )
    event.listen(engine.sync_engine, "handle_error", _raise_domain_error)
    return engine


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection; at the end it rolls back. Raises StorageUnavailable."""
    try:
        connection = await engine.connect()
    except PoolTimeoutError as error:
        raise StorageUnavailable from error
    async with aclosing(connection):
        yield connection


def sqlalchemy_url(url: str) -> URL:
    """Takes `postgres://` and `postgresql://`, whatever driver they name."""
    return _parsed(url).set(drivername="postgresql+psycopg")


def conninfo(url: str) -> str:
    """The same as libpq's own words, password and all.

    No URL: SQLAlchemy writes a space in a folder as a plus, which libpq leaves one.
    """
    parsed = _parsed(url)
    parts: dict[str, Any] = {
        "host": parsed.host,
        "port": parsed.port,
        "user": parsed.username,
        "password": parsed.password,
        "dbname": parsed.database,
        **parsed.query,
    }
    return make_conninfo(**{name: part for name, part in parts.items() if part})


def _parsed(url: str) -> URL:
    # SQLAlchemy knows the short name, which hosting companies hand out, no more.
    return make_url(url.replace("postgres://", "postgresql://", 1))


def _raise_domain_error(context: ExceptionContext) -> None:
    error = context.sqlalchemy_exception
    # A failed ping is the pool's own affair: it takes another connection.
    if context.is_pre_ping or not isinstance(error, DBAPIError):
        return
    diagnosis = getattr(context.original_exception, "diag", None)
    if getattr(diagnosis, "constraint_name", None) in _MEMBER_CONSTRAINTS:
        raise MemberNotFound from error
    if error.connection_invalidated or context.connection is None:
        raise StorageUnavailable from error


async def is_answering(engine: AsyncEngine) -> bool:
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, StorageUnavailable):
        return False
    return True
