"""The log."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.event import Event


class Events(Protocol):
    async def append(self, event: Event) -> bool:
        """False when an event with the same key is there already: nothing changes."""
        ...

    async def of_person(self, person_id: int) -> Sequence[Event]:
        """In the order of the log."""
        ...
