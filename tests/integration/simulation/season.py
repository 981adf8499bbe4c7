"""A season of mentoring, by the real services on a real PostgreSQL.

Five hundred members, sixty of whom mentor, for twenty-six weeks. The clock is moved by
twelve hours; at each step what falls due is done by two clockworks at once, as two
replicas would, and then people act: they ask, say yes or no or nothing, meet or never
do, pause, leave, block, say how it was. What each will do is drawn from the seed and
their names, so that a second season with the same seed is the same season.
"""

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.member import Community, Member
from bot.domain.pairing.filters import obstacles
from bot.domain.pairing.hearing import CheckInAnswer
from bot.domain.pairing.life import Pairing, PairingState, places_taken
from bot.domain.pairing.session import Session, SessionEvent, SessionState
from bot.domain.pairing.week import WeekHour
from bot.services.answer_offer import accept_offer, decline_offer
from bot.services.end_pairing import block_member, end_pairing
from bot.services.errors import Refused
from bot.services.mentor_sessions import (
    WhichSession,
    propose_session,
    take_session,
    tell_session,
)
from bot.services.mentoring_queue import read_queue
from bot.services.offer_mentoring import MentorWish, offer_mentoring, pause_offer
from bot.services.open_pairing import claim_openings, keep_opened
from bot.services.own_pairing import Which
from bot.services.pairing_words import answer_check_in, give_feedback
from bot.services.ports.members import Account
from bot.services.request_mentor import MenteeWish, request_mentor, withdraw_request
from bot.services.tend_pairings import tend_pairings
from bot.services.world import World
from bot.storage.unit_of_work import unit_of_work_factory
from challenges.catalogue_index import Catalogue
from challenges.roadmap import load_roadmap
from tests.fakes.catalogue import ADD
from tests.fakes.clock import FakeClock

START = datetime(2026, 1, 5, 10, tzinfo=UTC)
STEP = timedelta(hours=12)
DAY = timedelta(days=1)
ZONES = ("America/Bogota", "America/Mexico_City", "Europe/Madrid", "UTC")
BOUND_DAYS = 14


@dataclass(kw_only=True)
class Plan:
    """What the two of a pairing will do, in steps of half a day."""

    mentor_after: int
    mentee_after: int
    refuses: str
    """`mentor`, `mentee`, `withdraws`, or nobody."""
    refuses_after: int
    ends: str
    """`well`, `done`, `silent`, `woken`, `searched`, `mentor`, `mentee`, `block`,
    `at_once`."""
    days: int
    """Until that."""
    done: set[str] = field(default_factory=set)


@dataclass(kw_only=True)
class Season:
    engine: AsyncEngine
    members: int = 500
    mentors: int = 60
    weeks: int = 26
    asking_a_day: int = 1
    rush: range = range(60, 70)
    """Days on which a course begins, and many ask."""
    asking_in_rush: int = 10
    seed: int = 1
    over_capacity: list[tuple[datetime, int]] = field(default_factory=list)
    overdue: list[tuple[datetime, int]] = field(default_factory=list)
    most_waited: int = 0

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.clock = FakeClock(START)
        roadmap = load_roadmap()
        self.topics = {
            phase.number: [topic.id for topic in phase.topics]
            for phase in roadmap.phases
        }
        self.world = World(
            unit_of_work=unit_of_work_factory(self.engine),
            now=self.clock,
            catalogue=Catalogue((ADD,), roadmap),
        )
        self.people: dict[int, Member] = {}
        self.plans: dict[int, Plan] = {}

    @property
    def community(self) -> Community:
        return next(iter(self.people.values())).community

    async def live(self) -> None:
        await self._enter()
        for mentor in list(self.people.values())[: self.mentors]:
            await self._offer(mentor)
        for step in range(2 * 7 * self.weeks):
            await self.strike_all()
            if step % 2 == 0:
                await self._look()
                await self._ask(step // 2)
            async with self.world.unit_of_work() as unit:
                live = await unit.pairings.live(self.community.id)
                sessions = await unit.mentor_sessions.open(self.community.id)
            for pairing in live:
                theirs = [one for one in sessions if one.pairing_id == pairing.id]
                await self._act(pairing, theirs)
            self.clock.advance(STEP)

    async def _enter(self) -> None:
        async with self.world.unit_of_work() as unit:
            for number in range(self.members):
                account = Account(
                    platform="web",
                    external_id=f"p{number}",
                    name=f"p{number}",
                    time_zone=ZONES[number % len(ZONES)],
                )
                member, _ = await unit.members.enter(account, "town", START)
                # Mentors are from phase 3 on, and whoever learns in phases 1 to 5.
                is_mentor = number < self.mentors
                phase = 3 + number % 5 if is_mentor else 1 + number % 5
                self.people[member.id] = replace(member, phase=phase)
                await unit.members.save(self.people[member.id])
            await unit.commit()

    async def _offer(self, mentor: Member) -> None:
        known = [one for n in range(1, mentor.phase) for one in self.topics[n]]
        wish = MentorWish(
            topics=tuple(self.draw.sample(known, min(len(known), 6))),
            languages=self.draw.choice([("es",), ("es", "en"), ("en", "es")]),
            hours=self._hours(5),
            capacity=self.draw.randint(1, 2),
        )
        await offer_mentoring(self.world, mentor, wish)

    async def _ask(self, day: int) -> None:
        learners = list(self.people.values())[self.mentors :]
        asking = self.asking_in_rush if day in self.rush else self.asking_a_day
        for mentee in self.draw.sample(learners, asking):
            wish = MenteeWish(
                topics=tuple(self.draw.sample(self.topics[mentee.phase], 1)),
                goal=f"What {mentee.name} wants",
                languages=self.draw.choice([("es",), ("es", "en")]),
                hours=self._hours(4),
                weeks=self.draw.choice([4, 4, 6, 8, 12]),
                shares=self.draw.random() < 0.5,
            )
            await _kindly(request_mentor(self.world, mentee, wish))
        if self.draw.random() < 0.1:
            mentor = self.draw.choice(list(self.people.values())[: self.mentors])
            days = self.draw.choice([0, 0, 10])
            await pause_offer(self.world, mentor, days)

    def _hours(self, days: int) -> frozenset[WeekHour]:
        """Two hours on some evenings."""
        return frozenset(
            WeekHour(day, hour)
            for day in self.draw.sample(range(7), days)
            for first in [self.draw.choice([17, 18, 19])]
            for hour in (first, first + 1, first + 2)
        )

    async def strike_all(self) -> None:
        """Two replicas at once."""
        await asyncio.gather(self._strike(), self._strike())

    async def _strike(self) -> None:
        await tend_pairings(self.world, self.community)
        for opening in await claim_openings(self.world, self.community):
            await keep_opened(self.world, opening.pairing.id, "room")

    async def _look(self) -> None:
        """What may never be, as things stand after the day's batch."""
        now = self.clock()
        async with self.world.unit_of_work() as unit:
            on = self.world.today_in(self.community)
            queue = await read_queue(unit, self.community, now, on)
        taken = places_taken(queue.live)
        for member_id, offering in queue.offering.items():
            if taken[member_id] > offering.offer.capacity:
                self.over_capacity.append((now, member_id))
        for request in queue.requests:
            self.most_waited = max(self.most_waited, request.waiting_days)
            if request.waiting_days >= BOUND_DAYS and any(
                not obstacles(request, offer) for offer in queue.offers
            ):
                self.overdue.append((now, request.id))

    def _plan(self, pairing: Pairing) -> Plan:
        if pairing.id not in self.plans:
            names = f"{self.people[pairing.mentor_id].name}"
            names += f":{self.people[pairing.mentee_id].name}"
            mind = random.Random(f"{self.seed}:{names}:{pairing.offered_at}")
            self.plans[pairing.id] = Plan(
                mentor_after=mind.choice([0, 0, 1, 1, 2, 3, 9]),
                mentee_after=mind.choice([0, 0, 1, 1, 2, 3, 9]),
                refuses=mind.choices(
                    ["", "mentor", "mentee", "withdraws"], weights=(70, 10, 12, 8)
                )[0],
                refuses_after=mind.choice([0, 1, 2, 2]),
                ends=mind.choices(
                    [
                        *("well", "done", "silent", "woken", "searched"),
                        *("mentor", "mentee", "block", "at_once"),
                    ],
                    weights=(40, 15, 10, 8, 5, 6, 6, 4, 4),
                )[0],
                days=mind.randint(5, 40),
            )
        return self.plans[pairing.id]

    async def _act(self, pairing: Pairing, sessions: list[Session]) -> None:
        plan = self._plan(pairing)
        if pairing.is_standing:
            await self._meet(pairing, plan, sessions)
        else:
            await self._answer(pairing, plan)

    async def _answer(self, pairing: Pairing, plan: Plan) -> None:
        passed = (self.clock() - pairing.offered_at) // STEP
        mentor = self.people[pairing.mentor_id]
        mentee = self.people[pairing.mentee_id]
        which = Which(id=pairing.id)
        if plan.refuses and passed >= plan.refuses_after:
            if plan.refuses == "withdraws":
                await _kindly(withdraw_request(self.world, mentee))
                return
            who = mentor if plan.refuses == "mentor" else mentee
            if pairing.awaits(who.id):
                await _kindly(decline_offer(self.world, who, which))
                return
        if passed >= plan.mentor_after and pairing.awaits(mentor.id):
            await _kindly(accept_offer(self.world, mentor, which))
        if passed >= plan.mentee_after and pairing.awaits(mentee.id):
            await _kindly(accept_offer(self.world, mentee, which))
        if plan.ends == "at_once":
            await _kindly(end_pairing(self.world, mentee, which, is_done=False))

    async def _meet(
        self, pairing: Pairing, plan: Plan, sessions: list[Session]
    ) -> None:
        if pairing.active_at is None:
            return
        world, which = self.world, Which(id=pairing.id)
        mentor = self.people[pairing.mentor_id]
        mentee = self.people[pairing.mentee_id]
        days = (self.clock() - pairing.active_at) // DAY
        if plan.ends in {"silent", "woken", "searched"}:
            await self._be_silent(pairing, plan)
            return
        if days >= plan.days and plan.ends not in {"well", "done"}:
            if plan.ends == "block":
                await block_member(world, mentee, mentor.name)
                return
            who = mentor if plan.ends == "mentor" else mentee
            await end_pairing(world, who, which, is_done=False)
            return
        if days >= plan.days and plan.ends == "done" and "said" in plan.done:
            await give_feedback(world, mentor, which, 4, "")
            await end_pairing(world, mentor, which, is_done=True)
            await give_feedback(world, mentee, which, 5, "")
            return
        for session in sessions:
            await self._attend(session, mentee)
        if "met" not in plan.done:
            plan.done.add("met")
            await _kindly(propose_session(world, mentor, which, None))
        elif days >= 2 and not sessions and "said" not in plan.done:
            plan.done.add("said")
            await give_feedback(world, mentee, which, 4, "")
        week = f"week {days // 10}"
        if days and week not in plan.done:
            plan.done.add(week)
            await answer_check_in(world, mentee, which, CheckInAnswer.WELL)

    async def _attend(self, session: Session, mentee: Member) -> None:
        world, now = self.world, self.clock()
        draw = random.Random(f"{self.seed}:{session.times}:{mentee.name}").random()
        if session.state is SessionState.PROPOSED:
            if draw < 0.85:
                await _kindly(
                    take_session(world, mentee, WhichSession(id=session.id), 1)
                )
            elif draw < 0.9:
                off = SessionEvent.CANCELLED
                await _kindly(
                    tell_session(world, mentee, WhichSession(id=session.id), off)
                )
        elif session.starts_at is not None and now >= session.starts_at + DAY / 2:
            if draw < 0.75:
                await tell_session(
                    world, mentee, WhichSession(id=session.id), SessionEvent.HELD
                )
            elif draw < 0.78:
                await tell_session(
                    world, mentee, WhichSession(id=session.id), SessionEvent.MISSED
                )
        elif draw >= 0.83:
            await tell_session(
                world, mentee, WhichSession(id=session.id), SessionEvent.CANCELLED
            )

    async def _be_silent(self, pairing: Pairing, plan: Plan) -> None:
        mentee = self.people[pairing.mentee_id]
        which = Which(id=pairing.id)
        if pairing.asked_days and "asked" not in plan.done:
            plan.done.add("asked")
            if plan.days % 2:
                answer = CheckInAnswer.NOT_YET
                await answer_check_in(self.world, mentee, which, answer)
        if pairing.state is not PairingState.STALLED:
            return
        if plan.ends == "woken":
            plan.ends = "well"
            answer = CheckInAnswer.SLOWLY
            await answer_check_in(self.world, mentee, which, answer)
        elif plan.ends == "searched":
            await end_pairing(self.world, mentee, which, is_done=False)

    async def pairs(self) -> list[tuple[object, ...]]:
        """All that was ever offered, by names."""
        query = text(
            "SELECT p.offered_at, p.kind, one.name, other.name, p.state"
            " FROM pairing p JOIN member one ON one.id = p.mentor_id"
            " JOIN member other ON other.id = p.mentee_id ORDER BY p.id"
        )
        async with self.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(query)]

    async def told(self) -> list[tuple[object, ...]]:
        """All that was to be told, with whom and when."""
        query = text(
            "SELECT m.name, n.kind, n.at, n.facts->>'why', n.facts->>'again'"
            " FROM notice n JOIN member m ON m.id = n.member_id"
            " ORDER BY n.at, m.name, n.kind, 4"
        )
        async with self.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(query)]

    async def moves(self) -> Counter[tuple[PairingState, str, PairingState]]:
        """(before, event, after), of all pairings."""
        query = text("SELECT pairing_id, event, state FROM pairing_step ORDER BY id")
        before: dict[int, PairingState] = {}
        found: Counter[tuple[PairingState, str, PairingState]] = Counter()
        async with self.engine.connect() as connection:
            for row in await connection.execute(query):
                was = before.get(row.pairing_id, PairingState.OFFERED)
                before[row.pairing_id] = PairingState(row.state)
                found[was, row.event, PairingState(row.state)] += 1
        return found

    async def counted(self, query: str) -> Counter[str]:
        async with self.engine.connect() as connection:
            rows = await connection.execute(text(query))
            return Counter({str(row[0]): int(row[1]) for row in rows})


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL."""


class KilledSeason(Season):
    """Before the two, at each step, a third that dies at a random statement."""

    deaths = 0

    async def strike_all(self) -> None:
        left = random.Random(f"{self.seed}:{self.clock()}").randint(1, 20)

        def die(*_: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed

        listened = (self.engine.sync_engine, "before_cursor_execute", die)
        event.listen(*listened)
        try:
            await tend_pairings(self.world, self.community)
        except Killed:
            self.deaths += 1
        finally:
            event.remove(*listened)
        await super().strike_all()


async def _kindly(act: Awaitable[object]) -> None:
    """A refusal is an answer, too: of two who act at once, one is late."""
    with contextlib.suppress(Refused):
        await act
