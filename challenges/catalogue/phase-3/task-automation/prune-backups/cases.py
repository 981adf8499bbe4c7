"""Folders of several databases whose backups failed on some nights."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

DATABASES = ("shop", "shop-eu", "mail", "hr", "log-2024")


def folder(rng: random.Random, today: date) -> list[tuple[str, date]]:
    backups = []
    for database in rng.sample(DATABASES, rng.randint(2, 3)):
        for age in range(8, 420):
            if rng.random() < 0.03:
                backups.append((database, today - timedelta(days=age)))
    return backups


def deletable(
    backups: list[tuple[str, date]], today: date, days: int
) -> list[tuple[str, date]]:
    return [
        (database, day)
        for database, day in sorted(backups, key=lambda one: (one[1], file_name(*one)))
        if day <= today - timedelta(days=days)
        and any(
            other == database
            and (later.year, later.month) == (day.year, day.month)
            and later > day
            for other, later in backups
        )
    ]


def file_name(database: str, day: date) -> str:
    return f"{database}-{day}.sql.gz"


def cases(rng: random.Random) -> Iterator[dict]:
    for _ in range(4):
        today = date(2025, 1, 1) + timedelta(days=rng.randint(0, 364))
        # No backup is as young as that: the months alone are probed here.
        days = rng.randint(1, 7)
        backups = folder(rng, today)
        rng.shuffle(backups)
        names = [file_name(*backup) for backup in backups]
        plan = [file_name(*backup) for backup in deletable(backups, today, days)]
        yield {
            "group": "months",
            "argv": ["--today", str(today), "--days", str(days)],
            "stdin": "\n".join(names) + "\n",
            "stdout": "".join(f"{name}\n" for name in plan),
            "exit_status": 0,
        }
