"""Organisers take a certificate back, or return it; the member is told why."""

from dataclasses import dataclass

from bot.domain.audit import AuditAct, AuditEntry
from bot.domain.certificate import Revocation, earned, withheld
from bot.domain.event import EventKind
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.services.certificates import PhaseShown, earned_event, revoke, skills_of
from bot.services.correct_points import member_named
from bot.services.errors import Refused
from bot.services.notify import notify
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class CertificateDecision:
    member: str
    """As the organiser typed it."""
    phase: int
    reason: str


async def revoke_certificate(
    world: World, organiser: Member, decision: CertificateDecision
) -> Member:
    """Raises Refused: member_unknown, member_ambiguous, certificate_not_theirs."""
    phase = decision.phase
    async with world.unit_of_work() as unit:
        found = await member_named(unit, organiser, decision.member)
        member = await unit.members.get(found.id, lock=True)
        events = await unit.events.of_person(member.person_id)
        event = earned(events).get(phase)
        if event is None or event.member_id != member.id:
            raise Refused("certificate_not_theirs", name=member.name, phase=phase)
        await revoke(world, unit, member, event, Revocation.ORGANISER)
        act = AuditAct.CERTIFICATE_REVOKED
        await unit.audit.append(_entry(world, organiser, member, act, decision))
        await notify(
            unit,
            member,
            NoticeKind.CERTIFICATE_REVOKED,
            world.now(),
            phase=phase,
            reason=decision.reason,
        )
        await unit.commit()
    return member


async def give_certificate_back(
    world: World, organiser: Member, decision: CertificateDecision
) -> Member:
    """Raises Refused: member_unknown, member_ambiguous, certificate_not_revoked."""
    phase = decision.phase
    async with world.unit_of_work() as unit:
        found = await member_named(unit, organiser, decision.member)
        member = await unit.members.get(found.id, lock=True)
        events = await unit.events.of_person(member.person_id)
        if phase not in withheld(events):
            raise Refused("certificate_not_revoked", name=member.name, phase=phase)
        former = [
            event
            for event in events
            if event.kind is EventKind.CERTIFICATE_EARNED
            and event.facts["phase"] == phase
        ][-1]
        again = PhaseShown(
            phase=phase, skills=skills_of(former), on=former.local_on, facts={}
        )
        await unit.events.append(earned_event(world, member, events, again))
        act = AuditAct.CERTIFICATE_RETURNED
        await unit.audit.append(_entry(world, organiser, member, act, decision))
        await notify(
            unit, member, NoticeKind.CERTIFICATE_RETURNED, world.now(), phase=phase
        )
        await unit.commit()
    return member


def _entry(
    world: World,
    organiser: Member,
    member: Member,
    act: AuditAct,
    decision: CertificateDecision,
) -> AuditEntry:
    return AuditEntry(
        community_id=organiser.community.id,
        act=act,
        actor_id=organiser.id,
        subject_id=member.id,
        reason=decision.reason,
        facts={"phase": decision.phase},
        at=world.now(),
    )
