"""Branches of other sizes, with pages of any length."""

import random
from collections.abc import Iterator

BRANCHES = ("Kennedy", "Engativa", "Chapinero", "Teusaquillo")


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    for is_relative in (False, True):
        branch = rng.choice(BRANCHES)
        sizes = [rng.randrange(0, 20) for _ in range(rng.randint(4, 6))] + [100, 0, 7]
        first = f"branch={branch}&per_page=100"
        asked = [f"cursor=p{number}" for number in range(2, len(sizes) + 1)]
        yield {
            "group": "paging",
            "scene": f"report({branch!r}, {sizes!r}, {{}}, {is_relative})",
            "returns": repr(
                {
                    "loans": f"{sum(sizes)} in order",
                    "requests": [first, *asked],
                    "waits": [],
                }
            ),
        }
