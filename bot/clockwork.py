"""What happens by the clock: dailies, mentoring, excused days, reminders, roles, news.

    APScheduler ─┬─ a job a community, at its hour in its zone ─► its dailies
                 └─ a tick ─► heartbeat ─► settings that changed ─► what is left to do

A job makes a daily punctual; the tick makes it sure: it does whatever is due, for
whatever reason it was not done. Both do the same, and doing it twice changes nothing.
Any number of processes may run a clockwork on one database.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.domain.member import Community
from bot.domain.schedule import DailySettings, next_post_at
from bot.services.outages import beat, excuse_days
from bot.services.world import World

TICK_S = 15
"""How soon settings that another process changed take effect."""

REMIND_EACH_MIN = 10

SWEEP = timedelta(minutes=1)
"""How soon what was not done at its hour is done."""

log = structlog.get_logger(__name__)

PostDailies = Callable[[Community], Awaitable[None]]


class DailyTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler 3 has no types
    """At a community's hour, on its days, by the rules of `bot.domain.schedule`."""

    def __init__(self, settings: DailySettings, zone: str) -> None:
        self.settings = settings
        self.zone = zone

    def get_next_fire_time(
        self, previous: datetime | None, now: datetime
    ) -> datetime | None:
        after = now if previous is None else max(previous, now)
        return next_post_at(self.settings, self.zone, after)


class Clockwork:
    def __init__(
        self,
        world: World,
        post_dailies: PostDailies,
        *,
        remind: Callable[[], Awaitable[None]] | None = None,
        give_roles: Callable[[], Awaitable[None]] | None = None,
        spread_news: Callable[[], Awaitable[None]] | None = None,
        count_excused: Callable[[int], object] = lambda _: None,
    ) -> None:
        self._world = world
        self._post_dailies = post_dailies
        self._remind = remind
        self._give_roles = give_roles
        self._spread_news = spread_news
        self._count_excused = count_excused
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._known: dict[int, tuple[Community, DailySettings | None]] = {}
        self._swept_at: datetime | None = None

    async def run(self) -> None:
        """Until cancelled."""
        if self._remind is not None:
            # A job of its own: it takes its time between two people.
            self._scheduler.add_job(
                self._surely,
                "interval",
                args=["reminders_failed", self._remind],
                minutes=REMIND_EACH_MIN,
            )
        self._scheduler.start()
        try:
            while True:
                await self.tick()
                await asyncio.sleep(TICK_S)
        finally:
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Never raises: what fails now is tried at the next one."""
        await self._surely("heartbeat_failed", self._beat)
        await self._surely("schedules_unread", self._follow)
        if self._give_roles is not None:
            await self._surely("roles_failed", self._give_roles)
        if self._spread_news is not None:
            await self._surely("news_failed", self._spread_news)
        now = self._world.now()
        if self._swept_at is None or now - self._swept_at >= SWEEP:
            self._swept_at = now
            await self.sweep()

    async def sweep(self) -> None:
        """All that is due, everywhere."""
        for community, _ in list(self._known.values()):
            await self._do(community)

    async def _beat(self) -> None:
        await beat(self._world)
        self._count_excused(await excuse_days(self._world))

    async def _follow(self) -> None:
        """Brings the jobs to what the organisers want by now."""
        async with self._world.unit_of_work() as unit:
            communities = await unit.communities.all()
            settings = {one.community_id: one for one in await unit.schedules.all()}
        for community in communities:
            now_known = (community, settings.get(community.id))
            if self._known.get(community.id) != now_known:
                self._known[community.id] = now_known
                self._schedule(*now_known)
                await self._do(community)
        for gone in self._known.keys() - {one.id for one in communities}:
            del self._known[gone]
            self._scheduler.remove_job(_job(gone))

    def _schedule(self, community: Community, settings: DailySettings | None) -> None:
        if settings is None:
            # Its first sweep makes them.
            return
        self._scheduler.add_job(
            self._do,
            DailyTrigger(settings, community.time_zone),
            args=[community],
            id=_job(community.id),
            replace_existing=True,
            # Late is better than not at all, and once is enough.
            misfire_grace_time=None,
            coalesce=True,
        )

    async def _do(self, community: Community) -> None:
        await self._surely("dailies_failed", lambda: self._post_dailies(community))

    async def _surely(self, event: str, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except Exception:
            log.exception(event)


def _job(community_id: int) -> str:
    return f"daily:{community_id}"
