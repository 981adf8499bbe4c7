"""Busy nights for the group `order`: clean records, so that only the order is asked."""

import random
from collections import Counter
from collections.abc import Iterator

SERVICES = ("payments", "mail", "web", "stock")
FAULTS = ("no answer", "queue is long", "bad signature", "connection lost")
LEVELS = ("INFO", "WARNING", "ERROR", "CRITICAL")


def summary(faults: list[str]) -> str:
    counts = Counter(fault for fault in faults if not fault.startswith("INFO"))
    ranked = sorted((-count, fault) for fault, count in counts.items())
    return "".join(f"{-count} {fault}\n" for count, fault in ranked)


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    for size in (25, 60):
        faults = [
            f"{rng.choice(LEVELS)} {rng.choice(SERVICES)}: {rng.choice(FAULTS)}"
            for _ in range(size)
        ]
        lines = [
            f"2026-03-01T02:{second // 60:02}:{second % 60:02}Z {fault}\n"
            for second, fault in enumerate(faults)
        ]
        yield {
            "group": "order",
            "stdin": "".join(lines),
            "stdout": summary(faults),
            "exit_status": 0,
        }
