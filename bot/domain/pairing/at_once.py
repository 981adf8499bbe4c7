"""Who need not wait for the batch: whoever fits well, and takes nobody's turn.

In the order of waiting, each is given the mentor who costs least, if that is a good
fit. Whoever is not, keeps all mentors that they could have for the batch: nobody who
came later takes one of them at once.
"""

from collections.abc import Sequence

from bot.domain.pairing.cost import load_cost
from bot.domain.pairing.facts import MentorOffer, MentorRequest, Pair
from bot.domain.pairing.matrix import OfferTable

GOOD_FIT = 250
"""Of 1050 at worst: most of what is wanted, at hours that leave some choice."""


def at_once(
    requests: Sequence[MentorRequest], offers: Sequence[MentorOffer]
) -> tuple[Pair, ...]:
    """In the order of waiting."""
    free = sorted((one for one in offers if one.free), key=lambda one: one.person_id)
    if not free:
        return ()
    table = OfferTable(free)
    left = [one.free for one in free]
    pairs: list[Pair] = []
    for request in sorted(requests, key=lambda one: (-one.waiting_days, one.id)):
        found = table.candidates(request)
        possible = [
            (cost + _load(free[at], left[at]), at)
            for at, cost in zip(
                found.offers.tolist(), found.costs.tolist(), strict=True
            )
            if left[at]
        ]
        if not possible:
            continue
        cost, best = min(possible)
        if cost <= GOOD_FIT:
            mentor_id = free[best].person_id
            pairs.append(Pair(request_id=request.id, mentor_id=mentor_id, cost=cost))
            left[best] -= 1
        else:
            for _, at in possible:
                left[at] = 0
    return tuple(pairs)


def _load(offer: MentorOffer, left: int) -> int:
    return load_cost(offer.mentees + offer.free - left, offer.capacity)
