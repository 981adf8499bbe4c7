"""Accounts that are one person."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.link import PersonLink


class LinkCodes(Protocol):
    """One-time codes, by their digests: who reads the database can enter none."""

    async def put(self, digest: bytes, member_id: int, ends_at: datetime) -> None:
        """In place of the person's earlier one."""
        ...

    async def find(self, digest: bytes, at: datetime) -> int | None:
        """The member who made it; None when there is none such, or it is over."""
        ...

    async def take(self, digest: bytes, at: datetime) -> int | None:
        """The same, and nobody takes it again: of two at once, one gets it."""
        ...

    async def count_try(self, person_id: int, at: datetime, within: timedelta) -> int:
        """One more entered code; how many since the first one less than that ago."""
        ...


class Links(Protocol):
    """Everything that is read by a person, as their events are, is read of all that
    they are joined with; what is written stays each account's own.
    """

    async def lock(self, person_ids: Collection[int]) -> None:
        """Holds these people, and all that they are joined with, until the end."""
        ...

    async def join(self, person_id: int, other_id: int, at: datetime) -> PersonLink: ...

    async def standing(self, person_id: int) -> Sequence[PersonLink]:
        """Those that hold the person together, oldest first."""
        ...

    async def undo(self, link_id: int, at: datetime) -> None: ...
