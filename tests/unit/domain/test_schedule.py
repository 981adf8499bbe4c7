from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import local_date
from bot.domain.schedule import (
    DAY_STARTS_AT,
    EVERY_DAY,
    DailySettings,
    closed_days,
    closes_at,
    due_on,
    next_post_at,
    posts_at,
)

# Clock changes at midnight, at three, of half an hour, and a date that was skipped.
ZONES = (
    "UTC",
    "America/Bogota",
    "Europe/Madrid",
    "America/Santiago",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
)
SET_AT = datetime(2011, 1, 1, tzinfo=UTC)

zones = st.sampled_from(ZONES)
hours = st.integers(4, 23)
instants = st.integers(0, 16 * 366 * 24 * 60).map(
    lambda minutes: datetime(2011, 6, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
weekdays = st.frozensets(st.integers(0, 6), min_size=1)


def settings(**changes: object) -> DailySettings:
    facts: dict[str, object] = {
        "community_id": 1,
        "changed_at": SET_AT,
        "since": SET_AT.date(),
    }
    return DailySettings(**facts | changes)  # type: ignore[arg-type]


@given(zones, hours, weekdays, instants)
def test_a_daily_comes_once_on_each_of_its_days(
    zone: str, hour: int, days: frozenset[int], start: datetime
) -> None:
    schedule = settings(hour=hour, weekdays=days)
    at, seen = start, []
    while at < start + timedelta(days=20):
        found = next_post_at(schedule, zone, at)
        assert found is not None
        assert at < found
        at = found
        on = due_on(schedule, zone, at)
        assert on is not None, "what comes now is due now"
        seen.append(on)
    assert seen == sorted(set(seen))
    today = local_date(start, zone, DAY_STARTS_AT)
    wanted = [
        on
        for on in (today + timedelta(days=n) for n in range(1, 19))
        if on.weekday() in days and (zone, on) != ("Pacific/Apia", date(2011, 12, 30))
    ]
    assert [on for on in seen if wanted[0] <= on <= wanted[-1]] == wanted


@given(zones, hours, instants)
def test_every_day_is_due_or_closed_and_never_both(
    zone: str, hour: int, now: datetime
) -> None:
    schedule = settings(hour=hour)
    due, closed = due_on(schedule, zone, now), closed_days(schedule, zone, now)
    assert due not in closed
    today = local_date(now, zone, DAY_STARTS_AT)
    is_early = now < posts_at(schedule, zone, today)
    assert is_early or due == today or today in closed
    assert len(closed) <= 8


@given(zones, hours, instants)
def test_there_is_an_hour_at_least_to_catch_up_in(
    zone: str, hour: int, now: datetime
) -> None:
    on = local_date(now, zone, DAY_STARTS_AT)
    window = closes_at(zone, on) - posts_at(settings(hour=hour), zone, on)
    assert window >= timedelta(hours=1)


@pytest.mark.parametrize("hour", [9, 23])
def test_an_hour_is_the_clocks_on_both_sides_of_a_change(hour: int) -> None:
    schedule = settings(hour=hour)
    before = posts_at(schedule, "Europe/Madrid", date(2026, 3, 28))
    after = posts_at(schedule, "Europe/Madrid", date(2026, 3, 29))
    assert after - before == timedelta(hours=23)


def test_a_pause_ends_by_itself() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    paused = settings(paused_until=date(2026, 3, 10))
    assert due_on(paused, "UTC", noon) is None
    assert next_post_at(paused, "UTC", noon) == datetime(2026, 3, 10, 9, tzinfo=UTC)


def test_days_before_the_first_and_days_off_are_not_missed() -> None:
    noon = datetime(2026, 3, 6, 12, tzinfo=UTC)
    schedule = settings(since=date(2026, 3, 3), weekdays=EVERY_DAY - {3})
    assert closed_days(schedule, "UTC", noon) == [date(2026, 3, n) for n in (3, 4)]
    assert closed_days(settings(since=None), "UTC", noon) == []
