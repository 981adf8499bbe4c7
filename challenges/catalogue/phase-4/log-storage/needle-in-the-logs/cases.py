"""Nights of the ferries' logs: each group varies one thing, the rest is as searched."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

Document = dict[str, object]
CHILE = timezone(timedelta(hours=-3))
START = datetime(2026, 2, 14, 2, tzinfo=CHILE)
WANTED = ("connection reset by peer", "Reset on connection 7", "CONNECTION was reset")
OTHER = (
    "connection refused", "password reset requested", "reset after timeout",
    "connection timed out", "reconnection reset", "connections were resetting",
)  # fmt: skip


def written_in_utc(at: datetime) -> str:
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def written(rng: random.Random, at: datetime) -> str:
    return written_in_utc(at) if rng.random() < 0.5 else at.isoformat()


def document(rng: random.Random, second: int, **changes: object) -> Document:
    return {
        "@timestamp": (START + timedelta(seconds=second)).isoformat(),
        "service": "tickets-api",
        "level": "ERROR",
        "message": "connection reset by peer",
        "duration_ms": rng.randrange(1_000, 9_999),
        "context": {"pier": rng.randint(1, 9)},
    } | changes


def case(
    rng: random.Random, group: str, right: list[Document], wrong: list[Document]
) -> dict[str, object]:
    """`right` in the order in which they happened."""
    named = [(f"y{number}", one) for number, one in enumerate(right)]
    others = [(f"n{number}", one) for number, one in enumerate(wrong)]
    mixed = named + others
    rng.shuffle(mixed)
    return {
        "group": group,
        "scene": f"found({mixed!r})",
        "returns": repr([name for name, _ in reversed(named)]),
    }


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    seconds = sorted(rng.sample(range(60, 3_500), 60))

    def right(count: int) -> list[Document]:
        return [document(rng, second) for second in sorted(rng.sample(seconds, count))]

    def wrong(**choices: tuple[object, ...]) -> list[Document]:
        return [
            document(rng, rng.choice(seconds), **{key: value})
            for key, values in choices.items()
            for value in values
        ]

    services = ("tickets-web", "tickets", "piers-api", "tickets-api-canary", "api")
    yield case(rng, "service", right(4), wrong(service=services))
    said = [one | {"message": text} for one, text in zip(right(3), WANTED, strict=True)]
    yield case(rng, "words", said, wrong(message=OTHER))
    slow = [document(rng, s, duration_ms=n) for s, n in zip(
        sorted(rng.sample(seconds, 4)), (1_000, 10_400, 2_000, 25_000), strict=True)]
    few = (*rng.sample(range(200, 1_000), 3), 999, 95)
    yield case(rng, "numbers", slow, wrong(duration_ms=few))
    inside = [document(rng, 0), *right(2), document(rng, 3_599)]
    outside = [document(rng, s) for s in (-1, -3 * 3_600 + 900, 3_600, 3 * 3_600 + 900)]
    yield case(rng, "edges", inside, outside)
    zones = sorted(rng.sample(seconds, 6))
    at = [written(rng, START + timedelta(seconds=second)) for second in zones]
    at[0] = written_in_utc(START + timedelta(seconds=zones[0]))
    dated = [document(rng, s, **{"@timestamp": t}) for s, t in zip(zones, at, strict=True)]
    yield case(rng, "edges", dated, [])
    yield case(rng, "many", right(25), [])

    keys = [f"seat_{number}" for number in rng.sample(range(1_000), 120)]
    grown = [
        (f"d{number}", document(rng, number, context={key: rng.choice((1, "no", True))}))
        for number, key in enumerate(keys)
    ]
    grown += [
        ("number", document(rng, 500, context={"retry": 3})),
        ("text", document(rng, 501, context={"retry": "never"})),
        ("object", document(rng, 502, context={"retry": {"after_s": 5}})),
    ]
    yield {
        "group": "growth",
        "scene": f"growth({grown!r})",
        "returns": "[0, [], []]",
    }
    booking = f"B-{rng.randrange(1_000, 9_999)}"
    bookings = [
        ("one", document(rng, 1, context={"booking": booking})),
        ("two", document(rng, 2, context={"booking": "B-17"})),
        ("three", document(rng, 3, context={"pier": booking})),
    ]
    yield {
        "group": "context",
        "scene": f"found_by('context.booking', {booking!r}, {bookings!r})",
        "returns": "['one']",
    }
