"""The work that is put off."""

from typing import Protocol

from bot.domain.submission import Submission


class Queue(Protocol):
    async def defer_judging(self, submission: Submission) -> None:
        """Part of the unit of work: the job exists if and only if it commits.

        A person's submissions to one challenge are judged one after another, so that
        attempts are counted in order.
        """
        ...
