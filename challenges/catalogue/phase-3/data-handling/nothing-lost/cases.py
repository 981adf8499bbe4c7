"""Sheets of the seed bank: each group's own sort of values, and nothing of the others'."""

import random
from collections.abc import Iterator

NAMES = ("Paraqay", "Uchuquta", "Chullpi sara", "Piscorunto", "Kculli", "Confite")
PLAIN = ("terraza alta", "junto al río", "sembrada en septiembre", "año húmedo")
CELLS = (
    "granos rojos, negros y blancos",
    'la llaman "la abuela"',
    "primera línea\nsegunda línea",
    "dictada en la oficina\r\nmismo día",
    '", "',
)
MARKUP = ("frío & seco", "altura < 3400 m", "<sin etiqueta>", "a &amp; b", "x > y & z")


def case(
    group: str, rows: list[list[str]], formats: list[str]
) -> dict[str, object]:
    return {
        "group": group,
        "scene": f"journey({rows!r}, {formats!r})",
        "returns": repr(rows),
    }


def sheet(rng: random.Random, notes: tuple[str, ...], size: int) -> list[list[str]]:
    chosen = [notes[n % len(notes)] for n in range(size)]
    rng.shuffle(chosen)
    return [
        ["code", "local name", "note"],
        *([f"PER{n:03}-{rng.randint(10, 99)}x", rng.choice(NAMES), note]
          for n, note in enumerate(chosen)),
    ]


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    cells = sheet(rng, CELLS, 8)
    yield case("cells", cells, ["csv", "json"])
    yield case("cells", cells, ["json", "csv"])
    markup = sheet(rng, MARKUP, 7)
    yield case("markup", markup, ["json", "xml"])
    yield case("markup", markup, ["json", "xml", "json"])
    codes = sheet(rng, PLAIN, 6)
    for row in codes[1:]:
        row[0] = f"{rng.randint(1, 999):06}"
        row[2] = rng.choice(("1e5", "-0", "3.10", "12 ", "NaN", "true", "0417"))
    yield case("text", codes, ["csv", "json"])
    yield case("text", codes, ["csv", "json", "csv"])
