"""What phase 7 asks beside its challenges: reviews, mentoring, a contribution.

Leadership is what others had of it, so it is counted from the log by evidence that
somebody else gave: a review that was thanked, a pairing that both sides ended well, a
contribution that a mentor accepted. What was done is counted, never how fast.
"""

from collections.abc import Collection, Iterable, Mapping
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


@dataclass(frozen=True, kw_only=True)
class EvidenceStanding:
    evidence: Evidence
    given: int
    asked: int

    @property
    def is_enough(self) -> bool:
        return self.given >= self.asked


def evidence_of(
    events: Iterable[Event], *, contributions: Collection[str]
) -> tuple[EvidenceStanding, ...]:
    """Of one person's events in any order.

    `contributions` are ids of the challenges whose acceptance is a contribution: a
    mentor decides on them.
    """
    counts = dict.fromkeys(Evidence, 0)
    for event in {event.key: event for event in events}.values():
        if event.kind is EventKind.REPUTATION_EARNED and event.reputation > 0:
            found = event.facts.get("for")
            if found in counts:
                counts[Evidence(found)] += 1
        elif event.kind is EventKind.SOLVED and event.challenge_id in contributions:
            counts[Evidence.CONTRIBUTION] += 1
    return tuple(
        EvidenceStanding(evidence=one, given=counts[one], asked=ASKED[one])
        for one in Evidence
    )


def has_led(standings: Iterable[EvidenceStanding]) -> bool:
    """Whether the evidence is enough to complete the phase."""
    return all(one.is_enough for one in standings)
