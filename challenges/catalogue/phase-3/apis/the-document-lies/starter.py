from fastapi import FastAPI

bookings: list[dict] = []


def create_app() -> FastAPI:
    app = FastAPI()

    @app.post("/bookings")
    def book(booking: dict) -> dict:
        booking["id"] = len(bookings) + 1
        bookings.append(booking)
        return booking

    @app.get("/bookings")
    def listed() -> list[dict]:
        return bookings

    return app
