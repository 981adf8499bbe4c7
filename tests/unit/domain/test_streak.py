from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.event import Event, EventKind
from bot.domain.streak import (
    MOST_FREEZES,
    SOLVED_DAYS_A_FREEZE,
    DayState,
    Streak,
    fold,
)

MONDAY = date(2026, 3, 2)
STATES = {
    "S": DayState.SOLVED,
    "F": DayState.FREEZE_SPENT,
    "E": DayState.EXCUSED,
    "M": DayState.MISSED,
    "O": DayState.OPEN,
}


def event(kind: EventKind, on: date, n: int = 0) -> Event:
    return Event(
        kind=kind,
        key=f"{kind}:{on}:{n}",
        person_id=1,
        member_id=1,
        occurred_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        local_on=on,
        challenge_id=f"challenge-{n}" if kind is EventKind.SOLVED else None,
    )


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def played(days: str) -> list[Event]:
    """Events of consecutive days: S solved, E excused, anything else nothing."""
    kinds = {"S": EventKind.SOLVED, "E": EventKind.DAY_EXCUSED}
    return [event(kinds[what], day(n)) for n, what in enumerate(days) if what in kinds]


def seen(days: str) -> Streak:
    """As seen on the last of the days."""
    return fold(played(days), today=day(len(days) - 1))


def told(streak: Streak) -> str:
    letters = {state: letter for letter, state in STATES.items()}
    return "".join(letters[one.state] for one in streak.days)


histories = st.text(alphabet="SE.", min_size=1, max_size=60)
solved_histories = histories.map(lambda days: "S" + days)
# Mostly solved, so that freezes are earned and spent.
diligent = st.lists(st.sampled_from("SSSSSSSE."), max_size=120).map(
    lambda days: "S" + "".join(days)
)


def test_nobody_starts_with_a_streak() -> None:
    assert fold([], today=MONDAY) == Streak()


def test_hints_and_opened_solutions_are_no_qualifying_act() -> None:
    events = [
        event(EventKind.JOINED, MONDAY),
        event(EventKind.HINT_TAKEN, MONDAY),
        event(EventKind.SOLUTION_OPENED, MONDAY),
    ]
    assert fold(events, today=MONDAY) == Streak()


def test_consecutive_days_count() -> None:
    assert seen("SSS").current == 3


def test_today_stays_open_until_it_ends() -> None:
    streak = seen("SSS.")
    assert (streak.current, told(streak)) == (3, "SSSO")


def test_a_day_left_unsolved_breaks_the_streak() -> None:
    streak = seen("SSS.S")
    assert (streak.current, streak.longest) == (1, 3)
    assert told(streak) == "SSSMS"


def test_the_seventh_solved_day_earns_a_freeze() -> None:
    assert seen("S" * 6).freezes == 0
    streak = seen("S" * 7)
    assert streak.freezes == 1
    assert [one.freeze_earned for one in streak.days] == [False] * 6 + [True]


def test_a_freeze_is_spent_by_itself_and_does_not_count() -> None:
    streak = seen("SSSSSSS.S")
    assert (streak.current, streak.freezes) == (8, 0)
    assert told(streak) == "SSSSSSSFS"


def test_two_freezes_save_two_days_and_not_a_third() -> None:
    assert told(seen("S" * 14 + "..S")) == "S" * 14 + "FFS"
    streak = seen("S" * 14 + "...S")
    assert told(streak) == "S" * 14 + "FFMS"
    assert (streak.current, streak.longest) == (1, 14)


def test_a_third_freeze_is_not_kept() -> None:
    streak = seen("S" * 28)
    assert streak.freezes == MOST_FREEZES
    assert not streak.days[20].freeze_earned


def test_a_break_does_not_start_the_seven_days_again() -> None:
    streak = seen("SSS....SSSS..")
    assert (streak.current, told(streak)) == (4, "SSSMMMMSSSSFO")


def test_an_excused_day_spends_no_freeze() -> None:
    streak = seen("SSSSSSSES")
    assert (streak.current, streak.freezes) == (8, 1)


def test_an_excused_today_is_told_as_excused() -> None:
    assert told(seen("SE")) == "SE"


def test_a_day_both_excused_and_solved_counts_as_solved() -> None:
    events = [*played("SS"), event(EventKind.DAY_EXCUSED, day(1))]
    assert fold(events, today=day(1)).current == 2


def test_an_excuse_written_late_mends_the_streak() -> None:
    events = played("SSS.S")
    assert fold(events, today=day(4)).current == 1
    mended = [*events, event(EventKind.DAY_EXCUSED, day(3))]
    assert fold(mended, today=day(4)).current == 4


def test_a_date_that_a_journey_west_brings_back_is_open() -> None:
    streak = fold(played("SS.S"), today=day(2))
    assert told(streak) == "SSOS"
    assert streak.current == 3


@given(histories, st.lists(st.integers(0, 59), max_size=20))
def test_a_day_is_never_counted_twice(days: str, again: list[int]) -> None:
    events = played(days)
    more = [
        event(EventKind.SOLVED, one.local_on, 2)
        for one in (events[n % len(events)] for n in again if events)
    ]
    solved = {one.local_on for one in [*events, *more] if one.kind is EventKind.SOLVED}
    streak = fold([*events, *more], today=day(len(days)))
    assert streak.solved_days == len(solved)
    assert streak.longest <= len(solved)


@given(diligent)
def test_freezes_stay_between_none_and_two(days: str) -> None:
    assert all(0 <= one.freezes <= MOST_FREEZES for one in seen(days).days)


@given(diligent)
def test_never_more_freezes_spent_than_earned(days: str) -> None:
    streak = seen(days)
    spent = told(streak).count("F")
    assert spent + streak.freezes <= streak.solved_days // SOLVED_DAYS_A_FREEZE
    assert spent + streak.freezes == sum(one.freeze_earned for one in streak.days)


@given(diligent)
def test_an_excused_day_neither_breaks_nor_counts(days: str) -> None:
    before = 0
    for one in seen(days).days:
        if one.state is DayState.EXCUSED:
            assert one.current == before
        before = one.current


@given(diligent, st.integers(0, 120))
def test_excusing_a_day_never_shortens_the_streak(days: str, n: int) -> None:
    today = day(len(days) - 1)
    plain = fold(played(days), today=today)
    excused = event(EventKind.DAY_EXCUSED, day(n % len(days)))
    mended = fold([*played(days), excused], today=today)
    assert mended.longest >= plain.longest
    assert mended.current >= plain.current


@given(diligent, st.data())
def test_order_and_duplicates_change_nothing(days: str, data: st.DataObject) -> None:
    events = played(days)
    again = data.draw(st.lists(st.sampled_from(events)))
    shuffled = data.draw(st.permutations([*events, *again]))
    today = day(len(days) - 1)
    assert fold(shuffled, today=today) == fold(events, today=today)


@given(diligent, st.integers(-14, 14))
def test_a_change_of_zone_neither_makes_nor_loses_a_day(days: str, hours: int) -> None:
    today = day(len(days) - 1)
    moved = [
        replace(one, occurred_at=one.occurred_at + timedelta(hours=hours))
        for one in played(days)
    ]
    assert fold(moved, today=today) == fold(played(days), today=today)


@given(diligent)
def test_a_solved_today_counts_the_same_tomorrow(days: str) -> None:
    events = played(days + "S")
    now = fold(events, today=day(len(days)))
    assert fold(events, today=day(len(days) + 1)).current == now.current


@given(solved_histories)
def test_each_date_is_explained_once(days: str) -> None:
    streak = seen(days)
    assert [one.on for one in streak.days] == [day(n) for n in range(len(days))]
    assert streak.current == streak.days[-1].current
    assert streak.longest == max(one.current for one in streak.days)
