"""A summer of ice cream: prices that change, and products that tie."""

import random
from collections.abc import Iterator

SHOPS = ("Benimaclet", "Cabanyal", "Ruzafa")
PRODUCTS = ("chocolate", "horchata", "leche merengada", "mango", "turron")


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    rows = []
    for day in range(1, 4):
        for shop in SHOPS:
            for product in rng.sample(PRODUCTS[:3], 3):
                cents = rng.randrange(200, 600, 25)
                rows.append((f"2026-07-{day:02}", shop, product, rng.randint(1, 60), cents / 100))
    revenue = sum(units * price for *_, units, price in rows)
    yield {
        "group": "measure",
        "scene": f"totals({rows!r})",
        "returns": repr([f"€{revenue:,.2f}", f"{sum(row[3] for row in rows):,} units"]),
    }

    names = rng.sample(PRODUCTS, 5)
    units = dict(zip(names, (30, 12, 12, 45, 12), strict=True))
    rows = [("2026-07-01", "Ruzafa", name, units[name], 2.0) for name in names]
    ranked = sorted(names, key=lambda name: (-units[name], name))
    yield {
        "group": "ranking",
        "scene": f"ranking({rows!r})",
        "returns": repr([[name, 2 * units[name]] for name in ranked]),
    }
