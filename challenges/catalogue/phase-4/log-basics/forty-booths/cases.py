"""Long messages. The process's number is part of the message, so that lengths depend
on it: the checker knows how much is left out of the count."""

import random
from collections.abc import Iterator


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    plain = "x" * rng.randint(1_000, 5_000)
    yield long(plain, "x", 1)
    yield long("ñ" * rng.randint(700, 3_000), "ñ", 2)
    yield long("a" + "🚗" * rng.randint(400, 20_000), "🚗", 4)
    yield long("ab" + "€" * rng.randint(500, 900), "€", 3)
    for message in ("ok", "señal débil"):
        last = message.encode()[-1:]
        yield {"group": "ending", "scene": f"raw_end({message!r})", "returns": repr([last])}


def long(message: str, last: str, width: int) -> dict[str, object]:
    return {
        "group": "long",
        "scene": f"size({message!r})",
        "returns": repr([width, "caseta-7[]: ", last]),
        "checker": "own",
    }
