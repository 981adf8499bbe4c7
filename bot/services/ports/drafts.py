"""Code that waits for its author to say which of it is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Draft:
    challenge_id: str
    sources: tuple[str, ...]


class Drafts(Protocol):
    """One for each member: the newest takes the place of the one before."""

    async def put(
        self, member_id: int, challenge_id: str, sources: Sequence[str], at: datetime
    ) -> int:
        """Its number, by which it is asked for."""
        ...

    async def get(self, member_id: int, number: int) -> Draft | None: ...
