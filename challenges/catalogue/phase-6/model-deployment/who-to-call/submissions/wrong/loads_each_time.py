from collections.abc import Callable
from typing import Literal

import pandas as pd
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

class Appointment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    age: int = Field(ge=0, le=120)
    days_ahead: int = Field(ge=0, le=365)
    distance_km: float | None = Field(None, ge=0, le=500)
    channel: Literal["desk", "phone", "web"]


class Question(BaseModel):
    appointments: list[Appointment] = Field(min_length=1, max_length=100)


class Prediction(BaseModel):
    risk: float
    call: bool


class Answer(BaseModel):
    model: str
    predictions: list[Prediction]


def create_app(load: Callable[[], dict]) -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ready", "model": load()["version"]}

    @app.post("/predictions")
    def predict(question: Question) -> Answer:
        held = load()
        pipeline = held["pipeline"]
        table = pd.DataFrame([one.model_dump() for one in question.appointments])
        # A column in which nothing is known would be of objects, not of numbers.
        table["distance_km"] = table["distance_km"].astype(float)
        column = list(pipeline.classes_).index(held["target"])
        risks = pipeline.predict_proba(table)[:, column]
        return Answer(
            model=held["version"],
            predictions=[
                Prediction(risk=risk, call=risk >= held["threshold"]) for risk in risks
            ],
        )

    return app
