import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple


class Backup(NamedTuple):
    day: date
    name: str
    database: str

    @property
    def month(self) -> tuple[str, int, int]:
        return self.database, self.day.year, self.day.month


def backups_among(names: Iterable[str]) -> Iterator[Backup]:
    for name in names:
        if not name.strip():
            continue
        *database, year, month, day = name.removesuffix(".sql.gz").split("-")
        yield Backup(date(int(year), int(month), int(day)), name, "-".join(database))


def to_delete(backups: list[Backup], today: date, days: int) -> Iterator[str]:
    last: dict[tuple[str, int, int], date] = {}
    for backup in backups:
        last[backup.month] = max(backup.day, last.get(backup.month, backup.day))
    for backup in sorted(backups):
        recent = (today - backup.day).days < days
        if not recent and backup.day != last[backup.month]:
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
