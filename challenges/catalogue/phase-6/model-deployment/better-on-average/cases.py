"""Mondays of one's own: their models err by quarters, so that no mark is a near thing."""

import random
from collections.abc import Iterator

NAMES = ("Centro", "Hospital", "Minerva", "Chapalita", "Tlaquepaque", "Analco")


def verdict(old: dict[str, float], new: dict[str, float]) -> tuple[str, list[str]]:
    worse = sorted(name for name in old if new[name] > 1.1 * old[name])
    better = sum(new.values()) <= 0.98 * sum(old.values())
    return ("serving" if better and not worse else "rejected"), worse


def mean(errors: dict[str, float]) -> float:
    return sum(errors.values()) / len(errors)


def case(group: str, mondays: list[dict], serving_now: dict, new: dict) -> dict:
    status, worse = verdict(serving_now, new)
    first = {name: value for name, value in mondays[0].items() if name != "ages"}
    before = "retired" if status == "serving" else "serving"
    told = [(1, before, mean(first), []), (2, status, mean(new), worse)]
    return {
        "group": group,
        "scene": f"mondays({', '.join(map(repr, mondays))})",
        "returns": repr(told),
        "checker": {"name": "close", "tolerance": 1e-6},
    }


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    names = rng.sample(NAMES, 4)
    old = {name: rng.randint(12, 20) / 4 for name in names}

    # One station is half as bad again, the others are so much better.
    new = {name: value - 1.25 for name, value in old.items()}
    spoilt = rng.choice(names)
    yield case("stations", [old, new | {spoilt: old[spoilt] * 1.5}], old,
               new | {spoilt: old[spoilt] * 1.5})

    # A little worse at one station is still within what is allowed.
    near = new | {spoilt: old[spoilt] * 1.0625}
    yield case("stations", [old, near], old, near)

    # After a week the fortnight holds one week in which the old one has aged.
    ages = rng.choice((1.0, 2.0, 3.0))
    now = {name: value + ages / 2 for name, value in old.items()}
    new = {name: value + ages / 4 for name, value in old.items()}
    yield case("same-exam", [old | {"ages": ages}, new], now, new)
