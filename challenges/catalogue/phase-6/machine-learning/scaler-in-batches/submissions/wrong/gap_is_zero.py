from math import fsum, sqrt


class Scaler:
    def __init__(self):
        self.width = None

    def partial_fit(self, rows):
        if not rows:
            return self
        width = len(rows[0]) if self.width is None else self.width
        if any(len(row) != width for row in rows):
            raise ValueError("rows of different widths")
        if self.width is None:
            self.width = width
            self.learnt = [(0, 0.0, 0.0)] * width
        for index, (count, mean, m2) in enumerate(self.learnt):
            batch = [row[index] or 0 for row in rows]
            if not batch:
                continue
            size = len(batch)
            centre = fsum(batch) / size
            total, delta = count + size, centre - mean
            m2 += fsum((x - centre) ** 2 for x in batch)
            m2 += delta * delta * count * size / total
            self.learnt[index] = (total, mean + delta * size / total, m2)
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

    @staticmethod
    def scaled(value, count, mean, m2):
        if value is None or count == 0:
            return 0.0
        deviation = sqrt(m2 / count)
        return (value - mean) / deviation if deviation else 0.0
