"""The event log: what happened, from which points, streaks and boards can be folded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class EventKind(StrEnum):
    JOINED = "joined"
    HINT_TAKEN = "hint_taken"
    SOLUTION_OPENED = "solution_opened"
    SOLVED = "solved"
    """The first acceptance of a challenge; carries the points."""
    DAY_EXCUSED = "day_excused"
    """A day on which the bot was down or late; `local_on` is that day."""


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
    facts: Mapping[str, str | int] = field(default_factory=dict)
