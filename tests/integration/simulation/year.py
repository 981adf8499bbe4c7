"""A year of a community, by the real services on a real PostgreSQL.

The clock is moved, the judge knows the answers by heart, the platform is in memory;
everything between is what runs in a community. Members play in runs of days, with wrong
attempts and hints, move between zones, choose rest days; the bot is down now and then,
and now and then it is killed: cut off at a random statement, or right after a commit
that nobody hears of. Whoever comes after does the same again, as the queue, the
scheduler and people do.

What a day is, is worked out once more here, by brute force, to be compared.
"""

import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.chat.daily import DailyPoster
from bot.domain.member import Member
from bot.domain.outage import TAKEN_AWAY
from bot.metrics import Metrics
from bot.services.change_settings import Change, change_settings
from bot.services.enter import enter
from bot.services.hints import take_hint
from bot.services.judge_submission import judge_submission
from bot.services.outages import beat, excuse_days
from bot.services.ports.members import Account
from bot.services.submit import NewSubmission, submit
from bot.services.world import World
from bot.storage.unit_of_work import PostgresUnitOfWork
from challenges.catalogue_index import Catalogue
from challenges.roadmap import load_roadmap
from tests.fakes.catalogue import ADD, RIGHT, WRONG, FakeJudge
from tests.fakes.clock import FakeClock
from tests.fakes.operations import FakeOperations

T = TypeVar("T")

ZONES = (
    "America/Bogota",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Europe/Madrid",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)
START = datetime(2026, 1, 1, 0, 5, tzinfo=UTC)
# Under TAKEN_AWAY, with what is added for those who were killed.
STEP = timedelta(minutes=110)
# Day of the year, and how many hours.
OUTAGES = {40: 30, 150: 50, 151 + 120: 12}
CHALLENGES = 84


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL."""


class Reaper:
    """Kills at the n-th statement from now on, or after the n-th commit."""

    def __init__(self, engine: AsyncEngine, draw: random.Random) -> None:
        self._draw = draw
        self._left: int | None = None
        self._at_commit = False
        self.engine = engine
        self.killed = 0

    @contextmanager
    def watching(self) -> Iterator[None]:
        sync = self.engine.sync_engine
        event.listen(sync, "before_cursor_execute", self._on_statement)
        yield
        event.remove(sync, "before_cursor_execute", self._on_statement)

    def unit_of_work(self) -> PostgresUnitOfWork:
        return MortalUnit(self)

    def arm(self) -> None:
        self._at_commit = self._draw.random() < 0.3
        self._left = self._draw.randint(1, 2 if self._at_commit else 25)

    def disarm(self) -> None:
        self._left = None

    def after_commit(self) -> None:
        if self._at_commit:
            self._count()

    def _on_statement(self, *_: object) -> None:
        if not self._at_commit:
            self._count()

    def _count(self) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left == 0:
            self._left = None
            self.killed += 1
            raise Killed


class MortalUnit(PostgresUnitOfWork):
    def __init__(self, reaper: Reaper) -> None:
        super().__init__(reaper.engine)
        self._reaper = reaper

    async def commit(self) -> None:
        await super().commit()
        self._reaper.after_commit()


@dataclass
class Player:
    """A member as the test knows them: where they are, and what they did."""

    name: str
    zone: str
    coming: tuple[datetime, str] | None = None
    solved: int = 0
    dates: set[date] = field(default_factory=set)
    """Of accepted answers to new challenges."""

    def date_of(self, at: datetime) -> date:
        if self.coming and self.coming[0] <= at:
            self.zone, self.coming = self.coming[1], None
        return _date(at, self.zone)

    def move(self, zone: str, at: datetime) -> None:
        today = self.date_of(at)
        then = at.replace(minute=0, second=0)
        while then <= at or _date(then, self.zone) == today:
            then += timedelta(minutes=15)
        self.coming = None if zone == self.zone else (then, zone)


def _date(at: datetime, zone: str) -> date:
    face = at.astimezone(ZoneInfo(zone))
    return (face.replace(tzinfo=None) - timedelta(hours=4)).date()


@dataclass
class Year:
    engine: AsyncEngine
    members: int = 300
    days: int = 365
    run_days: int = 2
    """How many days in a row each member plays, once in the year."""
    kills: int = 20
    seed: int = 1

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.clock = FakeClock(START)
        self.judge = FakeJudge()
        self.operations = FakeOperations(own={"town": "general"})
        self.reaper = Reaper(self.engine, self.draw)
        catalogue = Catalogue(
            tuple(
                replace(ADD, id=f"c{n}", phase=1 + n % 7, difficulty=1 + n % 5)
                for n in range(CHALLENGES)
            ),
            load_roadmap(),
        )
        self.world = World(
            unit_of_work=self.reaper.unit_of_work,
            now=self.clock,
            catalogue=catalogue,
            submissions_per_minute=1_000,
        )
        self.poster = DailyPoster(self.world, {"web": self.operations}, Metrics())
        self.players = [
            Player(name=f"p{n}", zone=ZONES[n % len(ZONES)])
            for n in range(self.members)
        ]
        self.down: list[tuple[datetime, datetime]] = [
            (START + timedelta(days=day), START + timedelta(days=day, hours=hours))
            for day, hours in OUTAGES.items()
            if day < self.days
        ]

    async def live(self) -> None:
        with self.reaper.watching():
            for player in self.players:
                await self._enter(player)
            doings = self._doings()
            posted_on: date | None = None
            while self.clock() < START + timedelta(days=self.days):
                now = self.clock()
                if not any(began <= now < ended for began, ended in self.down):
                    silence = await self._mortally(
                        lambda: beat(self.world), spared=0.95
                    )
                    if silence >= TAKEN_AWAY:
                        await self._mortally(lambda: excuse_days(self.world))
                    today = now.date()
                    if posted_on != today and now.hour >= 9:
                        await self._mortally(self._post)
                        posted_on = today
                    while doings and doings[-1][0] <= now:
                        await self._play(doings.pop()[1])
                else:
                    while doings and doings[-1][0] <= now:
                        doings.pop()
                self.clock.advance(STEP)

    def _doings(self) -> list[tuple[datetime, Player]]:
        """Who plays when, the next one last."""
        found = []
        for player in self.players:
            first = START + timedelta(
                hours=self.draw.randrange(1, 24 * self.days - 200)
            )
            for day in range(self.run_days):
                late = timedelta(minutes=self.draw.randrange(-300, 300))
                found.append((first + timedelta(days=day) + late, player))
        return sorted(found, key=lambda one: one[0], reverse=True)

    async def _play(self, player: Player) -> None:
        member = await self._enter(player)
        challenge = f"c{player.solved}"
        match self.draw.randrange(12):
            case 0:
                # From one end of the date line, to the other: the widest journey.
                zone = self.draw.choice(ZONES)
                if player.zone == "Pacific/Pago_Pago":
                    zone = "Pacific/Kiritimati"
                change = Change(time_zone=zone)
                await self._mortally(
                    lambda: change_settings(self.world, member, change)
                )
                player.move(zone, self.clock())
                member = await self._enter(player)
            case 1:
                weekdays = frozenset(self.draw.sample(range(1, 8), 2))
                change = Change(rest_days=weekdays)
                await self._mortally(
                    lambda: change_settings(self.world, member, change)
                )
            case 2:
                await self._mortally(lambda: take_hint(self.world, member, challenge))
            case 3 | 4 | 5:
                for _ in range(self.draw.randint(1, 4)):
                    await self._answer(member, challenge, WRONG)
        await self._answer(member, challenge, RIGHT)
        player.dates.add(player.date_of(self.clock()))
        player.solved += 1
        if self.draw.random() < 0.1:
            await self._answer(member, challenge, RIGHT)

    async def _answer(self, member: Member, challenge: str, source: str) -> None:
        answer = NewSubmission(challenge_id=challenge, source=source, place={})
        accepted = await self._mortally(lambda: submit(self.world, member, answer))
        await self._mortally(
            lambda: judge_submission(self.world, self.judge, accepted.submission.id)
        )

    async def _enter(self, player: Player) -> Member:
        # The zone that the person wished for first is the platform's to tell.
        number = int(player.name[1:])
        account = Account(
            platform="web",
            external_id=player.name,
            name=player.name,
            time_zone=ZONES[number % len(ZONES)],
        )
        return await self._mortally(lambda: enter(self.world, account, "town"))

    async def _post(self) -> None:
        async with self.world.unit_of_work() as unit:
            communities = await unit.communities.all()
        for community in communities:
            await self.poster(community)

    async def _mortally(
        self, act: Callable[[], Awaitable[T]], *, spared: float = 0.5
    ) -> T:
        """Until it is done; whoever was killed, the next one does it again.

        Deaths lie all over the year. Whoever is not hit, having fewer statements than
        it was to be, leaves the death to a later act.
        """
        lived = (self.clock() - START) / timedelta(days=self.days)
        if self.reaper.killed < self.kills * lived and self.draw.random() > spared:
            self.reaper.arm()
        while True:
            try:
                done = await act()
            except Killed:
                # A claim on a daily lasts a minute after its holder's death.
                self.clock.advance(timedelta(seconds=61))
            else:
                self.reaper.disarm()
                return done
