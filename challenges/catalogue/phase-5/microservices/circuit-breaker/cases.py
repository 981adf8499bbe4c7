"""Longer days: runs of failures that never reach the limit, and trials that fail."""

import random
from collections.abc import Iterator

OUTCOMES = {"down": "ConnectionResetError", "late": "TimeoutError"}
Step = str | int
Told = tuple[str, int, str]


def told(failures: int, recovery_s: int, steps: list[Step]) -> list[Told]:
    """What `scenario.play` tells of a breaker that keeps to the statement."""
    now, calls, failed, opens_at = 0, 0, 0, None
    story = []
    for number, step in enumerate(steps):
        got = ""
        if isinstance(step, int):
            now += step
        elif opens_at is not None and now < opens_at:
            got = f"CircuitOpen {opens_at - now}"
        else:
            calls += 1
            got = OUTCOMES.get(step, f"sent parcel {number}")
            failed = failed + 1 if step in OUTCOMES else 0
            if step not in OUTCOMES:
                opens_at = None
            elif failed >= failures:
                opens_at = now + recovery_s
        waiting = opens_at is not None and now < opens_at
        state = "closed" if opens_at is None else "open" if waiting else "half_open"
        story.append((got, calls, state))
    return story


def case(
    group: str, failures: int, recovery_s: int, steps: list[Step]
) -> dict[str, object]:
    arguments = ", ".join(map(repr, (failures, recovery_s, *steps)))
    return {
        "group": group,
        "scene": f"play({arguments})",
        "returns": repr(told(failures, recovery_s, steps)),
    }


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    failures = rng.randint(3, 5)
    steps: list[Step] = []
    for _ in range(5):
        steps += rng.choices(("down", "late"), k=rng.randint(1, failures - 1))
        steps += ["up", rng.randint(1, 90)]
    yield case("closed", failures, 30, steps)

    failures, recovery_s = rng.randint(2, 4), rng.randint(20, 60)
    steps = ["down"] * failures
    for _ in range(rng.randint(2, 4)):
        steps += [recovery_s + rng.randint(1, 20), rng.choice(("down", "late")), "up"]
        steps += [rng.randint(1, recovery_s - 1), "up"]
    steps += [recovery_s + 1, "up", "up"]
    yield case("half-open", failures, recovery_s, steps)
