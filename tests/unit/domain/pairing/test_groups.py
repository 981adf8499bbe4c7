from dataclasses import replace

from hypothesis import given

from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.groups import (
    TRIO_AFTER_DAYS,
    OpenPairing,
    Peers,
    Trio,
    peers,
    trios,
)
from tests.unit.domain.pairing.given import ANY_HOUR, communities

EVENING = 0b1111 << 80
MORNING = 0b1111 << 20

ANA = MentorRequest(
    id=1,
    person_id=1,
    phase=2,
    topics=("classes", "apis"),
    languages=("es",),
    week=EVENING,
    waiting_days=TRIO_AFTER_DAYS,
)
LUZ = replace(ANA, id=2, person_id=2, topics=("apis",))
MENTOR = MentorOffer(
    person_id=9,
    phase=4,
    topics=frozenset({"apis"}),
    languages=frozenset({"es"}),
    week=ANY_HOUR,
    capacity=1,
    mentees=1,
)
PAIRING = OpenPairing(id=7, mentor=MENTOR, mentee=LUZ)


def test_a_full_mentor_takes_a_second_mentee_who_wants_the_same() -> None:
    assert trios([ANA], [PAIRING]) == (Trio(request_id=1, pairing_id=7),)


def test_nobody_joins_a_trio_in_the_first_week() -> None:
    early = replace(ANA, waiting_days=TRIO_AFTER_DAYS - 1)
    assert trios([early], [PAIRING]) == ()


def test_three_need_one_hour_in_common() -> None:
    # The mentor has time for each of them, and never for both.
    assert trios([replace(ANA, week=MORNING)], [PAIRING]) == ()


def test_three_need_one_language_in_common() -> None:
    mentor = replace(MENTOR, languages=frozenset({"es", "en"}))
    english = replace(LUZ, languages=("en", "pt"))
    pairing = replace(PAIRING, mentor=mentor, mentee=english)
    assert trios([ANA], [pairing]) == ()
    both = replace(ANA, languages=("es", "pt"))
    assert trios([both], [pairing]) == ()


def test_a_pairing_takes_one_more_and_the_older_request_goes_first() -> None:
    twin = replace(ANA, id=3, person_id=3)
    assert trios([twin, ANA], [PAIRING]) == (Trio(request_id=1, pairing_id=7),)


def test_two_who_wait_for_the_same_become_peers() -> None:
    assert peers([LUZ, ANA]) == (Peers(first_id=1, second_id=2),)


def test_peers_do_not_wait_for_whom_they_blocked() -> None:
    assert peers([LUZ, replace(ANA, refused=frozenset({LUZ.person_id}))]) == ()


@given(communities(8, 0))
def test_nobody_has_two_peers_and_all_have_an_hour_together(
    given_community: tuple[list[MentorRequest], list[MentorOffer]],
) -> None:
    requests, _ = given_community
    of = {one.id: one for one in requests}
    found = peers(requests)
    everybody = [one for pair in found for one in (pair.first_id, pair.second_id)]
    assert len(everybody) == len(set(everybody))
    assert all(of[pair.first_id].week & of[pair.second_id].week for pair in found)
    assert peers(list(reversed(requests))) == found
