from dataclasses import replace
from datetime import timedelta

from bot.domain.mentoring_overview import (
    LEAST_TOLD,
    load,
    pairs,
    satisfaction,
    waiting,
)
from bot.domain.pairing.hearing import Feedback
from bot.domain.pairing.life import Pairing, PairingKind, PairingState
from bot.domain.pairing.standing import RequestState
from tests.contract.test_mentoring import a_request, an_offer
from tests.fakes.clock import A_MONDAY

NOW = A_MONDAY + timedelta(days=20)


def a_pairing(number: int, **changed: object) -> Pairing:
    made = Pairing(
        id=number,
        community_id=1,
        kind=PairingKind.MENTOR,
        mentor_id=1,
        mentee_id=100 + number,
        request_id=number,
        state=PairingState.ACTIVE,
        state_at=A_MONDAY,
        offered_at=A_MONDAY,
        heard_at=A_MONDAY,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def test_who_still_waits_counts_for_how_long_one_waits() -> None:
    served = [
        a_request(number).ended(RequestState.SERVED, A_MONDAY + timedelta(days=2))
        for number in range(4)
    ]
    still = [replace(a_request(10 + number), head_start_days=7) for number in range(6)]
    found = waiting(still, [*served, *still], NOW)
    # A head start is a place in the queue and not a day that anybody waited.
    assert (found.people, found.longest_days) == (6, 20)
    assert found.times is not None
    assert (found.times.half_days, found.times.longest_days) == (None, 20)


def test_a_trio_shares_a_place_and_peers_take_none() -> None:
    paused = replace(an_offer(3), paused_until=NOW + timedelta(days=1))
    offers = [an_offer(1), an_offer(2), paused]
    live = [
        a_pairing(1),
        a_pairing(2, kind=PairingKind.TRIO, beside_id=1),
        a_pairing(3, kind=PairingKind.PEERS, mentor_id=2),
        a_pairing(4, state=PairingState.OFFERED),
    ]
    found = load(offers, live, NOW)
    assert (found.mentors, found.paused) == (3, 1)
    assert (found.taken, found.places, found.free) == (2, 4, 2)
    assert (found.full, found.idle) == (1, 1)


def test_what_is_stuck_is_told_with_how_long() -> None:
    stalled = {"state": PairingState.STALLED}
    live = [
        a_pairing(1),
        a_pairing(2, **stalled, state_at=NOW - timedelta(days=3)),
        a_pairing(3, **stalled, state_at=NOW - timedelta(days=5)),
        a_pairing(4, state=PairingState.OFFERED),
    ]
    found = pairs(live, {PairingState.RAN_OUT: 2}, NOW)
    assert (found.offered, found.standing, found.stalled) == (1, 3, 2)
    assert found.longest_stalled_days == 5
    assert found.past[PairingState.RAN_OUT] == 2
    assert found.past[PairingState.ENDED] == 0


def test_of_few_people_no_rating_is_told_however_often_they_rate() -> None:
    def said(members: int, times: int) -> list[Feedback]:
        return [
            Feedback(pairing_id=n, member_id=member, at=A_MONDAY, rating=1 + member % 5)
            for member in range(members)
            for n in range(times)
        ]

    few = satisfaction(said(LEAST_TOLD - 1, 9))
    assert (few.by_rating, few.middle) == (None, None)
    enough = satisfaction(said(LEAST_TOLD, 1))
    assert enough.by_rating == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1}
    assert enough.middle == 3
