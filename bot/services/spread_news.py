"""Have a community's channel read something of a member, after the commit.

spread (in the transaction of what happened) ─► claim ─► the platform ─► finish
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.domain.event import Event
from bot.domain.member import Community, Member
from bot.domain.news import STALE, Batch, News, NewsKind
from bot.domain.submission import Submission
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class ClaimedNews:
    batch: Batch
    items: tuple[tuple[News, Member], ...]
    """Of those who do not hide by now."""


async def spread(
    unit: UnitOfWork, member: Member, kind: NewsKind, at: datetime, **facts: str | int
) -> None:
    if not member.hidden:
        await unit.news.put(
            News(
                id=uuid4(),
                member_id=member.id,
                community_id=member.community.id,
                kind=kind,
                at=at,
                facts=facts,
            )
        )


async def spread_verdict(
    unit: UnitOfWork,
    member: Member,
    submission: Submission,
    moved: Event | None,
    at: datetime,
) -> None:
    """What earned points, and the move to another phase that it led to."""
    if submission.points:
        await spread(
            unit,
            member,
            NewsKind.SOLVED,
            at,
            challenge=submission.challenge_id,
            points=submission.points,
        )
    if moved is not None:
        move = {name: moved.facts[name] for name in ("how", "from", "to")}
        await spread(unit, member, NewsKind.MOVED, at, **move)


async def communities_with_news(world: World) -> tuple[Community, ...]:
    async with world.unit_of_work() as unit:
        waiting = set(await unit.news.waiting(world.now()))
        if not waiting:
            return ()
        known = await unit.communities.all()
    return tuple(one for one in known if one.id in waiting)


async def claim_news(world: World, community: Community) -> ClaimedNews | None:
    now = world.now()
    async with world.unit_of_work() as unit:
        await unit.news.drop_before(now - STALE)
        batch = await unit.news.claim(community.id, uuid4(), now)
        if batch is None:
            return None
        members = [await unit.members.get(one.member_id) for one in batch.news]
        await unit.commit()
    pairs = zip(batch.news, members, strict=True)
    shown = tuple((one, member) for one, member in pairs if not member.hidden)
    return ClaimedNews(batch=batch, items=shown)


async def finish_news(world: World, claimed: ClaimedNews) -> None:
    """It was posted, or nothing will ever post it."""
    async with world.unit_of_work() as unit:
        await unit.news.finish(claimed.batch.id)
        await unit.commit()
