"""The costs of many pairs at once: what `filters` and `cost` say, by arrays.

Twenty million pairs (ten thousand requests, two thousand mentors) take a second or two
so, and minutes one by one. Laws hold each cost to be that of `cost.terms`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.domain.pairing.cost import (
    AGAIN_COST,
    CLOSE_PHASES,
    ENOUGH_MIN,
    FAR_PHASES,
    HOURS_COST,
    LANGUAGE_COST,
    PHASES_COST,
    SESSION_MIN,
    topic_weights,
)
from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.filters import LEADERSHIP_PHASE
from bot.domain.pairing.week import QUARTER_MIN, QUARTERS_A_WEEK, in_sessions

Ints = NDArray[np.int64]

_WORD_BITS = 64
_WORDS = -(-QUARTERS_A_WEEK // _WORD_BITS)


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Of one request: places in the sequence of offers, and what each would cost an
    idle mentor, without the load.
    """

    offers: Ints
    costs: Ints


class OfferTable:
    """The offers as columns. Those without a free place have no candidates."""

    def __init__(self, offers: Sequence[MentorOffer]) -> None:
        known_topics = sorted(set(chain.from_iterable(o.topics for o in offers)))
        spoken = sorted(set(chain.from_iterable(o.languages for o in offers)))
        self._topics = {
            topic: np.array([topic in o.topics for o in offers], bool)
            for topic in known_topics
        }
        self._languages = {
            language: np.array([language in o.languages for o in offers], bool)
            for language in spoken
        }
        self._phases = np.array([o.phase for o in offers], np.int64)
        self._taken = {
            phase: np.array([not o.phases or phase in o.phases for o in offers], bool)
            for phase in range(1, LEADERSHIP_PHASE + 1)
        }
        self._free = np.array([o.free > 0 for o in offers], bool)
        self._weeks = _words([o.week for o in offers])
        self._sessions = _words([in_sessions(o.week) for o in offers])
        self._by_person = {o.person_id: place for place, o in enumerate(offers)}
        self._refusing = _refusing(offers)
        self._none = np.zeros(len(offers), bool)

    def candidates(self, request: MentorRequest) -> Candidates:
        possible = self._free & self._speaks_any(request)
        possible &= self._taken[request.phase]
        possible &= (self._phases > request.phase) | (self._phases == LEADERSHIP_PHASE)
        possible[self._impossible(request)] = False
        places = np.flatnonzero(possible)
        places = places[self._may_meet(request, places)]
        return Candidates(offers=places, costs=self._costs(request, places))

    def _speaks_any(self, request: MentorRequest) -> NDArray[np.bool_]:
        spoken = self._none.copy()
        for language in request.languages:
            spoken |= self._languages.get(language, self._none)
        return spoken

    def _impossible(self, request: MentorRequest) -> list[int]:
        persons = request.refused | {request.person_id}
        named = [self._by_person[one] for one in persons if one in self._by_person]
        return named + self._refusing.get(request.person_id, [])

    def _may_meet(self, request: MentorRequest, places: Ints) -> NDArray[np.bool_]:
        sessions = self._sessions[places] & _words([in_sessions(request.week)])
        return np.asarray(sessions.any(axis=1))

    def _costs(self, request: MentorRequest, places: Ints) -> Ints:
        costs = np.zeros(len(places), np.int64)
        weights = topic_weights(len(request.topics))
        for topic, weight in zip(request.topics, weights, strict=True):
            costs += weight * ~self._topics.get(topic, self._none)[places]
        costs += self._hours_costs(request, places)
        beyond = np.maximum(0, self._phases[places] - request.phase - CLOSE_PHASES)
        costs += PHASES_COST * beyond // (FAR_PHASES - CLOSE_PHASES)
        costs += self._language_costs(request, places)
        for person in request.earlier_mentors & self._by_person.keys():
            costs += AGAIN_COST * (places == self._by_person[person])
        return costs

    def _hours_costs(self, request: MentorRequest, places: Ints) -> Ints:
        common = np.bitwise_count(self._weeks[places] & _words([request.week]))
        common_min = QUARTER_MIN * common.sum(axis=1, dtype=np.int64)
        lacking = ENOUGH_MIN - np.clip(common_min, SESSION_MIN, ENOUGH_MIN)
        return np.asarray(HOURS_COST * lacking // (ENOUGH_MIN - SESSION_MIN))

    def _language_costs(self, request: MentorRequest, places: Ints) -> Ints:
        last = len(request.languages) - 1
        costs = np.zeros(len(places), np.int64)
        # From the least liked on, so that the most liked has the last word.
        for rank in range(last, 0, -1) if last else ():
            spoken = self._languages.get(request.languages[rank], self._none)[places]
            costs[spoken] = LANGUAGE_COST * rank // last
        costs[self._languages.get(request.languages[0], self._none)[places]] = 0
        return costs


def _words(weeks: Sequence[int]) -> NDArray[np.uint64]:
    """Each week as a row of words."""
    size = _WORDS * _WORD_BITS // 8
    packed = b"".join(week.to_bytes(size, "little") for week in weeks)
    return np.frombuffer(packed, np.dtype("<u8")).reshape(len(weeks), _WORDS)


def _refusing(offers: Sequence[MentorOffer]) -> Mapping[int, list[int]]:
    refusing: dict[int, list[int]] = {}
    for place, offer in enumerate(offers):
        for person in offer.refused:
            refusing.setdefault(person, []).append(place)
    return refusing
