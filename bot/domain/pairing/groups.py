"""For those whom no free mentor was left for: trios, then peers.

A *trio* is a pairing that takes a second mentee who wants the same: one hour a week of
a mentor for two. *Peers* are two mentees who wait together, so that nobody waits alone;
they stay in the queue, and a mentor who comes free takes them out of it.

Both are chosen cheapest first, ties by whose request is older. That is at worst half
as good as the best choice of all, and anybody can follow it by hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.domain.pairing.cost import terms
from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.filters import Obstacle, obstacles
from bot.domain.pairing.week import together_min

TRIO_AFTER_DAYS = 7
"""Half the bound: a mentor of one's own is worth a week of waiting."""

PEER_PHASES = 1
"""Peers stand in the same phase or next to each other."""


@dataclass(frozen=True, kw_only=True)
class OpenPairing:
    """An active pairing whose mentor and mentee would take another mentee in."""

    id: int
    mentor: MentorOffer
    mentee: MentorRequest
    """What the mentee asked for."""


@dataclass(frozen=True, kw_only=True)
class Trio:
    request_id: int
    pairing_id: int


@dataclass(frozen=True, kw_only=True)
class Peers:
    first_id: int
    """The older request."""
    second_id: int


def trios(
    left: Sequence[MentorRequest], pairings: Sequence[OpenPairing]
) -> tuple[Trio, ...]:
    """Each pairing takes one more at most, each request joins one at most."""
    possible = sorted(
        (cost, request.id, pairing.id)
        for request in left
        if request.waiting_days >= TRIO_AFTER_DAYS
        for pairing in pairings
        if (cost := _joining(request, pairing)) is not None
    )
    joined: dict[int, int] = {}
    full: set[int] = set()
    for _, request_id, pairing_id in possible:
        if request_id not in joined and pairing_id not in full:
            joined[request_id] = pairing_id
            full.add(pairing_id)
    return tuple(
        Trio(request_id=request_id, pairing_id=pairing_id)
        for request_id, pairing_id in sorted(joined.items())
    )


def peers(left: Sequence[MentorRequest]) -> tuple[Peers, ...]:
    possible = sorted(
        (_between(one, other), one.id, other.id)
        for one, other in combinations(sorted(left, key=lambda each: each.id), 2)
        if _may_be_peers(one, other)
    )
    taken: set[int] = set()
    chosen: list[Peers] = []
    for _, first, second in possible:
        if taken.isdisjoint((first, second)):
            taken |= {first, second}
            chosen.append(Peers(first_id=first, second_id=second))
    return tuple(sorted(chosen, key=lambda each: each.first_id))


def _joining(request: MentorRequest, pairing: OpenPairing) -> int | None:
    """What it costs; None when it cannot be. The mentor's place is not a free one."""
    mentor, mentee = pairing.mentor, pairing.mentee
    if set(obstacles(request, mentor)) - {Obstacle.FULL}:
        return None
    if not _may_be_peers(request, mentee):
        return None
    if not (set(request.languages) & set(mentee.languages) & mentor.languages):
        return None
    if not together_min(request.week & mentee.week, mentor.week):
        return None
    return terms(request, mentor).cost + _between(request, mentee)


def _may_be_peers(one: MentorRequest, other: MentorRequest) -> bool:
    return (
        one.person_id != other.person_id
        and abs(one.phase - other.phase) <= PEER_PHASES
        and not set(one.topics).isdisjoint(other.topics)
        and not set(one.languages).isdisjoint(other.languages)
        and other.person_id not in one.refused
        and one.person_id not in other.refused
        and together_min(one.week, other.week) > 0
    )


def _between(one: MentorRequest, other: MentorRequest) -> int:
    """Peers who want the same first, and have many hours in common, cost least."""
    return sum(_places_of_shared(one, other)) - together_min(one.week, other.week) // 60


def _places_of_shared(one: MentorRequest, other: MentorRequest) -> Iterator[int]:
    shared = [topic for topic in one.topics if topic in other.topics]
    best = min(shared, key=lambda each: (_ranks(one, other, each), each))
    yield 10 * _ranks(one, other, best)


def _ranks(one: MentorRequest, other: MentorRequest, topic: str) -> int:
    return one.topics.index(topic) + other.topics.index(topic)
