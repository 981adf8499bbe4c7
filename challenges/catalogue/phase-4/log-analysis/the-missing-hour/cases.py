"""A busy morning of the catalogue, as three servers write it: no quarter is empty."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

START = datetime(2026, 5, 11, 13, tzinfo=UTC)
STATUSES = (200, 200, 200, 200, 301, 404, 499, 500, 502, 503, None)


def percentile(values: list[int]) -> float | int | None:
    """Between the two nearest, as pandas does."""
    if not values:
        return None
    ordered = sorted(values)
    whole, rest = divmod(95 * (len(ordered) - 1), 100)
    above = ordered[min(whole + 1, len(ordered) - 1)]
    return tidy(round(ordered[whole] + (above - ordered[whole]) * rest / 100, 1))


def tidy(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    records, rows = [], []
    for quarter in range(6):
        start = START + timedelta(minutes=15 * quarter)
        durations, failed = [], 0
        # Powers of two and five: no percentage lies halfway between two roundings.
        count = rng.choice((5, 8, 10, 16, 20))
        for number in range(count):
            status = 200 if number == 0 else rng.choice(STATUSES)
            at = start + timedelta(seconds=rng.randrange(900))
            ms = None if status is None else 20 * rng.randrange(2, 200)
            records.append((at.strftime("%Y-%m-%dT%H:%M:%SZ"), status, ms))
            failed += status is None or status >= 500
            if ms is not None:
                durations.append(ms)
        local = start - timedelta(hours=5)
        percent = tidy(round(100 * failed / count, 1))
        row = [local.strftime("%d %H:%M"), count, failed, percent, percentile(durations)]
        rows.append(row)
    # The first and the last stay: which ones they are is asked elsewhere.
    first, last = min(records), max(records)
    others = [one for one in records if one not in (first, last)]
    rng.shuffle(others)
    yield {
        "group": "failures",
        "scene": f"by_quarter({[first, *others, last]!r})",
        "returns": repr(rows),
        "checker": {"name": "close", "tolerance": 0.11},
    }
