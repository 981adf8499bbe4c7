"""The line to Discord breaks between a submission and its verdict."""

import asyncio
from collections.abc import Callable

import pytest

from runner.job import Job
from runner.report import Report
from tests.acceptance.discord.installation import (
    CHANNEL,
    Installation,
    code_challenge,
)
from tests.fakes.catalogue import RIGHT, FakeJudge
from tests.fakes.discord import Channel, FakeDiscord

FENCE = "```"


class HeldJudge(FakeJudge):
    """Judges nothing before it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_judge = asyncio.Event()

    async def judge(self, job: Job) -> Report:
        await self.may_judge.wait()
        return await super().judge(job)


@pytest.fixture
def judge() -> HeldJudge:
    return HeldJudge()


@pytest.fixture
def installation(
    fake: FakeDiscord, general: Channel, database_url: str, judge: HeldJudge
) -> Installation:
    return Installation(fake=fake, database_url=database_url, judge=judge)


@pytest.fixture
def news(fake: FakeDiscord, general: Channel) -> Channel:
    assert general.server is not None
    return fake.create_channel(general.server, CHANNEL)


def forget_and_drop(fake: FakeDiscord) -> None:
    fake.gateway.forget_sessions()


def drop_only(_: FakeDiscord) -> None:
    pass


def edits(fake: FakeDiscord) -> int:
    return sum(one.method == "PATCH" for one in fake.exchanges)


@pytest.mark.parametrize("before", [drop_only, forget_and_drop])
async def test_a_submission_outlives_the_line_and_is_answered_once(
    installation: Installation,
    fake: FakeDiscord,
    news: Channel,
    judge: HeldJudge,
    before: Callable[[FakeDiscord], None],
) -> None:
    """Resumed, or refused so that a new session begins."""
    ana = fake.join(news, "ana", locale="es-ES")
    async with installation.running() as bot:
        challenge = code_challenge(bot.parts)
        form = await ana.slash("reto enviar", {"reto": challenge.id})
        answer = await ana.submit(form, {"code": RIGHT})
        assert "Recibido" in answer.text
        receipts = edits(fake)
        before(fake)
        await fake.gateway.drop()
        judge.may_judge.set()
        await ana.until(lambda: "✅" in answer.text)
        await fake.gateway.until_ready()
        # Who asks afterwards is heard, once.
        history = await ana.slash("reto historial")
        assert history.text.count(challenge.title.es) >= 1
        await bot.discord.chat.settle()
    assert edits(fake) == receipts + 2
    assert len(judge.jobs) == 1
    (told,) = [one for one in ana.sees() if not one.ephemeral]
    assert "Ana" in told.text


async def test_what_was_said_while_the_line_was_broken_is_heard_once(
    installation: Installation, fake: FakeDiscord, general: Channel, judge: HeldJudge
) -> None:
    judge.may_judge.set()
    ana = fake.join(general, "ana", locale="es-ES")
    async with installation.running() as bot:
        await ana.slash("reto ver", {"reto": code_challenge(bot.parts).id})
        await fake.gateway.drop()
        mention = f"<@{fake.application.id}>"
        said = ana.say(f"{mention} {FENCE}python\n{RIGHT}{FENCE}")
        answer = await ana.answer_to(said)
        await ana.until(lambda: "✅" in answer.text)
        assert fake.gateway.resumed == 1
        await bot.discord.chat.settle()
    assert len(judge.jobs) == 1
    assert len([one for one in ana.sees() if not one.ephemeral]) == 1
