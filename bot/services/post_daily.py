"""Who posts a daily, what its post says, and what came of it.

    chosen ─► claim (transaction) ─► the platform (none) ─► keep (transaction)

Several processes may ask at once: the first to write a claim has it. See
`bot.domain.daily_post` for what happens to one that dies with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import day_starts_at
from bot.domain.daily import Daily
from bot.domain.daily_post import (
    DailyPost,
    PostState,
    Trouble,
    claim,
    closed,
    delivered,
    failed,
)
from bot.domain.finest import DailySolution, finest
from bot.domain.member import Community
from bot.domain.outage import TAKEN_AWAY, Outage
from bot.domain.schedule import (
    DAY_STARTS_AT,
    LAST_CALL,
    closes_at,
    posts_at,
)
from bot.services.daily_settings import settings_of
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.today import ensure_daily
from bot.services.world import World
from challenges.challenge import Challenge, Kind

LATE = timedelta(minutes=10)
"""After its hour; what comes sooner nobody calls late."""


@dataclass(frozen=True, kw_only=True)
class Yesterday:
    """The daily before, which may be told of now."""

    challenge: Challenge
    solvers: int
    finest: DailySolution | None


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A daily to post, and all that its post says."""

    post: DailyPost
    community: Community
    challenge: Challenge
    mention: str | None
    yesterday: Yesterday | None


@dataclass(frozen=True, kw_only=True)
class Delivered:
    post: DailyPost
    is_late: bool


async def claim_daily(
    world: World, community: Community, phase: int, on: date
) -> Claimed | None:
    """None when another process has it, or it is posted."""
    now = world.now()
    async with world.unit_of_work() as unit:
        post = await unit.daily_posts.find(community.id, phase, on, lock=True)
        if post is None or not post.may_be_claimed(now):
            return None
        post = claim(post, now)
        await unit.daily_posts.save(post)
        claimed = await _claimed(world, unit, community, post)
        await unit.commit()
    return claimed


async def of_post(world: World, community: Community, post: DailyPost) -> Claimed:
    """What a post says, for who has to go on with it."""
    async with world.unit_of_work() as unit:
        return await _claimed(world, unit, community, post)


async def _claimed(
    world: World, unit: UnitOfWork, community: Community, post: DailyPost
) -> Claimed:
    daily = await ensure_daily(world, unit, community, post.phase)
    settings = await settings_of(world, unit, community)
    return Claimed(
        post=post,
        community=community,
        challenge=world.catalogue.get(daily.challenge_id),
        mention=settings.mention(post.phase),
        yesterday=await _yesterday(world, unit, community, daily),
    )


async def _yesterday(
    world: World, unit: UnitOfWork, community: Community, daily: Daily
) -> Yesterday | None:
    """Of the last daily before this one."""
    past = [
        one
        for one in await unit.dailies.posted(community.id, daily.phase)
        if one.on < daily.on and world.catalogue.has(one.challenge_id)
    ]
    if not past or past[-1].challenge_id == daily.challenge_id:
        return None
    before = past[-1]
    zone = community.time_zone
    solutions = await unit.submissions.of_daily(
        community.id,
        before.challenge_id,
        day_starts_at(before.on, zone, DAY_STARTS_AT),
        day_starts_at(before.on + timedelta(days=1), zone, DAY_STARTS_AT),
    )
    challenge = world.catalogue.get(before.challenge_id)
    # Evidence tells of people and of work: it was handed to its readers alone.
    is_private = challenge.kind is Kind.REVIEW
    return Yesterday(
        challenge=challenge,
        solvers=len(solutions),
        finest=None if is_private else finest(solutions),
    )


async def keep_delivered(
    world: World, claimed: Claimed, *, channel: str, message: str
) -> Delivered:
    """It stands in the channel. A late one excuses the day for who waited for it."""
    now = world.now()
    async with world.unit_of_work() as unit:
        post = await _locked(unit, claimed.post)
        kept = delivered(post, channel=channel, message=message, now=now)
        await unit.daily_posts.save(kept)
        late = now - post.due_at
        # What an organiser had to make possible was no fault of ours, and could be
        # solved all day.
        if late >= TAKEN_AWAY and claimed.post.trouble is not Trouble.REFUSED:
            await unit.outages.add(_outage(post, "late", now))
        await unit.commit()
    return Delivered(post=kept, is_late=late >= LATE)


async def keep_failed(world: World, claimed: Claimed, trouble: Trouble) -> None:
    async with world.unit_of_work() as unit:
        post = await _locked(unit, claimed.post)
        # Somebody else may have taken it over meanwhile.
        if post.claimed_at == claimed.post.claimed_at:
            await unit.daily_posts.save(failed(post, trouble, world.now()))
            await unit.commit()


async def keep_thread(world: World, post: DailyPost, thread: str) -> None:
    async with world.unit_of_work() as unit:
        kept = await _locked(unit, post)
        await unit.daily_posts.save(replace(kept, thread=thread))
        await unit.commit()


async def close_dailies(
    world: World, community: Community, on: date, phases: Sequence[int]
) -> Sequence[DailyPost]:
    """Writes a date down as skipped for its phases, but for those that turn out not to
    be. All at once: of a date of which something is known nobody looks for the rest.
    """
    async with world.unit_of_work() as unit:
        found = [
            post
            for phase in phases
            if (post := await _close(world, unit, community, phase, on)) is not None
        ]
        await unit.commit()
    return found


async def _close(
    world: World, unit: UnitOfWork, community: Community, phase: int, on: date
) -> DailyPost | None:
    now, zone = world.now(), community.time_zone
    post = await unit.daily_posts.find(community.id, phase, on, lock=True)
    if post is None:
        settings = await settings_of(world, unit, community)
        post = DailyPost(
            community_id=community.id,
            phase=phase,
            on=on,
            state=PostState.CHOSEN,
            due_at=max(posts_at(settings, zone, on), settings.changed_at),
        )
        if not await unit.daily_posts.add(post):
            return None
    if not post.is_open or (
        post.state is PostState.POSTING and not post.may_be_claimed(now)
    ):
        return None
    post = closed(post)
    await unit.daily_posts.save(post)
    ends_at = closes_at(zone, on) + LAST_CALL
    if post.trouble is not Trouble.REFUSED and post.due_at < ends_at:
        await unit.outages.add(_outage(post, "skipped", ends_at))
    return post


def _outage(post: DailyPost, reason: str, ended_at: datetime) -> Outage:
    return Outage(
        began_at=post.due_at,
        ended_at=ended_at,
        reason=reason,
        community_id=post.community_id,
        phase=post.phase,
    )


async def _locked(unit: UnitOfWork, post: DailyPost) -> DailyPost:
    found = await unit.daily_posts.find(
        post.community_id, post.phase, post.on, lock=True
    )
    return found or post
