import itertools
from datetime import date
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, Field


class Booking(BaseModel):
    id: int | None = None
    kayak: int = Field(ge=1, le=12)
    day: date
    name: str = Field(min_length=1, max_length=60)
    phone: str


def create_app() -> FastAPI:
    app = FastAPI(title="Kayaks", version="1.0.0")
    bookings: dict[int, Booking] = {}
    numbers = itertools.count(1)

    def found(number: int) -> Booking:
        if number not in bookings:
            raise HTTPException(404)
        return bookings[number]

    @app.post("/bookings", status_code=201, responses={409: {"description": "Taken"}})
    def book(booking: Booking, response: Response) -> Booking:
        if any((b.kayak, b.day) == (booking.kayak, booking.day) for b in bookings.values()):
            raise HTTPException(409)
        booking.id = next(numbers)
        bookings[booking.id] = booking
        response.headers["Location"] = f"/bookings/{booking.id}"
        return booking

    @app.get("/bookings/{number}", responses={404: {"description": "Unknown"}})
    def one(number: int) -> Booking:
        return found(number)

    @app.get("/bookings")
    def listed(
        day: date | None = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> list[Booking]:
        chosen = [b for b in bookings.values() if day is None or b.day == day]
        return sorted(chosen, key=lambda b: (b.day, b.kayak))[:limit]

    @app.delete(
        "/bookings/{number}", status_code=204, responses={404: {"description": "Unknown"}}
    )
    def cancel(number: int) -> None:
        found(number)
        del bookings[number]

    return app
