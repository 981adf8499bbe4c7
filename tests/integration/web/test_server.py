"""The server on a real socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.chat.web.body import Said, stored
from bot.chat.web.errors import NoFreePort
from bot.chat.web.server import PORTS_TRIED, WebServer, first_free
from tests.fakes.web_browser import WebTrial

HOST = "127.0.0.1"
STOP_LIMIT_S = 3


def free_port() -> int:
    """A port with a free one after it, most likely: the kernel gives high ones."""
    listener = first_free(HOST, 0)
    port: int = listener.getsockname()[1]
    listener.close()
    return port


@asynccontextmanager
async def served(trial: WebTrial) -> AsyncIterator[WebServer]:
    server = WebServer(
        trial.app, host=HOST, port=free_port(), before_stop=trial.chat.close
    )
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@asynccontextmanager
async def visitor(server: WebServer) -> AsyncIterator[httpx.AsyncClient]:
    here = f"http://{HOST}:{server.port}"
    async with httpx.AsyncClient(base_url=here, headers={"origin": here}) as client:
        await client.post("/people", data={"name": "Ana"})
        yield client


async def next_entry(lines: AsyncIterator[str]) -> str:
    async with asyncio.timeout(5):
        while not (line := await anext(lines)).startswith("data: "):
            pass
    return line


async def test_taken_port_gives_the_next_free_one() -> None:
    async with served(WebTrial()) as first:
        trial = WebTrial()
        second = WebServer(
            trial.app, host=HOST, port=first.port, before_stop=trial.chat.close
        )
        await second.start()
        try:
            assert first.port < second.port < first.port + PORTS_TRIED
            async with visitor(second) as client:
                assert (await client.get("/healthz")).text == "ok"
        finally:
            await second.stop()


def test_no_port_left_is_said() -> None:
    with first_free(HOST, 65535), pytest.raises(NoFreePort) as refused:
        first_free(HOST, 65535)
    assert (refused.value.first, refused.value.last) == (65535, 65535)


def test_address_that_is_not_ours_is_not_tried_on_other_ports() -> None:
    with pytest.raises(OSError, match="assign"):
        first_free("192.0.2.1", 8000)


async def test_open_streams_do_not_hold_up_the_end() -> None:
    trial = WebTrial()
    async with served(trial) as server, visitor(server) as client:
        async with (
            client.stream("GET", "/updates") as one,
            client.stream("GET", "/updates") as other,
        ):
            assert one.status_code == other.status_code == 200
            async with asyncio.timeout(STOP_LIMIT_S):
                await server.stop()
        with pytest.raises(httpx.ConnectError):
            await client.get("/healthz")


async def test_entry_of_this_process_comes_at_once() -> None:
    async with (
        served(WebTrial()) as server,
        visitor(server) as client,
        client.stream("GET", "/updates") as stream,
    ):
        lines = stream.aiter_lines()
        await client.post("/send", json={"speaker": "ana", "text": "/help"})
        assert "/help" in await next_entry(lines)


async def test_entry_of_another_process_comes_with_the_next_look() -> None:
    trial = WebTrial()
    async with (
        served(trial) as server,
        visitor(server) as client,
        client.stream("GET", "/updates") as stream,
    ):
        # Past the chat, so that nothing rings.
        await trial.transcript.append(7, None, stored(Said(name="Ana", text="hello")))
        assert "hello" in await next_entry(stream.aiter_lines())


async def test_stop_before_start_is_nothing() -> None:
    trial = WebTrial()
    server = WebServer(trial.app, host=HOST, port=8000, before_stop=trial.chat.close)
    await server.stop()
    assert server.port == 8000
