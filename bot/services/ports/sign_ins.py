"""How a person known in chat is known in a browser.

Only digests of secrets come here: who reads the database can sign in nowhere.
"""

from datetime import datetime
from typing import Protocol


class SignInLinks(Protocol):
    """One-time links; a member has one at most, the newest."""

    async def put(self, digest: bytes, member_id: int, ends_at: datetime) -> None:
        """In place of the member's earlier one."""
        ...

    async def find(self, digest: bytes, at: datetime) -> int | None:
        """The member whose link it is; None once it was taken or is over."""
        ...

    async def take(self, digest: bytes, at: datetime) -> int | None:
        """The same, and nobody takes it again: of two at once, one gets it."""
        ...


class SignIns(Protocol):
    """Browsers in which a member is signed in."""

    async def start(
        self, digest: bytes, member_id: int, at: datetime, ends_at: datetime
    ) -> None:
        """What is over goes, and the oldest when the member has more than ten."""
        ...

    async def member_id(
        self, digest: bytes, at: datetime, community_id: int | None = None
    ) -> int | None:
        """The member who signed in, or who the same person is in another community."""
        ...

    async def end(self, digest: bytes) -> None: ...

    async def end_all(self, person_id: int) -> None:
        """In every browser, with the links that were not used yet."""
        ...
