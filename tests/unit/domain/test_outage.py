from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outage import MOST_EXCUSED, Outage, excused_days

zones = st.sampled_from(["UTC", "America/Bogota", "Pacific/Apia", "Europe/Madrid"])
begins = st.integers(0, 730 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
lengths = st.timedeltas(timedelta(), timedelta(days=60))


def outage(began_at: datetime, lasted: timedelta) -> Outage:
    return Outage(began_at=began_at, ended_at=began_at + lasted, reason="down")


def test_an_evening_is_excused_and_a_restart_is_not() -> None:
    evening = datetime(2026, 3, 2, 19, tzinfo=UTC)
    assert excused_days(outage(evening, timedelta(hours=3)), "UTC", 4) == [
        date(2026, 3, 2)
    ]
    assert excused_days(outage(evening, timedelta(minutes=30)), "UTC", 4) == []


def test_each_has_the_day_that_it_was_where_they_are() -> None:
    night = outage(datetime(2026, 3, 2, 22, tzinfo=UTC), timedelta(hours=3))
    assert excused_days(night, "Asia/Tokyo", 4) == [date(2026, 3, 3)]
    assert excused_days(night, "America/Bogota", 4) == [date(2026, 3, 2)]


@given(begins, lengths, zones, st.integers(0, 23))
def test_excused_days_are_bounded_in_order_and_touched(
    began_at: datetime, lasted: timedelta, zone: str, starts: int
) -> None:
    days = excused_days(outage(began_at, lasted), zone, starts)
    assert len(days) <= MOST_EXCUSED
    assert list(days) == sorted(set(days))
    assert bool(days) or lasted < timedelta(hours=4)
    assert all(
        began_at.date() - timedelta(days=2)
        <= on
        <= (began_at + lasted).date() + timedelta(days=2)
        for on in days
    )
