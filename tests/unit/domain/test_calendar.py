from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.calendar import day_starts_at, local_date

# Both hemispheres, odd offsets, both ends of the date line, and one without a change.
ZONES = (
    "America/Bogota",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Madrid",
    "Pacific/Apia",
    "Pacific/Pago_Pago",
    "UTC",
)
instants = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001  hypothesis adds the zone
    max_value=datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
zones = st.sampled_from(ZONES)
hours = st.integers(0, 12)


def madrid(*face: int, fold: int = 0) -> datetime:
    year, month, day, hour, minute = face
    zone = ZoneInfo("Europe/Madrid")
    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=zone)


def test_the_night_belongs_to_the_day_before() -> None:
    assert local_date(madrid(2026, 3, 3, 3, 59), "Europe/Madrid", 4) == date(2026, 3, 2)
    assert local_date(madrid(2026, 3, 3, 4, 0), "Europe/Madrid", 4) == date(2026, 3, 3)


def test_the_day_starts_by_the_clock_on_the_night_that_lacks_an_hour() -> None:
    # At 02:00 on 29 March 2026 the clock in Madrid jumps to 03:00.
    before = datetime(2026, 3, 29, 1, 59, tzinfo=UTC)
    assert local_date(before, "Europe/Madrid", 4) == date(2026, 3, 28)
    after = datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
    assert local_date(after, "Europe/Madrid", 4) == date(2026, 3, 29)


def test_the_day_starts_by_the_clock_on_the_night_that_repeats_an_hour() -> None:
    # At 03:00 on 25 October 2026 the clock in Madrid goes back to 02:00.
    for fold in (0, 1):
        at = madrid(2026, 10, 25, 2, 30, fold=fold)
        assert local_date(at, "Europe/Madrid", 4) == date(2026, 10, 24)
    assert day_starts_at(date(2026, 10, 25), "Europe/Madrid", 4) - day_starts_at(
        date(2026, 10, 24), "UTC", 2
    ) == timedelta(hours=25)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2026"):
        local_date(datetime(2026, 3, 3, 5), "UTC", 4)  # noqa: DTZ001


@given(instants, zones, hours, st.integers(0, 50))
def test_dates_never_go_back(
    at: datetime, zone: str, hour: int, elapsed_h: int
) -> None:
    later = at + timedelta(hours=elapsed_h)
    assert local_date(at, zone, hour) <= local_date(later, zone, hour)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), zones, hours)
def test_a_day_begins_where_it_says(on: date, zone: str, hour: int) -> None:
    # Through UTC: arithmetic within a zone counts the clock's face, not time.
    start = day_starts_at(on, zone, hour).astimezone(UTC)
    assert local_date(start, zone, hour) == on
    before = start - timedelta(microseconds=1)
    assert local_date(before, zone, hour) == on - timedelta(days=1)


@given(instants, zones, zones)
def test_a_zone_that_waits_for_the_next_day_never_turns_the_date_back(
    at: datetime, left: str, entered: str
) -> None:
    on = local_date(at, left, 4)
    in_force = day_starts_at(on + timedelta(days=1), left, 4)
    # Across the date line some inhabited zones are 25 hours apart: one date twice.
    assume(_ahead(in_force, left) - _ahead(in_force, entered) <= timedelta(days=1))
    assert local_date(in_force, entered, 4) >= on


def _ahead(at: datetime, zone: str) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
