"""No platform: straight to the router. What each real one is held against."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.chat.command import Actor, Command, Message, Place, Platform
from bot.chat.reply import Form, Reply
from tests.acceptance.platforms.game import Game
from tests.acceptance.platforms.stage import LOCALES, block, line
from tests.fakes.operations import FakeOperations
from tests.fakes.words import said

PLACE = Place(platform=Platform.CONSOLE, community="home")


@dataclass(kw_only=True)
class RouterPlayer:
    game: Game
    actor: Actor
    language: str
    seen: list[str] = field(default_factory=list)

    async def asks(self, *path: str, **options: str) -> None:
        typed = line(self.language, path, options)
        self._see(await self.game.router.run_line(self.actor, PLACE, typed))

    async def hands_in(self, challenge: str, code: str) -> None:
        await self.fills_in("challenge", "submit", challenge=challenge, code=code)

    async def fills_in(self, *path: str, **fields: str) -> None:
        filled = Command(actor=self.actor, place=PLACE, path=path, options=fields)
        self._see(await self.game.router.run(filled))

    async def pastes(self, code: str) -> None:
        message = Message(actor=self.actor, place=PLACE, text=block(code))
        self._see(await self.game.router.read(message))

    async def asks_of(self, code: str, *path: str) -> None:
        message = Message(actor=self.actor, place=PLACE, text=block(code), path=path)
        self._see(await self.game.router.read(message))

    async def reads(self) -> str:
        return "\n".join(self.seen)

    async def is_told(self) -> str:
        return await self.reads()

    def _see(self, reply: Reply | Form) -> None:
        self.seen.append(reply.title if isinstance(reply, Form) else said(reply))


@dataclass(kw_only=True)
class RouterStage:
    game: Game
    players: list[RouterPlayer] = field(default_factory=list)
    rooms: FakeOperations = field(default_factory=FakeOperations)
    """Not `operations`: what it tells in private comes by `deliver`."""

    async def enters(self, name: str, language: str) -> RouterPlayer:
        actor = Actor(external_id=name, name=name, locale=LOCALES[language])
        player = RouterPlayer(game=self.game, actor=actor, language=language)
        self.players.append(player)
        return player

    async def judge_all(self) -> None:
        await self.game.judge_all(Platform.CONSOLE, self)

    async def tell_all(self) -> None:
        await self.game.tell_all(Platform.CONSOLE, self)

    async def strike(self) -> None:
        await self.game.strike(Platform.CONSOLE, self.rooms, "general")

    async def in_room(self, player: RouterPlayer) -> str:
        assert player.language
        said_there = self.rooms.said[await self.game.room()]
        return "\n".join(one.text for one in said_there.values())

    async def deliver(self, place: Place, reply: Reply) -> None:
        for player in self.players:
            player.seen.append(said(reply))


@asynccontextmanager
async def on_router(game: Game) -> AsyncIterator[RouterStage]:
    yield RouterStage(game=game)
