from collections import Counter
from dataclasses import replace

from hypothesis import given

from bot.domain.pairing.at_once import GOOD_FIT, at_once
from bot.domain.pairing.cost import terms
from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.filters import obstacles
from tests.unit.domain.pairing.given import communities

Community = tuple[list[MentorRequest], list[MentorOffer]]


@given(communities())
def test_at_once_is_who_fits_well_and_nobodys_turn(community: Community) -> None:
    requests, offers = community
    pairs = {one.request_id: one for one in at_once(requests, offers)}
    mentors = {one.person_id: one for one in offers}
    given_places: Counter[int] = Counter()
    kept: set[int] = set()
    for request in sorted(requests, key=lambda one: (-one.waiting_days, one.id)):
        possible = [one.person_id for one in offers if not obstacles(request, one)]
        pair = pairs.get(request.id)
        if pair is None:
            still = [one for one in possible if given_places[one] < mentors[one].free]
            kept |= set(still)
            continue
        mentor = mentors[pair.mentor_id]
        assert pair.mentor_id in possible
        assert pair.mentor_id not in kept
        place = given_places[pair.mentor_id]
        assert pair.cost == terms(request, mentor, place=place).cost <= GOOD_FIT
        given_places[pair.mentor_id] += 1
        assert given_places[pair.mentor_id] <= mentor.free


@given(communities())
def test_it_is_the_same_in_whatever_order_they_come(community: Community) -> None:
    requests, offers = community
    assert at_once(requests, offers) == at_once(requests[::-1], offers[::-1])
    assert at_once(requests, [replace(one, capacity=0) for one in offers]) == ()
