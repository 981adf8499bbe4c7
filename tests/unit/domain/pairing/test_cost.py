from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pairing.cost import (
    DEAREST,
    TOPICS_COST,
    hours_cost,
    load_cost,
    terms,
    topic_weights,
)
from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.filters import obstacles
from bot.domain.pairing.matrix import OfferTable
from tests.unit.domain.pairing.given import communities


@given(communities(4, 6))
def test_arrays_say_what_the_published_terms_say(
    given_community: tuple[list[MentorRequest], list[MentorOffer]],
) -> None:
    requests, offers = given_community
    table = OfferTable(offers)
    for request in requests:
        candidates = table.candidates(request)
        pairs = zip(candidates.offers, candidates.costs, strict=True)
        said = {int(place): int(cost) for place, cost in pairs}
        published = {
            place: terms(request, offer).cost - terms(request, offer).load
            for place, offer in enumerate(offers)
            if not obstacles(request, offer)
        }
        assert said == published


@given(communities(4, 6))
def test_no_pair_costs_less_than_nothing_or_more_than_the_dearest(
    given_community: tuple[list[MentorRequest], list[MentorOffer]],
) -> None:
    requests, offers = given_community
    for request in requests:
        for offer in offers:
            if not obstacles(request, offer):
                assert 0 <= terms(request, offer).cost <= DEAREST


@given(st.integers(1, 25))
def test_what_is_wanted_most_weighs_most_and_all_is_shared_out(wanted: int) -> None:
    weights = topic_weights(wanted)
    assert sum(weights) == TOPICS_COST
    assert list(weights) == sorted(weights, reverse=True)


def test_hours_cost_nothing_from_four_on_and_all_at_one() -> None:
    assert [hours_cost(60 * n) for n in (1, 2, 4, 9)] == [200, 133, 0, 0]


def test_load_grows_to_the_last_place() -> None:
    assert [load_cost(n, 4) for n in range(4)] == [0, 50, 100, 150]
    assert load_cost(0, 1) == 0
