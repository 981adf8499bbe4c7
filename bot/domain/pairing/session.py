"""A session of a pairing: an hour that one proposes and the other takes.

proposed ──► agreed ──► held
   │           ├──────► missed       they say so, and nobody asks why
   ├───────────┴──────► cancelled
   └──► lapsed          all its times passed, or nobody said how it was
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

SESSION = timedelta(hours=1)
TIMES_PROPOSED = 3
"""As many as one reads; a fourth is asked for."""
TELL_WITHIN = timedelta(days=3)
"""How long it is asked how a session was."""
REMIND_BEFORE = timedelta(hours=1)


class SessionState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class SessionEvent(StrEnum):
    TAKEN = "taken"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


TRANSITIONS: Mapping[tuple[SessionState, SessionEvent], SessionState] = {
    (SessionState.PROPOSED, SessionEvent.TAKEN): SessionState.AGREED,
    (SessionState.PROPOSED, SessionEvent.CANCELLED): SessionState.CANCELLED,
    (SessionState.PROPOSED, SessionEvent.LAPSED): SessionState.LAPSED,
    (SessionState.AGREED, SessionEvent.HELD): SessionState.HELD,
    (SessionState.AGREED, SessionEvent.MISSED): SessionState.MISSED,
    (SessionState.AGREED, SessionEvent.CANCELLED): SessionState.CANCELLED,
    (SessionState.AGREED, SessionEvent.LAPSED): SessionState.LAPSED,
}

OPEN_SESSIONS = frozenset({SessionState.PROPOSED, SessionState.AGREED})


class SessionStepRefused(Exception):
    def __init__(self, state: SessionState, event: SessionEvent) -> None:
        super().__init__(f"{event} does not follow {state}")
        self.state = state
        self.event = event


@dataclass(frozen=True, kw_only=True)
class Session:
    id: int
    pairing_id: int
    proposed_by: int
    """A member."""
    times: tuple[datetime, ...]
    """That were proposed, earliest first."""
    starts_at: datetime | None = None
    """Once it is agreed."""
    state: SessionState = SessionState.PROPOSED
    asked_at: datetime | None = None
    """When both were asked how it was."""

    def advance(self, event: SessionEvent) -> "Session":
        """Raises SessionStepRefused when the event does not follow the state."""
        state = TRANSITIONS.get((self.state, event))
        if state is None:
            raise SessionStepRefused(self.state, event)
        return replace(self, state=state)

    def taken(self, starts_at: datetime) -> "Session":
        """Raises SessionStepRefused, and ValueError for a time that nobody proposed."""
        if starts_at not in self.times:
            raise ValueError(starts_at)
        return replace(self.advance(SessionEvent.TAKEN), starts_at=starts_at)

    def has_lapsed(self, now: datetime) -> bool:
        match self.state:
            case SessionState.PROPOSED:
                return now >= self.times[-1]
            case SessionState.AGREED:
                return now >= self._ends_at + TELL_WITHIN
            case _:
                return False

    def is_to_be_told(self, now: datetime) -> bool:
        """Whether it is over and nobody has been asked how it was."""
        is_over = self.state is SessionState.AGREED and now >= self._ends_at
        return is_over and self.asked_at is None

    @property
    def _ends_at(self) -> datetime:
        return (self.starts_at or self.times[-1]) + SESSION
