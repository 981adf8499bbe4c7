import argparse
import hashlib
import json
import os
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()

    try:
        state = load(args.state)
    except ValueError as error:
        print(f"{args.state} cannot be read: {error}", file=sys.stderr)
        return 2

    status = 0
    for name in args.files:
        try:
            lines, state[name] = news(Path(name), state.get(name))
        except FileNotFoundError:
            print(f"{name} is missing", file=sys.stderr)
            status = 1
            continue
        for line in lines:
            sys.stdout.buffer.write(f"{name}: ".encode() + line)
    sys.stdout.flush()
    save(args.state, state)
    return status


def news(path: Path, known: dict | None) -> tuple[list[bytes], dict]:
    if known is None:
        known = {"head": "", "offset": 0}
    lines = []
    head = fingerprint(path)
    start = known["offset"]
    if start and (head != known["head"] or path.stat().st_size < start):
        rotated = path.with_name(f"{path.name}.1")
        if rotated.exists() and fingerprint(rotated) == known["head"]:
            lines += whole_lines(rotated, start)
        start = 0
    fresh = whole_lines(path, start)
    end = start + sum(map(len, fresh))
    return lines + fresh, {"head": head, "offset": end}


def fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        first = file.readline()
    return hashlib.sha256(first).hexdigest() if first.endswith(b"\n") else ""


def whole_lines(path: Path, start: int) -> list[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        return [line for line in file if line.endswith(b"\n")]


def load(path: Path) -> dict:
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def save(path: Path, state: dict) -> None:
    # Written beside and moved: whoever pulls the plug leaves the old one or the new.
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(json.dumps(state, indent=2, sort_keys=True) + "\n", "utf-8")
    os.replace(beside, path)


if __name__ == "__main__":
    sys.exit(main())
