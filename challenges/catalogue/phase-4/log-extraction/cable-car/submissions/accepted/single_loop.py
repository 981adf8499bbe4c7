import gzip
import os
import time
from datetime import datetime, timezone

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def local_events(folder, start_ms, end_ms):
    events = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith(".gz"):
            text = gzip.decompress(open(path, "rb").read()).decode("utf-8")
        elif name.endswith(".log"):
            text = open(path, encoding="utf-8").read()
        else:
            continue
        started = False
        for line in text.splitlines():
            moment = when(line)
            if moment is not None:
                events.append([moment, name, line[25:]])
                started = True
            elif started:
                events[-1][2] += "\n" + line
    events.sort(key=lambda event: event[0])
    return [tuple(event) for event in events if start_ms <= event[0] < end_ms]


def when(line):
    try:
        moment = datetime.strptime(line[:25], "%Y-%m-%dT%H:%M:%S.%fZ ")
    except ValueError:
        return None
    gone = moment.replace(tzinfo=timezone.utc) - EPOCH
    return (gone.days * 86_400 + gone.seconds) * 1000 + gone.microseconds // 1000


def cloud_events(client, group, start_ms, end_ms, wait=time.sleep):
    seen, found, more, refusals = set(), [], {}, 0
    while more is not None:
        try:
            page = client.filter_log_events(
                logGroupName=group, startTime=start_ms, endTime=end_ms, **more
            )
        except client.exceptions.ThrottlingException:
            refusals += 1
            if refusals == 5:
                raise
            wait(1 << (refusals - 1))
            continue
        refusals = 0
        for event in page["events"]:
            if event["eventId"] not in seen and event["timestamp"] < end_ms:
                seen.add(event["eventId"])
                found.append(event)
        token = page.get("nextToken")
        more = {"nextToken": token} if token else None
    found.sort(key=lambda event: (event["timestamp"], event["eventId"]))
    return [(e["timestamp"], e["logStreamName"], e["message"]) for e in found]
