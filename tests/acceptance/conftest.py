import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.acceptance.process import BotProcess, RunnerProcess

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

Start = Callable[..., BotProcess]
StartRunner = Callable[..., RunnerProcess]


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """Not below pytest's own: another run closes that to the server's user."""
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


@pytest.fixture
async def runner_process(data_folder: Path) -> AsyncIterator[StartRunner]:
    made: list[RunnerProcess] = []

    def make(**settings: str) -> RunnerProcess:
        process = RunnerProcess(data_folder, settings)
        made.append(process)
        return process

    yield make
    for process in made:
        await process.close()


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        if os.environ.get("CORDADA_REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium on this machine, and it is required")
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        # Its sandbox wants namespaces that containers of CI do not give.
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield browser
        await browser.close()
