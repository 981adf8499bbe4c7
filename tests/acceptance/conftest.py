import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.process import BotProcess

Start = Callable[..., BotProcess]


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """Not below pytest's own, which another run of pytest closes to the server's user."""
    with tempfile.TemporaryDirectory(prefix="cordada-test-") as folder:
        yield Path(folder)


@pytest.fixture
async def bot_process(data_folder: Path) -> AsyncIterator[Start]:
    """Makes processes of one installation; those still running are ended after."""
    made: list[BotProcess] = []

    def make(**settings: str) -> BotProcess:
        process = BotProcess(data_folder, settings)
        made.append(process)
        return process

    yield make
    for process in made:
        await process.close()
