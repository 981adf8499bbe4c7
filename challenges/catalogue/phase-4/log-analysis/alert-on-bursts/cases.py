"""Generated days, each asking one thing, so that a mistake fails its own group alone.

Seconds are multiples of five and no window or silence is: nothing stands on an edge.
But for `cooldown`, all fits in one window and one silence.
"""

import random
from collections.abc import Iterator

Event = tuple[int, str]
SERVICES = ("cart", "mail", "search", "web")


def expected(
    events: list[Event], limit: int, window_s: int, cooldown_s: int
) -> list[Event]:
    """By the words of the statement, with no thought for speed."""
    found: list[Event] = []
    ordered = sorted(events)
    for position, (second, service) in enumerate(ordered):
        inside = [
            earlier
            for earlier, whose in ordered[: position + 1]
            if whose == service and earlier > second - window_s
        ]
        silent = any(
            whose == service and second - alerted < cooldown_s
            for alerted, whose in found
        )
        if len(inside) >= limit and not silent:
            found.append((second, service))
    return found


def day(
    rng: random.Random, size: int, last: int, services: tuple[str, ...]
) -> list[Event]:
    return [(5 * rng.randint(0, last // 5), rng.choice(services)) for _ in range(size)]


def case(group: str, events: list[Event], *settings: int) -> dict[str, object]:
    return {
        "group": group,
        "call": f"alerts({events!r}, {', '.join(map(str, settings))})",
        "returns": repr(expected(events, *settings)),
        "args_after": [repr(events), *map(str, settings)],
    }


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    for size in (40, 80):
        events = sorted(day(rng, size, 300, SERVICES))
        yield case("services", events, rng.randint(3, 6), 361, 361)
    long_day = sorted(day(rng, 60, 600, ("cart",)))
    yield case("cooldown", long_day, 2, 62, rng.choice((97, 113)))
    yield case("arrival", day(rng, 30, 300, ("cart",)), rng.randint(4, 9), 361, 361)
