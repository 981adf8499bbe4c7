from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pairing.week import (
    QUARTERS_A_WEEK,
    WeekHour,
    in_sessions,
    together_min,
    week_of,
)
from tests.unit.domain.pairing.given import weeks

SUMMER, WINTER = date(2026, 7, 15), date(2026, 12, 16)


def quarters(week: int) -> list[int]:
    return [n for n in range(QUARTERS_A_WEEK) if week >> n & 1]


def test_the_same_hour_is_another_one_after_the_clocks_change() -> None:
    tuesday_at_18 = [WeekHour(1, 18)]
    summer = week_of(tuesday_at_18, "Europe/Madrid", SUMMER)
    winter = week_of(tuesday_at_18, "Europe/Madrid", WINTER)
    assert quarters(summer) == [(24 + 16) * 4 + n for n in range(4)]
    assert quarters(winter) == [(24 + 17) * 4 + n for n in range(4)]


def test_sunday_night_in_the_west_is_monday_in_utc() -> None:
    sunday_at_22 = week_of([WeekHour(6, 22)], "America/Bogota", SUMMER)
    assert quarters(sunday_at_22) == [3 * 4 + n for n in range(4)]


def test_zones_a_quarter_apart_share_what_they_share() -> None:
    kathmandu = week_of([WeekHour(0, 12)], "Asia/Kathmandu", SUMMER)
    delhi = week_of([WeekHour(0, 12), WeekHour(0, 11)], "Asia/Kolkata", SUMMER)
    assert together_min(kathmandu, delhi) == 60


def test_an_hour_that_the_clock_skips_is_the_next_one() -> None:
    # Clocks in Madrid went from 02:00 to 03:00 on Sunday, 29 March 2026.
    skipped = week_of([WeekHour(6, 2)], "Europe/Madrid", date(2026, 3, 25))
    assert skipped == week_of([WeekHour(6, 3)], "Europe/Madrid", date(2026, 3, 25))


@pytest.mark.parametrize(("free", "minutes"), [(3, 0), (4, 60), (9, 135)])
def test_less_than_a_session_in_one_piece_is_no_common_time(
    free: int, minutes: int
) -> None:
    late_on_sunday = QUARTERS_A_WEEK - 2
    week = sum(1 << (late_on_sunday + n) % QUARTERS_A_WEEK for n in range(free))
    assert together_min(week, (1 << QUARTERS_A_WEEK) - 1) == minutes


@given(weeks(), weeks())
def test_sessions_fit_into_both_where_they_fit_into_what_is_common(
    one: int, other: int
) -> None:
    assert in_sessions(one & other) == in_sessions(one) & in_sessions(other)


@given(st.sets(st.builds(WeekHour, st.integers(0, 6), st.integers(0, 23))))
def test_hours_are_hours_in_every_zone(chosen: set[WeekHour]) -> None:
    week = week_of(chosen, "America/St_Johns", WINTER)
    assert week.bit_count() == 4 * len(chosen)
