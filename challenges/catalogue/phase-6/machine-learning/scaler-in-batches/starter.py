Row = list[float | None]


class Scaler:
    def partial_fit(self, rows: list[Row]) -> "Scaler":
        """Learn from one more batch."""
        return self

    def transform(self, rows: list[Row]) -> list[list[float]]:
        """Return the rows with each column standardised."""
        return [[0.0 for value in row] for row in rows]
