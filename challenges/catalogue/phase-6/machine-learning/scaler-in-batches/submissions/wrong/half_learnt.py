from math import sqrt


class Scaler:
    def __init__(self):
        self.width = None

    def partial_fit(self, rows):
        if not rows:
            return self
        width = len(rows[0]) if self.width is None else self.width
        if self.width is None:
            self.width = width
            self.learnt = [(0, 0.0, 0.0)] * width
        for row in rows:
            if len(row) != width:
                raise ValueError("rows of different widths")
            for index, value in enumerate(row):
                if value is not None:
                    self.learn(index, value)
        return self

    def transform(self, rows):
        if self.width is None:
            raise RuntimeError("nothing learnt yet")
        if any(len(row) != self.width for row in rows):
            raise ValueError("rows of another width")
        return [
            [self.scaled(value, *facts) for value, facts in zip(row, self.learnt)]
            for row in rows
        ]

    def learn(self, index, value):
        count, mean, m2 = self.learnt[index]
        delta = value - mean
        mean += delta / (count + 1)
        self.learnt[index] = (count + 1, mean, m2 + delta * (value - mean))

    @staticmethod
    def scaled(value, count, mean, m2):
        if value is None or count == 0:
            return 0.0
        deviation = sqrt(m2 / count)
        return (value - mean) / deviation if deviation else 0.0
