"""What is to be told in private, soon."""

from typing import Protocol
from uuid import UUID

from bot.domain.notice import Notice


class Notices(Protocol):
    async def put(self, notice: Notice) -> None:
        """Part of the unit of work: told, at least once, if and only if it commits."""
        ...

    async def get(self, notice_id: UUID) -> Notice | None:
        """None once it was told."""
        ...

    async def remove(self, notice_id: UUID) -> None: ...

    async def account(self, member_id: int) -> str:
        """What their platform calls them. Raises MemberNotFound."""
        ...
