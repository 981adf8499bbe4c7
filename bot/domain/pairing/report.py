"""A word to the organisers about a pairing, for what nobody should have to bear."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class MentorReport:
    id: int
    pairing_id: int
    member_id: int
    """Who reports; the other one of the pairing is whom it is about."""
    at: datetime
    what: str
