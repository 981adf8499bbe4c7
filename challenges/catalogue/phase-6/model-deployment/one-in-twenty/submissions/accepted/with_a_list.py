import random
from math import inf


class Rollout:
    def __init__(self, stable, canary):
        self.models = [stable]
        self.canary = canary
        self.percent = 0
        self.latest = []

    def get_share(self):
        return self.percent

    def set_share(self, percent):
        if self.canary is None:
            raise RuntimeError("withdrawn")
        self.percent = percent

    share = property(get_share, set_share)

    def state(self):
        trying = None if self.canary is None else self.canary.version
        return {
            "stable": self.models[-1].version,
            "canary": trying,
            "share": self.percent,
        }

    def predict(self, user, car):
        if self.canary is not None:
            version = self.canary.version
            # Seeded with a text, it gives the same everywhere.
            if random.Random(version + "/" + user).random() * 100 < self.percent:
                price = None
                try:
                    price = self.canary.predict(car)
                    good = -inf < price < inf
                except Exception:
                    good = False
                self.latest = [*self.latest, good][-50:]
                if self.latest.count(False) == 5:
                    self.end_of_trial()
                if good:
                    return version, price
        return self.models[-1].version, self.models[-1].predict(car)

    def end_of_trial(self):
        self.canary = None
        self.percent = 0

    def promote(self):
        if self.canary is None:
            raise RuntimeError("nothing to adopt")
        self.models.append(self.canary)
        self.end_of_trial()

    def roll_back(self):
        if self.canary is not None:
            self.end_of_trial()
        elif len(self.models) > 1:
            self.models.pop()
        else:
            raise RuntimeError("nothing before")
