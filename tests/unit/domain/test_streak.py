from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.again import return_facts
from bot.domain.calendar import Days
from bot.domain.event import Event, EventKind
from bot.domain.streak import (
    MOST_FREEZES,
    MOST_REST_DAYS,
    SOLVED_DAYS_A_FREEZE,
    DayState,
    Streak,
    fold,
    rest_days_on,
    rest_facts,
    zone_facts,
)

MONDAY = date(2026, 3, 2)
STATES = {
    "S": DayState.SOLVED,
    "F": DayState.FREEZE_SPENT,
    "E": DayState.EXCUSED,
    "K": DayState.SKIPPED,
    "R": DayState.REST,
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


def test_a_return_counts_when_it_was_due_and_not_otherwise() -> None:
    again = event(EventKind.REPEATED, day(1))
    assert fold([*played("S"), again], today=day(1)).current == 1
    due = replace(again, facts=return_facts(in_time=True))
    assert fold([*played("S"), due], today=day(1)).current == 2


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


def test_a_break_starts_the_seven_days_again() -> None:
    streak = seen("SSS....SSSS..")
    assert (streak.current, streak.days_to_freeze) == (0, 7)
    assert told(streak) == "SSSMMMMSSSSMO"


def test_a_spent_freeze_keeps_the_days_earned_towards_the_next() -> None:
    streak = seen("SSSSSSSSS.SSSS")
    assert (streak.freezes, streak.days_to_freeze) == (0, 1)
    assert seen("SSSSSSSSS.SSSSS").freezes == 1


def resting(weekdays: str, since: int, n: int = 0) -> Event:
    """Chosen on the day before, the n-th time."""
    chosen = event(EventKind.REST_DAYS_CHOSEN, day(since), n)
    at = chosen.occurred_at - timedelta(days=1, minutes=-n)
    facts = rest_facts([int(one) for one in weekdays])
    return replace(chosen, occurred_at=at, facts=facts)


def test_a_rest_day_neither_counts_nor_breaks() -> None:
    events = [*played("SSSSS..S"), resting("67", since=1)]
    streak = fold(events, today=day(7))
    assert (streak.current, told(streak)) == (6, "SSSSSRRS")


def test_a_rest_day_that_is_solved_counts() -> None:
    events = [*played("SSSSSS"), resting("6", since=1)]
    assert fold(events, today=day(5)).current == 6


def test_rest_days_hold_from_the_day_that_they_were_chosen_for() -> None:
    events = [*played("SS....S"), resting("3456", since=3)]
    assert told(fold(events, today=day(6))) == "SSMRRMS"


def test_the_last_choice_of_a_day_is_in_force() -> None:
    events = [resting("3", since=2, n=2), resting("4", since=2, n=1), *played("SS..S")]
    assert told(fold(events, today=day(4))) == "SSRMS"
    assert rest_days_on(events, day(1)) == frozenset()
    assert rest_days_on(events, day(2)) == {3}


def test_choosing_anew_each_evening_makes_no_third_rest_day_in_a_week() -> None:
    every_evening = [resting(str(day(n).isoweekday()), since=n, n=n) for n in range(14)]
    streak = fold([*every_evening, *played("S")], today=day(13))
    assert told(streak) == "SRMMMMM" + "RRMMMMO"


KIRITIMATI = Days(zone="Pacific/Kiritimati")


def moved(left: int, in_force: int, n: int = 0, *, first_day_h: int = 24) -> Event:
    changed = event(EventKind.ZONE_CHANGED, day(in_force), n)
    in_force_at = KIRITIMATI.end_of(day(in_force)) - timedelta(hours=first_day_h)
    return replace(
        changed,
        occurred_at=event(EventKind.JOINED, day(left)).occurred_at
        + timedelta(minutes=n),
        facts=zone_facts(KIRITIMATI, day(left), in_force_at),
    )


def test_a_date_that_never_came_is_passed_over() -> None:
    streak = fold([*played("SS.S"), moved(1, 3)], today=day(3))
    assert (streak.current, told(streak)) == (3, "SSKS")


@pytest.mark.parametrize(("hours", "state"), [(1, "K"), (11, "K"), (12, "M")])
def test_nobody_is_held_to_a_date_cut_short_by_a_journey(
    hours: int, state: str
) -> None:
    journey = moved(1, 2, first_day_h=hours)
    assert told(fold([*played("SS.S"), journey], today=day(3))) == f"SS{state}S"


def test_a_date_cut_short_counts_for_who_solves_on_it() -> None:
    streak = fold([*played("SSS"), moved(1, 2, first_day_h=1)], today=day(2))
    assert streak.current == 3


def test_who_thinks_better_of_a_journey_has_no_date_passed_over() -> None:
    events = [*played("SS.S"), moved(1, 3, n=1), moved(1, 2, n=2)]
    assert told(fold(events, today=day(3))) == "SSMS"


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


# The week's rest, now and then chosen anew, and journeys over the date line.
plans = st.lists(
    st.builds(
        resting,
        st.sampled_from(["", "6", "67", "13", "7"]),
        since=st.integers(0, 60),
        n=st.integers(0, 9),
    )
    | st.builds(
        lambda left, over, n: moved(left, left + over, n),
        st.integers(0, 60),
        st.integers(1, 3),
        st.integers(0, 9),
    ),
    max_size=8,
)


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
    assert SOLVED_DAYS_A_FREEZE * (spent + streak.freezes) <= streak.solved_days
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


@given(diligent, plans, st.data())
def test_order_and_duplicates_change_nothing(
    days: str, plan: list[Event], data: st.DataObject
) -> None:
    # The same key is the same event, whatever else was drawn with it.
    events = list({one.key: one for one in [*played(days), *plan]}.values())
    again = data.draw(st.lists(st.sampled_from(events)))
    shuffled = data.draw(st.permutations([*events, *again]))
    today = day(len(days) - 1)
    assert fold(shuffled, today=today) == fold(events, today=today)


@given(diligent, plans, st.integers(-5, 130), st.integers(0, 10))
def test_one_more_solved_day_never_shortens_a_streak(
    days: str, plan: list[Event], n: int, later: int
) -> None:
    today = day(len(days) - 1 + later)
    events = [*played(days), *plan]
    plain = fold(events, today=today)
    more = fold([*events, event(EventKind.SOLVED, day(n), 9)], today=today)
    assert more.current >= plain.current
    assert more.longest >= plain.longest
    assert more.freezes >= plain.freezes


@given(diligent, plans)
def test_what_is_explained_adds_up_to_what_is_told(
    days: str, plan: list[Event]
) -> None:
    streak = fold([*played(days), *plan], today=day(len(days) - 1))
    lines = told(streak)
    assert streak.current == lines[lines.rfind("M") + 1 :].count("S")
    assert streak.solved_days == lines.count("S")
    earned = sum(one.freeze_earned for one in streak.days)
    assert streak.freezes == earned - lines.count("F")


@given(diligent, plans)
def test_no_week_has_more_than_two_rest_days(days: str, plan: list[Event]) -> None:
    streak = fold([*played(days), *plan], today=day(len(days) - 1))
    weeks = Counter(
        one.on.isocalendar()[:2] for one in streak.days if one.state is DayState.REST
    )
    assert all(count <= MOST_REST_DAYS for count in weeks.values())


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
