import itertools
from datetime import date
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Response
from pydantic import BaseModel, Field



class NewBooking(BaseModel):
    kayak: int = Field(ge=1, le=12)
    day: date
    name: str = Field(min_length=1, max_length=60)
    phone: str


class Booking(BaseModel):
    """What may go out of a booking."""

    id: int
    kayak: int
    day: date
    name: str


def create_app() -> FastAPI:
    app = FastAPI(title="Kayaks", version="1.0.0")
    bookings: dict[int, NewBooking] = {}
    numbers = itertools.count(1)

    def shown(number: int) -> Booking:
        one = bookings.get(number)
        if one is None:
            raise HTTPException(404, "There is no such booking")
        return Booking(id=number, kayak=one.kayak, day=one.day, name=one.name)

    @app.post("/bookings", status_code=201)
    def book(new: NewBooking, response: Response) -> Booking:
        if any((b.kayak, b.day) == (new.kayak, new.day) for b in bookings.values()):
            raise HTTPException(409, "The kayak is booked on that day")
        number = next(numbers)
        bookings[number] = new
        response.headers["Location"] = f"/bookings/{number}"
        return shown(number)

    @app.get("/bookings/{number}")
    def one(number: int) -> Booking:
        return shown(number)

    @app.get("/bookings")
    def listed(
        day: date | None = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> list[Booking]:
        found = [shown(n) for n, b in bookings.items() if day in (None, b.day)]
        return sorted(found, key=lambda b: (b.day, b.kayak))[:limit]

    @app.delete("/bookings/{number}", status_code=204)
    def cancel(number: int) -> None:
        shown(number)
        del bookings[number]

    return app
