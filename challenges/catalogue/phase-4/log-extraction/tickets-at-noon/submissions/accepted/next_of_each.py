import json
from datetime import datetime, timedelta, timezone

UTC = timezone.utc


def instant(kind, text):
    if kind == "access":
        inside = text.partition("[")[2].partition("]")[0]
        return datetime.strptime(inside, "%d/%b/%Y:%H:%M:%S %z").astimezone(UTC)
    if kind == "app":
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=json.loads(text)["ts"])
    if kind == "db":
        return datetime.fromisoformat(text[:23]).replace(tzinfo=UTC)
    local = datetime.strptime(text[:19], "%d/%m/%Y %H:%M:%S")
    return (local + timedelta(hours=3)).replace(tzinfo=UTC)


class Reader:
    def __init__(self, source):
        self.source, self.lines, self.when = source, iter(source.lines), None
        self.next = None
        self.advance()

    def advance(self):
        self.next = None
        while self.next is None:
            try:
                text = next(self.lines).rstrip("\n")
            except StopIteration:
                return
            except OSError as error:
                text, self.lines = f"!! lost: {error}", iter(())
            else:
                try:
                    found = instant(self.source.kind, text)
                    self.when = found - timedelta(seconds=self.source.skew_s)
                except Exception:
                    pass
            if self.when is not None:
                self.next = (self.when, self.source.name, text)


def timeline(sources, start=None, end=None):
    readers = [Reader(source) for source in sources]
    while True:
        ready = [reader for reader in readers if reader.next is not None]
        if not ready:
            return
        earliest = min(ready, key=lambda reader: reader.next[0])
        event = earliest.next
        if end is not None and event[0] >= end:
            return
        if start is None or event[0] >= start:
            yield event
        earliest.advance()
