"""How a pairing goes, by what its two people answer, and when they are asked.

Both are asked on days 3, 7 and 14, when most pairings that fail do so, and then every
four weeks. Fourteen days without a sign that they meet, and it is *stalled*: both are
told, and either can say that it goes on. After another seven it ends, without blame.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.pairing.life import Pairing, PairingState

CHECK_IN_DAYS = (3, 7, 14)
LATER_CHECK_INS_DAYS = 28

STALLS_AFTER = timedelta(days=14)
"""Two missed weeks are a habit."""
PARTS_AFTER = timedelta(days=7)
"""A week to come back from a journey or an illness."""


class CheckInAnswer(StrEnum):
    WELL = "well"
    SLOWLY = "slowly"
    """They meet, and it is hard."""
    NOT_YET = "not_yet"
    """They have not met."""


SIGNS_OF_LIFE = frozenset({CheckInAnswer.WELL, CheckInAnswer.SLOWLY})


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    pairing_id: int
    member_id: int
    day: int
    answered_at: datetime
    answer: CheckInAnswer


LOWEST_RATING, HIGHEST_RATING = 1, 5
GOOD_RATING = 3
"""Of five, and what an honest person gives for "it helped"."""


@dataclass(frozen=True, kw_only=True)
class Feedback:
    pairing_id: int
    member_id: int
    """Who gives it."""
    at: datetime
    rating: int
    note: str = ""
    """For the other; organisers see only the rating."""

    @property
    def is_good(self) -> bool:
        return self.rating >= GOOD_RATING


def check_in_due(pairing: Pairing, now: datetime) -> int | None:
    """The day for which both are to be asked now; the latest of several missed ones."""
    if pairing.state is not PairingState.ACTIVE or pairing.active_at is None:
        return None
    days = (now - pairing.active_at) // timedelta(days=1)
    last = CHECK_IN_DAYS[-1]
    if days >= last + LATER_CHECK_INS_DAYS:
        due = last + (days - last) // LATER_CHECK_INS_DAYS * LATER_CHECK_INS_DAYS
    else:
        due = max((one for one in CHECK_IN_DAYS if one <= days), default=0)
    return due if due > pairing.asked_days else None


def is_silent(pairing: Pairing, now: datetime) -> bool:
    is_active = pairing.state is PairingState.ACTIVE
    return is_active and now - pairing.heard_at >= STALLS_AFTER


def is_to_part(pairing: Pairing, now: datetime) -> bool:
    is_stalled = pairing.state is PairingState.STALLED
    return is_stalled and now - pairing.state_at >= PARTS_AFTER


def is_over(pairing: Pairing, now: datetime) -> bool:
    """Its term is; a stalled one parts in its own way."""
    ends_at = pairing.ends_at
    is_active = pairing.state is PairingState.ACTIVE
    return is_active and ends_at is not None and now >= ends_at


def has_run_out(pairing: Pairing, now: datetime) -> bool:
    is_open = pairing.is_live and not pairing.is_standing
    return is_open and now >= pairing.runs_out_at
