"""Busy hours of the cable car, in the cloud."""

import random
from collections.abc import Iterator

START = 1_773_302_400_000
STATIONS = ("roja", "azul", "amarilla", "verde")
MESSAGES = ("doors closed", "cabin leaves", "wind 38 km/h", "speed 4.9 m/s", "cabin arrives")
Arrival = list[object]


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    moments = sorted(rng.sample(range(3_600_000), 40))
    happened: list[Arrival] = [
        [START + moment, rng.choice(STATIONS), rng.choice(MESSAGES), f"{n:05}-{rng.randint(0, 999)}"]
        for n, moment in enumerate(moments)
    ]
    late = list(happened)
    for _ in range(12):
        late.insert(rng.randrange(len(late)), late.pop(rng.randrange(len(late))))
    late.append(late.pop(0))
    yield case("order", late, happened, rng.randint(5, 9))

    repeated = list(happened)
    for place in sorted(rng.sample(range(len(happened)), 9), reverse=True):
        repeated.insert(place, happened[place])
    yield case("repeats", repeated, happened, rng.randint(5, 9))


def case(
    group: str, arrived: list[Arrival], happened: list[Arrival], stretch: int
) -> dict[str, object]:
    end = START + 3_600_000
    return {
        "group": group,
        "scene": f"cloud({arrived!r}, {stretch}, {START}, {end})",
        "returns": repr([tuple(event[:3]) for event in happened]),
    }
