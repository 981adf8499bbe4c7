from dataclasses import replace
from uuid import uuid4

import pytest

from bot.domain.notice import Notice, NoticeKind
from bot.services.errors import MemberNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


async def test_a_notice_is_kept_until_it_was_told(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    notice = Notice(
        id=uuid4(),
        member_id=ada.id,
        kind=NoticeKind.POINTS_GRANTED,
        at=A_MONDAY,
        facts={"points": 5, "reason": "ñandú"},
    )
    async with unit_of_work() as unit:
        await unit.notices.put(notice)
        with pytest.raises(MemberNotFound):
            await unit.notices.put(replace(notice, id=uuid4(), member_id=404))
    async with unit_of_work() as unit:
        assert await unit.notices.get(notice.id) is None
        await unit.notices.put(notice)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.notices.get(notice.id) == notice
        assert await unit.notices.account(ada.id) == "ada"
        await unit.notices.remove(notice.id)
        await unit.notices.remove(notice.id)
        assert await unit.notices.get(notice.id) is None
