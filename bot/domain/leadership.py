"""What phase 7 asks beside its challenges: reviews, mentoring, a contribution.

Leadership is what others had of it, so it is counted from the log by evidence that
somebody else gave: a review that said something, a pairing that both sides ended well,
a contribution that its readers accepted. What was done is counted, never how fast.

The score adds it up for those who want to see it grow; the phase is finished by each
kind of evidence and not by the sum, for who never mentored does not lead by reading.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.event import Event, EventKind


class Evidence(StrEnum):
    """`for` in the facts of REPUTATION_EARNED."""

    REVIEW = "review"
    MENTORING = "mentoring"
    CONTRIBUTION = "contribution"


ASKED: Mapping[Evidence, int] = {
    # An hour a week for a season: enough to have met most ways to be wrong.
    Evidence.REVIEW: 10,
    # One may be luck of the pairing; two are a way of working.
    Evidence.MENTORING: 2,
    # The first is the hard one.
    Evidence.CONTRIBUTION: 1,
}


REVIEW_WORTH = 3
MENTORING_WORTH = 15
"""Weeks of somebody's evenings: as five reviews."""
PROGRESS_WORTH = 1
"""For each challenge that a mentee solved in what they came for."""
MOST_PROGRESS = 10
"""Of one pairing: beyond it, it is the mentee who runs."""
CONTRIBUTION_WORTH = 20
"""So that what the phase asks, with two mentees who got far, is a hundred."""


@dataclass(frozen=True, kw_only=True)
class LeadershipScore:
    """In parts, so that a member sees what it comes from."""

    reviews: int = 0
    mentoring: int = 0
    progress: int = 0
    """What their mentees did meanwhile."""
    contributions: int = 0

    @property
    def total(self) -> int:
        return self.reviews + self.mentoring + self.progress + self.contributions


@dataclass(frozen=True, kw_only=True)
class EvidenceStanding:
    evidence: Evidence
    given: int
    asked: int

    @property
    def is_enough(self) -> bool:
        return self.given >= self.asked


def evidence_of(events: Iterable[Event]) -> tuple[EvidenceStanding, ...]:
    """Of one person's events in any order."""
    counts = Counter(evidence for evidence, _ in _given(events))
    return tuple(
        EvidenceStanding(evidence=one, given=counts[one], asked=ASKED[one])
        for one in Evidence
    )


def leadership_score(events: Iterable[Event]) -> LeadershipScore:
    """Of one person's events in any order. No bound: who goes on, goes on."""
    given = list(_given(events))
    counts = Counter(evidence for evidence, _ in given)
    progress = [
        min(MOST_PROGRESS, max(0, int(event.facts.get("solved", 0))))
        for evidence, event in given
        if evidence is Evidence.MENTORING
    ]
    return LeadershipScore(
        reviews=REVIEW_WORTH * counts[Evidence.REVIEW],
        mentoring=MENTORING_WORTH * counts[Evidence.MENTORING],
        progress=PROGRESS_WORTH * sum(progress),
        contributions=CONTRIBUTION_WORTH * counts[Evidence.CONTRIBUTION],
    )


def has_led(standings: Iterable[EvidenceStanding]) -> bool:
    """Whether the evidence is enough to complete the phase."""
    return all(one.is_enough for one in standings)


def _given(events: Iterable[Event]) -> Iterator[tuple[Evidence, Event]]:
    for event in {event.key: event for event in events}.values():
        found = str(event.facts.get("for"))
        is_help = event.kind is EventKind.REPUTATION_EARNED and event.reputation > 0
        if is_help and found in set(Evidence):
            yield Evidence(found), event
