import time
from collections.abc import Callable
from typing import Any

# The milliseconds of the event, its file or stream, and the message.
Event = tuple[int, str, str]


def local_events(folder: str, start_ms: int, end_ms: int) -> list[Event]:
    ...


def cloud_events(
    client: Any,
    group: str,
    start_ms: int,
    end_ms: int,
    wait: Callable[[float], None] = time.sleep,
) -> list[Event]:
    answer = client.filter_log_events(
        logGroupName=group, startTime=start_ms, endTime=end_ms
    )
    return [
        (event["timestamp"], event["logStreamName"], event["message"])
        for event in answer["events"]
    ]
