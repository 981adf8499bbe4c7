"""A cloud log store in memory, with the calls and answers of CloudWatch Logs, and a
folder of files.

The store pages as the real one does: it walks through stretches of what has arrived, in
order of arrival, so that a page may hold few events or none; the answer to the last
stretch has no token. A token holds for the same parameters only.
"""

import gzip
import os
import tempfile
from types import SimpleNamespace


class ThrottlingException(Exception):
    pass


class InvalidParameterException(Exception):
    pass


class ResourceNotFoundException(Exception):
    pass


class LogStore:
    """`arrived` holds [timestamp, stream, message, eventId] in order of arrival;
    `refusals` how many times in a row each page is refused before it is given."""

    def __init__(self, arrived, stretch, refusals=()):
        self.arrived, self.stretch = arrived, stretch
        self.refusals = dict(enumerate(refusals))
        self.asked = {}
        self.exceptions = SimpleNamespace(
            ThrottlingException=ThrottlingException,
            InvalidParameterException=InvalidParameterException,
            ResourceNotFoundException=ResourceNotFoundException,
        )

    def filter_log_events(
        self, *, logGroupName, startTime=0, endTime=2**53, nextToken=None, limit=10_000
    ):
        if logGroupName != "/cable-car/control":
            raise ResourceNotFoundException(logGroupName)
        asked = (startTime, endTime, limit)
        if nextToken is not None and self.asked.get(nextToken) != asked:
            raise InvalidParameterException("The specified nextToken is invalid.")
        page = 0 if nextToken is None else int(nextToken.split("-")[1])
        if self.refusals.get(page, 0) > 0:
            self.refusals[page] -= 1
            raise ThrottlingException("Rate exceeded")
        stretch = self.arrived[page * self.stretch : (page + 1) * self.stretch]
        answer = {
            "events": [
                {
                    "logStreamName": stream,
                    "timestamp": timestamp,
                    "message": message,
                    "ingestionTime": timestamp + 1_500,
                    "eventId": event_id,
                }
                for timestamp, stream, message, event_id in stretch
                if startTime <= timestamp <= endTime
            ],
            "searchedLogStreams": [],
        }
        if (page + 1) * self.stretch < len(self.arrived):
            answer["nextToken"] = f"page-{page + 1}-{hash(asked) % 9973}"
            self.asked[answer["nextToken"]] = asked
        return answer


def cloud(module, arrived, stretch, start, end):
    store = LogStore(arrived, stretch)
    found = module.cloud_events(store, "/cable-car/control", start, end, wait=ignored)
    return [tuple(event) for event in found]


def ignored(seconds):
    pass


def patient(module, arrived, stretch, refusals):
    """The events, or the error's name; and how long it waited each time."""
    store, waits = LogStore(arrived, stretch, refusals), []

    def wait(seconds):
        waits.append(float(seconds))
        if len(waits) > 30:
            raise RuntimeError("waits without end")

    try:
        found = module.cloud_events(store, "/cable-car/control", 0, 10**15, wait=wait)
        outcome = [tuple(event) for event in found]
    except ThrottlingException:
        outcome = "ThrottlingException"
    return [outcome, waits]


def local(module, files, start, end):
    """`files` holds names and texts; what ends in .gz is compressed."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            content = text.encode("utf-8")
            with open(os.path.join(folder, name), "wb") as file:
                file.write(gzip.compress(content) if name.endswith(".gz") else content)
        return [tuple(event) for event in module.local_events(folder, start, end)]
