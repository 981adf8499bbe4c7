"""A community's day on Discord, on the real parts: database, queue, sandbox, texts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from bot.bootstrap import Parts, assemble
from bot.chat.announce import Announcer
from bot.chat.command import Platform
from bot.chat.discord.connection import Connection, DiscordSettings, connected
from bot.chat.discord.guilds import Guilds
from bot.settings import Settings
from challenges.challenge import Challenge, Kind
from runner.verdict import Verdict
from tests.fakes.discord import Channel, FakeDiscord, File, Person, Seen

FENCE = "```"


@dataclass
class Place:
    """What outlives a restart."""

    fake: FakeDiscord
    general: Channel
    database_url: str

    @asynccontextmanager
    async def running(self, *, judging: bool = True) -> AsyncIterator[Parts]:
        settings = Settings(
            database_url=SecretStr(self.database_url),
            sandbox="process",
            submissions_per_minute=1000,
        )
        async with AsyncExitStack() as stack:
            parts = await stack.enter_async_context(assemble(settings))
            guilds = Guilds(parts.world, "UTC")
            discord = await stack.enter_async_context(
                connected(
                    parts.router,
                    DiscordSettings(
                        token=self.fake.token,
                        channel_name="cordada",
                        guild_ready_timeout_s=0.01,
                    ),
                    guilds=guilds,
                    now=parts.world.now,
                )
            )
            await discord.sync()
            await stack.enter_async_context(background(discord.serve()))
            await self.fake.gateway.until_ready()
            if judging:
                await stack.enter_async_context(worker(parts, discord))
            yield parts


@asynccontextmanager
async def background(work: object) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work)  # type: ignore[call-overload]
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def worker(parts: Parts, discord: Connection) -> AsyncIterator[None]:
    queue = parts.judging_queue(
        Announcer(parts.world, {Platform.DISCORD: discord.chat})
    )
    async with background(queue.run_worker(1)):
        yield
        await queue.stop()


@pytest.fixture
async def place(database_url: str) -> AsyncIterator[Place]:
    async with FakeDiscord() as fake:
        with fake.addressed():
            server = fake.create_server(locale="es-ES")
            yield Place(fake, fake.create_channel(server), database_url)
        assert fake.violations == []
        assert fake.unacknowledged == []


def code_challenge(parts: Parts) -> Challenge:
    return next(
        one
        for one in parts.world.catalogue.all
        if one.kind is Kind.FUNCTION and not one.requires and one.phase == 1
    )


def wrong(challenge: Challenge) -> str:
    return next(
        one.source for one in challenge.samples if one.verdict is not Verdict.ACCEPTED
    )


def block(source: str) -> str:
    return f"{FENCE}python\n{source.rstrip()}\n{FENCE}"


UNDER_WAY = ("Recibido", "Received", "Leyendo", "Reading your")


async def judged(person: Person, seen: Seen) -> str:
    await person.until(lambda: not any(one in seen.text for one in UNDER_WAY))
    return seen.text


WORDS = {
    "es-ES": ("reto ver", "reto", "clasificacion", "Evaluar este código"),
    "en-GB": ("challenge show", "challenge", "leaderboard", "Judge this code"),
}


@pytest.mark.parametrize("locale", WORDS)
async def test_wrong_then_right_by_every_way_in(place: Place, locale: str) -> None:
    show, option, board, menu = WORDS[locale]
    async with place.running() as parts:
        challenge = code_challenge(parts)
        ana = place.fake.join(place.general, "xiomara", locale=locale)
        title = challenge.title.in_(locale[:2])
        shown = await ana.slash(show, {option: challenge.id})
        assert title in shown.text
        form = await ana.press(shown, shown.buttons[0])
        answer = await ana.submit(form, {"code": wrong(challenge)})
        assert "✅" not in await judged(ana, answer)
        mention = f"<@{place.fake.application.id}>"
        said = ana.say(f"{mention} {block(wrong(challenge))}")
        assert "✅" not in await judged(ana, await ana.answer_to(said))
        file = File(name="solution.py", content=wrong(challenge).encode())
        said = ana.say(mention, files=[file])
        assert "✅" not in await judged(ana, await ana.answer_to(said))
        assert "Xiomara" not in (await ana.slash(board)).text
        code = ana.say(block(challenge.solution))
        assert "✅" in await judged(ana, await ana.menu(menu, code))
        assert "Xiomara" in (await ana.slash(board)).text


async def test_a_verdict_arrives_after_a_restart_in_between(place: Place) -> None:
    ana = place.fake.join(place.general, "ana", locale="es-ES")
    async with place.running(judging=False) as parts:
        challenge = code_challenge(parts)
        form = await ana.slash("reto enviar", {"reto": challenge.id})
        answer = await ana.submit(form, {"code": challenge.solution})
        assert "Recibido" in answer.text
    async with place.running():
        assert "✅" in await judged(ana, answer)
