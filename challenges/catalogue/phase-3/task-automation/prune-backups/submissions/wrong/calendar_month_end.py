import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

BACKUP = re.compile(r"(.+)-([0-9]{4}-[0-9]{2}-[0-9]{2})\.sql\.gz")


class Backup(NamedTuple):
    day: date
    name: str
    database: str

    @property
    def month(self) -> tuple[str, int, int]:
        return self.database, self.day.year, self.day.month


def backups_among(names: Iterable[str]) -> Iterator[Backup]:
    for name in names:
        found = BACKUP.fullmatch(name)
        if found is None:
            continue
        try:
            day = date.fromisoformat(found[2])
        except ValueError:
            continue  # 2025-02-30: not a backup of ours, so not ours to delete.
        yield Backup(day, name, found[1])


def ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month


def to_delete(backups: list[Backup], today: date, days: int) -> Iterator[str]:
    for backup in sorted(backups):
        recent = (today - backup.day).days < days
        if not recent and not ends_month(backup.day):
            yield backup.name


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description="List the backups that may go.")
    parser.add_argument("--today", type=date.fromisoformat, required=True)
    parser.add_argument("--days", type=positive, required=True)
    options = parser.parse_args()
    backups = list(backups_among(sys.stdin.read().splitlines()))
    for name in to_delete(backups, options.today, options.days):
        print(name)


if __name__ == "__main__":
    main()
