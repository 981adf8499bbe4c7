"""Sources of logs, some without an end and some that break off."""

from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any, NamedTuple

# Nobody needs to read this far for what the cases take.
TOO_FAR = 3_000


class Source(NamedTuple):
    name: str
    kind: str
    lines: Any
    skew_s: float = 0.0


def source(name, kind, lines, skew_s=0.0, breaks=None):
    return Source(name, kind, read(lines, breaks), skew_s)


def read(lines, breaks):
    """`lines` is a list, or 'endless: N' for a live log with N seconds between lines."""
    if isinstance(lines, str):
        yield from endless(float(lines.split()[1]))
    yield from (f"{line}\n" for line in lines)
    if breaks is not None:
        raise OSError(breaks)


def endless(step):
    start = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
    for number in count():
        if number == TOO_FAR:
            raise RuntimeError(f"{TOO_FAR} lines were read of a source without an end")
        moment = start + timedelta(seconds=number * step)
        yield f"{moment:%Y-%m-%d %H:%M:%S}.{moment.microsecond // 1000:03} UTC [7] LOG:  checkpoint {number}\n"


def moment(text):
    return None if text is None else datetime.fromisoformat(text)


def told(event):
    """An event in plain words; its time as it was given, zone and all."""
    when, name, text = event
    return f"{when.isoformat(timespec='milliseconds')} {name}: {text}"


def whole(module, sources, start=None, end=None):
    given = [source(*one) for one in sources]
    return [told(event) for event in module.timeline(given, moment(start), moment(end))]


def first(module, number, sources, start=None, end=None):
    given = [source(*one) for one in sources]
    events = iter(module.timeline(given, moment(start), moment(end)))
    return [told(event) for event in islice(events, number)]
