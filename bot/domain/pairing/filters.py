"""The pairs that cannot be, whatever they would cost."""

from collections.abc import Iterator
from enum import StrEnum

from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.week import together_min


class Obstacle(StrEnum):
    SELF = "self"
    LANGUAGE = "language"
    """They share none."""
    HOURS = "hours"
    """No hour of the week is free for both."""
    REFUSED = "refused"
    PHASE = "phase"
    """The mentor is not ahead, or takes none of that phase."""
    FULL = "full"


LEADERSHIP_PHASE = 7
"""Its members mentor each other: nobody is ahead of them, and mentoring is its work."""


def is_ahead(mentor_phase: int, mentee_phase: int) -> bool:
    return mentor_phase > mentee_phase or mentor_phase == LEADERSHIP_PHASE


def obstacles(request: MentorRequest, offer: MentorOffer) -> tuple[Obstacle, ...]:
    """All that stand between the two, so that each side can be told; often one."""
    return tuple(_obstacles(request, offer))


def _obstacles(request: MentorRequest, offer: MentorOffer) -> Iterator[Obstacle]:
    if request.person_id == offer.person_id:
        yield Obstacle.SELF
    if offer.languages.isdisjoint(request.languages):
        yield Obstacle.LANGUAGE
    if not together_min(request.week, offer.week):
        yield Obstacle.HOURS
    if offer.person_id in request.refused or request.person_id in offer.refused:
        yield Obstacle.REFUSED
    is_taken = not offer.phases or request.phase in offer.phases
    if not is_taken or not is_ahead(offer.phase, request.phase):
        yield Obstacle.PHASE
    if not offer.free:
        yield Obstacle.FULL
