"""Which dailies are to be posted now, and which never came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.domain.daily_post import DailyPost, PostState
from bot.domain.member import Community
from bot.domain.schedule import DailySettings, closed_days, due_on, posts_at
from bot.services.daily_settings import settings_of
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.today import ensure_daily
from bot.services.world import World

Known = Mapping[tuple[date, int], DailyPost]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a community needs done now."""

    community: Community
    settings: DailySettings
    on: date | None = None
    phases: Sequence[int] = ()
    """To be posted on that date."""
    closed: Mapping[date, Sequence[int]] = field(default_factory=dict)
    """Dates whose time is over, and their phases with nothing in the channel."""
    threadless: Sequence[DailyPost] = ()
    """Posted, by a process that died before it opened their thread."""

    @property
    def is_empty(self) -> bool:
        return not (self.phases or self.closed or self.threadless)


async def plan(world: World, community: Community) -> Plan:
    now = world.now()
    async with world.unit_of_work() as unit:
        community = await unit.communities.get(community.id) or community
        settings = await settings_of(world, unit, community)
        on = due_on(settings, community.time_zone, now)
        over = closed_days(settings, community.time_zone, now)
        first = min([*over, *([on] if on else [])], default=None)
        posts = await unit.daily_posts.of_days(community.id, first) if first else ()
        phases = await _phases(world, unit, settings)
        known = {(post.on, post.phase): post for post in posts}
        closed = _closed(over, phases, known)
        if on and settings.since and on >= settings.since and not (phases or closed):
            await _pass_over(world, unit, community, on)
        await unit.commit()
    return Plan(
        community=community,
        settings=settings,
        on=on,
        phases=[
            phase
            for phase in phases
            if on is not None
            and ((on, phase) not in known or known[on, phase].may_be_claimed(now))
        ],
        closed=closed,
        threadless=[
            post
            for post in posts
            if post.on == on and post.state is PostState.POSTED and not post.thread
        ],
    )


async def _phases(
    world: World, unit: UnitOfWork, settings: DailySettings
) -> Sequence[int]:
    """Those that are on, and have members and challenges."""
    peopled = await unit.members.phases(settings.community_id)
    return [
        phase
        for phase in sorted(settings.phases & peopled.keys())
        if world.catalogue.of_phase(phase)
    ]


async def _pass_over(
    world: World, unit: UnitOfWork, community: Community, on: date
) -> None:
    """With nobody to post for, the date is not missed by us, whoever comes later."""
    found = await settings_of(world, unit, community, lock=True)
    await unit.schedules.save(replace(found, since=on + timedelta(days=1)))


def _closed(
    over: Sequence[date], phases: Sequence[int], known: Known
) -> Mapping[date, Sequence[int]]:
    """A day of which nothing is known was missed whole.

    Otherwise each phase that had members then is known (`prepare`).
    """
    left = {
        day: [
            phase for (on, phase), post in known.items() if on == day and post.is_open
        ]
        if any(on == day for on, _ in known)
        else phases
        for day in over
    }
    return {day: found for day, found in left.items() if found}


async def prepare(
    world: World, settings: DailySettings, community: Community, on: date
) -> None:
    """Chooses the dailies of that date, all at once: from now on they are to be posted.

    From the first of them on, a day without its daily counts as missed.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        if settings.since is None or on < settings.since:
            found = await settings_of(world, unit, community, lock=True)
            # Before the first day there was nothing to be late for.
            at = now if found.since is None else found.changed_at
            await unit.schedules.save(replace(found, since=on, changed_at=at))
            settings = replace(settings, changed_at=at)
        posts = await unit.daily_posts.of_days(community.id, on)
        due_at = max(posts_at(settings, community.time_zone, on), settings.changed_at)
        for phase in await _phases(world, unit, settings):
            await ensure_daily(world, unit, community, phase)
            await unit.daily_posts.add(
                DailyPost(
                    community_id=community.id,
                    phase=phase,
                    on=on,
                    state=PostState.CHOSEN,
                    # Of a phase that had no members at the hour, nothing is late.
                    due_at=now if posts else due_at,
                )
            )
        await unit.commit()
