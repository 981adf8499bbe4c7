"""Laws of who is read, by whom, and what it is worth."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.review import (
    CLAIM_LASTS,
    MOST_OPEN,
    Comment,
    Decision,
    Opinion,
    RequestKind,
    Review,
    ReviewRefused,
    ReviewRequest,
    ReviewRequestState,
    ReviewState,
    free_places,
)
from bot.domain.review_alike import alike_key, carried
from bot.domain.review_decision import decision
from bot.domain.review_queue import (
    HEAD_START,
    Hindrance,
    Reviewer,
    WaitingReview,
    has_room,
    hindrance,
    in_order,
)
from bot.domain.review_rubric import CODE_RUBRIC, Mark, MarksRefused, check_marks
from bot.domain.review_worth import (
    A_DAY,
    BETWEEN_TWO,
    GIVEN_EARNS,
    SEASON,
    EarlierReview,
    Worthless,
    is_enough,
    own_words,
    thanks_worth,
    worth,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOW.date()
minutes = st.integers(-10_000, 0).map(lambda one: NOW + timedelta(minutes=one))
OPINION = Opinion(decision=Decision.ACCEPTED, summary="")


def a_request(number: int = 1, **changed: object) -> ReviewRequest:
    request = ReviewRequest(
        id=UUID(int=number),
        submission_id=UUID(int=number),
        member_id=1,
        community_id=1,
        challenge_id="add-up",
        phase=1,
        kind=RequestKind.CODE,
        asked_at=NOW,
        place={},
    )
    return replace(request, **changed)  # type: ignore[arg-type]


def a_review(number: int = 1, **changed: object) -> Review:
    review = Review(
        id=UUID(int=number),
        request_id=UUID(int=1),
        author_id=1,
        reviewer_id=number + 1,
        claimed_at=NOW,
        lock_ends_at=NOW + CLAIM_LASTS,
    )
    return replace(review, **changed)  # type: ignore[arg-type]


requests = st.lists(
    st.builds(
        lambda number, at, phase: a_request(number, asked_at=at, phase=phase),
        st.integers(1, 99),
        minutes,
        st.integers(1, 3),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
claims = st.lists(
    st.builds(
        lambda number, at, state: a_review(
            number, claimed_at=at, lock_ends_at=at + CLAIM_LASTS, state=state
        ),
        st.integers(1, 99),
        st.integers(-60, 0).map(lambda one: NOW + timedelta(minutes=one)),
        st.sampled_from(ReviewState),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@given(requests, st.integers(1, 3))
def test_nobody_is_overtaken_by_whoever_came_more_than_the_head_start_later(
    some: list[ReviewRequest], phase: int
) -> None:
    waiting = [WaitingReview(request=one, author_person_id=1) for one in some]
    order = [one.request for one in in_order(waiting, phase=phase)]
    assert sorted(one.id for one in order) == sorted(one.id for one in some)
    for at, first in enumerate(order):
        for later in order[at + 1 :]:
            assert first.asked_at <= later.asked_at + HEAD_START
            if (first.phase == phase) == (later.phase == phase):
                assert first.asked_at <= later.asked_at
    if order and any(one.phase == phase for one in order):
        newest = max(one.asked_at for one in order)
        if all(newest - one.asked_at < HEAD_START for one in order):
            assert order[0].phase == phase


@given(claims, st.integers(1, 3), st.integers(0, 90))
def test_places_are_never_more_than_wanted_and_a_lapsed_claim_holds_none(
    some: list[Review], wanted: int, later: int
) -> None:
    request = a_request(wanted=wanted)
    at = NOW + timedelta(minutes=later)
    free = free_places(request, some, at)
    held = [one for one in some if one.state is ReviewState.GIVEN or one.is_open(at)]
    assert 0 <= free <= wanted
    assert free == max(0, wanted - len(held))
    if later >= CLAIM_LASTS.total_seconds() / 60:
        given_ones = sum(one.state is ReviewState.GIVEN for one in some)
        assert free == max(0, wanted - given_ones)
    for state in set(ReviewRequestState) - {ReviewRequestState.OPEN}:
        assert free_places(replace(request, state=state), some, at) == 0


@given(claims)
def test_who_holds_as_many_as_one_may_gets_no_other_until_one_ends(
    some: list[Review],
) -> None:
    held = sum(one.is_open(NOW) for one in some)
    assert has_room(some, NOW) == (held < MOST_OPEN)
    assert has_room(some, NOW + CLAIM_LASTS)


READER = Reviewer(
    member_id=9,
    members=frozenset({9, 8}),
    people=frozenset({9, 10}),
    phase=2,
    seen=frozenset({"add-up"}),
)


@pytest.mark.parametrize(
    ("reviewer", "changed", "expected"),
    [
        (READER, {}, None),
        (READER, {"author_person_id": 10}, Hindrance.OWN),
        (replace(READER, apart=frozenset({1})), {}, Hindrance.APART),
        (replace(READER, seen=frozenset()), {}, Hindrance.UNSOLVED),
        (READER, {"reviews": (a_review(1),)}, Hindrance.TAKEN),
        # Their own claims, and a review of theirs, by whichever of their accounts.
        (READER, {"reviews": (a_review(8),)}, None),
        (READER, {"reviews": (a_review(7),)}, None),
        (
            READER,
            {"reviews": (a_review(7).given(OPINION, NOW, earned=0),)},
            Hindrance.GIVEN,
        ),
        (
            READER,
            {"request": a_request(state=ReviewRequestState.REVIEWED)},
            Hindrance.TAKEN,
        ),
        (
            READER,
            {"request": a_request(kind=RequestKind.EVIDENCE, phase=7)},
            Hindrance.TOO_EARLY,
        ),
        (
            replace(READER, is_mentor=True),
            {"request": a_request(kind=RequestKind.EVIDENCE, phase=7)},
            Hindrance.TOO_EARLY,
        ),
        (
            replace(READER, seen=frozenset()),
            {"request": a_request(kind=RequestKind.EVIDENCE, phase=2)},
            None,
        ),
    ],
)
def test_what_keeps_somebody_from_a_request(
    reviewer: Reviewer, changed: dict[str, object], expected: Hindrance | None
) -> None:
    waiting = WaitingReview(request=a_request(), author_person_id=1)
    found = hindrance(reviewer, replace(waiting, **changed), NOW)  # type: ignore[arg-type]
    assert found is expected


steps = st.lists(st.sampled_from(["claim", "return", "give"]), max_size=6)


@given(steps)
def test_what_was_given_never_changes_and_what_was_returned_can_be_claimed(
    some: list[str],
) -> None:
    review = a_review()
    for number, step in enumerate(some):
        before, at = review, NOW + timedelta(minutes=number)
        try:
            if step == "claim":
                review = review.claimed(at)
                assert review.is_open(at)
            elif step == "return":
                review = review.returned()
            else:
                review = review.given(OPINION, at, earned=1)
        except ReviewRefused:
            assert before.state is ReviewState.GIVEN or (
                before.state is ReviewState.RETURNED and step != "claim"
            )
        else:
            assert before.state is not ReviewState.GIVEN


decisions = st.lists(st.sampled_from(Decision), max_size=4)


@given(decisions, st.integers(1, 3))
def test_two_who_agree_decide_and_a_tie_asks_for_one_more(
    said: list[Decision], wanted: int
) -> None:
    given_ones = [
        a_review(number).given(replace(OPINION, decision=one), NOW, earned=0)
        for number, one in enumerate(said)
    ]
    found = decision(a_request(wanted=wanted), given_ones)
    votes = [said.count(one) for one in Decision]
    if len(said) < wanted or votes[0] == votes[1]:
        assert found is None
    else:
        assert found is list(Decision)[votes.index(max(votes))]
    mentor = a_review(50).given(OPINION, NOW, earned=0, as_mentor=True)
    assert decision(a_request(wanted=wanted), [*given_ones, mentor]) is (
        Decision.ACCEPTED
    )


def marks(**changed: object) -> list[Mark]:
    full = [Mark(criterion=one.criterion, mark=4, most=4) for one in CODE_RUBRIC]
    return [replace(full[0], **changed), *full[1:]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("some", "expected"),
    [
        (marks(), None),
        (marks(mark=2, reason="one-letter names"), None),
        (marks(mark=2), "mark_without_reason"),
        (marks(mark=0, reason="x"), "mark_out_of_range"),
        (marks(mark=5, most=5), "mark_out_of_range"),
        (marks()[1:], "mark_missing"),
    ],
)
def test_a_mark_of_each_criterion_and_less_than_full_has_its_reason(
    some: list[Mark], expected: str | None
) -> None:
    if expected is None:
        assert check_marks(list(reversed(some)), CODE_RUBRIC) == tuple(some)
        return
    with pytest.raises(MarksRefused) as refused:
        check_marks(some, CODE_RUBRIC)
    assert refused.value.reason == expected


earlier = st.lists(
    st.builds(
        EarlierReview,
        on=st.integers(0, 200).map(lambda days: TODAY - timedelta(days=days)),
        is_between=st.booleans(),
        is_own=st.booleans(),
        words=st.sampled_from(["some", "other"]),
    ),
    max_size=12,
)
WORDS = "so many words that this says something about it and then some more of it"


@given(earlier, st.integers(0, 40))
def test_two_who_only_review_each_other_earn_three_times_a_season_and_no_more(
    before: list[EarlierReview], days: int
) -> None:
    """A season of reviews of the same two, day after day, whatever came before."""
    log = list(before)
    for day in range(days):
        on = TODAY + timedelta(days=day)
        found = worth(f"{WORDS} {'x' * day}", on, log)
        if isinstance(found, int):
            assert found == GIVEN_EARNS
            log.append(EarlierReview(on=on, is_between=True, is_own=day % 2 == 0))
    new = log[len(before) :]
    assert len(new) <= BETWEEN_TWO
    for one in new:
        window = [each for each in log if one.on - SEASON < each.on <= one.on]
        assert sum(each.is_between for each in window) <= max(
            BETWEEN_TWO, sum(one.is_between for one in before)
        )


@given(earlier)
def test_a_day_earns_so_often_and_the_same_words_once(
    before: list[EarlierReview],
) -> None:
    log = [replace(one, is_between=False) for one in before]
    days: list[date] = []
    for number in range(A_DAY + 3):
        words = f"{WORDS} {'x' * number}"
        if isinstance(worth(words, TODAY, log), int):
            days.append(TODAY)
            log.append(
                EarlierReview(on=TODAY, is_between=False, is_own=True, words=words)
            )
            assert worth(words, TODAY + timedelta(days=1), log) is Worthless.REPEATED
    own_today = sum(one.is_own and one.on == TODAY for one in before)
    assert len(days) == max(0, A_DAY - own_today)


def test_an_empty_review_says_nothing_and_saved_answers_are_not_their_own_words() -> (
    None
):
    saved = "Prefer a set where you only ask whether something is in it, every time."
    opinion = Opinion(
        decision=Decision.ACCEPTED,
        summary="Good!!! \N{PARTY POPPER} 12345",
        comments=(Comment(first=1, last=1, text=saved),),
        marks=(Mark(criterion="idiom", mark=3, most=4, reason="ok"),),
    )
    assert own_words(opinion, [saved.upper()]) == "good ok"
    assert worth(own_words(opinion, [saved]), TODAY, []) is Worthless.TOO_SHORT
    assert is_enough(opinion)
    assert not is_enough(replace(opinion, comments=()))
    assert thanks_worth(0) == 0
    assert 0 < thanks_worth(GIVEN_EARNS) < GIVEN_EARNS


ONE = '''"""Till."""
import math

def total(prices: list[int]) -> int:
    """Adds."""
    # Slowly.
    result = 0
    for price in prices:
        result += math.floor(price)
    return result
'''
OTHER = """# Copied, and typed again.
import math


def total(prices: list[int]) -> int:

    result = 0

    for price in prices: result += math.floor(price)
    return (
        result
    )
"""


def test_layout_comments_and_docstrings_make_no_other_solution_and_names_do() -> None:
    assert alike_key(ONE, "python") == alike_key(OTHER, "python")
    assert alike_key(ONE, "python") != alike_key(ONE.replace("price", "p"), "python")
    assert alike_key(ONE, "python") != alike_key(ONE.replace("0", "1"), "python")
    assert alike_key("a: 1  \n", "yaml") == alike_key("a: 1", "yaml")
    assert alike_key("a: 1", "yaml") != alike_key("a:  1", "yaml")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((7, 7), (7, 7)),
        ((6, 6), (7, 7)),
        ((8, 9), (9, 9)),
        ((10, 10), (10, 10)),
        ((1, 1), (2, 2)),
        ((99, 99), (10, 10)),
    ],
)
def test_a_comment_goes_to_the_line_that_says_the_same(
    lines: tuple[int, int], expected: tuple[int, int]
) -> None:
    comment = Comment(first=lines[0], last=lines[1], text="!")
    found = carried(comment, ONE, OTHER)
    assert (found.first, found.last) == expected


@given(st.text(max_size=40), st.text(max_size=40), st.integers(1, 9))
def test_hostile_sources_are_told_apart_and_carry_comments_somewhere(
    one: str, other: str, line: int
) -> None:
    for source in (one, other, "(" * 9000, "x = " + "-" * 5000 + "1", "\ud800"):
        assert alike_key(source, "python") == alike_key(source, "python")
        found = carried(Comment(first=line, last=line, text="!"), source, other)
        assert 1 <= found.first <= found.last


def test_requests_change_state_as_drawn() -> None:
    drawn = {
        ("open", "answered"),
        ("open", "reviewed"),
        ("open", "withdrawn"),
        ("answered", "open"),
        ("answered", "withdrawn"),
        ("withdrawn", "open"),
    }
    found = set()
    for before in ReviewRequestState:
        for after in ReviewRequestState:
            try:
                a_request(state=before).become(after)
            except ReviewRefused:
                continue
            found.add((before.value, after.value))
    assert found == drawn


def test_the_order_of_equal_instants_is_the_same_each_time() -> None:
    some = [WaitingReview(request=a_request(n), author_person_id=1) for n in (3, 1, 2)]
    order = in_order(some, phase=1)
    assert all(one.request.id < two.request.id for one, two in pairwise(order))
