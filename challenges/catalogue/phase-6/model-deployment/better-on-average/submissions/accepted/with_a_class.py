import json
from datetime import timedelta
from math import inf


class Marks:
    """Of one model in one exam: sums of misses, and how many, by station."""

    def __init__(self, model, exam):
        self.sums, self.counts = {}, {}
        for row in exam:
            name = row["station"]
            miss = abs(row["bikes"] - model(name, row["day"]))
            self.sums[name] = self.sums.get(name, 0) + miss
            self.counts[name] = self.counts.get(name, 0) + 1
        self.error = sum(self.sums.values()) / sum(self.counts.values())

    def of(self, station):
        return self.sums[station] / self.counts[station]


def retrain(registry, rows, train, today):
    data = json.dumps(
        sorted([str(row["day"]), row["station"], row["bikes"]] for row in rows)
    )
    same = [e for e in registry if e["data"] == data and e["status"] != "failed"]
    if same:
        return same[0]

    new = dict(version=len(registry) + 1, data=data, error=None, worse_at=[])
    first_day = today - timedelta(14)
    exam = [row for row in rows if first_day <= row["day"] and row["day"] < today]
    try:
        new["model"] = train([row for row in rows if row["day"] < first_day])
        marks = Marks(new["model"], exam)
        if not marks.error < inf:
            raise ArithmeticError(marks.error)
    except Exception:
        new["status"] = "failed"
        registry.append(new)
        return new

    new["error"] = marks.error
    accepted = True
    for entry in registry:
        if entry["status"] == "serving":
            old = Marks(entry["model"], exam)
            for name in sorted(marks.counts):
                if marks.counts[name] > 9 and marks.of(name) > old.of(name) * 1.1:
                    new["worse_at"].append(name)
            accepted = not new["worse_at"] and marks.error <= old.error * 0.98
            if accepted:
                entry["status"] = "retired"
    new["status"] = "serving" if accepted else "rejected"
    registry.append(new)
    return new
