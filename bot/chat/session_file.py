"""A session as a calendar file (RFC 5545), which any calendar opens."""

from datetime import datetime

from bot.chat.reply import FileToKeep
from bot.chat.texts import Texts
from bot.domain.pairing.session import SESSION, Session

PRODUCT = "-//Cordada//Mentoring//EN"


def session_file(
    texts: Texts, session: Session, starts_at: datetime, name: str, now: datetime
) -> FileToKeep:
    """The same session has the same UID: opened again, it is not doubled."""
    # 80 ms to import, for those alone who agree on an hour.
    from icalendar import Calendar, Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"session-{session.id}@cordada")
    event.add("dtstamp", now)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + SESSION)
    event.add("summary", texts("mentor.calendar.title", name=name))
    event.add("description", texts("mentor.calendar.about"))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return FileToKeep(
        filename=f"cordada-{starts_at:%Y-%m-%d}.ics",
        content=calendar.to_ical(),
        label=texts("mentor.calendar.file"),
    )
