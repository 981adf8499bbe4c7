"""A submission and its life.

queued ──► judging ──► judged
           │     ▲
           └─────┘ a worker died: the next one takes it over
queued ──► awaiting_review ──► judging ──► judged      (kind review: its readers decide)
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from challenges.grading.grade import Grade
from runner.verdict import Verdict


class SubmissionState(StrEnum):
    QUEUED = "queued"
    JUDGING = "judging"
    JUDGED = "judged"
    AWAITING_REVIEW = "awaiting_review"


class SubmissionEvent(StrEnum):
    TAKEN = "taken"
    GRADED = "graded"
    SENT_TO_REVIEW = "sent_to_review"


TRANSITIONS: Mapping[tuple[SubmissionState, SubmissionEvent], SubmissionState] = {
    (SubmissionState.QUEUED, SubmissionEvent.TAKEN): SubmissionState.JUDGING,
    # A worker that died left it in judging; the next one takes it over.
    (SubmissionState.JUDGING, SubmissionEvent.TAKEN): SubmissionState.JUDGING,
    (SubmissionState.JUDGING, SubmissionEvent.GRADED): SubmissionState.JUDGED,
    (
        SubmissionState.QUEUED,
        SubmissionEvent.SENT_TO_REVIEW,
    ): SubmissionState.AWAITING_REVIEW,
    # Its readers have decided; what they said is the grade.
    (SubmissionState.AWAITING_REVIEW, SubmissionEvent.TAKEN): SubmissionState.JUDGING,
}


class TransitionRefused(Exception):
    def __init__(self, state: SubmissionState, event: SubmissionEvent) -> None:
        super().__init__(f"{event} does not follow {state}")
        self.state = state
        self.event = event


@dataclass(frozen=True, kw_only=True)
class Submission:
    id: UUID
    member_id: int
    person_id: int
    challenge_id: str
    challenge_digest: str
    source: str
    """Code; for a quiz, a JSON object of answers; for a review, the text or link."""
    place: Mapping[str, object]
    """Where the verdict is to go, as the chat layer wrote it."""
    submitted_at: datetime
    local_on: date
    is_daily: bool = False
    state: SubmissionState = SubmissionState.QUEUED
    attempt: int | None = None
    """The member's n-th judged submission to the challenge, judge errors excluded."""
    verdict: Verdict | None = None
    grade: Grade | None = None
    points: int = 0
    judged_at: datetime | None = None
    answered_at: datetime | None = None

    def advance(self, event: SubmissionEvent) -> "Submission":
        """Raises TransitionRefused when the event does not follow the state."""
        state = TRANSITIONS.get((self.state, event))
        if state is None:
            raise TransitionRefused(self.state, event)
        return replace(self, state=state)
