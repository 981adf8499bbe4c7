from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audit import AuditAct, AuditEntry
from bot.services.errors import MemberNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


async def test_what_was_done_is_read_newest_first_by_the_page(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    ben = await a_member(unit_of_work, "Ben")
    elsewhere = await a_member(unit_of_work, "Guido", community="elsewhere")
    granted = AuditEntry(
        community_id=ada.community.id,
        act=AuditAct.POINTS_GRANTED,
        actor_id=ada.id,
        subject_id=ben.id,
        reason="helped with the ñandú 'exercise'",
        facts={"points": 50},
        at=A_MONDAY,
    )
    revoked = replace(
        granted, act=AuditAct.POINTS_REVOKED, at=A_MONDAY + timedelta(minutes=1)
    )
    theirs = replace(
        granted,
        community_id=elsewhere.community.id,
        actor_id=elsewhere.id,
        subject_id=None,
    )
    async with unit_of_work() as unit:
        for entry in (granted, theirs, revoked):
            await unit.audit.append(entry)
        await unit.commit()
    async with unit_of_work() as unit:
        every = await unit.audit.read(ada.community.id, limit=10)
        (newest,) = await unit.audit.read(ada.community.id, limit=1)
        (older,) = await unit.audit.read(ada.community.id, limit=10, before=newest.id)
        (alone,) = await unit.audit.read(elsewhere.community.id, limit=10)
    assert [one.entry for one in every] == [revoked, granted]
    assert (newest.entry, older.entry) == (revoked, granted)
    assert (newest.actor_name, newest.subject_name) == ("Ada", "Ben")
    assert (alone.actor_name, alone.subject_name) == ("Guido", None)


async def test_nobody_did_nothing(unit_of_work: UnitOfWorkFactory) -> None:
    ada = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        with pytest.raises(MemberNotFound):
            await unit.audit.append(
                AuditEntry(
                    community_id=ada.community.id,
                    act=AuditAct.POINTS_GRANTED,
                    actor_id=404,
                    at=A_MONDAY,
                )
            )
