from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from bot.domain.certificate import Certificate, Revocation, Revoked
from bot.domain.member import Member
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


def a_certificate(member: Member, phase: int = 1) -> Certificate:
    return Certificate(
        id=uuid4(),
        person_id=member.person_id,
        member_id=member.id,
        event_key=f"certificate:{member.person_id}:{phase}:1",
        phase=phase,
        skills=("loops", "functions"),
        name="Ana Pérez",
        language="es",
        community="Home",
        earned_on=A_MONDAY.date(),
        issued_at=A_MONDAY,
    )


async def test_a_certificate_keeps_its_address_and_takes_another_name(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    first = a_certificate(ada)
    async with unit_of_work() as unit:
        await unit.certificates.put(first)
        renamed = replace(first, name="Ada", language="en", phase=2)
        await unit.certificates.put(renamed)
        await unit.commit()
    async with unit_of_work() as unit:
        expected = replace(first, name="Ada", language="en")
        assert await unit.certificates.find(first.id) == expected
        assert await unit.certificates.of_event(first.event_key) == expected
        assert await unit.certificates.find(uuid4()) is None


async def test_what_is_revoked_is_so_once_and_for_the_first_reason(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    one, other = a_certificate(ada), a_certificate(ada, phase=2)
    later = A_MONDAY + timedelta(days=1)
    async with unit_of_work() as unit:
        for certificate in (one, other):
            await unit.certificates.put(certificate)
        first = Revoked(id=one.id, why=Revocation.REJUDGED, at=A_MONDAY)
        await unit.revocations.add(first)
        await unit.revocations.leave(ada.person_id, later)
        await unit.commit()
    revoked = [
        first,
        Revoked(id=other.id, why=Revocation.DELETED, at=later),
    ]
    async with unit_of_work() as unit:
        assert await unit.revocations.all() == revoked
        assert await unit.revocations.find(other.id) == revoked[1]
        assert await unit.revocations.find(uuid4()) is None
