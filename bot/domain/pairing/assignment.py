"""The pairing of a batch: as many requests as can be, at the least sum of costs.

Three things are settled in this order, each as far as it goes before the next counts:

1. as many *overdue* requests as possible: nobody waits beyond the bound while a mentor
   who could take them has a free place;
2. as many requests as possible;
3. the least cost, from which each day of waiting takes some: who waits longer goes
   first when mentors are short.

This is a minimum-weight bipartite matching between mentors' free places and requests,
where each place may also stay empty. The order above is in the weights: whole numbers,
each tier heavier than all of the next one together.

Pairings that stand are never touched: a batch fills free places only, so nobody loses
their mentor to somebody's better fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.pairing.cost import DEAREST
from bot.domain.pairing.facts import MentorOffer, MentorRequest, Pair
from bot.domain.pairing.matching import Places, edges_of, matched, places_of
from bot.domain.pairing.matrix import Candidates, Ints, OfferTable

BOUND_DAYS = 14
"""Two weeks: beyond it, learners seldom come back to ask."""

PATIENCE_A_DAY = 40
"""Ten days of waiting weigh as much as a mentor who knows nothing of what is wanted."""

MOST_PLACES = 8_000
"""Beyond it, the sum of weights would leave the whole numbers of a double (2^53)."""


@dataclass(frozen=True, kw_only=True)
class Assigned:
    pairs: tuple[Pair, ...]
    """By request."""
    left: tuple[MentorRequest, ...]
    """Without a mentor, longest waiting first."""


def assign(
    requests: Sequence[MentorRequest],
    offers: Sequence[MentorOffer],
    *,
    bound_days: int = BOUND_DAYS,
) -> Assigned:
    """Raises ValueError for more than MOST_PLACES free places at once."""
    waiting = sorted(requests, key=lambda one: one.id)
    free = sorted((o for o in offers if o.free), key=lambda one: one.person_id)
    places = places_of(free)
    if len(places) > MOST_PLACES:
        raise ValueError(len(places))
    table = OfferTable(free)
    found = [table.candidates(request) for request in waiting]
    worth = worth_of(waiting, len(places), bound_days)
    pairs = tuple(
        Pair(
            request_id=waiting[request].id,
            mentor_id=free[places.owner[place]].person_id,
            cost=_cost_at(found[request], places, place),
        )
        for request, place in matched(edges_of(found, places), worth, len(places))
    )
    paired = {pair.request_id for pair in pairs}
    left = [request for request in waiting if request.id not in paired]
    left.sort(key=lambda one: (-one.waiting_days, one.id))
    return Assigned(pairs=pairs, left=tuple(left))


def worth_of(
    waiting: Sequence[MentorRequest], places: int, bound_days: int = BOUND_DAYS
) -> Ints:
    """What pairing each request takes off the sum."""
    patience = PATIENCE_A_DAY * bound_days
    paired = (DEAREST + patience) * (places + 1)
    overdue = paired * (places + 1)
    return np.array(
        [
            (overdue if request.waiting_days >= bound_days else paired)
            + PATIENCE_A_DAY * min(request.waiting_days, bound_days)
            for request in waiting
        ],
        np.int64,
    )


def _cost_at(found: Candidates, places: Places, place: int) -> int:
    at = np.searchsorted(found.offers, places.owner[place])
    return int(found.costs[at] + places.load[place])
