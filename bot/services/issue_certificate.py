"""Certificates, asked for by their holders and read by whoever has the address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from bot.domain.certificate import NAME_LENGTH, Certificate, Revoked, earned
from bot.domain.member import Member
from bot.services.certificates import skills_of
from bot.services.errors import Refused
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class EarnedCertificate:
    phase: int
    earned_on: date
    issued: Certificate | None
    """Once it was asked for."""


@dataclass(frozen=True, kw_only=True)
class CertificateAsked:
    phase: int
    language: str
    name: str | None = None
    """As it is to stand there; None: as before, or as the member is called."""


@dataclass(frozen=True, kw_only=True)
class CertificatePage:
    """What whoever has the address may read; None of a certificate that is gone."""

    certificate: Certificate | None
    revoked: Revoked | None


async def read_certificates(
    world: World, member: Member
) -> Sequence[EarnedCertificate]:
    """By phase."""
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
        return [
            EarnedCertificate(
                phase=phase,
                earned_on=event.local_on,
                issued=await unit.certificates.of_event(event.key),
            )
            for phase, event in sorted(earned(events).items())
        ]


async def issue_certificate(
    world: World, member: Member, asked: CertificateAsked
) -> Certificate:
    """Makes it readable for whoever has its address; the same one when asked again.

    Raises Refused: certificate_not_earned, certificate_name.
    """
    name = None if asked.name is None else _clean_name(asked.name)
    async with world.unit_of_work() as unit:
        member = await unit.members.get(member.id, lock=True)
        events = await unit.events.of_person(member.person_id)
        event = earned(events).get(asked.phase)
        if event is None:
            raise Refused("certificate_not_earned", phase=asked.phase)
        kept = await unit.certificates.of_event(event.key)
        certificate = (
            Certificate(
                id=uuid4(),
                person_id=event.person_id,
                member_id=event.member_id,
                event_key=event.key,
                phase=asked.phase,
                skills=skills_of(event),
                name=name or member.name,
                language=asked.language,
                community=member.community.name,
                earned_on=event.local_on,
                issued_at=world.now(),
            )
            if kept is None
            else replace(kept, name=name or kept.name, language=asked.language)
        )
        await unit.certificates.put(certificate)
        await unit.commit()
    return certificate


async def read_certificate(world: World, certificate_id: UUID) -> CertificatePage:
    async with world.unit_of_work() as unit:
        return CertificatePage(
            certificate=await unit.certificates.find(certificate_id),
            revoked=await unit.revocations.find(certificate_id),
        )


async def read_revoked(world: World) -> Sequence[Revoked]:
    async with world.unit_of_work() as unit:
        return await unit.revocations.all()


def _clean_name(typed: str) -> str:
    name = " ".join(typed.split())
    if not 0 < len(name) <= NAME_LENGTH or not name.isprintable():
        raise Refused("certificate_name", most=NAME_LENGTH)
    return name
