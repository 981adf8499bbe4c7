"""The web chat behind an HTTP client that acts as a browser on our own page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from bot.chat.web.app import build_app
from bot.chat.web.chat import WebChat, WebSettings
from bot.domain.member import Member
from tests.fakes.clock import FakeClock
from tests.fakes.transcript import FakeTranscript
from tests.fakes.web_router import FakeRouter


class FakeAddresses:
    """Ids that are numbers are our own."""

    async def community(self, external_id: str) -> int | None:
        return 1

    async def member(self, external_id: str, community: str) -> int | None:
        return int(external_id) if external_id.isdecimal() else None


HERE = "http://127.0.0.1:8000"


class WebTrial:
    """A chat with its fakes, and what a browser does with it."""

    def __init__(self, *, everyone_organises: bool = True) -> None:
        self.clock = FakeClock()
        self.router = FakeRouter()
        self.transcript = FakeTranscript(self.clock)
        self.chat = WebChat(
            self.router,
            self.transcript,
            settings=WebSettings(everyone_organises=everyone_organises),
            now=self.clock,
            addresses=FakeAddresses(),
            way_in=self._way_in,
        )
        self.app = build_app(
            self.chat.routes, health=self._is_healthy, metrics=self._metrics
        )
        self.healthy = True

    async def _way_in(self, member: Member) -> str:
        return f"/healthz?member={member.id}"

    async def _is_healthy(self) -> bool:
        return self.healthy

    def _metrics(self) -> str:
        return "cordada_up 1\n"

    @asynccontextmanager
    async def browser(
        self, *, language: str = "en", origin: str | None = HERE
    ) -> AsyncIterator[httpx.AsyncClient]:
        headers = {"accept-language": language}
        if origin is not None:
            headers["origin"] = origin
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app), base_url=HERE, headers=headers
        ) as client:
            yield client

    @asynccontextmanager
    async def speaking_as(
        self, name: str, language: str = "en"
    ) -> AsyncIterator[httpx.AsyncClient]:
        async with self.browser(language=language) as client:
            response = await client.post(
                "/people", data={"name": name, "language": language}
            )
            assert response.status_code == 303
            yield client
