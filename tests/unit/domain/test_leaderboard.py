from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leaderboard import BEGINNING, Period, boards_for, starts_on

dates = st.dates(min_value=date(2020, 1, 1), max_value=date(2200, 1, 1))
periods = st.sampled_from(Period)


@given(dates)
def test_a_week_starts_on_its_monday(on: date) -> None:
    start = starts_on(Period.WEEK, on)
    assert start.isocalendar()[:2] == on.isocalendar()[:2]
    assert start.isoweekday() == 1


@given(dates)
def test_a_month_starts_on_its_first(on: date) -> None:
    start = starts_on(Period.MONTH, on)
    assert (start.year, start.month, start.day) == (on.year, on.month, 1)


@given(dates)
def test_a_season_is_a_quarter_of_the_calendar(on: date) -> None:
    start = starts_on(Period.SEASON, on)
    assert (start.year, (start.month - 1) // 3) == (on.year, (on.month - 1) // 3)
    assert (start.day, start.month in {1, 4, 7, 10}) == (1, True)


@given(dates)
def test_all_time_is_one_period(on: date) -> None:
    assert starts_on(Period.ALL_TIME, on) == BEGINNING


@given(periods, dates)
def test_a_period_starts_in_itself(period: Period, on: date) -> None:
    start = starts_on(period, on)
    assert start <= on
    assert starts_on(period, start) == start


@given(periods, dates)
def test_periods_follow_each_other_without_a_gap(period: Period, on: date) -> None:
    today, tomorrow = starts_on(period, on), starts_on(period, on + timedelta(days=1))
    assert tomorrow in {today, on + timedelta(days=1)}


@given(dates, st.integers(1, 7))
def test_points_count_once_for_each_period_and_scope(on: date, phase: int) -> None:
    boards = boards_for(community_id=1, phase=phase, on=on)
    assert len(set(boards)) == len(boards) == len(Period) * 2
    assert {board.phase for board in boards} == {None, phase}
    assert all(board.starts_on == starts_on(board.period, on) for board in boards)


def test_points_without_a_phase_count_for_the_community_alone() -> None:
    boards = boards_for(community_id=1, on=date(2026, 3, 2))
    assert [board.phase for board in boards] == [None] * len(Period)
