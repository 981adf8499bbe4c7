"""From a command to a verdict, a score, a streak and a board, on the real parts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from pydantic import SecretStr

from bot.bootstrap import Parts, assemble
from bot.chat.announce import Announcer
from bot.chat.command import Actor, Command, Message, Place, Platform
from bot.chat.reply import Banner, Form, Reply, Table, Tone
from bot.settings import Settings
from challenges.challenge import Challenge, Kind
from runner.verdict import Verdict

PLACE = Place(platform=Platform.CONSOLE, community="home")
ANA = Actor(external_id="ana", name="Ana", locale="es")
BEN = Actor(external_id="ben", name="Ben", locale="en")
ANSWER_TIMEOUT_S = 60


class Mailbox:
    """A platform that keeps what is delivered."""

    def __init__(self) -> None:
        self._replies: asyncio.Queue[Reply] = asyncio.Queue()

    async def deliver(self, place: Place, reply: Reply) -> None:
        await self._replies.put(reply)

    async def take(self) -> Reply:
        async with asyncio.timeout(ANSWER_TIMEOUT_S):
            return await self._replies.get()


class Town:
    def __init__(self, parts: Parts, mailbox: Mailbox) -> None:
        self.parts = parts
        self.mailbox = mailbox

    def challenge(self, kind: Kind) -> Challenge:
        return next(
            one
            for one in self.parts.world.catalogue.all
            if one.kind is kind and not one.requires
        )

    async def line(self, actor: Actor, text: str) -> Reply | Form:
        return await self.parts.router.run_line(actor, PLACE, text)

    async def hand_in(self, actor: Actor, challenge: Challenge, source: str) -> Reply:
        await self.parts.router.run(
            Command(
                actor=actor,
                place=PLACE,
                path=("challenge", "submit"),
                options={"challenge": challenge.id, "code": source},
            )
        )
        return await self.mailbox.take()


@pytest.fixture
async def community(database_url: str) -> AsyncIterator[Town]:
    settings = Settings(
        database_url=SecretStr(database_url),
        sandbox="process",
        submissions_per_minute=1000,
    )
    mailbox = Mailbox()
    async with assemble(settings) as parts:
        queue = parts.judging_queue(Announcer(parts.world, {Platform.CONSOLE: mailbox}))
        working = asyncio.create_task(queue.run_worker(2))
        try:
            yield Town(parts, mailbox)
        finally:
            await queue.stop()
            with suppress(asyncio.CancelledError):
                await working


def tone(reply: Reply) -> Tone:
    return next(block.tone for block in reply.blocks if isinstance(block, Banner))


def board(reply: Reply | Form) -> list[tuple[str, ...]]:
    assert isinstance(reply, Reply)
    tables = [block for block in reply.blocks if isinstance(block, Table)]
    return [row for table in tables for row in table.rows]


@pytest.mark.parametrize("kind", [Kind.FUNCTION, Kind.PROGRAM, Kind.SCENARIO])
async def test_wrong_then_right_is_told_and_scored_for_every_kind_of_code(
    community: Town, kind: Kind
) -> None:
    challenge = community.challenge(kind)
    wrong = next(
        one for one in challenge.samples if one.verdict is not Verdict.ACCEPTED
    )
    told = await community.hand_in(ANA, challenge, wrong.source)
    assert tone(told) is not Tone.GOOD
    assert board(await community.line(ANA, "/clasificacion")) == []
    told = await community.hand_in(ANA, challenge, challenge.solution)
    assert tone(told) is Tone.GOOD
    ((rank, name, points, solved),) = board(await community.line(BEN, "/leaderboard"))
    assert (rank, name, solved) == ("1", "Ana", "1")
    assert int(points) >= 80


async def test_a_pasted_block_is_judged_for_todays_challenge(
    community: Town,
) -> None:
    member = await community.parts.router.enter(ANA, PLACE)
    await community.line(ANA, "/reto hoy")
    async with community.parts.world.unit_of_work() as unit:
        focus = (await unit.members.get(member.id)).focus
    challenge = community.parts.world.catalogue.get(focus or "")
    message = Message(
        actor=ANA, place=PLACE, text=f"```py\n{challenge.solution.rstrip()}\n```"
    )
    await community.parts.router.read(message)
    assert tone(await community.mailbox.take()) is Tone.GOOD


async def test_a_quiz_is_answered_by_choices(community: Town) -> None:
    quiz = community.challenge(Kind.QUIZ)
    answers = {
        f"answer_{number}": question.answer
        for number, question in enumerate(quiz.questions, start=1)
    }
    await community.parts.router.run(
        Command(
            actor=BEN,
            place=PLACE,
            path=("challenge", "submit"),
            options={"challenge": quiz.id, **answers},
        )
    )
    assert tone(await community.mailbox.take()) is Tone.GOOD


async def test_many_submissions_at_once_are_each_judged_and_scored_once(
    community: Town,
) -> None:
    challenge = community.challenge(Kind.FUNCTION)
    people = [Actor(external_id=f"p{n}", name=f"P{n}", locale="en") for n in range(10)]
    await asyncio.gather(
        *(
            community.parts.router.run(
                Command(
                    actor=actor,
                    place=PLACE,
                    path=("challenge", "submit"),
                    options={"challenge": challenge.id, "code": challenge.solution},
                )
            )
            for actor in people
            for _ in range(2)
        )
    )
    for _ in range(20):
        await community.mailbox.take()
    rows = board(await community.line(BEN, "/leaderboard"))
    assert len(rows) == 10
    assert {solved for *_, solved in rows} == {"1"}
