"""What a test may ask for: a database made by the migrations, empty at first."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from bot.storage.database import conninfo
from bot.storage.embedded import EmbeddedServer
from bot.storage.migrate import upgrade
from bot.storage.tables import METADATA


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[EmbeddedServer]:
    """One for each of pytest's workers: making it takes less than sharing it."""
    # Not pytest's own folder: that is closed, again and again, to the other user that
    # the server runs as under root.
    with TemporaryDirectory(prefix="cordada-") as folder:
        server = EmbeddedServer(Path(folder), durable=False)
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def migrated_url(embedded_server: EmbeddedServer) -> str:
    url = embedded_server.database()
    upgrade(url)
    return url


@pytest.fixture
def emptied(migrated_url: str) -> Callable[[], str]:
    """Empties the migrated database; its URL."""
    tables = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)

    def empty() -> str:
        with psycopg.connect(conninfo(migrated_url)) as connection:
            connection.execute(
                f"TRUNCATE {tables}, procrastinate_jobs, procrastinate_workers"
                " RESTART IDENTITY CASCADE"
            )
        return migrated_url

    return empty


@pytest.fixture
def database_url(emptied: Callable[[], str]) -> str:
    """A migrated, empty database."""
    return emptied()
