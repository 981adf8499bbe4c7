"""What a test may ask for: a database made by the migrations, empty at first."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.storage.database import conninfo
from bot.storage.embedded import EmbeddedServer
from bot.storage.migrate import upgrade
from bot.storage.tables import METADATA


@pytest.fixture(scope="session")
def embedded_server(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[EmbeddedServer]:
    """One server for all of pytest's workers: the last to leave stops it."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker_id == "master" else folder.parent
    server = EmbeddedServer(Path(shared, "embedded"), durable=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_url(embedded_server: EmbeddedServer, worker_id: str) -> str:
    url = embedded_server.database(f"cordada_{worker_id}")
    upgrade(url)
    return url


@pytest.fixture
def database_url(migrated_url: str) -> str:
    """A migrated, empty database."""
    tables = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
    with psycopg.connect(conninfo(migrated_url)) as connection:
        connection.execute(
            f"TRUNCATE {tables}, procrastinate_jobs, procrastinate_workers"
            " RESTART IDENTITY CASCADE"
        )
    return migrated_url
