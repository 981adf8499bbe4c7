"""A community that could be, to measure and to try rules: by seed, always the same."""

import random
from datetime import date

from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.week import WeekHour, week_of

ZONES = (
    "America/Mexico_City",
    "America/Bogota",
    "America/Lima",
    "America/Argentina/Buenos_Aires",
    "Europe/Madrid",
    "America/New_York",
    "Asia/Kolkata",
)
TOPICS_EACH_PHASE = 4
PHASES = 6


def community(
    *, requests: int, mentors: int, seed: int
) -> tuple[list[MentorRequest], list[MentorOffer]]:
    """Most speak Spanish, most have evenings; a tenth have waited beyond any bound."""
    dice = random.Random(seed)  # noqa: S311 -- nothing is secret here
    return (
        [_request(number, dice) for number in range(requests)],
        [_offer(requests + number, dice) for number in range(mentors)],
    )


def _request(number: int, dice: random.Random) -> MentorRequest:
    phase = dice.choices(range(1, PHASES + 1), weights=(30, 25, 18, 12, 9, 6))[0]
    return MentorRequest(
        id=number,
        person_id=number,
        phase=phase,
        topics=tuple(dice.sample(_topics_of(phase), dice.randint(1, 3))),
        languages=_languages(dice),
        week=_week(dice, dice.randint(3, 10)),
        waiting_days=dice.choice([*range(14), *range(4), 20]),
    )


def _offer(number: int, dice: random.Random) -> MentorOffer:
    phase = dice.choices(range(3, 8), weights=(10, 20, 25, 25, 20))[0]
    known = [topic for below in range(1, phase) for topic in _topics_of(below)]
    capacity = dice.randint(1, 3)
    return MentorOffer(
        person_id=number,
        phase=phase,
        topics=frozenset(dice.sample(known, min(len(known), dice.randint(3, 10)))),
        languages=frozenset(_languages(dice)),
        week=_week(dice, dice.randint(2, 8)),
        capacity=capacity,
        mentees=dice.randint(0, capacity - 1),
    )


def _topics_of(phase: int) -> list[str]:
    return [f"phase-{phase}/topic-{n}" for n in range(1, TOPICS_EACH_PHASE + 1)]


def _languages(dice: random.Random) -> tuple[str, ...]:
    kinds = (("es",), ("es", "en"), ("en",), ("en", "es"))
    return dice.choices(kinds, weights=(40, 25, 20, 15))[0]


def _week(dice: random.Random, hours: int) -> int:
    """Evenings mostly, as people who work have them."""
    chosen = [
        WeekHour(dice.randrange(7), dice.choice((7, 12, 18, 19, 20, 20, 21, 21, 22)))
        for _ in range(hours)
    ]
    # One date for all: the week that the batch is for.
    return week_of(chosen, dice.choice(ZONES), date(2026, 6, 1))
