"""Local dates. Days are counted as dates: on a clock change one lasts 23 hours."""

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
    """The instant at which a local date begins.

    A zone that a member changes to comes into force when the day that they are in ends,
    which is `day_starts_at` of the next date in the zone that they leave: so the change
    can neither make nor lose a day. Only between zones 25 hours apart, across the date
    line, one date comes twice; a day counts once all the same.
    """
    return datetime.combine(on, time(day_start_hour), tzinfo=ZoneInfo(zone))
