"""Judging again, so that it goes on where a dead worker left it."""

from typing import Protocol
from uuid import UUID

from bot.domain.rejudge import Rejudge, RejudgeCount


class Rejudges(Protocol):
    async def propose(self, rejudge: Rejudge) -> None: ...

    async def get(self, rejudge_id: UUID, *, lock: bool = False) -> Rejudge | None: ...

    async def count(self, rejudge: Rejudge) -> RejudgeCount: ...

    async def start(self, rejudge: Rejudge) -> None:
        """Writes down whose turn will come, and puts off the first; see `go_on`."""
        ...

    async def whose_turn(self, rejudge_id: UUID) -> int | None:
        """The next member; None when all were. Held until the transaction ends."""
        ...

    async def settle(self, rejudge_id: UUID, member_id: int) -> None: ...

    async def go_on(self, rejudge_id: UUID) -> None:
        """Part of the unit of work: the next turn comes if and only if it commits.

        Whatever members hand in is judged before.
        """
        ...

    async def end(self, rejudge_id: UUID) -> None: ...
