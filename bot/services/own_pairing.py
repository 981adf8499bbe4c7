"""Which pairing a member means, and moving it a step on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.pairing.life import (
    EndReason,
    Pairing,
    PairingEvent,
    PairingKind,
    PairingState,
    PairingStep,
    PairingStepRefused,
    waits_again,
)
from bot.domain.pairing.session import OPEN_SESSIONS, SessionEvent
from bot.domain.pairing.standing import RequestState
from bot.services.correct_points import member_named
from bot.services.errors import Refused
from bot.services.notify import notify
from bot.services.ports.unit_of_work import UnitOfWork


class Among(StrEnum):
    """Of which pairings one is meant, where none is named."""

    STANDING = "standing"
    OFFERED = "offered"
    """And not answered yet by this member."""
    KNOWN = "known"
    """That stands, or else the last one that did."""


@dataclass(frozen=True, kw_only=True)
class Which:
    """A pairing by its number, or by the other of the two as they were typed."""

    id: int | None = None
    other: str | None = None


async def held_pairing(
    unit: UnitOfWork, member: Member, which: Which, among: Among = Among.STANDING
) -> Pairing:
    """The member's own, with the community's queue held, and it.

    Raises Refused: no_pairing, no_offer, which_pairing; and member_unknown,
    member_ambiguous.
    """
    await unit.pairing_batches.hold(member.community.id)
    pairing_id = which.id
    if pairing_id is None:
        every = await unit.pairings.of_members([member.id])
        if which.other is not None:
            other = await member_named(unit, member, which.other)
            every = [one for one in every if one.has(other.id)]
        pairing_id = _meant(every, member, among).id
    pairing = await unit.pairings.get(pairing_id, lock=True)
    if pairing is None or not pairing.has(member.id):
        raise Refused("no_pairing")
    return pairing


def _meant(every: Sequence[Pairing], member: Member, among: Among) -> Pairing:
    if among is Among.OFFERED:
        fitting = [one for one in every if one.awaits(member.id)]
    else:
        fitting = [one for one in every if one.is_standing]
    if not fitting and among is Among.KNOWN:
        fitting = [one for one in every if one.active_at is not None][-1:]
    if not fitting:
        raise Refused("no_offer" if among is Among.OFFERED else "no_pairing")
    if len(fitting) > 1:
        raise Refused("which_pairing", n=len(fitting))
    return fitting[0]


async def move(
    unit: UnitOfWork,
    pairing: Pairing,
    event: PairingEvent,
    at: datetime,
    *,
    by: Member | None = None,
    why: EndReason | None = None,
) -> Pairing:
    """Writes it and its step. Raises Refused(pairing_over)."""
    try:
        moved = pairing.advance(event, at, why=why)
    except PairingStepRefused as refused:
        raise Refused("pairing_over") from refused
    step = PairingStep(
        pairing_id=pairing.id,
        at=at,
        event=event,
        state=moved.state,
        by_id=None if by is None else by.id,
    )
    await unit.pairings.save(moved, step)
    return moved


async def withdraw(
    unit: UnitOfWork, pairing: Pairing, at: datetime, *, by: Member | None = None
) -> None:
    """An offer that nobody need answer any more; the other side is told."""
    await move(unit, pairing, PairingEvent.WITHDRAWN, at, by=by)
    for one in (pairing.mentor_id, pairing.mentee_id):
        if by is None or one != by.id:
            other = await unit.members.get(one)
            kind = NoticeKind.PAIRING_WITHDRAWN
            await notify(unit, other, kind, at, pairing=pairing.id)


async def end(
    unit: UnitOfWork,
    pairing: Pairing,
    why: EndReason,
    at: datetime,
    *,
    by: Member | None = None,
) -> Pairing:
    """Ends what stands: sessions are off, who did not choose it waits again."""
    ended = await move(unit, pairing, PairingEvent.ENDED, at, by=by, why=why)
    for session in await unit.mentor_sessions.of_pairing(pairing.id):
        if session.state in OPEN_SESSIONS:
            await unit.mentor_sessions.save(session.advance(SessionEvent.CANCELLED))
    answers = await unit.check_ins.of_pairing(pairing.id)
    by_mentee = by is not None and by.id == pairing.mentee_id
    again = pairing.kind is not PairingKind.PEERS and waits_again(
        why,
        by_mentee=by_mentee,
        mentee_answered=by_mentee
        or any(
            one.member_id == pairing.mentee_id and one.answered_at > pairing.heard_at
            for one in answers
        ),
    )
    for member_id in (pairing.mentor_id, pairing.mentee_id):
        member = await unit.members.get(member_id)
        waits = again and member_id == pairing.mentee_id
        if by is None or by.id != member_id:
            kind = NoticeKind.PAIRING_ENDED
            await notify(
                unit, member, kind, at, pairing=pairing.id, again=int(waits), why=why
            )
    if again:
        request = await unit.mentor_requests.get(pairing.request_id)
        if await unit.mentor_requests.waiting_of(pairing.mentee_id) is None:
            await unit.mentor_requests.add(request.again(at))
    return ended


async def serve(unit: UnitOfWork, pairing: Pairing, at: datetime) -> None:
    """Both said yes: the mentee waits no longer, nor together with peers."""
    if pairing.kind is PairingKind.PEERS:
        return
    request = await unit.mentor_requests.get(pairing.request_id)
    await unit.mentor_requests.save(request.ended(RequestState.SERVED, at))
    await leave_peers(unit, pairing.mentee_id, at)


async def leave_peers(unit: UnitOfWork, member_id: int, at: datetime) -> None:
    for one in await unit.pairings.of_members([member_id]):
        if one.kind is not PairingKind.PEERS or not one.is_live:
            continue
        if one.is_standing:
            await end(unit, one, EndReason.MENTOR_FOUND, at)
        else:
            await withdraw(unit, one, at)


async def hear(unit: UnitOfWork, pairing: Pairing, at: datetime) -> Pairing:
    """A sign that they meet; it wakes a stalled one."""
    if pairing.state is PairingState.STALLED:
        return await move(unit, pairing, PairingEvent.RESUMED, at)
    heard = replace(pairing, heard_at=at)
    await unit.pairings.save(heard)
    return heard
