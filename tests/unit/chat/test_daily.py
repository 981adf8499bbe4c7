"""Dailies from the clock to the channel, on fakes."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.daily import DailyPoster
from bot.clockwork import Clockwork, DailyTrigger
from bot.domain.daily_post import PostState, Trouble
from bot.domain.event import EventKind
from bot.domain.member import Member
from bot.metrics import Metrics
from bot.services.daily_settings import DailyChange, change_dailies, read_dailies
from bot.services.enter import enter
from bot.services.judge_submission import judge_submission
from bot.services.ports.members import Account
from bot.services.submit import NewSubmission, submit
from bot.services.today import todays_daily
from bot.services.world import World
from challenges.catalogue_index import Catalogue
from challenges.challenge import Kind
from tests.fakes.catalogue import RIGHT, FakeJudge, fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.operations import FakeOperations
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

EIGHT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Town:
    """A community on the web with a clock to turn."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(EIGHT))
    store: FakeStore = field(default_factory=FakeStore)
    operations: FakeOperations = field(
        default_factory=lambda: FakeOperations(own={"home": "general"})
    )
    metrics: Metrics = field(default_factory=Metrics)

    def __post_init__(self) -> None:
        self.world = World(
            unit_of_work=fake_unit_of_work_factory(self.store),
            now=self.clock,
            catalogue=fake_catalogue(),
            submissions_per_minute=100,
        )
        self.replicas = [self.replica(), self.replica()]

    def replica(self) -> Clockwork:
        poster = DailyPoster(self.world, {"web": self.operations}, self.metrics)
        return Clockwork(self.world, poster)

    async def join(self, name: str, phase: int = 1) -> Member:
        account = Account(platform="web", external_id=name.lower(), name=name)
        member = await enter(self.world, account, "home")
        member = replace(member, phase=phase)
        async with self.world.unit_of_work() as unit:
            await unit.members.save(member)
            await unit.commit()
        return member

    async def pass_time(self, by: timedelta, step: timedelta = HOUR / 4) -> None:
        """Both replicas tick, as long as the bot lives."""
        until = self.clock.now + by
        while self.clock.now < until:
            self.clock.advance(min(step, until - self.clock.now))
            for one in self.replicas:
                await one.tick()

    async def solve(self, member: Member, challenge_id: str) -> None:
        answer = NewSubmission(challenge_id=challenge_id, source=RIGHT, place={})
        accepted = await submit(self.world, member, answer)
        await judge_submission(self.world, FakeJudge(), accepted.submission.id)

    def posts(self) -> list[tuple[str, int, PostState]]:
        return [
            (one.on.isoformat(), one.phase, one.state)
            for one in sorted(
                self.store.daily_posts.values(), key=lambda one: (one.on, one.phase)
            )
        ]

    def said(self, place: str = "general") -> list[str]:
        return [one.text for one in self.operations.said.get(place, {}).values()]

    def counted(self, outcome: str) -> float:
        return float(self.metrics.dailies.labels(outcome)._value.get())

    def excused(self) -> list[str]:
        return sorted(
            event.local_on.isoformat()
            for event in self.store.events.values()
            if event.kind is EventKind.DAY_EXCUSED
        )


@pytest.fixture
def town() -> Town:
    return Town()


async def test_each_phase_with_members_gets_its_daily_at_the_hour(town: Town) -> None:
    await town.join("Ada")
    await town.join("Ben", phase=7)
    await town.pass_time(HOUR - timedelta(minutes=1))
    assert town.said() == []
    await town.pass_time(timedelta(minutes=1))
    assert town.posts() == [
        ("2026-03-02", 1, PostState.POSTED),
        ("2026-03-02", 7, PostState.POSTED),
    ]
    assert "Adding up the till" in town.said()[0]
    assert len(town.said()) == 2
    first, _ = town.operations.threads
    assert town.operations.threads[first] == ("Phase 1 · Adding up the till", None)
    assert len(town.said(first)) == 1
    await town.pass_time(10 * HOUR)
    assert len(town.said()) == 2
    assert (town.counted("posted"), town.counted("late")) == (2, 0)


async def test_settings_hold_at_once(town: Town) -> None:
    ada = await town.join("Ada")
    await town.join("Ben", phase=7)
    change = DailyChange(
        channel="dailies",
        hour=18,
        time_zone="America/Bogota",
        phases=frozenset({1}),
        mentions={1: "beginners"},
    )
    await change_dailies(town.world, ada, change)
    await town.pass_time(14 * HOUR)
    assert town.said("dailies") == []
    await town.pass_time(2 * HOUR)
    (message,) = town.operations.said["dailies"].values()
    assert message.called == "beginners"
    assert town.said() == []
    acts = [entry.act for entry in town.store.audit]
    assert acts == [
        "daily_channel_set",
        "daily_time_set",
        "daily_phases_set",
        "daily_roles_set",
    ]


async def test_the_day_after_shows_the_finest_of_who_allows_it(town: Town) -> None:
    ada, ben = await town.join("Ada"), await town.join("Ben")
    await town.pass_time(HOUR)
    daily = await todays_daily(town.world, ada)
    async with town.world.unit_of_work() as unit:
        await unit.members.save(replace(ben, shares=True))
        await unit.commit()
    for member in (ada, ben):
        await town.solve(member, daily.challenge_id)
    await town.pass_time(24 * HOUR)
    _, second = town.said()
    assert "2 people solved it" in second
    assert "by Ben" in second
    assert "return a + b" in second


async def test_evidence_is_shown_to_nobody_whatever_its_author_allows(
    town: Town,
) -> None:
    ben = replace(await town.join("Ben"), shares=True)
    await town.pass_time(HOUR)
    daily = await todays_daily(town.world, ben)
    async with town.world.unit_of_work() as unit:
        await unit.members.save(ben)
        await unit.commit()
    await town.solve(ben, daily.challenge_id)
    every = [
        replace(one, kind=Kind.REVIEW) if one.id == daily.challenge_id else one
        for one in town.world.catalogue.all
    ]
    catalogue = Catalogue(tuple(every), town.world.catalogue.roadmap)
    town.world = replace(town.world, catalogue=catalogue)
    town.replicas = [town.replica()]
    await town.pass_time(24 * HOUR)
    _, second = town.said()
    assert "1 person solved it" in second
    assert "return a + b" not in second


async def test_after_a_short_time_down_the_daily_comes_late(town: Town) -> None:
    await town.join("Ada")
    await town.pass_time(24 * HOUR + HOUR / 2)
    town.clock.advance(3 * HOUR)
    await town.pass_time(timedelta(minutes=1))
    assert town.posts()[-1] == ("2026-03-03", 1, PostState.POSTED)
    assert (town.counted("posted"), town.counted("late")) == (1, 1)


async def test_a_day_with_nobody_to_post_for_is_not_missed(town: Town) -> None:
    ada = await town.join("Ada", phase=7)
    only_seven = DailyChange(phases=frozenset({7}))
    await change_dailies(town.world, ada, only_seven)
    await town.pass_time(2 * HOUR)
    await town.join("Ada", phase=1)
    await town.pass_time(48 * HOUR)
    # Back in time for the daily of that day.
    await town.join("Ada", phase=7)
    await town.pass_time(24 * HOUR)
    assert town.posts() == [
        (on, 7, PostState.POSTED) for on in ("2026-03-02", "2026-03-04", "2026-03-05")
    ]
    # What is missed after that is written down as ever.
    town.clock.advance(timedelta(days=2))
    await town.pass_time(HOUR)
    assert [one[0] for one in town.posts() if one[2] is PostState.SKIPPED] == [
        "2026-03-06"
    ]


async def test_days_down_are_written_down_and_excused_once(town: Town) -> None:
    ada = await town.join("Ada")
    await town.pass_time(HOUR)
    daily = await todays_daily(town.world, ada)
    await town.solve(ada, daily.challenge_id)
    town.clock.advance(timedelta(days=3))
    await town.pass_time(3 * HOUR)
    assert [state for _, _, state in town.posts()] == [
        PostState.POSTED,
        PostState.SKIPPED,
        PostState.SKIPPED,
        PostState.POSTED,
    ]
    troubles = {one.trouble for one in town.store.daily_posts.values()}
    assert troubles == {None, Trouble.DOWN}
    assert town.counted("skipped") == 2
    assert set(town.excused()) >= {"2026-03-03", "2026-03-04"}
    assert len(set(town.excused())) == len(town.excused())
    before = town.excused()
    await town.pass_time(3 * HOUR)
    assert town.excused() == before


async def test_a_refused_post_is_tried_again_when_an_organiser_mends_it(
    town: Town,
) -> None:
    ada = await town.join("Ada")
    town.operations.mute.add("general")
    await town.pass_time(2 * HOUR)
    assert [state for _, _, state in town.posts()] == [PostState.WAITING]
    town.operations.mute.clear()
    await change_dailies(town.world, ada, DailyChange(mentions={0: "all"}))
    await town.pass_time(timedelta(minutes=1))
    assert len(town.said()) == 1
    assert town.excused() == []


async def test_a_crash_after_the_post_posts_no_second(town: Town) -> None:
    """The message stands in the channel, and nobody lived to write that down."""
    await town.join("Ada")
    died = DailyPoster(town.world, {"web": Dying(town.operations)}, town.metrics)
    await town.pass_time(HOUR - timedelta(minutes=1))
    town.clock.advance(timedelta(minutes=1))
    (community,) = town.store.communities.values()
    with pytest.raises(SystemExit):
        await died(community)
    assert len(town.said()) == 1
    assert [state for _, _, state in town.posts()] == [PostState.POSTING]
    town.operations.forget_keys()
    await town.pass_time(HOUR)
    assert len(town.said()) == 1
    assert [state for _, _, state in town.posts()] == [PostState.POSTED]
    assert len(town.operations.threads) == 1


class Dying(FakeOperations):
    """Ends its process once the message is posted."""

    def __init__(self, real: FakeOperations) -> None:
        super().__init__(**vars(real))

    def _post(self, *given: Any, **more: Any) -> Any:
        super()._post(*given, **more)
        raise SystemExit


async def test_a_phase_that_gets_its_first_member_is_not_late(town: Town) -> None:
    await town.join("Ada")
    await town.pass_time(5 * HOUR)
    await town.join("Ben", phase=7)
    await town.pass_time(HOUR)
    assert len(town.said()) == 2
    assert town.counted("late") == 0
    assert town.excused() == []


async def test_a_community_without_a_channel_misses_nothing(town: Town) -> None:
    ada = await town.join("Ada")
    town.operations.own.clear()
    await town.pass_time(timedelta(days=2), step=HOUR)
    assert town.posts() == []
    await change_dailies(town.world, ada, DailyChange(channel="new"))
    await town.pass_time(2 * HOUR)
    assert [state for _, _, state in town.posts()] == [PostState.POSTED]
    assert town.excused() == []


async def test_the_jobs_hour_is_the_rules(town: Town) -> None:
    ada = await town.join("Ada")
    dailies = await read_dailies(town.world, ada.community)
    trigger = DailyTrigger(dailies.settings, "Europe/Madrid")
    first = trigger.get_next_fire_time(None, EIGHT)
    assert first == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert trigger.get_next_fire_time(first, EIGHT) == first + timedelta(days=1)
