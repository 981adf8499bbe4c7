import argparse
import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from pathlib import Path


class Broken(Exception):
    """The trail is not what was written."""


class Unusable(Exception):
    """What was given cannot be worked with."""


def seal(key: bytes, before: str, event: dict[str, object]) -> str:
    canonical = json.dumps(
        event, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hmac.digest(key, f"{before}\n{canonical}".encode(), hashlib.sha256).hex()


def checked(lines: list[str], key: bytes) -> Iterator[str]:
    """The seal of each entry, as long as they hold."""
    before = ""
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            event, told = entry["event"], entry["seal"]
        except (ValueError, KeyError, TypeError):
            raise Broken(f"line {number}: not an entry") from None
        before = seal(key, before, event)
        if not hmac.compare_digest(before.encode(), str(told).encode()):
            raise Broken(f"line {number}: altered")
        yield before


def events(lines: Iterator[str]) -> list[dict[str, object]]:
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            event = json.loads(line)
        except ValueError:
            event = None
        if not isinstance(event, dict):
            raise Unusable(f"line {number} of the input is no JSON object")
        found.append(event)
    return found


def lines_of(trail: Path) -> list[str]:
    # Not splitlines(): it also cuts at U+2028, which JSON leaves as it is.
    with trail.open(encoding="utf-8") as file:
        return list(file)


def append(trail: Path, key: bytes) -> str:
    seals = list(checked(lines_of(trail), key)) if trail.exists() else []
    before = seals[-1] if seals else ""
    written = []
    for event in events(sys.stdin):
        before = seal(key, before, event)
        written.append(json.dumps({"event": event, "seal": before}, ensure_ascii=False))
    with trail.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in written)
    return before


def verify(trail: Path, key: bytes, published: str | None) -> str:
    seals = list(checked(lines_of(trail), key))
    if published is not None and published not in seals:
        raise Broken("the seal is not in the trail")
    return f"intact: {len(seals)} entries"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=["append", "verify"])
    parser.add_argument("trail", type=Path)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--seal")
    args = parser.parse_args()
    try:
        key = args.key.read_text(encoding="utf-8").rstrip("\n").encode()
        if args.action == "append":
            print(append(args.trail, key))
        else:
            print(verify(args.trail, key, args.seal))
    except Broken as error:
        print(error)
        return 1
    except (Unusable, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
