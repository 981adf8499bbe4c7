from contextlib import asynccontextmanager
from enum import Enum
from math import nan

import numpy as np
import pandas as pd
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, conlist


class Channel(str, Enum):
    desk = "desk"
    phone = "phone"
    web = "web"


class Appointment(BaseModel, extra="forbid"):
    age: int = Field(ge=0, le=120)
    days_ahead: int = Field(ge=0, le=365)
    distance_km: float | None = Field(default=None, ge=0, le=500)
    channel: Channel


class Appointments(BaseModel):
    appointments: conlist(Appointment, min_length=1, max_length=100)


def row(one):
    distance = nan if one.distance_km is None else one.distance_km
    return {
        "age": one.age,
        "days_ahead": one.days_ahead,
        "distance_km": distance,
        "channel": one.channel.value,
    }


def create_app(load):
    state = {}

    @asynccontextmanager
    async def lifespan(app):
        try:
            state.update(load())
        except OSError:
            state.clear()
        yield

    app = FastAPI(lifespan=lifespan)
    none = JSONResponse({"status": "no model"}, status_code=503)

    @app.get("/health")
    def health():
        return {"status": "ready", "model": state["version"]} if state else none

    @app.post("/predictions")
    def predictions(body: Appointments):
        if not state:
            return none
        pipeline = state["pipeline"]
        rows = [row(one) for one in body.appointments]
        table = pd.DataFrame(rows, columns=pipeline.feature_names_in_)
        wanted = np.flatnonzero(pipeline.classes_ == state["target"])[0]
        found = []
        for risk in pipeline.predict_proba(table)[:, wanted].tolist():
            found.append({"risk": risk, "call": risk >= state["threshold"]})
        return {"model": state["version"], "predictions": found}

    return app
