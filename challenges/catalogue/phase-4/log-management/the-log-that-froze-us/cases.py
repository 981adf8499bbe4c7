"""Numbers of sixteen digits: cards by Luhn's check, and others that only look so."""

import random
from collections.abc import Iterator


def remainder(digits: str) -> int:
    doubled = (2 * int(d) for d in digits[-2::-2])
    return (sum(d - 9 * (d > 9) for d in doubled) + sum(map(int, digits[::-2]))) % 10


def number(rng: random.Random, *, is_card: bool) -> str:
    start = rng.choice("345") + "".join(rng.choices("0123456789", k=14))
    good = (10 - remainder(start + "0")) % 10
    last = good if is_card else (good + rng.randint(1, 9)) % 10
    return f"{start}{last}"


def grouped(rng: random.Random, digits: str) -> str:
    mark = rng.choice(("", " ", "-"))
    return mark.join(digits[at : at + 4] for at in range(0, 16, 4))


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    records, lines = [], []
    for _ in range(20):
        is_card = rng.random() < 0.6
        digits = number(rng, is_card=is_card)
        written = grouped(rng, digits)
        records.append(("INFO", "ref %s seen", written))
        shown = f"****{digits[-4:]}" if is_card else written
        lines.append(f"INFO ref {shown} seen")
    yield {
        "group": "secrets",
        "scene": f"write({records!r})",
        "returns": repr(lines),
    }
