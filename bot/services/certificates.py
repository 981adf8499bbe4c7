"""Certificates, given and revoked in the transactions that decide it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.certificate import (
    Revocation,
    Revoked,
    earned,
    mastered,
    times_earned,
    to_give,
)
from bot.domain.event import Event, EventKind
from bot.domain.leadership import evidence_of
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.services.notify import notify
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.roadmap import progress_of
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class PhaseShown:
    """What a certificate is given for."""

    phase: int
    skills: Sequence[str]
    on: date
    facts: Mapping[str, str | int]
    """What brought it about."""


async def give_certificates(
    world: World,
    unit: UnitOfWork,
    member: Member,
    log: Sequence[Event],
    *,
    on: date,
    facts: Mapping[str, str | int],
) -> None:
    """Of all that is done by the person's `log`, read under the member's lock."""
    done = to_give(
        progress_of(world.catalogue, log, today=on),
        evidence_of(log),
        log,
    )
    for phase, skills in done.items():
        showing = PhaseShown(phase=phase, skills=skills, on=on, facts=facts)
        await unit.events.append(earned_event(world, member, log, showing))
        if "submission" not in facts:
            # Their verdict tells of it where it is one that earned it.
            kind = NoticeKind.CERTIFICATE_EARNED
            await notify(unit, member, kind, world.now(), phase=phase)


async def withdraw_certificates(
    world: World, unit: UnitOfWork, member: Member, before: Sequence[Event]
) -> None:
    """What a rejudge took the ground from. `member` was read with its lock.

    `before` is the log without the corrections: what a new catalogue counts otherwise
    is no ground.
    """
    events = await unit.events.of_person(member.person_id)
    for phase, event in earned(events).items():
        on = event.local_on
        had, has = (
            mastered(progress_of(world.catalogue, log, today=on)[phase - 1])
            for log in (before, events)
        )
        if set(had) & set(skills_of(event)) - set(has):
            await revoke(world, unit, member, event, Revocation.REJUDGED)
            await notify(
                unit,
                member,
                NoticeKind.CERTIFICATE_REJUDGED,
                world.now(),
                phase=phase,
            )


def earned_event(
    world: World,
    member: Member,
    before: Sequence[Event],
    showing: PhaseShown,
) -> Event:
    """`before` is the log until then: each time is an event of its own."""
    times = times_earned(before, showing.phase)
    return Event(
        kind=EventKind.CERTIFICATE_EARNED,
        key=f"certificate:{member.person_id}:{showing.phase}:{times + 1}",
        person_id=member.person_id,
        member_id=member.id,
        occurred_at=world.now(),
        local_on=showing.on,
        facts={
            **showing.facts,
            "phase": showing.phase,
            "skills": ",".join(showing.skills),
        },
    )


async def revoke(
    world: World, unit: UnitOfWork, member: Member, earned_by: Event, why: Revocation
) -> None:
    """Whoever calls it has the member told."""
    await unit.events.append(
        Event(
            kind=EventKind.CERTIFICATE_REVOKED,
            key=f"revoked:{earned_by.key}",
            person_id=earned_by.person_id,
            member_id=earned_by.member_id,
            occurred_at=world.now(),
            local_on=world.today_of(member),
            facts={
                "of": earned_by.key,
                "phase": earned_by.facts["phase"],
                "why": why.value,
            },
        )
    )
    issued = await unit.certificates.of_event(earned_by.key)
    if issued is not None:
        await unit.revocations.add(Revoked(id=issued.id, why=why, at=world.now()))


def skills_of(event: Event) -> tuple[str, ...]:
    return tuple(str(event.facts["skills"]).split(","))
