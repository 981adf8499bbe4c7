"""An evening of a delivery co-operative, as its three applications write it."""

import json
import random
from collections.abc import Iterator

APPS = ("orders", "payments", "riders")
CALM = ("order accepted", "rider on the way", "paid in cash", "kitchen is slow")
TEASING = ("0 errors found", "no error in the last hour", "error page shown in 3 ms")
FAULTS = ("no rider answers", "card declined twice", "kitchen unreachable")
Entry = tuple[int, dict[str, str], str]


def entry(second: int, app: str, level: str, message: str, env: str = "prod") -> Entry:
    line = json.dumps({"level": level, "msg": message, "ms": 7 + second % 90})
    return second, {"app": app, "env": env}, line


def minutes(rng: random.Random, app: str, start: int, errors: int, total: int) -> list[Entry]:
    """So many entries of a minute, so many of them errors."""
    faults = [("error", rng.choice(FAULTS)) for _ in range(errors)]
    calm = [("info", rng.choice(CALM)) for _ in range(total - errors)]
    both = rng.sample(faults + calm, total)
    return [
        entry(start + 1 + 58 * number // total, app, level, message)
        for number, (level, message) in enumerate(both)
    ]


def percent(errors: int, total: int) -> str:
    return f"{100 * errors / total:.4g} %"


def rate(group: str, arguments: str, expected: object) -> dict[str, object]:
    return {"group": group, "scene": f"rate({arguments})", "returns": repr(expected)}


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    counts = {app: (rng.randint(1, 4), rng.choice((8, 10, 16))) for app in APPS}
    evening = [one for app in APPS for one in minutes(rng, app, 0, *counts[app])]

    errors, total = counts["orders"]
    orders = minutes(rng, "orders", 0, errors, total - 4)
    orders += [entry(30, "orders", "info", rng.choice(TEASING)) for _ in range(3)]
    orders.append(entry(31, "orders", "warning", "error budget is low"))
    staging = [entry(33, "orders", "error", "only a trial", env="staging")] * 3
    entries = sorted(orders + staging, key=lambda one: one[0])
    expected = [("orders", [percent(errors, total)])]
    yield rate("errors", f"['orders'], 60, {entries!r}", expected)
    faults = [
        json.loads(line)["msg"]
        for _, labels, line in entries
        if json.loads(line)["level"] == "error" and labels["env"] == "prod"
    ]
    yield {
        "group": "errors",
        "scene": f"latest(['orders'], {entries!r})",
        "returns": repr(faults),
    }

    two = sorted(rng.sample(APPS, 2))
    for chosen, apps in ((two, two), ("All", APPS)):
        expected = [(app, [percent(*counts[app])]) for app in apps]
        yield rate("selection", f"{chosen!r}, 60, {evening!r}", expected)

    step_s, long_run, points = 600, [], []
    for point in range(3):
        errors = rng.randint(1, 4)
        long_run += minutes(rng, "riders", step_s * point + 60 * rng.randint(1, 4), errors, 8)
        long_run += minutes(rng, "riders", step_s * point + 60 * 8, 0, 12)
        points.append(percent(errors, 20))
    arguments = f"['riders'], {step_s}, {long_run!r}, 3"
    yield rate("zoom", arguments, [("riders", points)])
