"""What was posted, and when."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain.daily import Daily


class Dailies(Protocol):
    async def put(self, daily: Daily) -> Daily:
        """The daily kept for that community, phase and date: the first one put wins."""
        ...

    async def find(self, community_id: int, phase: int, on: date) -> Daily | None: ...

    async def on(self, community_id: int, on: date) -> Sequence[Daily]:
        """Of every phase, by phase."""
        ...

    async def posted(self, community_id: int, phase: int) -> Sequence[Daily]:
        """Oldest first."""
        ...
