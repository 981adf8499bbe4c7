"""Slack: the real slack-bolt on the fake."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot.chat.command import Platform
from bot.chat.communities import FoundCommunities
from bot.chat.slack.connection import SlackConnection, SlackSettings, connected
from bot.chat.slack.manifest import manifest
from bot.chat.table import COMMANDS
from bot.storage.receipts import PostgresReceipts
from tests.acceptance.platforms.game import Game
from tests.acceptance.platforms.stage import LOCALES, block, line
from tests.fakes.clock import FakeClock
from tests.fakes.slack import Channel, FakeSlack, Person
from tests.integration.chat.slack.village import heard


@dataclass(kw_only=True)
class SlackPlayer:
    slack: FakeSlack
    person: Person
    language: str
    channel: Channel
    connection: SlackConnection

    async def asks(self, *path: str, **options: str) -> None:
        command, _, text = line(self.language, path, options).partition(" ")
        await self.person.slash(command, text, self.channel, expecting="ephemeral")
        await self._settle()

    async def hands_in(self, challenge: str, code: str) -> None:
        typed = line(self.language, ("challenge", "submit"), {"challenge": challenge})
        await self._fills_in(typed, {"code": code})

    async def fills_in(self, *path: str, **fields: str) -> None:
        await self._fills_in(line(self.language, path, {}), fields)

    async def _fills_in(self, typed: str, fields: dict[str, str]) -> None:
        command, _, text = typed.partition(" ")
        await self.person.slash(command, text, self.channel, expecting="view")
        await self.person.submit(fields, expecting="ephemeral")
        await self._settle()

    async def asks_of(self, code: str, *path: str) -> None:
        said = self.slack.post_as(self.person, self.channel, block(code))
        menu = f"menu.{'.'.join(path)}.{self.language}"
        await self.person.message_shortcut(menu, said, expecting="ephemeral")
        await self._settle()

    async def pastes(self, code: str) -> None:
        await self.person.mention(block(code), self.channel, expecting="message")
        await self._settle()

    async def reads(self) -> str:
        await self._settle()
        return "\n".join(sight.text for sight in self.person.screen.sights)

    async def is_told(self) -> str:
        await self._settle()
        return "\n".join(self.person.reads(self.person.direct_channel))

    async def _settle(self) -> None:
        await self.connection.chat.settle()
        # What was posted comes to the application, too: not late for this clock.
        await self.slack.acknowledged()
        # Room for what comes next in the buckets of Slack's limits.
        self.slack.advance(60)


@dataclass(kw_only=True)
class SlackStage:
    game: Game
    slack: FakeSlack
    channel: Channel
    connection: SlackConnection

    async def enters(self, name: str, language: str) -> SlackPlayer:
        person = self.slack.add_person(name, locale=LOCALES[language], time_zone="UTC")
        self.slack.enter(person, self.channel)
        return SlackPlayer(
            slack=self.slack,
            person=person,
            language=language,
            channel=self.channel,
            connection=self.connection,
        )

    async def judge_all(self) -> None:
        await self.game.judge_all(Platform.SLACK, self.connection.chat)

    async def tell_all(self) -> None:
        await self.game.tell_all(Platform.SLACK, self.connection.chat)

    async def strike(self) -> None:
        operations = self.connection.operations
        await self.game.strike(Platform.SLACK, operations, self.channel.id)

    async def in_room(self, player: SlackPlayer) -> str:
        number, _, _ = (await self.game.room()).partition("/")
        room = self.slack.workspace.channels[number]
        assert player.person.id in room.members
        return "\n".join(map(self.slack.state.plain, room.messages.values()))


@asynccontextmanager
async def on_slack(game: Game) -> AsyncIterator[SlackStage]:
    async with FakeSlack(dict(manifest(COMMANDS)), FakeClock()) as slack:
        settings = SlackSettings(
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            channel_name="none",
            base_url=slack.base_url,
        )
        communities = FoundCommunities(game.world, Platform.SLACK, "UTC")

        async def pause(seconds: float) -> None:
            slack.advance(seconds)

        async with (
            connected(
                game.router,
                settings,
                receipts=PostgresReceipts(game.engine),
                now=slack.clock,
                found=partial(communities.found_by, language="en"),
                pause=pause,
            ) as connection,
            heard(slack, connection),
        ):
            channel = slack.add_channel("reto")
            yield SlackStage(
                game=game, slack=slack, channel=channel, connection=connection
            )
        assert slack.violations == []
