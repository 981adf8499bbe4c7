"""The page and what it asks for."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from typing import TypeVar

from babel.core import negotiate_locale
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.routing import Router as Routes

from bot.chat.reply import Action, FileToKeep, Picture
from bot.chat.texts import LANGUAGES, Texts, texts_in
from bot.chat.web.completion import suggestions
from bot.chat.web.conversation import Conversation, Speaker
from bot.chat.web.errors import BadName, Refusal
from bot.chat.web.people import People, Person, people_from, person_named
from bot.chat.web.render import Reader, Renderer, block_of
from bot.chat.web.router import Router
from bot.domain.member import Member
from bot.services.ports.clock import Clock
from bot.services.ports.transcript import Entry

COOKIE = "cordada_people"
# In the query, when somebody has just had everything deleted.
FORGOTTEN = "forgotten"
YEAR_S = 365 * 24 * 3600
# A submission has at most 64 KiB; the router says so kindly for what is a bit more.
BODY_LIMIT = 256 * 1024
# The first thing a newcomer can do.
TODAY = Action(path=("challenge", "today"))


WayIn = Callable[[Member], Awaitable[str]]
"""The path of the pages that signs a member in."""


class Sent(BaseModel):
    speaker: str
    """Whom the page shows: another tab may have switched to somebody else."""
    text: str = Field(min_length=1)


class Pressed(BaseModel):
    speaker: str
    path: tuple[str, ...] = Field(min_length=1, max_length=8)
    options: dict[str, str] = Field(default_factory=dict, max_length=32)


Shape = TypeVar("Shape")

_SENT = TypeAdapter(Sent)
_PRESSED = TypeAdapter(Pressed)


class Pages:
    def __init__(
        self,
        router: Router,
        conversation: Conversation,
        *,
        language: str,
        everyone_organises: bool,
        poll_s: float,
        now: Clock,
        way_in: WayIn,
    ) -> None:
        self._router = router
        self._conversation = conversation
        self._language = language
        self._everyone_organises = everyone_organises
        self._poll_s = poll_s
        self._now = now
        self._way_in = way_in
        self._renderer = Renderer()
        self.app = Routes(
            routes=[
                Route("/", self._home),
                Route("/people", self._people, methods=["POST"]),
                Route("/enter", self._enter, methods=["POST"]),
                Route("/send", self._send, methods=["POST"]),
                Route("/press", self._press, methods=["POST"]),
                Route("/complete", self._complete),
                Route("/updates", self._updates),
                Route("/picture/{entry:int}/{block:int}", self._file),
                Route("/file/{entry:int}/{block:int}", self._file),
            ]
        )

    async def _home(self, request: Request) -> Response:
        people = people_from(request.cookies.get(COOKIE))
        is_forgotten = FORGOTTEN in request.query_params
        if people.current is None or is_forgotten:
            texts = self._texts_for(request)
            note = texts("web.forgotten") if is_forgotten else ""
            return self._welcome(people, texts, note=note)
        speaker = await self._speaker(request, people.current)
        reader = _reader(speaker)
        entries = sorted(
            await self._conversation.since(speaker, 0), key=lambda entry: entry.id
        )
        page = self._renderer.page(
            "chat.html",
            speaker.texts,
            people=people,
            person=people.current,
            languages=LANGUAGES,
            today=TODAY,
            revision=max((entry.revision for entry in entries), default=0),
            entries=[
                html
                for entry in entries
                if (html := self._renderer.entry(entry, reader, self._now()))
            ],
        )
        return _page(page)

    def _welcome(
        self,
        people: People,
        texts: Texts,
        *,
        fault: str = "",
        typed: str = "",
        note: str = "",
    ) -> Response:
        page = self._renderer.page(
            "welcome.html",
            texts,
            people=people,
            languages=LANGUAGES,
            fault=fault,
            typed=typed,
            note=note,
        )
        return _page(page, status=422 if fault else 200)

    async def _people(self, request: Request) -> Response:
        people = people_from(request.cookies.get(COOKIE))
        async with request.form(max_files=0, max_fields=8) as form:
            field = {name: str(value) for name, value in form.items()}
        typed = field.get("name", "")
        try:
            person = person_named(typed, field.get("language"), field.get("time_zone"))
        except BadName as error:
            language = field.get("language", "")
            chosen = texts_in(language) if language in LANGUAGES else None
            texts = chosen or self._texts_for(request)
            fault = texts(f"web.name.{error.reason}")
            return self._welcome(people, texts, fault=fault, typed=typed)
        response = RedirectResponse("/", status_code=303)
        _keep(response, people.switched_to(person))
        return response

    async def _enter(self, request: Request) -> Response:
        """To the community's pages, where the one-time link signs the person in."""
        try:
            speaker = await self._current(request)
        except Refusal:
            return RedirectResponse("/", status_code=303)
        to = await self._way_in(speaker.member)
        headers = {"Cache-Control": "no-store"}
        return RedirectResponse(to, status_code=303, headers=headers)

    async def _send(self, request: Request) -> Response:
        try:
            sent = await self._read(request, _SENT)
            speaker = await self._current(request, sent.speaker)
        except Refusal as refusal:
            return self._refused(request, refusal)
        is_known = await self._conversation.say(speaker, sent.text)
        return await self._done(request) if is_known else _forgotten(request)

    async def _press(self, request: Request) -> Response:
        try:
            pressed = await self._read(request, _PRESSED)
            speaker = await self._current(request, pressed.speaker)
        except Refusal as refusal:
            return self._refused(request, refusal)
        action = Action(path=pressed.path, options=tuple(pressed.options.items()))
        is_known = await self._conversation.press(speaker, action)
        return await self._done(request) if is_known else _forgotten(request)

    async def _complete(self, request: Request) -> Response:
        try:
            speaker = await self._current(request)
        except Refusal as refusal:
            return self._refused(request, refusal)
        found = await suggestions(
            request.query_params.get("line", ""),
            router=self._router,
            actor=speaker.actor,
            place=self._conversation.place(),
            texts=speaker.texts,
        )
        return JSONResponse(asdict(found))

    async def _updates(self, request: Request) -> Response:
        try:
            speaker = await self._current(request)
        except Refusal as refusal:
            return self._refused(request, refusal)
        # The browser sends the header by itself when it connects again.
        after = request.headers.get("last-event-id") or request.query_params.get(
            "after", "0"
        )
        revision = int(after) if after.isascii() and after.isdigit() else 0
        return EventSourceResponse(self._stream(speaker, revision), sep="\n")

    async def _stream(
        self, speaker: Speaker, revision: int
    ) -> AsyncIterator[ServerSentEvent]:
        bell = self._conversation.bell
        reader = _reader(speaker)
        # Something at once, so that the page knows it is connected.
        yield ServerSentEvent(comment="here")
        while True:
            rung = bell.rung
            for entry in await self._conversation.since(speaker, revision):
                revision = max(revision, entry.revision)
                yield self._event(entry, reader)
            if bell.closed:
                return
            await bell.wait(rung, self._poll_s)

    def _event(self, entry: Entry, reader: Reader) -> ServerSentEvent:
        html = self._renderer.entry(entry, reader, self._now())
        data = json.dumps({"id": entry.id, "html": html})
        return ServerSentEvent(data, event="entry", id=str(entry.revision))

    async def _file(self, request: Request) -> Response:
        """A picture, or a file to keep, of an answer that the reader may see."""
        try:
            speaker = await self._current(request)
        except Refusal as refusal:
            return self._refused(request, refusal)
        entry_id, index = request.path_params["entry"], request.path_params["block"]
        entry = await self._conversation.entry_for(speaker, entry_id)
        match block_of(entry.body, index) if entry else None:
            case Picture(png=png):
                return Response(png, media_type="image/png")
            case FileToKeep(content=content, filename=filename):
                return Response(
                    content,
                    media_type="application/octet-stream",
                    headers={
                        "Content-Disposition": f'attachment; filename="{filename}"',
                        "Cache-Control": "no-store",
                    },
                )
        return PlainTextResponse("Not found", status_code=404)

    async def _read(self, request: Request, shape: TypeAdapter[Shape]) -> Shape:
        if request.headers.get("content-type", "").partition(";")[0] != (
            "application/json"
        ):
            raise Refusal(415, "web.fault.malformed")
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise Refusal(413, "web.fault.large")
        try:
            return shape.validate_json(bytes(body))
        except ValidationError as error:
            raise Refusal(422, "web.fault.malformed") from error

    async def _current(self, request: Request, shown: str | None = None) -> Speaker:
        """Raises Refusal when the page shows somebody else than the cookie says."""
        person = people_from(request.cookies.get(COOKIE)).current
        if person is None:
            raise Refusal(401, "web.fault.nobody")
        shown = shown or request.query_params.get("speaker")
        if shown is not None and shown != person.external_id:
            raise Refusal(409, "web.fault.switched")
        return await self._speaker(request, person)

    async def _speaker(self, request: Request, person: Person) -> Speaker:
        language = person.language or self._texts_for(request).language
        person = Person(name=person.name, language=language, time_zone=person.time_zone)
        actor = person.actor(is_organiser=self._everyone_organises)
        member = await self._router.enter(actor, self._conversation.place())
        self._conversation.knows(member.community.id)
        texts = texts_in(self._router.language_of(member, actor))
        return Speaker(actor=actor, member=member, texts=texts)

    async def _done(self, request: Request) -> Response:
        """Tells the language too: a command may have changed it."""
        after = await self._current(request)
        return JSONResponse({"language": after.texts.language})

    def _refused(self, request: Request, refusal: Refusal) -> Response:
        message = self._texts_for(request)(refusal.key)
        return JSONResponse({"message": message}, status_code=refusal.status)

    def _texts_for(self, request: Request) -> Texts:
        """What the browser prefers among ours."""
        header = request.headers.get("accept-language", "")
        wanted = [part.partition(";")[0].strip() for part in header.split(",")]
        found = negotiate_locale([tag for tag in wanted if tag], LANGUAGES, sep="-")
        return texts_in(found or self._language)


def _forgotten(request: Request) -> Response:
    """Entering again would make somebody new of them, so the browser forgets them."""
    response = JSONResponse({"go": f"/?{FORGOTTEN}"})
    people = people_from(request.cookies.get(COOKIE))
    _keep(response, People(known=people.known[1:]))
    return response


def _keep(response: Response, people: People) -> None:
    response.set_cookie(
        COOKIE, people.cookie(), max_age=YEAR_S, httponly=True, samesite="strict"
    )


def _page(html: str, *, status: int = 200) -> Response:
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def _reader(speaker: Speaker) -> Reader:
    zone = speaker.actor.time_zone or speaker.member.zone
    return Reader(member_id=speaker.member.id, texts=speaker.texts, time_zone=zone)
