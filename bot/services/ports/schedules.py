"""When a community's dailies come, and where."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.schedule import DailySettings


class Schedules(Protocol):
    async def get(
        self, community_id: int, *, lock: bool = False
    ) -> DailySettings | None:
        """`lock` holds the row until the transaction ends."""
        ...

    async def start(self, settings: DailySettings) -> DailySettings:
        """The community's settings: these, unless it has some."""
        ...

    async def save(self, settings: DailySettings) -> None: ...

    async def all(self) -> Sequence[DailySettings]: ...
