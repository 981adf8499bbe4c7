"""What a pair costs: the sum of five terms, lower is better. Published to members.

| term | from 0 | to | why |
|---|---|---|---|
| topics | the mentor knows all that is wanted | 400: nothing of it | what the mentee came for; what they want most weighs most |
| hours | four common hours a week | 200: a single one | plans change: with one common hour, one busy evening ends a pairing |
| phases | one or two phases ahead | 100: six ahead | who has just learned it remembers what was hard |
| language | the mentee's first language | 100: their last | shame to ask is the first thing that ends a pairing |
| again | another mentor than before | 100: one they have had | a second view teaches more; but a known mentor beats none |
| load | an idle mentor | 150: their last free place | who carries little has time, and nobody is worn out |

Waiting costs nothing and buys everything: it decides who is paired at all when mentors
are short (`assignment`), and never makes a bad pair look good.
"""  # noqa: E501 -- a table's row is one line

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.week import together_min

TOPICS_COST = 400
HOURS_COST = 200
PHASES_COST = 100
LANGUAGE_COST = 100
AGAIN_COST = 100
LOAD_COST = 150

ENOUGH_MIN = 240
"""Four common hours: a session, and three chances to move it."""
SESSION_MIN = 60
CLOSE_PHASES = 2
FAR_PHASES = 6

DEAREST = (
    TOPICS_COST + HOURS_COST + PHASES_COST + LANGUAGE_COST + AGAIN_COST + LOAD_COST
)


class PairTerm(StrEnum):
    TOPICS = "topics"
    HOURS = "hours"
    PHASES = "phases"
    LANGUAGE = "language"
    AGAIN = "again"
    LOAD = "load"


@dataclass(frozen=True, kw_only=True)
class PairTerms:
    topics: int
    hours: int
    phases: int
    language: int
    again: int
    load: int

    @property
    def cost(self) -> int:
        return sum(getattr(self, term.value) for term in PairTerm)


def terms(request: MentorRequest, offer: MentorOffer, *, place: int = 0) -> PairTerms:
    """Of a pair without obstacles; `place` counts those that the mentor gives before
    this one, from 0.
    """
    return PairTerms(
        topics=topics_cost(request.topics, offer.topics),
        hours=hours_cost(together_min(request.week, offer.week)),
        phases=phases_cost(offer.phase - request.phase),
        language=language_cost(request.languages, offer.languages),
        again=AGAIN_COST * (offer.person_id in request.earlier_mentors),
        load=load_cost(offer.mentees + place, offer.capacity),
    )


def topic_weights(wanted: int) -> tuple[int, ...]:
    """Of the wanted topics in their order: 1, 1/2, 1/3 …, in shares of TOPICS_COST.

    They add up to it: what rounding leaves goes to the first.
    """
    harmonic = [1 / rank for rank in range(1, wanted + 1)]
    shares = [int(TOPICS_COST * part / sum(harmonic)) for part in harmonic]
    shares[0] += TOPICS_COST - sum(shares)
    return tuple(shares)


def topics_cost(wanted: tuple[str, ...], known: frozenset[str]) -> int:
    weights = topic_weights(len(wanted))
    return sum(
        weight
        for topic, weight in zip(wanted, weights, strict=True)
        if topic not in known
    )


def hours_cost(common_min: int) -> int:
    lacking = ENOUGH_MIN - min(max(common_min, SESSION_MIN), ENOUGH_MIN)
    return HOURS_COST * lacking // (ENOUGH_MIN - SESSION_MIN)


def phases_cost(ahead: int) -> int:
    beyond = max(0, ahead - CLOSE_PHASES)
    return PHASES_COST * beyond // (FAR_PHASES - CLOSE_PHASES)


def language_cost(liked: tuple[str, ...], spoken: frozenset[str]) -> int:
    """By the place of the first shared language among those that the mentee likes."""
    last = len(liked) - 1
    shared = next(place for place, one in enumerate(liked) if one in spoken)
    return LANGUAGE_COST * shared // last if last else 0


def load_cost(mentees: int, capacity: int) -> int:
    """Grows with each place, so that a second mentee goes to an idle mentor first."""
    return LOAD_COST * mentees // max(1, capacity - 1) if mentees else 0
