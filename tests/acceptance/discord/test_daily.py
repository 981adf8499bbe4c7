"""From `/admin setup` to the daily in the channel, by the real discord.py."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.command import Platform
from bot.chat.daily import DailyPoster
from bot.chat.operations import Operations
from bot.clockwork import Clockwork
from tests.acceptance.discord.installation import Installation, Running
from tests.fakes.clock import FakeClock
from tests.fakes.discord import Channel, FakeDiscord, Permission, Person, Seen

EIGHT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock(installation: Installation) -> FakeClock:
    installation.now = FakeClock(EIGHT)
    return installation.now


@pytest.fixture
def dailies(fake: FakeDiscord, general: Channel) -> Channel:
    assert general.server is not None
    return fake.create_channel(general.server, "dailies")


@pytest.fixture
def dora(fake: FakeDiscord, general: Channel) -> Person:
    """Who organises, and owns the server."""
    assert general.server is not None
    role = fake.create_role(
        general.server, "organisers", permissions=Permission.MANAGE_GUILD
    )
    dora = fake.join(general, "dora", locale="es-ES", role=role)
    general.server.owner_id = dora.account.id
    return dora


@asynccontextmanager
async def started(installation: Installation) -> AsyncIterator[list[Clockwork]]:
    """Two replicas' clocks."""
    async with installation.running(judging=False) as bot:
        yield [clockwork(bot), clockwork(bot)]


def clockwork(bot: Running) -> Clockwork:
    operations: dict[str, Operations] = {Platform.DISCORD: bot.discord.operations}
    poster = DailyPoster(bot.parts.world, operations, bot.parts.metrics)
    return Clockwork(bot.parts.world, poster)


def posts(person: Person) -> list[Seen]:
    return [one for one in person.sees() if not one.ephemeral]


async def tick(clocks: list[Clockwork]) -> None:
    for one in clocks:
        await one.tick()


async def test_setup_then_the_hour_then_one_post_a_phase(
    installation: Installation,
    clock: FakeClock,
    fake: FakeDiscord,
    dailies: Channel,
    dora: Person,
) -> None:
    assert dailies.server is not None
    learners = fake.create_role(dailies.server, "learners", mentionable=True)
    async with started(installation) as clocks:
        form = await dora.slash("organizar preparar")
        filled = {"channel": [dailies], "hour": "9", "time_zone": "UTC"}
        saved = await dora.submit(form, filled)
        assert "Guardado" in saved.text
        assert f"<#{dailies.id}>" in saved.text
        await dora.slash("organizar rol", {"menciona": learners})
        await tick(clocks)
        watched = dora.at(dailies)
        assert watched.sees() == []
        clock.advance(timedelta(hours=1))
        await tick(clocks)
        (post,) = watched.sees()
        assert "Reto de hoy" in post.text
        assert post.pings == {learners.id}
        assert post.shown.thread is not None
        (statement,) = watched.at(post.shown.thread).sees()
        assert "spoiler" in statement.text
        shown = await watched.press(post, "¿Por qué este?")
        assert "azar" in shown.text
        assert shown.ephemeral
        clock.advance(timedelta(hours=1))
        await tick(clocks)
        assert len(posts(watched)) == 1
    # After a restart, the same day and the next.
    async with started(installation) as clocks:
        await tick(clocks)
        assert len(posts(watched)) == 1
        clock.advance(DAY)
        await tick(clocks)
        assert len(posts(watched)) == 2


async def test_a_missing_permission_is_named_and_the_daily_comes_when_it_is_given(
    installation: Installation,
    clock: FakeClock,
    fake: FakeDiscord,
    dailies: Channel,
    dora: Person,
) -> None:
    async with started(installation) as clocks:
        dailies.deny(fake.application, Permission.CREATE_PUBLIC_THREADS)
        asked = await dora.slash("organizar canal", {"canal": dailies})
        assert "Crear hilos públicos" in asked.text
        assert "Guardado" not in asked.text
        dailies.allow(fake.application, Permission.CREATE_PUBLIC_THREADS)
        assert "Guardado" in (await dora.press(asked, "Probar de nuevo")).text
        dailies.deny(fake.application, Permission.SEND_MESSAGES)
        clock.advance(timedelta(hours=1))
        await tick(clocks)
        (told,) = dora.direct().sees()
        assert "Enviar mensajes" in told.text
        assert "dailies" in told.text
        dailies.allow(fake.application, Permission.SEND_MESSAGES)
        clock.advance(timedelta(minutes=31))
        await tick(clocks)
        assert len(dora.at(dailies).sees()) == 1
