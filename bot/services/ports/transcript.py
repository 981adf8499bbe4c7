"""The web chat's memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the web chat: a member's words or a reply, as the web adapter wrote it.

    `revision` grows with every entry and every change, in commit order, so that a
    reader asks for what is after the last one seen.
    """

    id: int
    revision: int
    community_id: int
    member_id: int | None
    """Whose conversation it belongs to; None is the community's channel."""
    body: Mapping[str, object]
    written_at: datetime


class Transcript(Protocol):
    """The web chat's memory. Each call is its own transaction."""

    async def append(
        self,
        community_id: int,
        member_id: int | None,
        body: Mapping[str, object],
        key: str | None = None,
    ) -> Entry:
        """The entry of that key, if the community has one already."""
        ...

    async def change(
        self, entry_id: int, body: Mapping[str, object], revision: int | None = None
    ) -> Entry:
        """The entry as it is then. With `revision`, it is changed only while it has it.

        Raises EntryNotFound.
        """
        ...

    async def get(self, entry_id: int) -> Entry | None: ...

    async def since(
        self, community_id: int, member_id: int, revision: int, limit: int = 200
    ) -> Sequence[Entry]:
        """The member's and the channel's entries after a revision, in its order.

        From revision 0, the newest `limit` of them.
        """
        ...
