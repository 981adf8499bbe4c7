import heapq
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

# When it happened (in UTC), the name of the source, the line.
Event = tuple[datetime, str, str]


def timeline(
    sources: list[Any], start: datetime | None = None, end: datetime | None = None
) -> Iterator[Event]:
    for source in sources:
        for line in source.lines:
            # When did it happen?
            yield datetime.now(UTC), source.name, line
