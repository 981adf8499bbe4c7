"""Longer records, as a fridge would send them over an afternoon."""

import random
from collections.abc import Iterator


def written(celsius: float, rng: random.Random) -> str:
    text = f"{celsius:.1f}"
    return rng.choice((text, text.replace(".", ","), f" {text}", f"{text} "))


def stretches(warm: list[bool], minimum: int) -> list[tuple[int, int]]:
    found = []
    minute = 0
    while minute < len(warm):
        end = minute
        while end < len(warm) and warm[end]:
            end += 1
        if end - minute >= minimum:
            found.append((minute, end - minute))
        minute = end + 1
    return found


def record(rng: random.Random, *, silent: bool) -> tuple[list[str], list[bool]]:
    readings, warm = [], []
    for _ in range(rng.randint(4, 12)):
        degrees = rng.choice((5.0, 6.5, 8.2, 9.7, 11.3))
        for _ in range(rng.randint(1, 5)):
            if silent and rng.random() < 0.25:
                readings.append(rng.choice(("", "ERR", " ")))
                warm.append(warm[-1] if warm else False)
            else:
                # With silences, plain numbers only: one lesson to a group.
                readings.append(str(degrees) if silent else written(degrees, rng))
                warm.append(degrees > 8.0)
    # Ends cold, so that the end of the record is not what is probed here.
    return [*readings, "4.0"], [*warm, False]


def cases(rng: random.Random) -> Iterator[dict]:
    for group, silent in (("conversions", False), ("warm-silences", True)):
        for _ in range(3):
            readings, warm = record(rng, silent=silent)
            minimum = rng.randint(1, 4)
            yield {
                "group": group,
                "call": f"breaches({readings!r}, 8.0, {minimum})",
                "returns": repr(stretches(warm, minimum)),
            }
