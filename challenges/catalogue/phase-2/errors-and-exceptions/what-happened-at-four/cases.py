"""Nights of other plots: what each level shows of them."""

import random
from collections.abc import Iterator

NAMES = ("Encarna", "Vega", "Sur", "Este", "Acequia", "Palmeral", "Pozo", "Noria")
RANK = {"DEBUG": 10, "INFO": 20, "WARNING": 30, "ERROR": 40}


def records(plots: list[dict[str, object]]) -> tuple[list[tuple[str, str]], int]:
    found, watered, total = [], 0, 0
    for plot in plots:
        name, moisture, litres = plot["name"], plot["moisture"], plot["litres"]
        state = f"moisture {moisture}, last day dry since noon"
        found.append(("DEBUG", f"plot {name}: {state}"))
        if not 0 <= moisture <= 100:
            told = f"plot {name}: sensor says {moisture}, skipped"
            found.append(("WARNING", told))
        elif moisture < 30:
            found.append(("INFO", f"plot {name}: {litres} litres"))
            watered, total = watered + 1, total + litres
    told = f"watered {watered} of {len(plots)} plots, {total} litres"
    return [*found, ("INFO", told)], total


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    for level in ("DEBUG", "INFO", "WARNING"):
        wild = [rng.randint(-20, -1), rng.randint(101, 400)]
        moistures = [*wild, *(rng.randint(0, 60) for _ in range(4))]
        rng.shuffle(moistures)
        names = rng.sample(NAMES, len(moistures))
        plots = [
            {"name": name, "moisture": moisture, "litres": rng.randrange(50, 900)}
            for name, moisture in zip(names, moistures, strict=True)
        ]
        found, total = records(plots)
        shown = [one for one in found if RANK[one[0]] >= RANK[level]]
        yield {
            "group": "levels",
            "scene": f"run({level!r}, {plots!r})",
            "returns": repr([*shown, total]),
        }
