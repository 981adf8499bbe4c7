from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, Page, expect

from bot.chat.web.server import WebServer, first_free
from tests.fakes.web_browser import WebTrial

HOST = "127.0.0.1"
# Machines of CI are slow, and two cores may have other work.
expect.set_options(timeout=20_000)

Open = Callable[..., Awaitable[Page]]


@pytest.fixture
def trial() -> WebTrial:
    return WebTrial()


@pytest.fixture
async def server(trial: WebTrial) -> AsyncIterator[WebServer]:
    with first_free(HOST, 0) as listener:
        port = listener.getsockname()[1]
    server = WebServer(trial.app, host=HOST, port=port, before_stop=trial.chat.close)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def troubles() -> AsyncIterator[list[str]]:
    """Errors of the page, and requests to other hosts; there must be none."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(chromium: Browser, server: WebServer, troubles: list[str]) -> Open:
    """The first page of a browser of its own, of that width, colours and language."""
    here = f"http://{HOST}:{server.port}"

    async def open_page(
        *, width: int = 1280, scheme: str = "light", language: str = "en"
    ) -> Page:
        context = await chromium.new_context(
            viewport={"width": width, "height": 700},
            color_scheme="dark" if scheme == "dark" else "light",
            locale=language,
        )
        context.set_default_timeout(20_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda message: (
                troubles.append(message.text) if message.type == "error" else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(here) else troubles.append(request.url)
            ),
        )
        await page.goto(here)
        return page

    return open_page
