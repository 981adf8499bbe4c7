"""Interactions over HTTP: the same answers, and no gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette

from bot.chat.web.server import WebServer
from tests.fakes.catalogue import RIGHT
from tests.fakes.discord import Channel, FakeDiscord, Person
from tests.integration.chat.discord.town import Installation, Town


async def nothing() -> None:
    pass


@asynccontextmanager
async def serving(town: Town) -> AsyncIterator[str]:
    app = Starlette(routes=list(town.connection.routes))
    server = WebServer(app, host="127.0.0.1", port=8300, before_stop=nothing)
    await server.start()
    yield f"http://127.0.0.1:{server.port}/discord/interactions"
    await server.stop()


@pytest.fixture
async def town(fake: FakeDiscord, general: Channel) -> AsyncIterator[Town]:
    installation = Installation(fake=fake, public_key=fake.state.verify_key)
    async with installation.running() as town, serving(town) as url:
        fake.use_endpoint(url)
        yield town


async def test_discord_takes_the_endpoint(town: Town, fake: FakeDiscord) -> None:
    endpoint = fake.endpoint
    assert endpoint is not None
    assert await endpoint.ping()
    assert await endpoint.is_careful()


async def test_the_main_path_needs_no_gateway(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    shown = await ana.slash("reto hoy")
    form = await ana.press(shown, shown.buttons[0])
    answer = await ana.submit(form, {"code": RIGHT})
    await town.judge_all()
    assert "✅" in answer.text
    assert await ana.autocomplete("reto ver", "reto", "caja")
    assert not fake.gateway.ready


async def test_a_server_becomes_a_community_at_its_first_interaction(
    town: Town, ana: Person
) -> None:
    await ana.slash("racha")
    await town.connection.chat.settle()
    async with town.world.unit_of_work() as unit:
        (community,) = await unit.communities.all()
    assert (community.name, community.language) == ("Pythonistas", "es")
