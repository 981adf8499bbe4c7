"""Full days: what the list shows of them, in which order and how much."""

import random
from collections.abc import Iterator

DAYS = ("2026-12-05", "2026-12-06", "2027-01-02")


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    taken = [(day, kayak) for day in DAYS for kayak in range(1, 13)]
    chosen = rng.sample(taken, 25)
    posts = [f"POST {kayak} {day}" for day, kayak in chosen]
    day, limit = rng.choice(DAYS), rng.randint(2, 6)
    of_the_day = sorted(one for one in chosen if one[0] == day)
    for query, found in (
        ("", sorted(chosen)[:20]),
        (f"?day={day}", of_the_day[:20]),
        (f"?limit={limit}", sorted(chosen)[:limit]),
        (f"?day={day}&limit=2", of_the_day[:2]),
        ("?day=2028-01-01", []),
    ):
        yield {
            "group": "list",
            "scene": f"listed({posts!r}, {query!r})",
            "returns": repr([f"{kayak} {day}" for day, kayak in found]),
        }
