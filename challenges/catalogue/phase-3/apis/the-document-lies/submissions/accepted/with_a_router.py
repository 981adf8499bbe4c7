from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Public(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    kayak: int
    day: date
    name: str


class Asked(BaseModel):
    kayak: Annotated[int, Field(gt=0, lt=13)]
    day: date
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    phone: str


class Problem(BaseModel):
    detail: str


class Kept(Asked):
    id: int


class Book:
    def __init__(self) -> None:
        self.last = 0
        self.taken: dict[tuple[date, int], Kept] = {}

    def __getitem__(self, number: int) -> Kept:
        for kept in self.taken.values():
            if kept.id == number:
                return kept
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"no booking {number}")


def create_app() -> FastAPI:
    book = Book()
    router = APIRouter(prefix="/bookings", tags=["bookings"])

    def known(id: Annotated[int, Path(description="Its number")]) -> Kept:
        return book[id]

    @router.get("", response_model=list[Public], summary="List the bookings")
    async def listed(day: date | None = None, limit: int = Query(20, ge=1, le=100)):
        found = [book.taken[key] for key in sorted(book.taken)]
        return [kept for kept in found if day is None or kept.day == day][:limit]

    @router.post(
        "",
        status_code=status.HTTP_201_CREATED,
        response_model=Public,
        responses={409: {"model": Problem}},
    )
    async def create(asked: Asked):
        where = (asked.day, asked.kayak)
        if where in book.taken:
            raise HTTPException(status.HTTP_409_CONFLICT, "taken")
        book.last += 1
        book.taken[where] = Kept(id=book.last, **asked.model_dump())
        return JSONResponse(
            Public.model_validate(book.taken[where]).model_dump(mode="json"),
            status_code=201,
            headers={"Location": f"/bookings/{book.last}"},
        )

    @router.get("/{id}", response_model=Public, responses={404: {"model": Problem}})
    async def read(kept: Annotated[Kept, Depends(known)]):
        return kept

    @router.delete("/{id}", status_code=204, responses={404: {"model": Problem}})
    async def cancel(kept: Annotated[Kept, Depends(known)]) -> None:
        del book.taken[kept.day, kept.kayak]

    app = FastAPI(title="Kayaks", version="1.0.0")
    app.include_router(router)
    return app
