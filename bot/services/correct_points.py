"""Organisers give points or take them, with a reason that the member is told."""

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from bot.domain.audit import AuditAct, AuditEntry
from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.totals import board_facts
from bot.services.errors import Refused
from bot.services.keep_score import keep_score
from bot.services.notify import notify
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.record import record_of
from bot.services.world import World

MOST_AT_ONCE: Final = 5_000
"""A dozen of the hardest challenges: what is more is a slip of the hand."""


@dataclass(frozen=True, kw_only=True)
class Corrected:
    member: Member
    points: int
    """All that the member has now."""


async def grant_points(
    world: World, organiser: Member, typed: str, points: int, reason: str
) -> Corrected:
    """Raises Refused: member_unknown, member_ambiguous."""
    return await _correct(world, organiser, typed, points, reason)


async def revoke_points(
    world: World, organiser: Member, typed: str, points: int, reason: str
) -> Corrected:
    """Raises Refused: member_unknown, member_ambiguous, revoke_too_much."""
    return await _correct(world, organiser, typed, -points, reason)


async def _correct(
    world: World, organiser: Member, typed: str, change: int, reason: str
) -> Corrected:
    gives = change > 0
    kind = EventKind.POINTS_GRANTED if gives else EventKind.POINTS_REVOKED
    at = world.now()
    async with world.unit_of_work() as unit:
        found = await member_named(unit, organiser, typed)
        member = await unit.members.get(found.id, lock=True)
        before = await unit.events.of_person(member.person_id)
        had = record_of(before).points
        if had + change < 0:
            raise Refused("revoke_too_much", points=had)
        event = Event(
            kind=kind,
            key=f"{kind}:{uuid4()}",
            person_id=member.person_id,
            member_id=member.id,
            occurred_at=at,
            local_on=world.today_of(member),
            points=change,
            facts={"reason": reason, **board_facts(world.today_in(member.community))},
        )
        await keep_score(unit, before, [event])
        await unit.audit.append(
            AuditEntry(
                community_id=organiser.community.id,
                act=AuditAct.POINTS_GRANTED if gives else AuditAct.POINTS_REVOKED,
                actor_id=organiser.id,
                subject_id=member.id,
                reason=reason,
                facts={"points": abs(change)},
                at=at,
            )
        )
        await notify(
            unit,
            member,
            NoticeKind.POINTS_GRANTED if gives else NoticeKind.POINTS_REVOKED,
            at,
            points=abs(change),
            reason=reason,
            community=member.community.name,
        )
        await unit.commit()
    return Corrected(member=member, points=had + change)


async def member_named(unit: UnitOfWork, organiser: Member, typed: str) -> Member:
    """The member of the organiser's community that was meant.

    By the platform's id, however it is written as a mention, or by the name.
    """
    name = typed.strip().removeprefix("<").removesuffix(">").lstrip("@!")
    # Slack writes a mention with the name that it had: <@U0123|ada>.
    found = await unit.members.called(organiser.community.id, name.partition("|")[0])
    if not found:
        raise Refused("member_unknown", typed=typed.strip()[:40])
    if len(found) > 1:
        raise Refused("member_ambiguous", typed=typed.strip()[:40])
    return found[0]
