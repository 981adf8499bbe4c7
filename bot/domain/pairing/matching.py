"""Requests at free places, at the least sum of weights.

Solved by LAPJVsp (Jonker and Volgenant 1987, the sparse form in SciPy): exact, and
without chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bot.domain.pairing.cost import load_cost
from bot.domain.pairing.facts import MentorOffer
from bot.domain.pairing.matrix import Candidates, Ints


@dataclass(frozen=True)
class Places:
    """The free places, those of one mentor side by side."""

    owner: Ints
    """Whose it is, among the offers."""
    load: Ints
    """What its load costs."""
    first: Ints
    """Of each offer, its first place; one more at the end."""

    def __len__(self) -> int:
        return len(self.load)


def places_of(free: Sequence[MentorOffer]) -> Places:
    counts = np.array([offer.free for offer in free], np.int64)
    load = [
        load_cost(offer.mentees + place, offer.capacity)
        for offer in free
        for place in range(offer.free)
    ]
    return Places(
        owner=np.repeat(np.arange(len(free)), counts),
        load=np.array(load, np.int64),
        first=np.cumsum(np.concatenate([np.zeros(1, np.int64), counts])),
    )


@dataclass(frozen=True)
class Edges:
    """What could be: a request at a free place, and its cost, load included."""

    requests: Ints
    places: Ints
    costs: Ints


def edges_of(found: Sequence[Candidates], places: Places) -> Edges:
    none = places.first[:0]
    offers = np.concatenate([none, *(one.offers for one in found)])
    costs = np.concatenate([none, *(one.costs for one in found)])
    requests = np.repeat(np.arange(len(found)), [len(one.offers) for one in found])
    # Each pair once for every free place of its mentor.
    times = places.first[offers + 1] - places.first[offers]
    pair = np.repeat(np.arange(len(offers)), times)
    nth = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    rows = places.first[offers[pair]] + nth
    return Edges(requests[pair], rows, costs[pair] + places.load[rows])


def matched(edges: Edges, worth: Ints, places: int) -> list[tuple[int, int]]:
    """(request, place), by request."""
    if not len(edges.requests):
        return []
    # A place may stay empty: each has a column of its own for that, at the same weight
    # that every pair starts from. The solver takes no weight of nothing.
    empty = 1 + int(worth.max())
    every = np.arange(places)
    weights = edges.costs - worth[edges.requests] + empty
    graph = coo_array(
        (
            np.concatenate([weights, np.full(places, empty)]).astype(np.float64),
            (
                np.concatenate([edges.places, every]),
                np.concatenate([edges.requests, len(worth) + every]),
            ),
        ),
        shape=(places, len(worth) + places),
    )
    rows, columns = min_weight_full_bipartite_matching(graph.tocsr())
    return sorted(
        (request, place)
        for place, request in zip(rows.tolist(), columns.tolist(), strict=True)
        if request < len(worth)
    )
