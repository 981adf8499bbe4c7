"""Longer streams of readings, cut at random; some stand near a thousand million."""

import random
import statistics
from collections.abc import Iterator

Rows = list[list[int]]


def scaled(learnt: Rows, rows: Rows) -> list[list[float]]:
    columns = [(statistics.fmean(c), statistics.pstdev(c)) for c in zip(*learnt)]
    return [
        [(value - mean) / deviation for value, (mean, deviation) in zip(row, columns)]
        for row in rows
    ]


def cut(rng: random.Random, rows: Rows) -> list[Rows]:
    edges = [0, *sorted(rng.sample(range(1, len(rows)), 3)), len(rows)]
    return [rows[start:end] for start, end in zip(edges, edges[1:])]


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    for group, offset in (("batches", 0), ("batches", 0), ("large", 10**9)):
        readings = [
            [offset + rng.randint(-60, 60), rng.randint(-60, 60)] for _ in range(24)
        ]
        batches = [readings] if group == "large" else cut(rng, readings)
        exam = [[offset + rng.randint(-90, 90), rng.randint(-90, 90)] for _ in range(2)]
        yield {
            "group": group,
            "scene": f"scale({batches!r}, {exam!r})",
            "returns": repr(scaled(readings, exam)),
            "checker": {"name": "close", "tolerance": 1e-6},
        }
