"""Models of one's own, whose weights are known here: what they answer is worked out."""

import math
import random
from collections.abc import Iterator

NUMBERS = ["age", "days_ahead", "distance_km"]
CHANNELS = ("desk", "phone", "web")
USUAL_ORDER = [*NUMBERS, "channel"]


def a_model(rng: random.Random, **changes: object) -> dict[str, object]:
    weights = {
        "bias": round(rng.uniform(-2.2, -1.4), 2),
        "age": round(rng.uniform(-0.03, -0.01), 3),
        "days_ahead": round(rng.uniform(0.02, 0.06), 3),
        "distance_km": round(rng.uniform(0.08, 0.2), 3),
        "desk": 0.0,
        "phone": round(rng.uniform(0.2, 0.4), 2),
        "web": round(rng.uniform(0.5, 0.9), 2),
    }
    return {
        "version": f"2026-11-{rng.randint(10, 28)}",
        "columns": USUAL_ORDER,
        "labels": ["attends", "misses"],
        "target": "misses",
        "threshold": 0.5,
        "usual_km": float(rng.randint(5, 12)),
        "weights": weights,
    } | changes


def risk(model: dict, appointment: dict) -> float:
    weights = model["weights"]
    filled = dict(appointment)
    if filled.get("distance_km") is None:
        filled["distance_km"] = model["usual_km"]
    score = weights["bias"] + weights[filled["channel"]]
    score += sum(weights[name] * filled[name] for name in NUMBERS)
    second = 1 / (1 + math.exp(-score))
    return second if model["target"] == model["labels"][1] else 1 - second


def appointments(rng: random.Random, count: int) -> list[dict[str, object]]:
    return [
        {
            "age": rng.randint(1, 95),
            "days_ahead": rng.randint(0, 60),
            "distance_km": round(rng.uniform(0.5, 14), 1),
            "channel": rng.choice(CHANNELS),
        }
        for _ in range(count)
    ]


def risks_of(group: str, model: dict, asked: list[dict]) -> dict[str, object]:
    return {
        "group": group,
        "scene": f"risks({model!r}, {asked!r})",
        "returns": repr([risk(model, one) for one in asked]),
        "checker": {"name": "close", "tolerance": 1e-6},
    }


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    # The channel stays last, so that a list of lists is answered, and answered wrong.
    other_order = ["distance_km", "age", "days_ahead", "channel"]
    model = a_model(rng, columns=other_order)
    yield risks_of("columns", model, appointments(rng, 3))

    model = a_model(rng, labels=["absent", "present"], target="absent")
    yield risks_of("label", model, appointments(rng, 3))

    model = a_model(rng)
    asked = appointments(rng, 3)
    asked[0]["distance_km"] = None
    del asked[1]["distance_km"]
    asked[2]["distance_km"] = 0
    yield risks_of("gaps", model, asked)

    yield {"group": "threshold", **who_is_called(rng)}


def who_is_called(rng: random.Random) -> dict[str, object]:
    """Nine people, of whom some that are called are below a half."""
    threshold = round(rng.uniform(0.2, 0.3), 2)
    while True:
        model = a_model(rng, threshold=threshold)
        asked = appointments(rng, 9)
        found = [risk(model, one) for one in asked]
        between = sum(threshold < one < 0.5 for one in found)
        nearest = min(abs(one - threshold) for one in found)
        if between >= 2 and min(found) < threshold and nearest > 1e-4:
            return {
                "scene": f"called({model!r}, {asked!r})",
                "returns": repr([one >= threshold for one in found]),
            }
