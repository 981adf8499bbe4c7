"""Runs the query against a table in memory, which it may only read."""

import re
import sqlite3

READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
MOST_STEPS = 2_000_000


def report(query, requests):
    """The names of the columns, then the rows."""
    table = sqlite3.connect(":memory:")
    table.execute(
        "CREATE TABLE requests (at TEXT, service TEXT, status INTEGER, ms REAL)"
    )
    table.executemany(
        "INSERT INTO requests VALUES (?, ?, ?, ?)",
        [
            (f"2026-03-02T10:{number:02}:00", service, status, 12.5)
            for number, (service, status) in enumerate(requests)
        ],
    )
    table.set_authorizer(
        lambda action, *_: (
            sqlite3.SQLITE_OK if action in READS else sqlite3.SQLITE_DENY
        )
    )
    table.set_progress_handler(lambda: 1, MOST_STEPS)
    try:
        cursor = table.execute(query)
        rows = cursor.fetchmany(1000)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise ArtifactError(error, line=line_of(str(error), query)) from None
    if cursor.description is None:
        raise ArtifactError("no SELECT")
    return [tuple(column[0] for column in cursor.description), *rows]


def line_of(message, query):
    """SQLite quotes what it did not understand, but does not say where it stands."""
    found = re.search(r'near "(.+?)"|no such \w+: (\w+)', message)
    if found is None:
        return None
    word = re.escape(found[1] or found[2])
    lines = [
        number
        for number, line in enumerate(query.splitlines(), start=1)
        if re.search(rf"(?<!\w){word}(?!\w)", line, re.IGNORECASE)
    ]
    return lines[0] if len(lines) == 1 else None
