import gzip
import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

Event = tuple[int, str, str]

RECORD = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z) (.*)")
ATTEMPTS = 5


def local_events(folder: str, start_ms: int, end_ms: int) -> list[Event]:
    events = []
    for path in sorted(Path(folder).iterdir()):
        if path.name.endswith((".log", ".gz")):
            events += records(path)
    inside = (event for event in events if start_ms <= event[0] < end_ms)
    return sorted(inside, key=lambda event: event[0])


def records(path: Path) -> list[Event]:
    opened = gzip.open if path.suffix == ".gz" else open
    found: list[Event] = []
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            text = line.rstrip("\n")
            if match := RECORD.fullmatch(text):
                found.append((milliseconds(match[1]), path.name, match[2]))
            elif found:
                moment, name, message = found[-1]
                found[-1] = moment, name, f"{message}\n{text}"
    return found


def milliseconds(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def cloud_events(
    client: Any,
    group: str,
    start_ms: int,
    end_ms: int,
    wait: Callable[[float], None] = time.sleep,
) -> list[Event]:
    events = {
        (event["timestamp"], event["message"]): event
        for page in pages(client, group, start_ms, end_ms, wait)
        for event in page["events"]
    }
    in_order = sorted(events.values(), key=lambda e: (e["timestamp"], e["eventId"]))
    return [(e["timestamp"], e["logStreamName"], e["message"]) for e in in_order]


def pages(client, group, start_ms, end_ms, wait) -> Iterator[dict[str, Any]]:
    asked = {"logGroupName": group, "startTime": start_ms, "endTime": end_ms - 1}
    while True:
        page = patiently(client, asked, wait)
        yield page
        if "nextToken" not in page:
            return
        asked["nextToken"] = page["nextToken"]


def patiently(client, asked, wait) -> dict[str, Any]:
    for attempt in range(ATTEMPTS):
        try:
            return client.filter_log_events(**asked)
        except client.exceptions.ThrottlingException:
            if attempt == ATTEMPTS - 1:
                raise
            wait(2**attempt)
    raise AssertionError("unreachable")
