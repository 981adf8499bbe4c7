import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal

import numpy as np
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict, Field

log = logging.getLogger(__name__)


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
        table = np.array(
            [
                [one.age, one.days_ahead, one.distance_km, one.channel]
                for one in question.appointments
            ],
            dtype=object,
        )
        column = list(pipeline.classes_).index(held["target"])
        risks = pipeline.predict_proba(table)[:, column]
        return Answer(
            model=held["version"],
            predictions=[
                Prediction(risk=risk, call=risk >= held["threshold"]) for risk in risks
            ],
        )

    return app
