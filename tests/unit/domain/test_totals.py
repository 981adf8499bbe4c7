from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.event import Event, EventKind
from bot.domain.leaderboard import BEGINNING, Board, Measure, Period
from bot.domain.totals import (
    Total,
    Totals,
    board_facts,
    changed,
    gains_of,
    rescore_facts,
    totals,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
# Ada's members: two in one account's communities, one of an account linked later.
COMMUNITY_OF = {1: 1, 2: 2, 3: 2}
ALL_TIME = Board(community_id=1, period=Period.ALL_TIME, starts_on=BEGINNING)


def solved(
    challenge: str = "one",
    *,
    member_id: int = 1,
    day: int = 0,
    points: int = 80,
    phase: int = 1,
) -> Event:
    at = NOON + timedelta(days=day)
    return Event(
        kind=EventKind.SOLVED,
        key=f"solved:{member_id}:{challenge}",
        person_id=member_id,
        member_id=member_id,
        occurred_at=at,
        local_on=at.date(),
        challenge_id=challenge,
        points=points,
        facts=board_facts(at.date(), phase),
    )


def rescored(event: Event, points: int, change: int = 0, n: int = 0) -> Event:
    return replace(
        event,
        kind=EventKind.RESCORED,
        key=f"rescored:{event.key}:{n}",
        points=points,
        facts=rescore_facts(event, change),
    )


def other(kind: EventKind, points: int = 0, reputation: int = 0, n: int = 0) -> Event:
    return replace(
        solved(day=n),
        kind=kind,
        key=f"{kind}:{n}",
        challenge_id=None,
        points=points,
        reputation=reputation,
    )


def found(*events: Event, board: Board = ALL_TIME, member_id: int = 1) -> Total | None:
    return totals(events, COMMUNITY_OF).get((board, member_id))


one_solve = st.builds(
    solved,
    st.sampled_from("abcdef"),
    member_id=st.integers(1, 3),
    day=st.integers(0, 400),
    points=st.integers(0, 405),
    phase=st.integers(1, 7),
)
one_other = st.builds(
    other,
    st.sampled_from(
        [
            EventKind.POINTS_GRANTED,
            EventKind.POINTS_REVOKED,
            EventKind.REPUTATION_EARNED,
            EventKind.HINT_TAKEN,
        ]
    ),
    points=st.integers(-100, 100),
    reputation=st.integers(0, 10),
    n=st.integers(0, 400),
)


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    events = draw(st.lists(one_solve | one_other, max_size=30))
    solves = [event for event in events if event.kind is EventKind.SOLVED]
    for n, event in enumerate(solves):
        if draw(st.integers(0, 3)) == 0:
            events.append(rescored(event, -event.points, -1, n))
    return events


def test_linked_accounts_that_solve_the_same_count_once_and_the_earliest() -> None:
    early, late = solved(day=0), solved(member_id=3, day=2, points=120)
    assert found(late, early) == Total(points=80, solved=1, reached_at=NOON)
    assert found(late, early, member_id=3) is None


def test_what_a_rejudge_took_back_leaves_the_place_to_the_next() -> None:
    early, late = solved(day=0), solved(member_id=2, day=2, points=76)
    taken = rescored(early, -80, -1)
    assert found(early, taken) is None
    other_board = replace(ALL_TIME, community_id=2)
    after = found(early, late, taken, board=other_board, member_id=2)
    assert after is not None
    assert (after.points, after.solved) == (76, 1)


def test_a_correction_counts_where_the_challenge_did() -> None:
    event = solved(day=0)
    later = replace(rescored(event, 10), local_on=date(2026, 9, 1))
    march = replace(ALL_TIME, period=Period.MONTH, starts_on=date(2026, 3, 1))
    assert found(event, later, board=march) == Total(
        points=90, solved=1, reached_at=NOON
    )


def test_granted_and_revoked_points_count_for_the_community_alone() -> None:
    granted = other(EventKind.POINTS_GRANTED, 50)
    revoked = other(EventKind.POINTS_REVOKED, -20, n=1)
    assert found(granted, revoked) == Total(points=30, solved=0, reached_at=NOON)
    phase = replace(ALL_TIME, phase=1)
    granted = replace(granted, facts=board_facts(NOON.date()))
    assert found(granted, board=phase) is None


def test_reputation_is_measured_apart() -> None:
    helped = [other(EventKind.REPUTATION_EARNED, reputation=5, n=n) for n in range(2)]
    assert found(*helped) is None
    mentors = replace(ALL_TIME, measure=Measure.REPUTATION)
    total = found(*helped, board=mentors)
    assert total is not None
    assert (total.points, total.solved) == (10, 2)


@given(logs(), st.data())
def test_order_and_duplicates_change_nothing(
    events: list[Event], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(events))) if events else []
    # The same key is the same event, whatever else was drawn with it.
    once = {event.key: event for event in events}
    shuffled = data.draw(st.permutations([once[one.key] for one in [*events, *again]]))
    assert totals(shuffled, COMMUNITY_OF) == totals(once.values(), COMMUNITY_OF)


@given(logs())
def test_every_challenge_counts_at_most_once_and_every_period_agrees(
    events: list[Event],
) -> None:
    gains = list(gains_of(events))
    counted = [one.event.challenge_id for one in gains if one.solved]
    assert len(counted) == len(set(counted))
    kept = totals(events, COMMUNITY_OF)
    for period in Period:
        of_period = [
            total
            for (board, _), total in kept.items()
            if board.period is period
            and board.phase is None
            and board.measure is Measure.POINTS
        ]
        assert sum(one.points for one in of_period) == sum(one.points for one in gains)
        assert sum(one.solved for one in of_period) == len(counted)


@given(logs(), logs())
def test_changes_bring_what_is_kept_to_the_fold(
    before: list[Event], more: list[Event]
) -> None:
    known = {event.key for event in before}
    after = [*before, *(event for event in more if event.key not in known)]
    kept = dict(totals(before, COMMUNITY_OF))
    wanted: Totals = totals(after, COMMUNITY_OF)
    kept |= changed(totals(before, COMMUNITY_OF), wanted)
    assert {key: total for key, total in kept.items() if total != Total()} == wanted
