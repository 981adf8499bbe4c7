"""Nights of sales: amounts as either tradition writes them, and orders that repeat."""

import random
from collections.abc import Iterator

DAY = "'2026-03-09'"


def written(rng: random.Random, cents: int) -> str:
    """The amount as one of the tills would export it."""
    thousands, mark = rng.choice((".,", ",."))
    whole, rest = divmod(cents, 100)
    text = f"{whole:,}".replace(",", rng.choice((thousands, "")))
    if rest or rng.random() < 0.5:
        text += f"{mark}{rest:02}" if rest % 10 else f"{mark}{rest // 10}"
    return rng.choice((text, f"{text} €", f"${text}", f" {text}€ "))


def call(rows: list[tuple[str, str]]) -> str:
    lines = [
        f"    {{'order': {order!r}, 'amount': {amount!r}, 'sold_on': {DAY}}},\n"
        for order, amount in rows
    ]
    return f"clean([\n{''.join(lines)}])"


def returns(good: list[tuple[str, int]], rejected: list[tuple[int, str]]) -> str:
    sales = ", ".join(
        f"({order!r}, Decimal('{cents // 100}.{cents % 100:02}'), date(2026, 3, 9))"
        for order, cents in good
    )
    return f"([{sales}], {rejected!r})"


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    good = [(f"N-{number}", rng.randrange(100, 10_000_000)) for number in range(12)]
    yield {
        "group": "amounts",
        "call": call([(order, written(rng, cents)) for order, cents in good]),
        "returns": returns(good, []),
    }

    rows, kept, rejected = [], {}, []
    for number in range(1, 26):
        order, cents = f"N-{rng.randrange(8)}", 100 * rng.randrange(1, 1000)
        if rng.random() < 0.2:
            rows.append((order, "void"))
            rejected.append((number, "bad amount"))
        else:
            rows.append((order, str(cents // 100)))
            kept[order] = cents
    yield {
        "group": "duplicates",
        "call": call(rows),
        "returns": returns(list(kept.items()), rejected),
    }
