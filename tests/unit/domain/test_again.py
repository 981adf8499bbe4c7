from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.again import LADDER_DAYS, Return, ReturnReason, is_due, returns
from bot.domain.event import Event, EventKind

MONDAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Drill:
    skills: tuple[str, ...]
    difficulty: int = 3
    requires: tuple[str, ...] = ()


CATALOGUE = {
    "count": Drill(("loops",)),
    "sum": Drill(("loops",), 2),
    "nest": Drill(("loops",), 1, ("sum",)),
    "greet": Drill(("functions",)),
}


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def event(kind: EventKind, n: int, challenge_id: str = "greet") -> Event:
    on = day(n)
    return Event(
        kind=kind,
        key=f"{kind}:{challenge_id}:{n}",
        person_id=1,
        member_id=1,
        occurred_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        local_on=on,
        challenge_id=challenge_id,
    )


def failed(n: int, challenge_id: str = "greet") -> Event:
    return event(EventKind.ATTEMPT_FAILED, n, challenge_id)


def solved(n: int, challenge_id: str = "greet") -> Event:
    return event(EventKind.SOLVED, n, challenge_id)


def repeated(n: int, challenge_id: str = "greet") -> Event:
    return event(EventKind.REPEATED, n, challenge_id)


def planned(*log: Event) -> Sequence[Return]:
    return returns(log, challenges=CATALOGUE, asked=CATALOGUE.keys())


def due_after(*log: Event) -> int:
    (one,) = planned(*log)
    return (one.on - MONDAY).days


def test_nothing_happened_and_nothing_is_planned() -> None:
    assert planned() == ()


def test_what_failed_climbs_the_ladder_and_leaves_it() -> None:
    log = [failed(0)]
    assert due_after(*log) == 1
    assert planned(*log)[0].why is ReturnReason.FAILED
    log.append(solved(1))
    assert due_after(*log) == 4
    log.append(repeated(4))
    assert due_after(*log) == 11
    log.append(repeated(11))
    assert due_after(*log) == 27
    log.append(repeated(27))
    (left,) = planned(*log)
    assert left.why is ReturnReason.FADING
    assert left.on > day(27 + LADDER_DAYS[-1])


def test_a_failed_return_goes_back_to_the_first_step() -> None:
    assert due_after(failed(0), solved(1), repeated(4), failed(11)) == 12


def test_a_return_before_its_time_is_no_step() -> None:
    assert due_after(failed(0), solved(1), repeated(2)) == 4


def test_a_failure_that_the_same_day_solved_is_no_return() -> None:
    (one,) = planned(failed(0), solved(0))
    assert one.why is ReturnReason.FADING


def test_a_solution_that_was_read_comes_back_the_next_day() -> None:
    opened = event(EventKind.SOLUTION_OPENED, 0)
    assert due_after(opened, solved(0)) == 1
    assert due_after(opened) == 1


def test_what_fades_comes_back_with_a_new_challenge_that_is_open() -> None:
    (one,) = planned(solved(0, "count"))
    # "nest" is easier, and closed until "sum" is solved.
    assert (one.challenge_id, one.why, one.skill) == (
        "sum",
        ReturnReason.FADING,
        "loops",
    )
    assert one.on == day(21)


def test_where_all_is_solved_the_oldest_comes_back() -> None:
    log = [solved(2, "count"), solved(0, "sum"), solved(1, "nest")]
    (one,) = planned(*log)
    assert one.challenge_id == "sum"


def test_what_cannot_be_asked_is_not_returned_to() -> None:
    log = [failed(0), solved(0, "count")]
    found = returns(log, challenges=CATALOGUE, asked={"count"})
    assert [one.challenge_id for one in found] == ["count"]


kinds = st.sampled_from(
    [
        EventKind.SOLVED,
        EventKind.REPEATED,
        EventKind.ATTEMPT_FAILED,
        EventKind.SOLUTION_OPENED,
    ]
)
logs = st.lists(
    st.builds(event, kinds, st.integers(0, 60), st.sampled_from(sorted(CATALOGUE))),
    max_size=15,
)


@given(logs, st.data())
def test_order_changes_nothing(log: list[Event], data: st.DataObject) -> None:
    assert planned(*data.draw(st.permutations(log))) == planned(*log)


@given(logs)
def test_each_challenge_is_planned_once_and_earliest_first(log: list[Event]) -> None:
    found = planned(*log)
    assert len({one.challenge_id for one in found}) == len(found)
    assert [one.on for one in found] == sorted(one.on for one in found)


@given(logs)
def test_each_is_due_from_its_day_on(log: list[Event]) -> None:
    for one in planned(*log):
        assert is_due(one.challenge_id, log, challenges=CATALOGUE, on=one.on)


@given(logs, st.sampled_from(sorted(CATALOGUE)), st.integers(0, 80))
def test_done_today_it_is_not_due_again_today(
    log: list[Event], challenge_id: str, n: int
) -> None:
    """Otherwise one challenge over and over would be a day's work each time."""
    log = [one for one in log if one.local_on <= day(n)]
    log += [repeated(n, challenge_id)]
    assert not is_due(challenge_id, log, challenges=CATALOGUE, on=day(n))
