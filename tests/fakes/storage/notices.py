from uuid import UUID

from bot.domain.notice import Notice
from bot.services.errors import MemberNotFound
from tests.fakes.storage.store import FakeStore


class FakeNotices:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, notice: Notice) -> None:
        if notice.member_id not in self._store.members:
            raise MemberNotFound(notice.member_id)
        self._store.notices[notice.id] = notice

    async def get(self, notice_id: UUID) -> Notice | None:
        return self._store.notices.get(notice_id)

    async def remove(self, notice_id: UUID) -> None:
        self._store.notices.pop(notice_id, None)

    async def account(self, member_id: int) -> str:
        if member_id not in self._store.members:
            raise MemberNotFound(member_id)
        member = self._store.members[member_id]
        accounts = self._store.people.items()
        return next(name for (_, name), one in accounts if one == member.person_id)
