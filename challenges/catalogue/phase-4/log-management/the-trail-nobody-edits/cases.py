"""Trails of a notary's office, sound and tampered with."""

import hashlib
import hmac
import json
import random
from collections.abc import Iterator, Sequence

PEOPLE = ("rivas", "ocampo", "duarte", "ferrer")
ACTIONS = ("opened", "signed", "exported", "corrected")
Event = dict[str, object]


def seal(key: str, before: str, event: Event) -> str:
    canonical = json.dumps(
        event, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    message = f"{before}\n{canonical}".encode()
    return hmac.digest(key.encode(), message, hashlib.sha256).hex()


def entries(key: str, events: Sequence[Event], before: str = "") -> list[str]:
    """Lines of a trail, as the statement writes them."""
    lines = []
    for event in events:
        before = seal(key, before, event)
        lines.append(json.dumps({"event": event, "seal": before}, ensure_ascii=False))
    return lines


def last_seal(lines: Sequence[str]) -> str:
    return str(json.loads(lines[-1])["seal"])


def text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def some(rng: random.Random, count: int) -> list[Event]:
    """Keys in alphabetical order, ASCII alone: only the groups on those differ."""
    return [
        {
            "action": rng.choice(ACTIONS),
            "at": f"2026-04-{rng.randint(1, 30):02}T{rng.randint(8, 19):02}:{n:02}:00Z",
            "deed": rng.randrange(1_000, 9_999),
            "who": rng.choice(PEOPLE),
        }
        for n in range(count)
    ]


def verify(
    group: str, key: str, lines: Sequence[str], said: str, published: str | None = None
) -> dict[str, object]:
    arguments = ["verify", "trail.jsonl", "--key", "audit.key"]
    return {
        "group": group,
        "argv": arguments + (["--seal", published] if published else []),
        "files": {"trail.jsonl": text(lines), "audit.key": f"{key}\n"},
        "stdout": f"{said}\n",
        "exit_status": 0 if said.startswith("intact") else 1,
    }


def append(
    group: str, key: str, before: Sequence[str], given: str, after: Sequence[str],
    said: str, status: int,
) -> dict[str, object]:  # fmt: skip
    return {
        "group": group,
        "argv": ["append", "trail.jsonl", "--key", "audit.key"],
        "files": {"trail.jsonl": text(before), "audit.key": f"{key}\n"},
        "stdin": given,
        "stdout": said,
        "exit_status": status,
        "writes": {"trail.jsonl": text(after)},
    }


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    key = f"{rng.getrandbits(128):032x}"
    good = entries(key, some(rng, 12))
    yield from tampered(rng, key, good)

    other_order = []
    for line in good:
        entry = json.loads(line)
        event = dict(rng.sample(sorted(entry["event"].items()), 4))
        changed = {"seal": entry["seal"], "event": event}
        other_order.append(json.dumps(changed, separators=rng.choice([(",", ":"), (", ", ": ")])))
    yield verify("order", key, other_order, "intact: 12 entries")

    spanish = [event | {"who": name} for event, name in zip(
        some(rng, 3), ("Núñez", "Ibáñez ☂", "Agüero"), strict=True)]
    yield verify("letters", key, entries(key, spanish), "intact: 3 entries")
    given = text([json.dumps(event) for event in spanish])
    lines = entries(key, spanish)
    yield append("letters", key, [], given, lines, f"{last_seal(lines)}\n", 0)

    kept = rng.randint(4, 10)
    gone = "the seal is not in the trail"
    yield verify("cut", key, good[:kept], gone, last_seal(good))
    yield verify("cut", key, good[:kept], f"intact: {kept} entries")
    yield verify("cut", key, [], gone, last_seal(good))
    yield verify("grown", key, good, "intact: 12 entries", last_seal(good[:kept]))

    more = some(rng, 4)
    lines = good + entries(key, more, last_seal(good))
    given = text([json.dumps(event) for event in more])
    yield append("append", key, good, given, lines, f"{last_seal(lines)}\n", 0)
    yield append("append", key, good, "", good, f"{last_seal(good)}\n", 0)
    broken = good[:3] + good[4:]
    yield append("append", key, broken, given, broken, "line 4: altered\n", 1)

    for bad in ("deed 17 signed", '["signed", 17]', "17", "{'who': 'rivas'}"):
        half = json.dumps(more[0]) + f"\n{bad}\n" + json.dumps(more[1]) + "\n"
        yield append("input", key, good, half, good, "", 2)
    yield {
        "group": "input",
        "argv": ["verify", "nowhere.jsonl", "--key", "audit.key"],
        "files": {"audit.key": f"{key}\n"},
        "stdout": "",
        "exit_status": 2,
    }


def tampered(
    rng: random.Random, key: str, good: Sequence[str]
) -> Iterator[dict[str, object]]:
    at = rng.randint(2, 9)
    edited = list(good)
    entry = json.loads(edited[at])
    entry["event"]["deed"] += 1
    edited[at] = json.dumps(entry)
    yield verify("chain", key, edited, f"line {at + 1}: altered")
    deleted = [*good[:at], *good[at + 1 :]]
    yield verify("chain", key, deleted, f"line {at + 1}: altered")
    repeated = [*good[: at + 1], good[at], *good[at + 1 :]]
    yield verify("chain", key, repeated, f"line {at + 2}: altered")
    swapped = [*good[:at], good[at + 1], good[at], *good[at + 2 :]]
    yield verify("chain", key, swapped, f"line {at + 1}: altered")
    yield verify("chain", key, good[1:], "line 1: altered")
    # Whoever has no key forges with another.
    forged = entries(key[::-1], some(rng, 1), last_seal(good))
    yield verify("chain", key, [*good, *forged], "line 13: altered")
    for rubbish in ("not even JSON", '{"event": {"deed": 1}}', "[]", ""):
        lines = [*good[:at], rubbish, *good[at:]]
        yield verify("chain", key, lines, f"line {at + 1}: not an entry")
