"""Folders as a copy leaves them: written yesterday, whatever their names say."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

SERVICES = ("toll", "cameras", "payments-north")


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    today = date(2026, 1, 1) + timedelta(days=rng.randrange(365))
    compress_after, keep = rng.randint(1, 5), rng.randint(20, 90)
    ages = {0, compress_after - 1, compress_after, keep, keep + 1, -1}
    ages |= {rng.randrange(2 * keep) for _ in range(6)}
    files, after, compressed, deleted = {}, {}, [], []
    for age in ages:
        name = f"{rng.choice(SERVICES)}-{today - timedelta(days=age)}.log"
        files[name] = f"{age} days"
        if age > keep:
            deleted.append(name)
        elif age >= compress_after:
            compressed.append(name)
            after[f"{name}.gz"] = files[name]
        else:
            after[name] = files[name]
    touched = datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp()
    report = {
        "compressed": sorted(compressed), "deleted": sorted(deleted),
        "failed": [], "freed": 0,
    }  # fmt: skip
    yield {
        "group": "ages",
        "scene": (
            f"tidy({files!r}, date({today.year}, {today.month}, {today.day}),"
            f" {{'compress_after': {compress_after}, 'keep': {keep}}}, {touched})"
        ),
        "returns": repr([report, after]),
    }
