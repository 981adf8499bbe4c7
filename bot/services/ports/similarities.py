"""What organisers look at when two submissions are alike, and what they answered."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.similarity import Compared


class AlikeAnswer(StrEnum):
    DISMISSED = "dismissed"
    """Nothing to it."""
    NOTED = "noted"
    """To be kept in mind; it is shown again with a third."""
    TALKED = "talked"
    """They were talked to, in private."""


class Similarities(Protocol):
    async def accepted(
        self, community_id: int, challenge_id: str, *, limit: int
    ) -> Sequence[Compared]:
        """Everybody's last accepted submission, one a person; the newest first."""
        ...

    async def answered(self, submission_ids: Collection[str]) -> Collection[str]:
        """The pairs among these that were answered, as `pair_of` writes them."""
        ...

    async def answer(
        self,
        members: tuple[int, int],
        submissions: tuple[str, str],
        answer: AlikeAnswer,
        at: datetime,
    ) -> None:
        """In place of an earlier answer."""
        ...


def pair_of(one: str, other: str) -> str:
    return "|".join(sorted((one, other)))
