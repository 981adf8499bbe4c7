import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal

import pandas as pd
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

log = logging.getLogger(__name__)


class Appointment(BaseModel):
    age: int
    days_ahead: int
    distance_km: float | None = None
    channel: Literal["desk", "phone", "web"]


class Question(BaseModel):
    appointments: list[Appointment]


class Prediction(BaseModel):
    risk: float
    call: bool


class Answer(BaseModel):
    model: str
    predictions: list[Prediction]


def create_app(load: Callable[[], dict]) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.held = None
        try:
            app.state.held = load()
        except Exception:
            log.exception("the model could not be loaded")
        yield

    app = FastAPI(lifespan=lifespan)

    def loaded() -> dict:
        if app.state.held is None:
            raise HTTPException(503, "There is no model")
        return app.state.held

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ready", "model": loaded()["version"]}

    @app.post("/predictions")
    def predict(question: Question) -> Answer:
        held = loaded()
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
