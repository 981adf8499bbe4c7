"""What mentors offer and mentees ask, as they said it and until they change it.

`facts` is what a batch makes of these for a date.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.pairing.life import USUAL_WEEKS
from bot.domain.pairing.week import WeekHour

MOST_MENTEES = 5
"""Five hours a week: whoever gives more has a job of it."""

MOST_TOPICS_ASKED = 3
"""Their weights fall fast: a fourth would hardly count, and a pairing drift."""

HEAD_START_DAYS = 7
"""Of who waits again by no choice of theirs: half the bound."""


@dataclass(frozen=True, kw_only=True)
class StandingOffer:
    member_id: int
    topics: tuple[str, ...]
    phases: frozenset[int] = frozenset()
    """Of the mentees; empty: all that the mentor is ahead of."""
    languages: tuple[str, ...]
    hours: frozenset[WeekHour]
    """By the mentor's own clock, wherever they are."""
    capacity: int
    offered_at: datetime
    paused_until: datetime | None = None

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and now < self.paused_until


class RequestState(StrEnum):
    WAITING = "waiting"
    SERVED = "served"
    """Somebody said yes, and they did."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class StandingRequest:
    """One wait, from asking until a mentor is found. Who waits again has a new one."""

    id: int
    member_id: int
    topics: tuple[str, ...]
    """Most wanted first."""
    goal: str
    languages: tuple[str, ...]
    """Most liked first."""
    hours: frozenset[WeekHour]
    weeks: int = USUAL_WEEKS
    shares: bool = False
    """True: a second mentee may join, when mentors are short."""
    asked_at: datetime
    state: RequestState = RequestState.WAITING
    ended_at: datetime | None = None
    head_start_days: int = 0

    def waiting_days(self, now: datetime) -> int:
        return (now - self.asked_at) // timedelta(days=1) + self.head_start_days

    def again(self, at: datetime) -> "StandingRequest":
        """The same wish, ahead of others; to be added."""
        return replace(
            self,
            asked_at=at,
            state=RequestState.WAITING,
            ended_at=None,
            head_start_days=HEAD_START_DAYS,
        )

    def ended(self, state: RequestState, at: datetime) -> "StandingRequest":
        return replace(self, state=state, ended_at=at)
