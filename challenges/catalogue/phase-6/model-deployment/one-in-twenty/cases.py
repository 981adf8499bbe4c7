"""Long series of answers: when five of the last fifty have failed, if ever."""

import random
from collections.abc import Iterator


def withdrawn_at(outcomes: str) -> int | None:
    for end in range(1, len(outcomes) + 1):
        if outcomes[max(0, end - 50) : end].count("x") >= 5:
            return end
    return None


def sparse(rng: random.Random, failures: int) -> str:
    """Failures so far apart that no fifty answers hold five of them."""
    return "".join("x" + "." * rng.randint(13, 20) for _ in range(failures))


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    calm = "." * rng.randint(200, 300)
    burst = "".join(rng.choice("x.") for _ in range(12)) + "xxxxx"
    for outcomes in (sparse(rng, 14), calm + burst + calm):
        yield {
            "group": "window",
            "scene": f"withdrawn_at({outcomes!r})",
            "returns": repr(withdrawn_at(outcomes)),
        }
