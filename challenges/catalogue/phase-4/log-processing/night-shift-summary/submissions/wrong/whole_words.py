import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
ALIASES = {"WARN": "WARNING", "FATAL": "CRITICAL"}
RECORD = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ "
    r"(?P<level>[A-Za-z]+) (?P<service>[A-Za-z0-9-]+): (?P<message>.*)"
)


def read_lines(names: list[str]) -> Iterator[str]:
    if not names:
        yield from sys.stdin
    for name in names:
        with open(name, encoding="utf-8") as file:
            yield from file


def faults(lines: Iterable[str], lowest: str) -> Iterator[str]:
    kept = LEVELS[LEVELS.index(lowest):]
    for line in lines:
        record = RECORD.fullmatch(line.rstrip("\n"))
        if record is None:
            continue
        name = record["level"].upper()
        level = ALIASES.get(name, name)
        if level in kept:
            message = re.sub(r"\b[0-9]+\b", "#", record["message"])
            yield f"{level} {record['service']}: {message}"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--level", choices=LEVELS, default="WARNING")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()

    try:
        counts = Counter(faults(read_lines(args.files), args.level))
    except OSError as error:
        print(f"cannot read {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    for fault, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(count, fault)
    if not counts:
        print("nothing to report")
    return 0


if __name__ == "__main__":
    sys.exit(main())
