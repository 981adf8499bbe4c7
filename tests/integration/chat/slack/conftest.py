"""The fake Slack with a small application on it, over each transport."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.clock import FakeClock
from tests.fakes.slack import Channel, FakeSlack, Person
from tests.fakes.slack.errors import Json
from tests.integration.chat.slack.small_app import MANIFEST, SmallApp

Transport = Literal["socket", "http"]


@pytest.fixture
def manifest() -> Json:
    return MANIFEST


@pytest.fixture
async def slack(manifest: Json) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(manifest, FakeClock()) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.base_url)


@pytest.fixture(params=["socket", "http"])
async def app(
    request: pytest.FixtureRequest, slack: FakeSlack, client: AsyncWebClient
) -> AsyncIterator[SmallApp]:
    secret = slack.application.signing_secret
    bolt = AsyncApp(client=client, signing_secret=secret)
    small = SmallApp(bolt, slack)
    running = over_socket if request.param == "socket" else over_http
    async with running(slack, bolt):
        yield small
        small.gate.set()


@asynccontextmanager
async def over_socket(slack: FakeSlack, bolt: AsyncApp) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(bolt, slack.app_token, web_client=bolt.client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.socket.connected()
    yield
    await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def over_http(slack: FakeSlack, bolt: AsyncApp) -> AsyncIterator[None]:
    runner = web.AppRunner(bolt.web_app("/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    slack.use_http(f"http://{host}:{port}/slack/events")
    yield
    await runner.cleanup()


@pytest.fixture
def ana(slack: FakeSlack) -> Person:
    return slack.add_person("ana", locale="es-ES")


@pytest.fixture
def channel(slack: FakeSlack, ana: Person) -> Channel:
    return slack.add_channel("reto", ana)
