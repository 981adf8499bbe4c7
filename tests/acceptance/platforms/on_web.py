"""The web chat, by the requests that its page sends."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from html import unescape

import httpx

from bot.chat.command import Platform
from bot.chat.pages.way_in import way_in
from bot.chat.web.app import build_app
from bot.chat.web.chat import WebChat, WebSettings
from bot.chat.web.operations import CHANNEL
from bot.services.addresses import Addresses
from bot.storage.transcript import PostgresTranscript
from tests.acceptance.platforms.game import Game
from tests.acceptance.platforms.stage import block, line
from tests.fakes.web_browser import HERE

TAG = re.compile(r"<[^>]+>")


@dataclass(kw_only=True)
class WebPlayer:
    browser: httpx.AsyncClient
    name: str
    language: str

    async def asks(self, *path: str, **options: str) -> None:
        await self._sends(line(self.language, path, options))

    async def hands_in(self, challenge: str, code: str) -> None:
        await self.asks("challenge", "submit", challenge=challenge)
        await self.fills_in("challenge", "submit", challenge=challenge, code=code)

    async def fills_in(self, *path: str, **fields: str) -> None:
        pressed = {"speaker": self.name, "path": path, "options": fields}
        (await self.browser.post("/press", json=pressed)).raise_for_status()

    async def pastes(self, code: str) -> None:
        await self._sends(block(code))

    async def asks_of(self, code: str, *path: str) -> None:
        """There are no menus: a button has the code."""
        await self.fills_in(*path, code=code)

    async def reads(self) -> str:
        page = (await self.browser.get("/")).raise_for_status()
        return unescape(TAG.sub("", page.text))

    async def is_told(self) -> str:
        return await self.reads()

    async def _sends(self, text: str) -> None:
        sent = {"speaker": self.name, "text": text}
        (await self.browser.post("/send", json=sent)).raise_for_status()


@dataclass(kw_only=True)
class WebStage:
    game: Game
    chat: WebChat
    stack: AsyncExitStack

    async def enters(self, name: str, language: str) -> WebPlayer:
        app = build_app(self.chat.routes, health=_healthy, metrics=str)
        browser = await self.stack.enter_async_context(
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app),
                base_url=HERE,
                headers={"accept-language": language, "origin": HERE},
            )
        )
        await browser.post("/people", data={"name": name, "language": language})
        return WebPlayer(browser=browser, name=name, language=language)

    async def judge_all(self) -> None:
        await self.game.judge_all(Platform.WEB, self.chat)

    async def tell_all(self) -> None:
        await self.game.tell_all(Platform.WEB, self.chat)

    async def strike(self) -> None:
        await self.game.strike(Platform.WEB, self.chat.operations, CHANNEL)

    async def in_room(self, player: WebPlayer) -> str:
        return await player.reads()


async def _healthy() -> bool:
    return True


@asynccontextmanager
async def on_web(game: Game) -> AsyncIterator[WebStage]:
    now = game.world.now
    chat = WebChat(
        game.router,
        PostgresTranscript(game.engine, now),
        settings=WebSettings(everyone_organises=False),
        now=now,
        addresses=Addresses(game.world, Platform.WEB),
        way_in=partial(way_in, game.world),
    )
    async with AsyncExitStack() as stack:
        yield WebStage(game=game, chat=chat, stack=stack)
    await chat.close()
