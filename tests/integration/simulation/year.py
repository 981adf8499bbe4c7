"""A year of three communities, with a bot that is killed in the middle of its days.

Members play in runs of days, with wrong attempts and hints, sit placement tests, are
promoted, go back to phases, move between zones, choose rest days, and some are members
of two communities; the bot is down now and then, and now and then it is killed: by
SIGKILL, at a random moment of what it does (`mortal.py`). Whoever comes after does the
same again, as the queue, the scheduler and people do. The clock is moved, the platform
is in memory; everything between is what runs in a community (`life.py`).

What a day, a phase and a daily are is worked out once more here and in `player.py`, by
brute force, to be compared.
"""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.member import Member
from bot.domain.progression import Way
from bot.services.change_settings import Change
from bot.services.daily_settings import DailyChange
from tests.fakes.catalogue import RIGHT, WRONG
from tests.fakes.clock import FakeClock
from tests.fakes.operations import FakeOperations
from tests.integration.simulation.mortal import MortalBot
from tests.integration.simulation.player import Player, date_in

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
# A claim on a daily lasts a minute after its holder's death.
CLAIMED = timedelta(seconds=61)
LAST_CALL_H = 1
# Day of the year, and how many hours.
OUTAGES = {40: 30, 150: 50, 151 + 120: 12}


@dataclass(frozen=True, kw_only=True)
class Town:
    zone: str
    hour: int
    weekdays: frozenset[int]
    phases: frozenset[int]

    def due_on(self, at: datetime) -> date | None:
        """The date whose daily may be posted: from its hour until one at night."""
        on, hour = date_in(self.zone, at), self._face(at).hour
        is_open = hour >= self.hour or hour < LAST_CALL_H
        return on if on.weekday() in self.weekdays and is_open else None

    def is_over(self, on: date, at: datetime) -> bool:
        night = datetime.combine(on + timedelta(days=1), time(LAST_CALL_H))
        return self._face(at) >= night

    def _face(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


ONE_DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
# Somebody is in the first phase always: each day is known by its daily.
TOWNS = {
    "town": Town(zone="UTC", hour=9, weekdays=EVERY_DAY, phases=frozenset({1})),
    "harbour": Town(
        zone="Asia/Tokyo",
        hour=20,
        weekdays=frozenset({1, 3}),
        phases=frozenset({1, 3}),
    ),
    "ridge": Town(
        zone="America/St_Johns",
        hour=7,
        weekdays=frozenset({0}),
        phases=frozenset({1, 4, 6, 7}),
    ),
}


class Year:
    def __init__(
        self,
        url: str,
        *,
        members: int = 300,
        days: int = 365,
        run_days: int = 2,
        kills: int = 20,
        seed: int = 1,
    ) -> None:
        """Each member plays `run_days` days in a row, once in the year."""
        self.days, self.run_days, self.kills = days, run_days, kills
        self.draw = random.Random(seed)
        self.clock = FakeClock(START)
        self.operations = FakeOperations(own={one: f"{one}-channel" for one in TOWNS})
        self.bot = MortalBot(url, self.operations, self.draw)
        names = list(TOWNS)
        self.players = [
            Player(
                name=f"p{n}",
                home_zone=ZONES[n % len(ZONES)],
                # Each tenth is a member of two.
                towns=tuple(names[(n + k) % 3] for k in range(1 + (n % 10 == 0))),
            )
            for n in range(members)
        ]
        self.dailies: dict[tuple[str, date], tuple[str, frozenset[int]]] = {}
        """What is expected of each: `posted` or `skipped`, and its phases."""
        self._down = [
            (START + timedelta(days=day), START + timedelta(days=day, hours=hours))
            for day, hours in OUTAGES.items()
            if day < days
        ]

    async def live(self) -> None:
        for player in self.players:
            for town in player.towns:
                await self._enter(player, town)
        for name, rules in TOWNS.items():
            organiser = next(one for one in self.players if name in one.towns)
            change = DailyChange(
                hour=rules.hour,
                time_zone=rules.zone,
                weekdays=rules.weekdays,
                phases=rules.phases,
            )
            member = await self._enter(organiser, name)
            await self._mortally("set_dailies", member, change)
        doings = self._doings()
        while self.clock() < START + timedelta(days=self.days):
            now = self.clock()
            is_down = any(began <= now < ended for began, ended in self._down)
            if not is_down:
                await self._hold_dailies(now)
            while doings and doings[-1][0] <= now:
                _, player, day = doings.pop()
                if not is_down:
                    await self._play(player, player.towns[day % len(player.towns)])
            self.clock.advance(STEP)
        # What those who died left undone is done by who came after.
        await self._mortally("go_on")
        self.bot.end()

    def _doings(self) -> list[tuple[datetime, Player, int]]:
        """Who plays when, the next one last."""
        found = []
        for player in self.players:
            first = START + timedelta(
                hours=self.draw.randrange(1, 24 * self.days - 200)
            )
            for day in range(self.run_days):
                late = timedelta(minutes=self.draw.randrange(-300, 300))
                found.append((first + timedelta(days=day) + late, player, day))
        return sorted(found, key=lambda one: one[0], reverse=True)

    async def _hold_dailies(self, now: datetime) -> None:
        was_down = any(ended <= now < ended + STEP for _, ended in self._down)
        if not await self._lives("beat"):
            # Whoever died had beaten already: days are excused all the same.
            await self._mortally("excuse")
        for name, town in TOWNS.items():
            on = town.due_on(now)
            is_new = on is not None and (name, on) not in self.dailies
            if is_new or was_down:
                self._expect(name, town, on, now)
                await self._mortally("post", name)

    def _expect(self, name: str, town: Town, on: date | None, now: datetime) -> None:
        peopled = {one.phases[name] for one in self.players if name in one.towns}
        phases = town.phases & peopled
        last = max((day for one, day in self.dailies if one == name), default=None)
        while last is not None and town.is_over(last + ONE_DAY, now):
            last += ONE_DAY
            if last.weekday() in town.weekdays:
                self.dailies[name, last] = ("skipped", phases)
        if on is not None:
            self.dailies.setdefault((name, on), ("posted", phases))

    async def _play(self, player: Player, town: str) -> None:
        member = await self._enter(player, town)
        match self.draw.randrange(14):
            case 0:
                member = await self._travel(player, town, member)
            case 1:
                weekdays = frozenset(self.draw.sample(range(1, 8), 2))
                await self._mortally("set_own", member, Change(rest_days=weekdays))
            case 2:
                challenge = player.next_in(player.phases[town])
                await self._mortally("hint", member, challenge)
            case 3 | 4:
                challenge = player.next_in(player.phases[town])
                for _ in range(self.draw.randint(1, 4)):
                    await self._answer(member, challenge, WRONG)
            case 6 | 7 | 8 | 9:
                await self._sit(player, town, member)
            case 10 if player.reached(town) > 1:
                phase = self.draw.randrange(1, player.reached(town))
                if phase != player.phases[town]:
                    await self._mortally("choose", member, phase)
                    player.go(town, phase, Way.CHOSEN)
        challenge = player.next_in(player.phases[town])
        await self._answer(member, challenge, RIGHT)
        player.solve(town, challenge, self.clock())
        if self.draw.random() < 0.1:
            await self._answer(member, challenge, RIGHT)

    async def _travel(self, player: Player, town: str, member: Member) -> Member:
        # From one end of the date line, to the other: the widest journey.
        zone = self.draw.choice(ZONES)
        if player.zone == "Pacific/Pago_Pago":
            zone = "Pacific/Kiritimati"
        await self._mortally("set_own", member, Change(time_zone=zone))
        player.move(zone, self.clock())
        return await self._enter(player, town)

    async def _sit(self, player: Player, town: str, member: Member) -> None:
        phases = player.may_sit_for(town)
        if not phases:
            return
        phase = self.draw.choice(phases)
        asked = await self._mortally("sit", member, phase)
        assert isinstance(asked, tuple)
        (challenge,) = asked
        if self.draw.random() < 0.3:
            await self._answer(member, challenge, WRONG)
        await self._answer(member, challenge, RIGHT)
        player.solve(town, challenge, self.clock(), placed=phase)

    async def _answer(self, member: Member, challenge: str, source: str) -> None:
        submission_id = await self._mortally("submit", member, challenge, source)
        assert isinstance(submission_id, UUID)
        await self._mortally("judge", submission_id)

    async def _enter(self, player: Player, town: str) -> Member:
        # The zone that the person wished for first is the platform's to tell.
        member = await self._mortally("enter", player.name, player.home_zone, town)
        assert isinstance(member, Member)
        return member

    async def _mortally(self, what: str, *args: object) -> object:
        """Until it is done; whoever was killed, the next one does it again."""
        while True:
            done, died = await self.bot.do(
                self.clock(), what, *args, doomed=self._is_doomed(what)
            )
            if not died:
                return done
            if what == "post":
                self.clock.advance(CLAIMED)

    async def _lives(self, what: str) -> bool:
        _, died = await self.bot.do(self.clock(), what, doomed=self._is_doomed(what))
        return not died

    def _is_doomed(self, what: str) -> bool:
        """Deaths lie all over the year. Whoever is quicker than death leaves it to a
        later act.
        """
        lived = (self.clock() - START) / timedelta(days=self.days)
        is_due = len(self.bot.died_at) < min(self.kills, self.kills * lived * 1.05)
        return is_due and self.draw.random() < (0.02 if what == "beat" else 0.5)
