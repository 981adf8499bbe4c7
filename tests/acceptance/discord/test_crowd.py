"""A class that hands in at once: everybody is answered, and Discord not flooded."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from tests.acceptance.discord.installation import (
    CHANNEL,
    Installation,
    code_challenge,
)
from tests.fakes.catalogue import RIGHT, FakeJudge
from tests.fakes.discord import FakeDiscord, Person, Seen
from tests.fakes.discord.rates import Limit

MEMBERS = 2000
# Who are between their command and its receipt in the same moment: with thirty-three
# a second, and a quarter of a second for each.
AT_ONCE = 8
# What Discord takes; its answers to interactions are not counted with the rest.
GLOBAL = Limit(requests=50, per_s=1.0)
IN_A_CHANNEL = Limit(requests=5, per_s=5.0)
POST = "POST /channels/{channel_id}/messages"


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    """Not held against the description, as elsewhere: that takes the most time."""
    async with FakeDiscord(described=False) as fake:
        with fake.addressed():
            yield fake


async def hand_in(person: Person, challenge_id: str) -> Seen:
    form = await person.slash("reto enviar", {"reto": challenge_id})
    if form.modal is None:
        # Where we were slow there is a button that opens the form.
        form = await person.press(form, form.buttons[0])
    return await person.submit(form, {"code": RIGHT})


def is_accepted(answer: Seen) -> bool:
    return "✅" in answer.text


async def test_two_thousand_members_who_submit_within_a_minute_are_all_answered(
    fake: FakeDiscord, database_url: str
) -> None:
    server = fake.create_server(locale="es-ES")
    general = fake.create_channel(server)
    news = fake.create_channel(server, CHANNEL)
    fake.rates.everywhere = GLOBAL
    fake.rates.routes[POST] = IN_A_CHANNEL
    people = [fake.join(general, f"p{n}", locale="es-ES") for n in range(MEMBERS)]
    judge = FakeJudge()
    installation = Installation(
        fake=fake, database_url=database_url, judge=judge, concurrency=4
    )
    turns = asyncio.Semaphore(AT_ONCE)
    async with installation.running() as bot:
        challenge = code_challenge(bot.parts)

        async def one(person: Person) -> Seen:
            async with turns:
                return await hand_in(person, challenge.id)

        answers = await asyncio.gather(*map(one, people))
        for answer in answers:
            # A verdict takes the receipt's place.
            await fake.until(partial(is_accepted, answer))
        await bot.discord.chat.settle()
    told = "\n".join(seen.text for seen in people[0].at(news).sees())
    assert told.count(challenge.title.es) == MEMBERS
    assert len(judge.jobs) == MEMBERS
    assert fake.violations == []
    assert fake.unacknowledged == []
    assert [one for one in fake.exchanges if one.status == 429] == []
