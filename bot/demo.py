"""A community's two days, played by script on the real parts.

The database is real and thrown away after; the sandbox, the queue, the rules and the
catalogue are those of every other community. Only the clock is ours, so that a day
passes at once.
"""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.rule import Rule

from bot.bootstrap import Parts, assemble, system_clock
from bot.chat.announce import Announcer
from bot.chat.command import Actor, Message, Place, Platform
from bot.chat.console.adapter import ConsoleChat
from bot.chat.console.operations import ConsoleOperations
from bot.chat.daily import DailyPoster
from bot.chat.news import NewsPoster
from bot.chat.operations import Operations
from bot.chat.texts import texts_in
from bot.ending import until_signalled
from bot.services.found_community import found_community
from bot.services.today import today
from bot.settings import Settings
from challenges.challenge import Challenge, language_of
from runner.verdict import Verdict

PLACE = Place(platform=Platform.CONSOLE, community="demo")
ANA = Actor(external_id="ana", name="Ana", locale="es", time_zone="America/Bogota")
BEN = Actor(external_id="ben", name="Ben", locale="en", time_zone="Europe/Dublin")
# A sandbox that is made for the first time takes a while; a job takes seconds.
ANSWER_TIMEOUT_S = 40


class DayClock:
    """The system's time, ahead: by as much as it is to noon, and some days.

    At any hour at which the demo is played, a daily is due.
    """

    def __init__(self) -> None:
        now = system_clock()
        noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
        self._ahead = (noon - now) % timedelta(days=1)

    def __call__(self) -> datetime:
        return system_clock() + self._ahead

    def next_day(self) -> None:
        self._ahead += timedelta(days=1)


async def play(
    settings: Settings, console: Console, language: str, ready: Callable[[], object]
) -> None:
    """Raises what `assemble` raises, and TimeoutError when an answer does not come."""
    clock = DayClock()
    with (
        until_signalled(),
        tempfile.TemporaryDirectory(prefix="cordada-demo-") as folder,
    ):
        own = settings.model_copy(
            update={"data_folder": Path(folder), "database_url": None}
        )
        async with assemble(own, now=clock) as parts:
            ready()
            await found_community(
                parts.world,
                PLACE.platform,
                PLACE.community,
                name="cordada",
                language=language,
                time_zone="UTC",
            )
            chat = ConsoleChat(console, parts.router)
            queue = parts.judging_queue(
                Announcer(parts.world, {Platform.CONSOLE: chat})
            )
            working = asyncio.create_task(queue.run_worker(1))
            try:
                await Script(parts, chat, console, language).play(clock)
            finally:
                await queue.stop()
                with suppress(asyncio.CancelledError):
                    await working


class Script:
    def __init__(
        self, parts: Parts, chat: ConsoleChat, console: Console, language: str
    ) -> None:
        self._parts = parts
        self._chat = chat
        self._console = console
        self._texts = texts_in(language)
        operations = ConsoleOperations(console, community=PLACE.community)
        places: dict[str, Operations] = {PLACE.platform: operations}
        self._poster = DailyPoster(parts.world, places, parts.metrics)
        self._news = NewsPoster(parts.world, places)

    async def play(self, clock: DayClock) -> None:
        self._title("demo.first_day")
        await self._post_dailies()
        challenge = await self._daily(ANA)
        await self._chat.say(BEN, PLACE, "/challenge today")
        await self._hand_in(ANA, challenge, _wrong(challenge))
        await self._chat.say(ANA, PLACE, "/reto pista")
        await self._hand_in(ANA, challenge, challenge.solution)
        await self._hand_in(BEN, challenge, challenge.solution)
        await self._chat.say(BEN, PLACE, "/settings sharing:on")
        await self._chat.say(BEN, PLACE, "/leaderboard")
        clock.next_day()
        self._title("demo.second_day")
        await self._post_dailies()
        challenge = await self._daily(ANA)
        await self._hand_in(ANA, challenge, challenge.solution)
        await self._chat.say(ANA, PLACE, "/racha vista:why")
        await self._chat.say(BEN, PLACE, "/streak")
        await self._chat.say(BEN, PLACE, "/leaderboard period:week")
        await self._chat.say(ANA, PLACE, "/perfil")
        self._title("demo.end")

    async def _post_dailies(self) -> None:
        """What the clock does at the community's hour."""
        for actor in (ANA, BEN):
            member = await self._parts.router.enter(actor, PLACE)
        await self._poster(member.community)

    async def _daily(self, actor: Actor) -> Challenge:
        await self._chat.say(actor, PLACE, "/reto hoy")
        member = await self._parts.router.enter(actor, PLACE)
        return (await today(self._parts.world, member)).challenge

    async def _hand_in(self, actor: Actor, challenge: Challenge, source: str) -> None:
        text = f"```{language_of(challenge.file)}\n{source.strip()}\n```"
        self._chat.show_said(actor, text)
        reply = await self._parts.router.read(
            Message(actor=actor, place=PLACE, text=text)
        )
        self._chat.show(reply)
        async with asyncio.timeout(ANSWER_TIMEOUT_S):
            await self._chat.wait_for_answer()
            # Before the next line, as one reads it.
            await self._news.sweep()
            await self._news.settle()

    def _title(self, key: str) -> None:
        self._console.print()
        self._console.print(Rule(self._texts(key)))


def _wrong(challenge: Challenge) -> str:
    """A plausible mistake that the author ships with the challenge."""
    return next(
        sample.source
        for sample in challenge.samples
        if sample.verdict is not Verdict.ACCEPTED
    )
