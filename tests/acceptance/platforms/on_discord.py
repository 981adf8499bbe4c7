"""Discord: the real discord.py on the fake."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.chat.command import Platform
from bot.chat.discord.connection import Connection, DiscordSettings, connected
from bot.chat.discord.guilds import Guilds
from bot.chat.texts import texts_in
from tests.acceptance.discord.installation import background
from tests.acceptance.platforms.game import Game
from tests.acceptance.platforms.stage import LOCALES, block, named
from tests.fakes.discord import Channel, FakeDiscord, Person, Seen
from tests.fakes.discord.component_rules import SELECTS


def _typed(value: str) -> str | int | bool:
    if value in {"true", "false"}:
        return value == "true"
    return int(value) if value.isdecimal() else value


@dataclass(kw_only=True)
class DiscordPlayer:
    person: Person
    language: str
    connection: Connection
    mention: str
    seen: list[Seen] = field(default_factory=list)

    async def asks(self, *path: str, **options: str) -> None:
        name, given = named(self.language, path, options)
        # Discord's client sends what a choice stands for, and not its label.
        sent = dict(zip(given, map(_typed, options.values()), strict=True))
        self.seen.append(await self.person.slash(name, sent))

    async def hands_in(self, challenge: str, code: str) -> None:
        path = ("challenge", "submit")
        name, given = named(self.language, path, {"challenge": challenge})
        form = await self.person.slash(name, given)
        self.seen.append(await self.person.submit(form, {"code": code}))

    async def fills_in(self, *path: str, **fields: str) -> None:
        name, _ = named(self.language, path, {})
        form = await self.person.slash(name, {})
        assert form.form is not None
        kinds = {
            one["component"]["custom_id"]: one["component"]["type"]
            for one in form.form.body["components"]
        }
        filled = {
            name: [value] if kinds[name] in SELECTS else value
            for name, value in fields.items()
        }
        self.seen.append(await self.person.submit(form, filled))

    async def asks_of(self, code: str, *path: str) -> None:
        menu = texts_in(self.language)("menu." + ".".join(path))
        said = self.person.say(block(code))
        self.seen.append(await self.person.menu(menu, said))

    async def pastes(self, code: str) -> None:
        said = self.person.say(f"{self.mention} {block(code)}")
        self.seen.append(await self.person.answer_to(said))
        await self.connection.chat.settle()

    async def reads(self) -> str:
        await self.connection.chat.settle()
        return "\n".join(one.text for one in self.seen)

    async def is_told(self) -> str:
        return "\n".join(one.text for one in self.person.direct().sees())


@dataclass(kw_only=True)
class DiscordStage:
    game: Game
    fake: FakeDiscord
    channel: Channel
    connection: Connection

    async def enters(self, name: str, language: str) -> DiscordPlayer:
        person = self.fake.join(self.channel, name, locale=LOCALES[language])
        return DiscordPlayer(
            person=person,
            language=language,
            connection=self.connection,
            mention=f"<@{self.fake.application.id}>",
        )

    async def judge_all(self) -> None:
        await self.game.judge_all(Platform.DISCORD, self.connection.chat)

    async def tell_all(self) -> None:
        await self.game.tell_all(Platform.DISCORD, self.connection.chat)

    async def strike(self) -> None:
        operations = self.connection.operations
        await self.game.strike(Platform.DISCORD, operations, self.channel.id)

    async def in_room(self, player: DiscordPlayer) -> str:
        room = self.fake.state.channels[await self.game.room()]
        return "\n".join(one.text for one in player.person.at(room).sees())


@asynccontextmanager
async def on_discord(game: Game) -> AsyncIterator[DiscordStage]:
    async with FakeDiscord() as fake:
        channel = fake.create_channel(fake.create_server())
        settings = DiscordSettings(
            token=fake.token, channel_name="none", guild_ready_timeout_s=0.01
        )
        guilds = Guilds(game.world, "UTC")
        with fake.addressed():
            async with connected(
                game.router, settings, guilds=guilds, now=fake.state.clock
            ) as connection:
                await connection.sync()
                async with background(connection.serve()):
                    await fake.gateway.until_ready()
                    yield DiscordStage(
                        game=game, fake=fake, channel=channel, connection=connection
                    )
        assert fake.violations == []
