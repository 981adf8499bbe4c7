"""Have a member told something in private, after the commit."""

from datetime import datetime
from uuid import uuid4

from bot.domain.member import Member
from bot.domain.notice import Notice, NoticeKind
from bot.services.ports.unit_of_work import UnitOfWork


async def notify(
    unit: UnitOfWork, member: Member, kind: NoticeKind, at: datetime, **facts: str | int
) -> None:
    await unit.notices.put(
        Notice(id=uuid4(), member_id=member.id, kind=kind, at=at, facts=facts)
    )
