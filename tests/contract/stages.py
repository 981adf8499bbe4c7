"""Platforms on which `test_platform_operations` plays, and how it looks at them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from bot.chat.discord.api import Api
from bot.chat.discord.gateway import Gateway, logged_in
from bot.chat.discord.operations import DiscordOperations
from bot.chat.discord.organisers import Organisers
from bot.chat.operations import Channel, Posts, PrivateMessages, Roles, Threads
from tests.fakes.discord import Channel as DiscordChannel
from tests.fakes.discord import FakeDiscord, Permission, Seen
from tests.fakes.operations import FakeOperations


class Operations(Posts, Threads, Roles, PrivateMessages, Protocol):
    pass


class Stage(Protocol):
    """A channel, the members ana and ben, and a role."""

    channel: Channel
    ana: str
    ben: str
    role: str

    @property
    def operations(self) -> Operations: ...

    def read(self, channel: Channel) -> list[str]: ...

    def alt(self, channel: Channel) -> str | None:
        """Of the one file there."""
        ...

    def thread(self, channel: Channel) -> str: ...

    def may_read(self, channel: Channel, member: str) -> bool: ...

    def has_role(self, member: str) -> bool: ...

    def told(self, member: str) -> list[str]: ...

    def close(self, member: str) -> None:
        """They take no private messages."""
        ...

    def silence(self) -> None:
        """The bot may not write in the channel any more."""
        ...


class MemoryStage:
    def __init__(self) -> None:
        self.operations = FakeOperations()
        self.channel = Channel(community="home", id="general")
        self.ana, self.ben, self.role = "ana", "ben", "mentor"

    def read(self, channel: Channel) -> list[str]:
        return [one.text for one in self.operations.said.get(channel.id, {}).values()]

    def alt(self, channel: Channel) -> str | None:
        (message,) = self.operations.said[channel.id].values()
        return message.alt

    def thread(self, channel: Channel) -> str:
        return self.operations.threads[channel.id][0]

    def may_read(self, channel: Channel, member: str) -> bool:
        members = self.operations.threads[channel.id][1]
        return members is None or member in members

    def has_role(self, member: str) -> bool:
        return (member, self.role) in self.operations.roles

    def told(self, member: str) -> list[str]:
        return self.operations.told.get(member, [])

    def close(self, member: str) -> None:
        self.operations.closed.add(member)

    def silence(self) -> None:
        self.operations.mute.add(self.channel.id)


class DiscordStage:
    def __init__(self, fake: FakeDiscord, operations: DiscordOperations) -> None:
        self.operations = operations
        self._fake = fake
        self._server = fake.create_server(permissions=Permission.MANAGE_ROLES)
        self._general = fake.create_channel(self._server)
        self._people = {
            one.account.id: one
            for one in (fake.join(self._general, name) for name in ("ana", "ben"))
        }
        self.ana, self.ben = self._people
        self.role = fake.create_role(self._server, "mentor").id
        self.channel = Channel(community=self._server.id, id=self._general.id)

    def read(self, channel: Channel) -> list[str]:
        return [one.text for one in self._seen(channel)]

    def alt(self, channel: Channel) -> str | None:
        (seen,) = self._seen(channel)
        (file,) = seen.files
        gallery = [one for one in seen.components if one["type"] == 12]
        return (
            str(gallery[0]["items"][0]["description"]) if gallery else file.description
        )

    def thread(self, channel: Channel) -> str:
        return self._place(channel).name

    def may_read(self, channel: Channel, member: str) -> bool:
        account = self._people[member].account
        allowed = self._place(channel).permissions(account)
        return bool(allowed & Permission.VIEW_CHANNEL)

    def has_role(self, member: str) -> bool:
        return self.role in {one.id for one in self._server.members[member].roles}

    def told(self, member: str) -> list[str]:
        return [one.text for one in self._people[member].direct().sees()]

    def close(self, member: str) -> None:
        self._people[member].account.takes_direct_messages = False

    def silence(self) -> None:
        self._general.deny(self._fake.application, Permission.SEND_MESSAGES)

    def _place(self, channel: Channel) -> DiscordChannel:
        return self._fake.state.channels[channel.id]

    def _seen(self, channel: Channel) -> list[Seen]:
        return self._people[self.ana].at(self._place(channel)).sees()


@asynccontextmanager
async def discord_stage() -> AsyncIterator[DiscordStage]:
    async def found(*_: str) -> None:
        pass

    async with FakeDiscord() as fake:
        with fake.addressed():
            async with logged_in(Gateway(found), fake.token) as gateway:
                api = Api(gateway.http)
                organisers = Organisers(api, gateway.own_id)
                yield DiscordStage(fake, DiscordOperations(api, organisers))
        assert fake.violations == []
