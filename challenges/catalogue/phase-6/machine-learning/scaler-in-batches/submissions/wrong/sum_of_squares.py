from math import sqrt


class Scaler:
    def __init__(self):
        self.width = None

    def partial_fit(self, rows):
        if not rows:
            return self
        width = self.width or len(rows[0])
        if any(len(row) != width for row in rows):
            raise ValueError("rows of different widths")
        if self.width is None:
            self.width = width
            self.counts = [0] * width
            self.sums = [0.0] * width
            self.squares = [0.0] * width
        for row in rows:
            for index, value in enumerate(row):
                if value is not None:
                    self.counts[index] += 1
                    self.sums[index] += value
                    self.squares[index] += float(value) ** 2
        return self

    def transform(self, rows):
        if self.width is None:
            raise RuntimeError("nothing learnt yet")
        if any(len(row) != self.width for row in rows):
            raise ValueError("rows of another width")
        return [[self.scaled(i, value) for i, value in enumerate(row)] for row in rows]

    def scaled(self, index, value):
        count = self.counts[index]
        if value is None or count == 0:
            return 0.0
        mean = self.sums[index] / count
        # Rounding may leave it a little below zero.
        variance = max(self.squares[index] / count - mean**2, 0.0)
        return (value - mean) / sqrt(variance) if variance else 0.0
