import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import dropwhile, takewhile
from operator import itemgetter
from typing import Any

Event = tuple[datetime, str, str]

MONTEVIDEO = timezone(timedelta(hours=-3))
BRACKETS = re.compile(r"\[([^]]+)\]")


def access_time(line: str) -> datetime:
    match = BRACKETS.search(line)
    if match is None:
        raise ValueError(line)
    return datetime.strptime(match[1], "%d/%b/%Y:%H:%M:%S %z")


def app_time(line: str) -> datetime:
    return datetime.fromtimestamp(json.loads(line)["ts"], UTC)


def db_time(line: str) -> datetime:
    return datetime.strptime(line[:27], "%Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=UTC)


def gate_time(line: str) -> datetime:
    local = datetime.strptime(line[:19], "%d/%m/%Y %H:%M:%S")
    return local.replace(tzinfo=MONTEVIDEO)


TIMES = {"access": access_time, "app": app_time, "db": db_time, "gate": gate_time}


def events(source: Any) -> Iterator[Event]:
    time_of = TIMES[source.kind]
    skew = timedelta(seconds=source.skew_s)
    when = None
    try:
        for line in source.lines:
            text = line.rstrip("\n")
            try:
                when = time_of(text).astimezone(UTC) - skew
            except (ValueError, KeyError, TypeError):
                pass  # it happened along with the line before it
            if when is not None:
                yield when, source.name, text
    except OSError as error:
        if when is not None:
            yield when, source.name, f"!! lost: {error}"


def timeline(
    sources: list[Any], start: datetime | None = None, end: datetime | None = None
) -> Iterator[Event]:
    found = [event for source in sources for event in events(source)]
    merged = iter(sorted(found, key=itemgetter(0)))
    if start is not None:
        merged = dropwhile(lambda event: event[0] < start, merged)
    if end is not None:
        merged = takewhile(lambda event: event[0] < end, merged)
    yield from merged
