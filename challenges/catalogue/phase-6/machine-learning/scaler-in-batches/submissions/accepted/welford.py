from dataclasses import dataclass
from math import sqrt

Row = list[float | None]


@dataclass
class Column:
    """Welford's running mean and sum of squared distances from it."""

    count: int = 0
    mean: float = 0.0
    m2: float = 0.0

    def learn(self, value: float) -> None:
        self.count += 1
        delta = value - self.mean
        self.mean += delta / self.count
        self.m2 += delta * (value - self.mean)

    def scaled(self, value: float | None) -> float:
        if value is None or self.m2 == 0:
            return 0.0
        return (value - self.mean) / sqrt(self.m2 / self.count)


class Scaler:
    def __init__(self) -> None:
        self._columns: list[Column] = []

    def partial_fit(self, rows: list[Row]) -> "Scaler":
        """Learn from one more batch."""
        if not rows:
            return self
        columns = self._columns or [Column() for _ in rows[0]]
        self._check_width(rows, len(columns))
        self._columns = columns
        for row in rows:
            for column, value in zip(columns, row):
                if value is not None:
                    column.learn(value)
        return self

    def transform(self, rows: list[Row]) -> list[list[float]]:
        """Return the rows with each column standardised."""
        if not self._columns:
            raise RuntimeError("nothing learnt yet: call partial_fit first")
        self._check_width(rows, len(self._columns))
        return [
            [column.scaled(value) for column, value in zip(self._columns, row)]
            for row in rows
        ]

    @staticmethod
    def _check_width(rows: list[Row], width: int) -> None:
        for row in rows:
            if len(row) != width:
                raise ValueError(f"expected {width} columns, got {len(row)}")
