"""The daily of a phase."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Daily:
    """Unique by community, phase and date: posting twice is impossible, not unlikely."""

    community_id: int
    phase: int
    on: date
    challenge_id: str
