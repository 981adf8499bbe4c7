"""Long weeks of measuring, each member's of another length."""

import random
from collections.abc import Iterator

NAME = "rain.log"


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    for keep in (rng.randint(2, 4), rng.randint(5, 8)):
        max_bytes = rng.randint(200, 400)
        # A file takes at most max_bytes / 18 records: these fill keep + 3 and more.
        count = (keep + 3) * (max_bytes // 18 + 1) + rng.randint(0, 40)
        names = [NAME, *(f"{NAME}.{age}.gz" for age in range(1, keep + 1))]
        sound = {"files": sorted(names), "too big": [], "hardly used": [], "unreadable": []}
        yield {
            "group": "room",
            "scene": f"report([{count}], {max_bytes}, {keep})",
            "returns": repr(sound),
        }
        yield {
            "group": "whole",
            "scene": f"sequence([{count}], {max_bytes}, {keep + 1})",
            "returns": repr([[count - 1], []]),
        }
    records = [f"{n:02}:00 rain {rng.randint(0, 99) / 10} mm" for n in range(24)]
    yield {
        "group": "whole",
        "scene": f"read_after([{records!r}], 120, 9)",
        "returns": repr(records),
    }
