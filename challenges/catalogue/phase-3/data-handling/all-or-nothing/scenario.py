"""A day in the warehouses, on a database of the case's own."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

SCHEMA = """
CREATE TABLE warehouses (name TEXT PRIMARY KEY);
CREATE TABLE stock (
    warehouse TEXT NOT NULL REFERENCES warehouses (name),
    product TEXT NOT NULL,
    units INTEGER NOT NULL CHECK (units >= 0),
    PRIMARY KEY (warehouse, product)
);
CREATE TABLE moves (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL, target TEXT NOT NULL,
    product TEXT NOT NULL, units INTEGER NOT NULL
);
"""
WAREHOUSES = (
    "North",
    "South",
    "West",
    "O'Higgins",
    "L'Hospitalet",
    'The "Old" Mill',
    "x'); DROP TABLE stock; --",
)
# A rule that the members' code cannot know of: nothing leaves for the West by night.
CURFEW = """
CREATE TRIGGER curfew BEFORE INSERT ON moves WHEN NEW.target = 'West'
BEGIN SELECT RAISE(ABORT, 'curfew'); END;
"""

Step = tuple[Any, ...]


def opened(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def prepared(path: str, stock: list[Step]) -> sqlite3.Connection:
    connection = opened(path)
    connection.executescript(SCHEMA)
    with connection:
        connection.executemany(
            "INSERT INTO warehouses VALUES (?)", [(name,) for name in WAREHOUSES]
        )
        connection.executemany("INSERT INTO stock VALUES (?, ?, ?)", stock)
    return connection


def taken(
    module: ModuleType, connection: sqlite3.Connection, steps: list[Step]
) -> list[str]:
    """What each step came to: 'done', or the name of what it raised."""
    results = []
    for name, *arguments in steps:
        try:
            getattr(module, name)(connection, *arguments)
        except Exception as error:
            results.append(type(error).__name__)
        else:
            results.append("done")
    return results


def books(connection: sqlite3.Connection) -> list[Any]:
    """The stock and the moves as the tables hold them, whatever stock_of says."""
    stock = connection.execute(
        "SELECT warehouse, product, units FROM stock WHERE units > 0 ORDER BY 1, 2"
    )
    moves = connection.execute(
        "SELECT source, target, product, units FROM moves ORDER BY id"
    )
    return [stock.fetchall(), moves.fetchall()]


def day(module: ModuleType, stock: list[Step], steps: list[Step]) -> list[Any]:
    """What each step came to, then the books."""
    with closing(prepared(":memory:", stock)) as connection:
        return [taken(module, connection, steps), *books(connection)]


def night(module: ModuleType, stock: list[Step], steps: list[Step]) -> list[Any]:
    """As `day`, with a rule in the database that refuses some moves."""
    with closing(prepared(":memory:", stock)) as connection:
        connection.executescript(CURFEW)
        return [taken(module, connection, steps), *books(connection)]


def reopened(module: ModuleType, stock: list[Step], steps: list[Step]) -> list[Any]:
    """As `day`, with the books read from the file after the connection was closed."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "stock.db"))
        with closing(prepared(path, stock)) as connection:
            results = taken(module, connection, steps)
        with closing(opened(path)) as connection:
            return [results, *books(connection)]


def story(module: ModuleType, steps: list[Step], product: str) -> object:
    """The steps one after another, and what they raise, if anything; then the stock."""
    with closing(prepared(":memory:", [])) as connection:
        for name, *arguments in steps:
            getattr(module, name)(connection, *arguments)
        return module.stock_of(connection, product)


def stock_of(module: ModuleType, stock: list[Step], product: str) -> object:
    with closing(prepared(":memory:", stock)) as connection:
        return module.stock_of(connection, product)


def stock_after(
    module: ModuleType, stock: list[Step], steps: list[Step], product: str
) -> object:
    with closing(prepared(":memory:", stock)) as connection:
        taken(module, connection, steps)
        return module.stock_of(connection, product)
