"""What members hand in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.finest import DailySolution
from bot.domain.submission import Submission


class Submissions(Protocol):
    async def add(self, submission: Submission) -> None: ...

    async def get(self, submission_id: UUID, *, lock: bool = False) -> Submission:
        """`lock` holds the row until the transaction ends.

        Raises SubmissionNotFound.
        """
        ...

    async def save(self, submission: Submission) -> None: ...

    async def history(
        self, person_id: int, challenge_id: str | None = None, limit: int = 20
    ) -> Sequence[Submission]:
        """Newest first."""
        ...

    async def attempts(self, person_id: int, challenge_id: str) -> int:
        """The number of the latest attempt; 0 before the first."""
        ...

    async def of_daily(
        self,
        community_id: int,
        challenge_id: str,
        since: datetime,
        until: datetime,
    ) -> Sequence[DailySolution]:
        """The community's acceptances of a daily handed in then, one of a person.

        The earliest of each, in that order.
        """
        ...

    async def count_since(self, person_id: int, since: datetime) -> int: ...
