"""A managed database that can fail over, played by a file of SQLite's.

What the provider does to a connection, the scene does to the raw one: closes it, or makes
the commit's answer get lost. SQLAlchemy tells a closed connection as it tells a lost one.
"""

import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import OperationalError, TimeoutError


class Raw(sqlite3.Connection):
    """A connection that tells what becomes of it."""

    provider = None

    def commit(self):
        trouble, self.provider.at_commit = self.provider.at_commit, None
        if trouble == "before":
            self.close()
        super().commit()
        if trouble == "after":
            self.close()
            raise sqlite3.ProgrammingError("Cannot operate on a closed database.")

    def close(self):
        self.provider.open.discard(self)
        super().close()


class Provider:
    """Hands out connections, so many at most, and cuts them all when it fails over."""

    def __init__(self, path, limit):
        self.path, self.limit = path, limit
        self.open, self.most, self.made = set(), 0, 0
        self.at_commit = None

    def connect(self):
        if len(self.open) >= self.limit:
            raise sqlite3.OperationalError("FATAL: too many connections for role")
        raw = sqlite3.connect(self.path, factory=Raw, check_same_thread=False)
        raw.provider = self
        self.open.add(raw)
        self.made += 1
        self.most = max(self.most, len(self.open))
        return raw

    def fail_over(self):
        for raw in list(self.open):
            raw.close()


@contextmanager
def provided(module, *, limit=20, processes=4):
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "ledger.db"))
        with sqlite3.connect(path) as made:
            made.execute("CREATE TABLE payments (id TEXT PRIMARY KEY, cents INTEGER)")
        made.close()
        provider = Provider(path, limit)
        engine = module.make_engine(
            provider.connect, limit=provider.limit, processes=processes
        )
        yield provider, engine
        engine.dispose()


def paid(key, cents, notes=None):
    def work(connection):
        if notes is not None:
            notes.append(key)
        insert = text("INSERT INTO payments VALUES (:id, :cents)")
        connection.execute(insert, {"id": key, "cents": cents})
        return cents

    return work


def ledger(provider):
    with sqlite3.connect(provider.path) as reader:
        found = reader.execute("SELECT id, cents FROM payments ORDER BY id").fetchall()
    reader.close()
    return found


def outcome(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__


def payments(module, given):
    """Each paid in a transaction of its own: what each returned, and the ledger."""
    with provided(module) as (provider, engine):
        results = [
            outcome(lambda one=one: module.run(engine, paid(*one))) for one in given
        ]
        return [results, ledger(provider)]


def at_once(module, limit, processes):
    """How many connections one process holds when everything asks for one."""
    with provided(module, limit=limit, processes=processes) as (_, engine):
        held = []
        try:
            while len(held) < 2 * limit:
                held.append(engine.connect())
        except (TimeoutError, OperationalError) as error:
            why = "waited" if isinstance(error, TimeoutError) else "refused"
        else:
            why = "no end"
        for one in held:
            one.close()
        return [len(held), why]


def reused(module, requests):
    """How many connections so many requests open, one after another."""
    with provided(module) as (provider, engine):
        for number in range(requests):
            module.run(engine, paid(f"p{number}", 100))
        return provider.made


def after_idling(module):
    """The database failed over while nobody used it: what the next request gets."""
    with provided(module) as (provider, engine):
        module.run(engine, paid("p1", 100))
        provider.fail_over()
        with engine.connect() as connection:
            return connection.execute(text("SELECT count(*) FROM payments")).scalar()


def in_mid_work(module, times):
    """Connections are cut in the midst of the work, so many times."""
    with provided(module) as (provider, engine):
        tries = []

        def work(connection):
            tries.append(1)
            first = text("INSERT INTO payments VALUES ('p1', 100)")
            connection.execute(first)
            if len(tries) <= times:
                provider.fail_over()
            connection.execute(text("INSERT INTO payments VALUES ('p2', 200)"))
            return "paid"

        result = outcome(lambda: module.run(engine, work))
        return [result, len(tries), ledger(provider)]


def at_commit(module, trouble):
    """The connection is lost as the work is committed, before it counts or after."""
    with provided(module) as (provider, engine):
        tries = []
        provider.at_commit = trouble
        result = outcome(lambda: module.run(engine, paid("p1", 100, tries)))
        return [result, len(tries), "kept" if ledger(provider) else "not kept"]


def its_own_fault(module):
    """The work breaks a rule of the table, which no other try would mend."""
    with provided(module) as (provider, engine):
        module.run(engine, paid("p1", 100))
        tries = []
        result = outcome(lambda: module.run(engine, paid("p1", 900, tries)))
        return [result, len(tries), ledger(provider)]


def raised_by_the_work(module):
    with provided(module) as (provider, engine):

        def work(connection):
            paid("p1", 100)(connection)
            raise ValueError("no such customer")

        return [outcome(lambda: module.run(engine, work)), ledger(provider)]


def given_back(module, requests):
    """Connections still held after so many requests that failed."""
    with provided(module) as (_, engine):

        def work(connection):
            raise ValueError("no")

        for _ in range(requests):
            outcome(lambda: module.run(engine, work))
        return engine.pool.checkedout()
