"""Who wants to be reminded, and who was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain.member import Member


@dataclass(frozen=True, kw_only=True)
class Wisher:
    member: Member
    external_id: str
    """On the community's platform."""


class Reminders(Protocol):
    async def wishers(self) -> Sequence[Wisher]:
        """Members whose person wants it, where they were new last first."""
        ...

    async def claim(self, person_id: int, on: date) -> bool:
        """False when the person, under any account, was reminded of that date."""
        ...
