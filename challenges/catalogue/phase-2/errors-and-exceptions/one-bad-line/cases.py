"""Nights of payments: some with bad lines, some whose cents are awkward as floats."""

import random
from collections.abc import Iterator

# By reason; the amounts and dates that are good here are good in every case.
BAD = {
    "fields": ("P;A;1.50", "P", "Q;A;1.50;2025-03-01", "P;A;1.50;2025-03-01;", "payment"),
    "amount": ("P;A;1.5;2025-03-01", "P;A;free;2025-03-01", "P;A;0.00;2025-03-01"),
    "date": ("P;A;1.50;2025-04-31", "P;A;1.50;yesterday", "P;A;1.50;2025-00-10"),
}


def night(rng: random.Random, *, bad_share: float) -> tuple[list[str], int, list]:
    lines, total, rejected = [], 0, []
    for number in range(1, rng.randint(6, 15)):
        if rng.random() < bad_share:
            reason = rng.choice(sorted(BAD))
            lines.append(rng.choice(BAD[reason]))
            rejected.append((number, reason))
            continue
        # Quarters are exact as floats, so that bad lines alone are probed.
        part = rng.choice((0, 25, 50, 75)) if bad_share else rng.randint(0, 99)
        cents = rng.randint(1, 900) * 100 + part
        day = f"2025-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        lines.append(f"P;ACC-{rng.randint(1, 99)};{cents // 100}.{part:02};{day}")
        total += cents
    return [*lines, f"T;{len(lines)}"], total, rejected


def cases(rng: random.Random) -> Iterator[dict]:
    for group, bad_share in (("rejected", 0.4), ("cents", 0.0)):
        for _ in range(3):
            lines, total, rejected = night(rng, bad_share=bad_share)
            yield {
                "group": group,
                "call": f"settle({lines!r})",
                "returns": repr((total, rejected)),
            }
