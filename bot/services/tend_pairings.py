"""What a community's pairings need by the clock.

Each thing is read off their state and done in the transaction that changes it, with
the community's queue held: done once, whatever process is first and however often the
clock strikes; what an outage kept back is done when it is over.
"""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.member import Community
from bot.domain.notice import NoticeKind
from bot.domain.pairing.hearing import (
    check_in_due,
    has_run_out,
    is_over,
    is_silent,
    is_to_part,
)
from bot.domain.pairing.life import EndReason, Pairing, PairingEvent
from bot.domain.pairing.session import (
    REMIND_BEFORE,
    Session,
    SessionEvent,
    SessionState,
)
from bot.domain.schedule import DailySettings
from bot.services.notify import notify
from bot.services.own_pairing import end, move
from bot.services.pair_members import pair_at_once, pair_community
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World


async def tend_pairings(world: World, community: Community) -> None:
    """All that is due, the day's batch last; doing it again changes nothing."""
    now = world.now()
    if await _is_anything_due(world, community, now):
        async with world.unit_of_work() as unit:
            await unit.pairing_batches.hold(community.id)
            await _tend(world, unit, community, now)
            await unit.commit()
    on = await _batch_on(world, community, now)
    if on is not None:
        await pair_community(world, community, on)


async def _batch_on(world: World, community: Community, now: datetime) -> date | None:
    """Today, once the community's hour has struck."""
    async with world.unit_of_work() as unit:
        settings = await unit.schedules.get(community.id)
    local = now.astimezone(ZoneInfo(community.time_zone))
    hour = (settings or DailySettings(community_id=community.id, changed_at=now)).hour
    return local.date() if local.hour >= hour else None


async def _is_anything_due(world: World, community: Community, now: datetime) -> bool:
    """Most minutes nothing is, and nobody need be held up."""
    async with world.unit_of_work() as unit:
        live = await unit.pairings.live(community.id)
        sessions = await unit.mentor_sessions.open(community.id)
        reminded = [
            one
            for one in sessions
            if _is_soon(one, now) and await unit.session_reminders.unsent(one.id)
        ]
    return (
        bool(reminded)
        or any(_is_due(one, now) for one in live)
        or any(one.has_lapsed(now) or one.is_to_be_told(now) for one in sessions)
    )


def _is_due(pairing: Pairing, now: datetime) -> bool:
    return (
        has_run_out(pairing, now)
        or is_over(pairing, now)
        or is_to_part(pairing, now)
        or is_silent(pairing, now)
        or check_in_due(pairing, now) is not None
    )


async def _tend(
    world: World, unit: UnitOfWork, community: Community, now: datetime
) -> None:
    due = [one for one in await unit.pairings.live(community.id) if _is_due(one, now)]
    for pairing in due:
        await _tend_one(unit, pairing, now)
    if any(not _is_left(one, now) for one in due):
        await pair_at_once(world, unit, community)
    for session in await unit.mentor_sessions.open(community.id):
        await _tend_session(unit, session, now)


def _is_left(pairing: Pairing, now: datetime) -> bool:
    """Whether it keeps its place."""
    gone = (
        has_run_out(pairing, now) or is_over(pairing, now) or is_to_part(pairing, now)
    )
    return not gone


async def _tend_one(unit: UnitOfWork, pairing: Pairing, now: datetime) -> None:
    if has_run_out(pairing, now):
        await move(unit, pairing, PairingEvent.RAN_OUT, now)
        await _tell_both(unit, pairing, NoticeKind.PAIRING_RAN_OUT, now)
    elif is_over(pairing, now):
        await end(unit, pairing, EndReason.TERM, now)
    elif is_to_part(pairing, now):
        await end(unit, pairing, EndReason.SILENT, now)
    elif is_silent(pairing, now):
        asked = check_in_due(pairing, now) or pairing.asked_days
        silent = replace(pairing, asked_days=asked)
        await move(unit, silent, PairingEvent.FELL_SILENT, now)
        await _tell_both(unit, pairing, NoticeKind.PAIRING_STALLED, now)
    elif (day := check_in_due(pairing, now)) is not None:
        await unit.pairings.save(replace(pairing, asked_days=day))
        await _tell_both(unit, pairing, NoticeKind.CHECK_IN, now)


async def _tend_session(unit: UnitOfWork, session: Session, now: datetime) -> None:
    if session.has_lapsed(now):
        await unit.mentor_sessions.save(session.advance(SessionEvent.LAPSED))
    elif session.is_to_be_told(now):
        await unit.mentor_sessions.save(replace(session, asked_at=now))
        await _tell_of(unit, session, NoticeKind.SESSION_OVER, now)
    elif _is_soon(session, now):
        for member_id in await unit.session_reminders.unsent(session.id):
            await unit.session_reminders.send(session.id, member_id, now)
            await _tell_of(unit, session, NoticeKind.SESSION_SOON, now, member_id)


def _is_soon(session: Session, now: datetime) -> bool:
    starts_at = session.starts_at
    if session.state is not SessionState.AGREED or starts_at is None:
        return False
    return starts_at - REMIND_BEFORE <= now < starts_at


async def _tell_both(
    unit: UnitOfWork, pairing: Pairing, kind: NoticeKind, now: datetime
) -> None:
    for member_id in (pairing.mentor_id, pairing.mentee_id):
        member = await unit.members.get(member_id)
        await notify(unit, member, kind, now, pairing=pairing.id)


async def _tell_of(
    unit: UnitOfWork,
    session: Session,
    kind: NoticeKind,
    now: datetime,
    only: int | None = None,
) -> None:
    pairing = await unit.pairings.get(session.pairing_id)
    if pairing is None:
        return
    for member_id in (pairing.mentor_id, pairing.mentee_id):
        if only in {None, member_id}:
            member = await unit.members.get(member_id)
            facts = {"pairing": pairing.id, "session": session.id}
            await notify(unit, member, kind, now, **facts)
