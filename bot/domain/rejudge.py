"""A challenge's submissions judged again, member after member.

proposed ──► running ──► done
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class RejudgeState(StrEnum):
    PROPOSED = "proposed"
    """Counted and shown; it waits for somebody to press the button."""
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Rejudge:
    id: UUID
    community_id: int
    challenge_id: str
    submission_id: UUID | None
    """The one that is meant; None is every one of the community's."""
    reason: str
    at: datetime
    state: RejudgeState = RejudgeState.PROPOSED


@dataclass(frozen=True, kw_only=True)
class RejudgeCount:
    """What it is about, and how far it has come."""

    members: int
    submissions: int
    accepted: int
    settled: int = 0
    """Members of whom it is done."""
