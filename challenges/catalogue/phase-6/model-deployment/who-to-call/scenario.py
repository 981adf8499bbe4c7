"""The clinic's model, a real pipeline with weights set by hand, and its clients."""

import numpy as np
import pandas as pd
from fastapi.testclient import TestClient
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder

CHANNELS = ["desk", "phone", "web"]
ONE = {"age": 41, "days_ahead": 12, "distance_km": 4.5, "channel": "web"}
USUAL = {
    "version": "2026-11-02",
    "columns": ["age", "days_ahead", "distance_km", "channel"],
    "labels": ["attends", "misses"],
    "target": "misses",
    "threshold": 0.5,
    "usual_km": 3.0,
    "weights": {
        "bias": -2.0,
        "age": -0.02,
        "days_ahead": 0.05,
        "distance_km": 0.1,
        "desk": 0.0,
        "phone": 0.3,
        "web": 0.6,
    },
}


class Counted(Pipeline):
    """A pipeline that counts how often it is asked."""

    calls = 0

    def predict_proba(self, *args, **kwargs):
        self.calls += 1
        return super().predict_proba(*args, **kwargs)

    def predict(self, *args, **kwargs):
        self.calls += 1
        return super().predict(*args, **kwargs)


def fitted(model):
    """As it would come out of its file."""
    numbers = [name for name in model["columns"] if name != "channel"]
    places = [model["columns"].index(name) for name in numbers]
    learnt = pd.DataFrame(
        {
            name: CHANNELS if name == "channel" else [model["usual_km"]] * 3
            for name in model["columns"]
        }
    )
    prepare = ColumnTransformer(
        [
            ("numbers", SimpleImputer(strategy="median"), places),
            ("channel", OneHotEncoder(), [model["columns"].index("channel")]),
        ]
    ).fit(learnt)
    decide = LogisticRegression()
    weights = [model["weights"][name] for name in [*numbers, *CHANNELS]]
    decide.classes_ = np.array(model["labels"])
    decide.coef_ = np.array([weights])
    decide.intercept_ = np.array([model["weights"]["bias"]])
    decide.n_features_in_ = len(weights)
    return Counted([("prepare", prepare), ("decide", decide)])


class Store:
    """Holds one model, and counts how often it is loaded."""

    def __init__(self, model):
        self.loads = 0
        self.pipeline = fitted(model)
        self.held = {
            "version": model["version"],
            "pipeline": self.pipeline,
            "target": model["target"],
            "threshold": model["threshold"],
        }

    def load(self):
        self.loads += 1
        return dict(self.held)


def body_of(reply):
    """Its JSON when it went well, else its status."""
    return reply.json() if reply.status_code == 200 else reply.status_code


def started(module, load):
    """A client of a new application; its own faults are told as the status 500."""
    return TestClient(module.create_app(load), raise_server_exceptions=False)


def posted(client, appointments):
    return client.post("/predictions", json={"appointments": appointments})


def ask(module, model, appointments):
    with started(module, Store(model).load) as client:
        return body_of(posted(client, appointments))


def told(body, name):
    """One value of each prediction; the body itself where it is something else."""
    try:
        return [one[name] for one in body["predictions"]]
    except (TypeError, KeyError):
        return body


def risks(module, model, appointments):
    return told(ask(module, model, appointments), "risk")


def called(module, model, appointments):
    return told(ask(module, model, appointments), "call")


def health_and_a_bad_channel(module):
    with started(module, Store(USUAL).load) as client:
        health = client.get("/health")
        refused = posted(client, [ONE | {"channel": "fax"}])
        return [[health.status_code, health.json()], refused.status_code]


def statuses(module, *changes):
    """For appointments that differ in so much from a good one; None takes one away."""
    found = []
    with started(module, Store(USUAL).load) as client:
        for change in changes:
            one = {k: v for k, v in (ONE | change).items() if v is not None}
            found.append(posted(client, [one]).status_code)
    return found


def sizes(module, *counts):
    with started(module, Store(USUAL).load) as client:
        return [posted(client, [ONE] * count).status_code for count in counts]


def loads(module, requests):
    store = Store(USUAL)
    client = started(module, store.load)
    found = {"before the start": store.loads}
    with client:
        found["after the start"] = store.loads
        for _ in range(requests):
            posted(client, [ONE])
            client.get("/health")
        found["after the requests"] = store.loads
    return found


def calls_of_the_model(module, count):
    store = Store(USUAL)
    # The further ahead, the greater the risk: the answers must come falling.
    asked = [ONE | {"days_ahead": 300 - 2 * place} for place in range(count)]
    with started(module, store.load) as client:
        answers = told(body_of(posted(client, asked)), "risk")
    falling = answers == sorted(answers, reverse=True)
    return {
        "calls": store.pipeline.calls,
        "answers": len(answers),
        "in order": "yes" if falling else "no",
    }


def without_a_model(module):
    def load():
        raise OSError("the store of models does not answer")

    with started(module, load) as client:
        health, asked = client.get("/health"), posted(client, [ONE])
    return {"health": health.status_code, "predictions": asked.status_code}
