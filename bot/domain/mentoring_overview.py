"""How mentoring goes in a community, for its organisers: counts and quantiles alone.

Nobody is named, and what fewer than LEAST_TOLD people said is not told at all: with two
ratings, each of the two would be known. WaitingNow times count those who still wait
(`pairing.waiting`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low
from typing import Final

from bot.domain.pairing.hearing import Feedback
from bot.domain.pairing.life import STANDING, Pairing, PairingKind, PairingState
from bot.domain.pairing.standing import RequestState, StandingOffer, StandingRequest
from bot.domain.pairing.waiting import Wait, WaitingTimes, waiting_times

SEASON: Final = timedelta(days=90)
"""What is told of the past: a quarter, in which most pairings begin or end."""

LEAST_TOLD: Final = 5


@dataclass(frozen=True, kw_only=True)
class WaitingNow:
    people: int
    longest_days: int
    """0 when nobody waits."""
    times: WaitingTimes | None
    """Of the season; None when too few have asked to say."""


@dataclass(frozen=True, kw_only=True)
class Pairs:
    offered: int
    """Of which a yes is still missing."""
    standing: int
    """Those that are stalled, too."""
    stalled: int
    longest_stalled_days: int
    past: Mapping[PairingState, int]
    """How those of the season ended that are no more."""


@dataclass(frozen=True, kw_only=True)
class Load:
    mentors: int
    paused: int
    places: int
    """Of those who are not paused."""
    taken: int
    full: int
    """Mentors with no place left."""
    idle: int
    """Mentors with nobody, who are not paused."""

    @property
    def free(self) -> int:
        return max(0, self.places - self.taken)


@dataclass(frozen=True, kw_only=True)
class Satisfaction:
    answers: int
    by_rating: Mapping[int, int] | None
    """None, as the middle, when fewer than LEAST_TOLD said something."""
    middle: int | None


def waiting(
    waiting_now: Collection[StandingRequest],
    season: Iterable[StandingRequest],
    now: datetime,
) -> WaitingNow:
    return WaitingNow(
        people=len({one.member_id for one in waiting_now}),
        longest_days=max((_days(one, now) for one in waiting_now), default=0),
        times=waiting_times(
            Wait(_days(one, now), one.state is RequestState.SERVED) for one in season
        ),
    )


def pairs(
    live: Collection[Pairing], counts: Mapping[PairingState, int], now: datetime
) -> Pairs:
    stalled = [one for one in live if one.state is PairingState.STALLED]
    standing = sum(one.state in STANDING for one in live)
    over = (
        PairingState.ENDED,
        PairingState.DECLINED,
        PairingState.RAN_OUT,
        PairingState.WITHDRAWN,
    )
    return Pairs(
        offered=len(live) - standing,
        standing=standing,
        stalled=len(stalled),
        longest_stalled_days=max(
            ((now - one.state_at) // timedelta(days=1) for one in stalled), default=0
        ),
        past={state: counts.get(state, 0) for state in over},
    )


def load(
    offers: Collection[StandingOffer], live: Iterable[Pairing], now: datetime
) -> Load:
    # A second mentee of a trio shares the first one's place, and peers take none.
    taken = Counter(
        one.mentor_id for one in live if one.kind is PairingKind.MENTOR and one.is_live
    )
    open_ones = [one for one in offers if not one.is_paused(now)]
    return Load(
        mentors=len(offers),
        paused=len(offers) - len(open_ones),
        places=sum(one.capacity for one in open_ones),
        taken=sum(taken[one.member_id] for one in open_ones),
        full=sum(taken[one.member_id] >= one.capacity for one in open_ones),
        idle=sum(not taken[one.member_id] for one in open_ones),
    )


def satisfaction(feedback: Iterable[Feedback]) -> Satisfaction:
    given = list(feedback)
    people = {one.member_id for one in given}
    if len(people) < LEAST_TOLD:
        return Satisfaction(answers=len(given), by_rating=None, middle=None)
    ratings = [one.rating for one in given]
    return Satisfaction(
        answers=len(given),
        by_rating=dict(sorted(Counter(ratings).items())),
        middle=median_low(ratings),
    )


def _days(request: StandingRequest, now: datetime) -> int:
    """Whole ones that they waited; a head start is no wait."""
    return max(0, ((request.ended_at or now) - request.asked_at) // timedelta(days=1))
