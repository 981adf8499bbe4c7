"""A streak through zones: days as somebody lives them, hour by hour."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import LATEST_DAY_START_HOUR, Calendar, Days
from bot.domain.event import Event, EventKind
from bot.domain.streak import DayState, fold, zone_facts

# Both ends of the date line, odd offsets, and both directions of the clock change.
ZONES = (
    "America/Bogota",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Madrid",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "UTC",
)
days_of = st.builds(
    Days,
    zone=st.sampled_from(ZONES),
    start_hour=st.integers(0, LATEST_DAY_START_HOUR),
)
# Around the nights on which clocks change, north and south.
starts = st.sampled_from(
    [datetime(2026, month, 20, 7, 30, tzinfo=UTC) for month in (1, 3, 9, 10)]
)
journeys = st.lists(st.tuples(st.integers(0, 24 * 20), days_of), max_size=12)
HOURS = 24 * 21


@dataclass
class Life:
    calendar: Calendar
    solved: list[Event] = field(default_factory=list)
    changes: list[Event] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    """As they came, one for each hour."""

    def change(self, wish: Days, at: datetime) -> None:
        before, self.calendar = self.calendar, self.calendar.turned_to(wish, at)
        if before != self.calendar:
            left_on = before.date_of(at)
            in_force_at = self.calendar.day_ends_at(at)
            in_force_on = self.calendar.date_of(in_force_at)
            facts = zone_facts(wish, left_on, in_force_at)
            self.changes.append(event(EventKind.ZONE_CHANGED, in_force_on, at, facts))

    def solve(self, at: datetime) -> None:
        self.solved.append(event(EventKind.SOLVED, self.calendar.date_of(at), at))


def event(kind: EventKind, on: date, at: datetime, facts: object = None) -> Event:
    return Event(
        kind=kind,
        key=f"{kind}:{at}",
        person_id=1,
        member_id=1,
        occurred_at=at,
        local_on=on,
        facts=facts if isinstance(facts, dict) else {},
    )


def live(
    first: Days, start: datetime, journey: list[tuple[int, Days]]
) -> Iterator[tuple[Life, datetime]]:
    """Hour by hour, each change of zone in its hour."""
    life = Life(Calendar(days=first))
    for hour in range(HOURS):
        at = start + timedelta(hours=hour)
        for n, (when, wish) in enumerate(journey):
            if when == hour:
                life.change(wish, at + timedelta(seconds=n))
        at += timedelta(minutes=1)
        life.dates.append(life.calendar.date_of(at))
        yield life, at


@settings(max_examples=60)
# A quarter of an hour of the first date in Kathmandu; two journeys in a row.
@example(
    Days(zone="Pacific/Pago_Pago", start_hour=11),
    datetime(2026, 1, 20, 7, 30, tzinfo=UTC),
    [(0, Days(zone="Asia/Kathmandu", start_hour=4))],
)
@example(
    Days(zone="America/Bogota", start_hour=0),
    datetime(2026, 9, 20, 7, 30, tzinfo=UTC),
    [
        (0, Days(zone="Pacific/Pago_Pago", start_hour=12)),
        (30, Days(zone="Australia/Lord_Howe", start_hour=10)),
    ],
)
@given(days_of, starts, journeys)
def test_who_solves_on_every_date_that_comes_loses_none(
    first: Days, start: datetime, journey: list[tuple[int, Days]]
) -> None:
    for life, at in live(first, start, journey):
        if life.dates[-1] not in life.dates[:-1]:
            life.solve(at)
    streak = fold([*life.solved, *life.changes], today=life.dates[-1])
    states = {day.state for day in streak.days}
    assert states <= {DayState.SOLVED, DayState.SKIPPED}
    assert streak.current == len(set(life.dates))


@settings(max_examples=60)
@given(days_of, starts, journeys)
def test_travelling_makes_no_day(
    first: Days, start: datetime, journey: list[tuple[int, Days]]
) -> None:
    """However zones are changed, dates pass as days do, and none is solved twice."""
    for life, at in live(first, start, journey):
        life.solve(at)
    streak = fold([*life.solved, *life.changes], today=life.dates[-1])
    elapsed = timedelta(hours=HOURS) / timedelta(days=1)
    # 26 hours lie between the ends of the date line, 12 between the days' starts.
    assert abs((max(life.dates) - min(life.dates)).days - elapsed) <= 3
    assert streak.solved_days <= elapsed + 3


def test_a_second_today_cannot_be_had_by_moving_west() -> None:
    calendar = Calendar(days=Days(zone="Asia/Tokyo"))
    late = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)  # 03:00 of the 4th in Tokyo.
    moved = calendar.turned_to(Days(zone="America/Bogota"), late)
    assert moved.date_of(late) == date(2026, 3, 3)
    ends_at = datetime(2026, 3, 3, 19, 0, tzinfo=UTC)
    assert moved.day_ends_at(late) == ends_at
    assert moved.date_of(ends_at) == date(2026, 3, 3)
    assert moved.day_ends_at(ends_at) == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def test_a_change_undone_on_the_same_day_never_was() -> None:
    calendar = Calendar(days=Days(zone="UTC"))
    at = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    moved = calendar.turned_to(Days(zone="Pacific/Kiritimati"), at)
    assert moved.turned_to(Days(zone="UTC"), at) == calendar
    assert calendar.turned_to(Days(zone="UTC"), at) is calendar


def test_a_change_in_force_is_where_the_next_one_starts() -> None:
    tokyo, madrid = Days(zone="Asia/Tokyo"), Days(zone="Europe/Madrid")
    at = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    moved = Calendar(days=madrid).turned_to(tokyo, at)
    assert moved.days_at(at) == madrid
    back = moved.turned_to(madrid, at + timedelta(days=2))
    assert (back.days, back.coming) == (tokyo, madrid)
