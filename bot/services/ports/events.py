"""The log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.daily import Tally
from bot.domain.event import Event


class Events(Protocol):
    async def append(self, event: Event) -> bool:
        """False when an event with the same key is there already: nothing changes."""
        ...

    async def append_all(self, events: Sequence[Event]) -> int:
        """How many of them were new."""
        ...

    async def tallies(
        self, community_id: int, phase: int, since: datetime
    ) -> Sequence[Tally]:
        """How its members of that phase fared since then, by challenge."""
        ...

    async def of_person(self, person_id: int) -> Sequence[Event]:
        """In the order of the log."""
        ...
