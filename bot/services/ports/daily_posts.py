"""What came of posting each daily."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain.daily_post import DailyPost


class DailyPosts(Protocol):
    async def add(self, post: DailyPost) -> bool:
        """False when that community, phase and date has one: nothing changes."""
        ...

    async def find(
        self, community_id: int, phase: int, on: date, *, lock: bool = False
    ) -> DailyPost | None:
        """`lock` holds the row until the transaction ends."""
        ...

    async def save(self, post: DailyPost) -> None: ...

    async def of_days(self, community_id: int, since: date) -> Sequence[DailyPost]:
        """From that date on, oldest first, then by phase."""
        ...
