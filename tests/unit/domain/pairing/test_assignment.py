"""The pairing of a batch, held against searching all, and against two other solvers."""

import random
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from bot.domain.pairing.assignment import (
    BOUND_DAYS,
    MOST_PLACES,
    PATIENCE_A_DAY,
    Assigned,
    assign,
)
from bot.domain.pairing.cost import load_cost, terms
from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.filters import Obstacle, obstacles
from bot.domain.pairing.invented import community
from tests.unit.domain.pairing.given import communities

Sum = tuple[int, int, int]
"""Overdue and all that are paired, and their cost less their patience."""

NOTHING: Sum = (0, 0, 0)


def is_overdue(request: MentorRequest) -> bool:
    return request.waiting_days >= BOUND_DAYS


def patience(request: MentorRequest) -> int:
    return PATIENCE_A_DAY * min(request.waiting_days, BOUND_DAYS)


def sum_of(
    assigned: Assigned, requests: Sequence[MentorRequest], offers: Sequence[MentorOffer]
) -> Sum:
    """By the published terms, one pair at a time."""
    request_of = {one.id: one for one in requests}
    offer_of = {one.person_id: one for one in offers}
    given_places: Counter[int] = Counter()
    cost = 0
    for pair in assigned.pairs:
        place = given_places[pair.mentor_id]
        given_places[pair.mentor_id] += 1
        request = request_of[pair.request_id]
        cost += terms(request, offer_of[pair.mentor_id], place=place).cost
        cost -= patience(request)
    overdue = sum(is_overdue(request_of[pair.request_id]) for pair in assigned.pairs)
    return overdue, len(assigned.pairs), cost


def every_sum(
    requests: Sequence[MentorRequest],
    offers: Sequence[MentorOffer],
    taken: tuple[int, ...],
) -> Iterator[Sum]:
    """Of each way to pair them."""
    if not requests:
        yield NOTHING
        return
    first, *rest = requests
    yield from every_sum(rest, offers, taken)
    for at, offer in enumerate(offers):
        if taken[at] >= offer.free or obstacles(first, offer):
            continue
        cost = terms(first, offer, place=taken[at]).cost - patience(first)
        then = tuple(n + (place == at) for place, n in enumerate(taken))
        for overdue, paired, total in every_sum(rest, offers, then):
            yield overdue + is_overdue(first), paired + 1, total + cost


def better(one: Sum) -> Sum:
    return -one[0], -one[1], one[2]


@given(communities())
def test_no_other_pairing_is_better(
    given_community: tuple[list[MentorRequest], list[MentorOffer]],
) -> None:
    requests, offers = given_community
    found = sum_of(assign(requests, offers), requests, offers)
    every = every_sum(requests, offers, (0,) * len(offers))
    assert found == min(every, key=better)


@given(communities(8, 5), st.randoms(use_true_random=False))
def test_the_order_of_the_queue_in_memory_changes_nothing(
    given_community: tuple[list[MentorRequest], list[MentorOffer]], dice: random.Random
) -> None:
    requests, offers = given_community
    before = assign(requests, offers)
    dice.shuffle(requests)
    dice.shuffle(offers)
    assert assign(requests, offers) == before


@given(communities(8, 5))
def test_pairs_are_possible_and_nobody_carries_more_than_offered(
    given_community: tuple[list[MentorRequest], list[MentorOffer]],
) -> None:
    requests, offers = given_community
    assigned = assign(requests, offers)
    offer_of = {one.person_id: one for one in offers}
    request_of = {one.id: one for one in requests}
    for pair in assigned.pairs:
        assert not obstacles(request_of[pair.request_id], offer_of[pair.mentor_id])
    given_places = Counter(pair.mentor_id for pair in assigned.pairs)
    assert all(n <= offer_of[mentor].free for mentor, n in given_places.items())
    paired = [pair.request_id for pair in assigned.pairs]
    assert sorted(paired + [one.id for one in assigned.left]) == sorted(request_of)


@given(communities(8, 5))
def test_nobody_waits_beyond_the_bound_beside_a_free_place(
    given_community: tuple[list[MentorRequest], list[MentorOffer]],
) -> None:
    requests, offers = given_community
    assigned = assign(requests, offers)
    given_places = Counter(pair.mentor_id for pair in assigned.pairs)
    for request in assigned.left:
        if not is_overdue(request):
            continue
        for offer in offers:
            others = set(obstacles(request, offer)) - {Obstacle.FULL}
            assert others or given_places[offer.person_id] == offer.free


def flow_cost(requests: Sequence[MentorRequest], offers: Sequence[MentorOffer]) -> Sum:
    """The same by min-cost flow, place by place, with networkx's network simplex."""
    graph: nx.DiGraph[Hashable] = nx.DiGraph()
    worth = 10**6
    for offer in offers:
        for place in range(offer.free):
            load = terms_of_load(offer, place)
            graph.add_edge("mentors", (offer.person_id, place), capacity=1, weight=load)
            graph.add_edge((offer.person_id, place), offer.person_id, capacity=1)
    for request in requests:
        overdue = worth if is_overdue(request) else 0
        graph.add_edge(
            request.id,
            "paired",
            capacity=1,
            weight=-(worth + overdue * len(requests)) - patience(request),
        )
        for offer in offers:
            if not obstacles(request, offer):
                cost = terms(request, offer).cost - terms_of_load(offer, 0)
                graph.add_edge(offer.person_id, request.id, capacity=1, weight=cost)
    graph.add_edge("paired", "mentors", weight=0)
    flow = nx.min_cost_flow(graph)
    overdue_paired = paired = cost = 0
    for request in requests:
        if flow.get(request.id, {}).get("paired"):
            paired += 1
            overdue_paired += is_overdue(request)
            cost -= patience(request)
    for source, targets in flow.items():
        for target, sent in targets.items():
            if sent and target != "paired":
                cost += graph[source][target].get("weight", 0)
    return overdue_paired, paired, cost


def terms_of_load(offer: MentorOffer, place: int) -> int:
    return load_cost(offer.mentees + place, offer.capacity)


@pytest.mark.parametrize("seed", range(3))
def test_network_simplex_finds_no_better(seed: int) -> None:
    requests, offers = community(requests=90, mentors=25, seed=seed)
    found = sum_of(assign(requests, offers), requests, offers)
    assert found == flow_cost(requests, offers)


def test_dense_assignment_finds_no_better_among_a_thousand() -> None:
    requests, offers = community(requests=1000, mentors=300, seed=7)
    found = sum_of(assign(requests, offers), requests, offers)
    worth = 10**6
    rows = [(offer, place) for offer in offers for place in range(offer.free)]
    table = np.zeros((len(rows), len(requests)))
    possible = np.zeros_like(table, bool)
    for at, (offer, place) in enumerate(rows):
        for column, request in enumerate(requests):
            if obstacles(request, offer):
                continue
            tier = worth * (1000 if is_overdue(request) else 1)
            possible[at, column] = True
            table[at, column] = (
                terms(request, offer, place=place).cost - patience(request) - tier
            )
    chosen = [
        (at, column)
        for at, column in zip(
            *(side.tolist() for side in linear_sum_assignment(table)), strict=True
        )
        if possible[at, column]
    ]
    cost = 0
    for at, column in chosen:
        offer, place = rows[at]
        cost += terms(requests[column], offer, place=place).cost
        cost -= patience(requests[column])
    overdue = sum(is_overdue(requests[column]) for _, column in chosen)
    assert found == (overdue, len(chosen), cost)


def test_a_community_beyond_the_bound_is_refused() -> None:
    _, offers = community(requests=0, mentors=1, seed=1)
    crowd = [
        replace(offers[0], person_id=n, capacity=1, mentees=0, is_paused=False)
        for n in range(MOST_PLACES + 1)
    ]
    with pytest.raises(ValueError, match=str(MOST_PLACES + 1)):
        assign([], crowd)
