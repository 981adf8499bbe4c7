"""The event log: what happened, from which points, streaks and boards can be folded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class EventKind(StrEnum):
    JOINED = "joined"
    HINT_TAKEN = "hint_taken"
    SOLUTION_OPENED = "solution_opened"
    ATTEMPT_FAILED = "attempt_failed"
    """A judged submission that was not accepted, judge errors excluded."""
    SOLVED = "solved"
    """The first acceptance of a challenge; carries the points."""
    REPEATED = "repeated"
    """A later acceptance: it keeps skills fresh and earns nothing."""
    RESCORED = "rescored"
    """A rejudge changed what a submission earned: `points` is the difference."""
    POINTS_GRANTED = "points_granted"
    """By an organiser, with a reason."""
    POINTS_REVOKED = "points_revoked"
    """By an organiser, with a reason; `points` is negative."""
    REPUTATION_EARNED = "reputation_earned"
    """By helping; carries reputation."""
    PHASE_CHANGED = "phase_changed"
    """Chosen, placed or promoted: `facts` say `from`, `to` and `how`."""
    PLACEMENT_STARTED = "placement_started"
    """A member sits the test for a later phase: `facts` say which, and what it asks."""
    BADGE_EARNED = "badge_earned"
    CERTIFICATE_EARNED = "certificate_earned"
    """A phase was finished: `facts` say which, and by which skills."""
    CERTIFICATE_REVOKED = "certificate_revoked"
    """What earned it is not so any more: `facts` say `of` which event, and `why`."""
    DAY_EXCUSED = "day_excused"
    """A day on which the bot was down or late; `local_on` is that day."""
    REST_DAYS_CHOSEN = "rest_days_chosen"
    """Weekdays on which the person rests, in force from `local_on` on."""
    ZONE_CHANGED = "zone_changed"
    """The zone or the day's start; in force from `local_on` on."""
    ACCOUNT_LINKED = "account_linked"
    ACCOUNT_UNLINKED = "account_unlinked"


@dataclass(frozen=True, kw_only=True)
class Event:
    """`key` makes it happen once: appending the same key again changes nothing."""

    kind: EventKind
    key: str
    person_id: int
    member_id: int
    occurred_at: datetime
    local_on: date
    """The person's local date, fixed now by the zone in force and their day's start."""
    challenge_id: str | None = None
    points: int = 0
    """Negative where points are taken back."""
    reputation: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict)
