"""Sessions of a pairing: propose hours, take one, say how it was, be reminded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.pairing.life import Pairing, PairingKind
from bot.domain.pairing.overlap import OwnHours, session_times
from bot.domain.pairing.session import (
    Session,
    SessionEvent,
    SessionState,
    SessionStepRefused,
)
from bot.services.errors import Refused
from bot.services.notify import notify
from bot.services.own_pairing import Which, hear, held_pairing
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World

LATEST = timedelta(days=60)
"""What is planned further ahead is forgotten."""


@dataclass(frozen=True, kw_only=True)
class SessionView:
    session: Session
    pairing: Pairing
    other: Member


@dataclass(frozen=True, kw_only=True)
class WhichSession:
    """By its number; without one, the last one that fits, of a pairing."""

    id: int | None = None
    of: Which = field(default_factory=Which)


async def propose_session(
    world: World, member: Member, which: Which, at: datetime | None
) -> SessionView:
    """Without a time, those that both have free, by what each said of their week.

    Raises Refused: no_pairing, which_pairing, pairing_over, no_common_hours,
    session_past, session_too_late.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        pairing = await held_pairing(unit, member, which)
        if not pairing.is_standing:
            raise Refused("pairing_over")
        other = await unit.members.get(pairing.other_than(member.id))
        times: Sequence[datetime]
        if at is None:
            one = await _hours(unit, pairing, member)
            times = session_times(one, await _hours(unit, pairing, other), now)
            if not times:
                raise Refused("no_common_hours", name=other.name)
        else:
            _check(at, now)
            times = (at,)
        session = await unit.mentor_sessions.add(
            Session(
                id=0,
                pairing_id=pairing.id,
                proposed_by=member.id,
                times=tuple(times),
            )
        )
        pairing = await hear(unit, pairing, now)
        kind = NoticeKind.SESSION_PROPOSED
        await notify(unit, other, kind, now, pairing=pairing.id, session=session.id)
        await unit.commit()
    return SessionView(session=session, pairing=pairing, other=other)


def _check(at: datetime, now: datetime) -> None:
    if at <= now:
        raise Refused("session_past")
    if at > now + LATEST:
        raise Refused("session_too_late", days=LATEST.days)


async def _hours(unit: UnitOfWork, pairing: Pairing, member: Member) -> OwnHours:
    """By what they offer now, or asked for then."""
    if member.id == pairing.mentor_id and pairing.kind is not PairingKind.PEERS:
        offer = await unit.mentor_offers.get(member.id)
        hours = frozenset() if offer is None else offer.hours
    else:
        is_mentee = member.id == pairing.mentee_id
        request_id = pairing.request_id if is_mentee else pairing.other_request_id
        hours = (await unit.mentor_requests.get(request_id or 0)).hours
    return OwnHours(hours=hours, zone=member.zone)


async def take_session(
    world: World, member: Member, which: WhichSession, number: int
) -> SessionView:
    """The n-th of its times, from 1.

    Raises Refused: no_session, session_own, session_over.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        view = await _held(unit, member, which, SessionState.PROPOSED)
        session = view.session
        if session.proposed_by == member.id:
            raise Refused("session_own")
        if not 1 <= number <= len(session.times) or session.times[number - 1] <= now:
            raise Refused("session_over")
        try:
            session = session.taken(session.times[number - 1])
        except SessionStepRefused as refused:
            raise Refused("session_over") from refused
        await unit.mentor_sessions.save(session)
        pairing = await hear(unit, view.pairing, now)
        kind = NoticeKind.SESSION_AGREED
        await notify(
            unit, view.other, kind, now, pairing=pairing.id, session=session.id
        )
        await unit.commit()
    return SessionView(session=session, pairing=pairing, other=view.other)


async def tell_session(
    world: World, member: Member, which: WhichSession, event: SessionEvent
) -> SessionView:
    """Held, missed or cancelled. Raises Refused: no_session, session_over,
    session_not_yet.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        states = (SessionState.AGREED, SessionState.PROPOSED)
        view = await _held(unit, member, which, *states)
        starts_at = view.session.starts_at
        is_told = event in {SessionEvent.HELD, SessionEvent.MISSED}
        if is_told and starts_at is not None and now < starts_at:
            raise Refused("session_not_yet")
        try:
            session = view.session.advance(event)
        except SessionStepRefused as refused:
            raise Refused("session_over") from refused
        await unit.mentor_sessions.save(session)
        pairing = view.pairing
        if event is SessionEvent.HELD:
            pairing = await hear(unit, pairing, now)
        if event is SessionEvent.CANCELLED:
            kind = NoticeKind.SESSION_CANCELLED
            await notify(
                unit, view.other, kind, now, pairing=pairing.id, session=session.id
            )
        await unit.commit()
    return SessionView(session=session, pairing=pairing, other=view.other)


async def remind_of_session(
    world: World, member: Member, which: WhichSession
) -> SessionView:
    """Raises Refused: no_session, session_over."""
    async with world.unit_of_work() as unit:
        view = await _held(unit, member, which, SessionState.AGREED)
        if view.session.state is not SessionState.AGREED:
            raise Refused("session_over")
        await unit.session_reminders.want(view.session.id, member.id)
        await unit.commit()
    return view


async def _held(
    unit: UnitOfWork, member: Member, which: WhichSession, *states: SessionState
) -> SessionView:
    """`states` are those that fit where no number is given, the likelier one first."""
    await unit.pairing_batches.hold(member.community.id)
    session_id = which.id
    if session_id is None:
        meant = await held_pairing(unit, member, which.of)
        known = await unit.mentor_sessions.of_pairing(meant.id)
        fitting = [one.id for one in known if one.state in states]
        likely = [one.id for one in known if one.state is states[0]]
        if not fitting:
            raise Refused("no_session")
        session_id = (likely or fitting)[-1]
    session = await unit.mentor_sessions.get(session_id, lock=True)
    if session is None:
        raise Refused("no_session")
    pairing = await unit.pairings.get(session.pairing_id, lock=True)
    if pairing is None or not pairing.has(member.id):
        raise Refused("no_session")
    other = await unit.members.get(pairing.other_than(member.id))
    return SessionView(session=session, pairing=pairing, other=other)
