"""Whom to remind: who asked for it, has solved nothing today, and may lose by it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.daily_post import PostState
from bot.domain.member import Member
from bot.domain.reminder import has_played, reminded_on, streak_at_stake
from bot.services.ports.reminders import Wisher
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class Reminder:
    member: Member
    external_id: str
    on: date
    ends_at: datetime
    streak: int
    """0: it is the daily alone that is at stake."""


async def due_reminders(world: World) -> Sequence[Reminder]:
    async with world.unit_of_work() as unit:
        wishers = await unit.reminders.wishers()
        found = [await _reminder(world, unit, one) for one in wishers]
    return [one for one in found if one is not None]


async def _reminder(world: World, unit: UnitOfWork, wisher: Wisher) -> Reminder | None:
    member, now = wisher.member, world.now()
    on = reminded_on(member.calendar_in_force, now)
    if on is None:
        return None
    events = await unit.events.of_person(member.person_id)
    if has_played(events, on):
        return None
    streak = streak_at_stake(events, on)
    if not streak and not await _has_daily(world, unit, member):
        return None
    return Reminder(
        member=member,
        external_id=wisher.external_id,
        on=on,
        ends_at=member.calendar_in_force.day_ends_at(now),
        streak=streak,
    )


async def _has_daily(world: World, unit: UnitOfWork, member: Member) -> bool:
    today = world.today_in(member.community)
    post = await unit.daily_posts.find(member.community.id, member.phase, today)
    return post is not None and post.state is PostState.POSTED


async def claim_reminder(world: World, reminder: Reminder) -> bool:
    """False when the person was reminded of that day. A crash after it says nothing."""
    async with world.unit_of_work() as unit:
        is_first = await unit.reminders.claim(reminder.member.person_id, reminder.on)
        await unit.commit()
    return is_first


async def stop_reminding(world: World, member: Member) -> None:
    """They take no messages from us."""
    async with world.unit_of_work() as unit:
        found = await unit.members.get(member.id, lock=True)
        await unit.members.save(replace(found, reminded=False))
        await unit.commit()
