"""The times in which nobody could play."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.outage import Outage


class Outages(Protocol):
    async def beat(self, at: datetime) -> datetime | None:
        """Writes that we live; when any process last did before, None at first.

        Holds the row until the transaction ends. Never goes back in time.
        """
        ...

    async def add(self, outage: Outage) -> None: ...

    async def unsettled(self) -> Sequence[Outage]: ...

    async def settle(self, outage_id: int, at: datetime) -> None:
        """Its days are excused."""
        ...
