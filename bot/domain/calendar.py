"""Local dates. Days are counted as dates: on a clock change one lasts 23 hours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def is_zone(name: str) -> bool:
    """Whether the IANA database knows it; any text may be asked for."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def local_date(at: datetime, zone: str, day_start_hour: int) -> date:
    """The date of an instant by a person's wall clock, their day starting at that hour.

    The hours are taken from the clock's face, after the zone's rules: on the night of a
    clock change the day still starts when the clock shows the hour. Raises ValueError
    for an instant without a zone, which would silently be taken for the server's.
    """
    if at.tzinfo is None:
        raise ValueError(at)
    face = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (face - timedelta(hours=day_start_hour)).date()


def day_starts_at(on: date, zone: str, day_start_hour: int) -> datetime:
    """The instant at which a local date begins."""
    return datetime.combine(on, time(day_start_hour), tzinfo=ZoneInfo(zone))


# Those who work at night choose when their day turns; past noon it would be a joke on
# everybody else, whose today is then called yesterday.
LATEST_DAY_START_HOUR = 12


@dataclass(frozen=True, kw_only=True)
class Days:
    """How days are cut from time: by a zone's clock, from an hour on."""

    zone: str
    start_hour: int = 4

    def date_of(self, at: datetime) -> date:
        return local_date(at, self.zone, self.start_hour)

    def end_of(self, on: date) -> datetime:
        return day_starts_at(on + timedelta(days=1), self.zone, self.start_hour)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A person's days, and those to come when the present day ends.

    A change waits for the end of the day, so that it can neither make nor lose one:
    nobody gets a second today by looking for a zone where it is still yesterday. Across
    the date line to the east a date never comes (`skipped_by`), and the streak passes
    over it; to the west one comes twice, and counts once.
    """

    days: Days
    coming: Days | None = None
    coming_at: datetime | None = None

    def days_at(self, at: datetime) -> Days:
        if self.coming and self.coming_at and self.coming_at <= at:
            return self.coming
        return self.days

    def date_of(self, at: datetime) -> date:
        return self.days_at(at).date_of(at)

    def day_ends_at(self, at: datetime) -> datetime:
        now = self.days_at(at)
        return now.end_of(now.date_of(at))

    @property
    def last_wish(self) -> Days:
        return self.coming or self.days

    def turned_to(self, wish: Days, at: datetime) -> "Calendar":
        """The same calendar when that is what was wished for last."""
        if wish == self.last_wish:
            return self
        now = self.days_at(at)
        if wish == now:
            return Calendar(days=now)
        return Calendar(days=now, coming=wish, coming_at=now.end_of(now.date_of(at)))
