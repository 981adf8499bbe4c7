from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.storage.database import create_engine
from bot.storage.embedded import EmbeddedServer
from bot.storage.unit_of_work import unit_of_work_factory


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def unit_of_work(engine: AsyncEngine) -> UnitOfWorkFactory:
    return unit_of_work_factory(engine)


@pytest.fixture
def folder() -> Iterator[Path]:
    """For a server; pytest's own are closed to the user that it runs as under root."""
    with TemporaryDirectory(prefix="cordada-") as folder:
        # With a space and a quote: "Application Support" is where macOS keeps data.
        yield Path(folder, "o'data here")


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedServer]:
    """Of the test's own, not yet started; down at the end, whatever happens."""
    server = EmbeddedServer(folder, durable=False)
    yield server
    server.stop()
