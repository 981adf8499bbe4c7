from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.daily_post import (
    CLAIM,
    DailyPost,
    PostState,
    Trouble,
    claim,
    closed,
    delivered,
    failed,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POST = DailyPost(
    community_id=7,
    phase=2,
    on=date(2026, 3, 2),
    state=PostState.CHOSEN,
    due_at=NOON,
)


def test_one_that_takes_too_long_loses_its_claim() -> None:
    taken = claim(POST, NOON)
    assert not taken.may_be_claimed(NOON + CLAIM - timedelta(seconds=1))
    assert taken.may_be_claimed(NOON + CLAIM)


def test_tries_come_ever_slower_and_not_too_slow() -> None:
    post, now, pauses = POST, NOON, []
    for _ in range(12):
        post = failed(claim(post, now), Trouble.UNAVAILABLE, now)
        assert post.retry_at is not None
        assert not post.may_be_claimed(now)
        pauses.append(post.retry_at - now)
        now = post.retry_at
        assert post.may_be_claimed(now)
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=30)
    assert pauses[-1] == timedelta(minutes=15)


def test_what_a_hand_must_mend_is_not_tried_all_the_time() -> None:
    post = failed(claim(POST, NOON), Trouble.REFUSED, NOON)
    assert post.retry_at == NOON + timedelta(minutes=30)


def test_a_day_that_is_over_keeps_its_reason() -> None:
    waiting = failed(claim(POST, NOON), Trouble.REFUSED, NOON)
    assert closed(waiting).trouble is Trouble.REFUSED
    assert closed(claim(POST, NOON)).trouble is Trouble.DOWN
    assert not closed(POST).may_be_claimed(NOON + timedelta(days=1))


acts = st.sampled_from(["claim", "fail", "deliver", "close"])


@given(st.lists(acts, max_size=12))
def test_what_was_posted_stays_posted_where_it_was(steps: list[str]) -> None:
    post, posted = POST, None
    for n, step in enumerate(steps):
        now = NOON + timedelta(minutes=n)
        match step:
            case "claim" if post.may_be_claimed(now):
                post = claim(post, now)
            case "fail":
                post = failed(post, Trouble.UNAVAILABLE, now)
            case "deliver" if post.tries:
                post = delivered(post, channel="c", message=str(n), now=now)
            case "close":
                post = closed(post)
        if posted is not None:
            assert replace(post, trouble=None) == replace(posted, trouble=None)
        elif post.state is PostState.POSTED:
            posted = post
