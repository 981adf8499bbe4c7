import random


class Rollout:
    def __init__(self, stable, canary):
        self.stable = stable
        self.canary = canary
        self.share = 0

    def predict(self, user, car):
        model = self.canary if random.random() < self.share / 100 else self.stable
        return model.version, model.predict(car)

    def state(self):
        return {"stable": self.stable.version, "canary": self.canary.version}
