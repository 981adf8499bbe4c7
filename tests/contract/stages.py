"""Platforms on which `test_platform_operations` plays, and how it looks at them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import StringIO
from typing import Any, Protocol

from aiohttp import ClientSession
from rich.console import Console
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.console.operations import CHANNEL as CONSOLE_CHANNEL
from bot.chat.console.operations import ConsoleOperations
from bot.chat.discord.api import Api
from bot.chat.discord.gateway import Gateway, logged_in
from bot.chat.discord.operations import DiscordOperations
from bot.chat.discord.organisers import Organisers
from bot.chat.operations import Channel, Operations
from bot.chat.plain import plain_text
from bot.chat.reply import Details, Picture, Reply
from bot.chat.slack.accounts import external_id
from bot.chat.slack.api import SlackApi
from bot.chat.slack.manifest import manifest
from bot.chat.slack.operations import SlackOperations
from bot.chat.slack.organisers import SlackOrganisers
from bot.chat.slack.own_channel import OwnChannel
from bot.chat.slack.scopes import SCOPES
from bot.chat.slack.workspaces import OneWorkspace
from bot.chat.table import COMMANDS
from bot.chat.web.bell import Bell
from bot.chat.web.body import Answered, restored
from bot.chat.web.operations import CHANNEL, WebOperations
from tests.fakes.clock import FakeClock
from tests.fakes.discord import Channel as DiscordChannel
from tests.fakes.discord import FakeDiscord, Permission, Seen
from tests.fakes.operations import FakeOperations
from tests.fakes.receipts import FakeReceipts
from tests.fakes.slack import Channel as SlackChannel
from tests.fakes.slack import FakeSlack
from tests.fakes.slack import Message as SlackMessage
from tests.fakes.slack.kit import surfaces
from tests.fakes.slack.outgoing import controls
from tests.fakes.transcript import FakeTranscript


class Stage(Protocol):
    """A channel, the members ana and ben, and a role."""

    channel: Channel
    ana: str
    ben: str
    role: str
    has_threads: bool
    has_roles: bool

    def forget_keys(self) -> None:
        """As if some minutes had passed."""
        ...

    def called(self, channel: Channel) -> set[str]:
        """Roles and people whom the one message there calls."""
        ...

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

    def pinned(self, channel: Channel) -> list[str]: ...

    def silence(self) -> None:
        """The bot may not write in the channel any more."""
        ...


class MemoryStage:
    has_threads = has_roles = True

    def __init__(self) -> None:
        self.operations = FakeOperations(own={"home": "general"})
        self.channel = Channel(community="home", id="general")
        self.ana, self.ben, self.role = "ana", "ben", "mentor"

    def forget_keys(self) -> None:
        self.operations.forget_keys()

    def called(self, channel: Channel) -> set[str]:
        (message,) = self.operations.said[channel.id].values()
        return {message.called} if message.called else set()

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

    def pinned(self, channel: Channel) -> list[str]:
        said = self.operations.said.get(channel.id, {}).values()
        return [one.text for one in said if one.is_pinned]

    def silence(self) -> None:
        self.operations.mute.add(self.channel.id)
        self.operations.unpinnable.add(self.channel.id)


class DiscordStage:
    has_threads = has_roles = True

    def __init__(self, fake: FakeDiscord, operations: DiscordOperations) -> None:
        self.operations = operations
        self._fake = fake
        self._server = fake.create_server(
            permissions=Permission.MANAGE_ROLES | Permission.PIN_MESSAGES
        )
        self._general = fake.create_channel(self._server)
        self._people = {
            one.account.id: one
            for one in (fake.join(self._general, name) for name in ("ana", "ben"))
        }
        self.ana, self.ben = self._people
        self.role = fake.create_role(self._server, "mentor", mentionable=True).id
        self.channel = Channel(community=self._server.id, id=self._general.id)

    def forget_keys(self) -> None:
        for message in self._general.messages.values():
            message.nonce = None

    def called(self, channel: Channel) -> set[str]:
        (seen,) = self._seen(channel)
        return seen.pings

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

    def pinned(self, channel: Channel) -> list[str]:
        return [one.text for one in self._seen(channel) if one.shown.pinned]

    def silence(self) -> None:
        self.deny(Permission.SEND_MESSAGES | Permission.PIN_MESSAGES)

    def deny(self, permission: Permission) -> None:
        self._general.deny(self._fake.application, permission)

    def own(self) -> str:
        """Somebody who owns the server."""
        owner = self._fake.join(self._general, "dora")
        self._people[owner.account.id] = owner
        self._server.owner_id = owner.account.id
        return owner.account.id

    def add_role(self, *, position: int) -> str:
        return self._fake.create_role(self._server, "x", position=position).id

    def foreign_channel(self) -> str:
        """Of another server that the bot is in."""
        return self._fake.create_channel(self._fake.create_server("theirs")).id

    def _place(self, channel: Channel) -> DiscordChannel:
        return self._fake.state.channels[channel.id]

    def _seen(self, channel: Channel) -> list[Seen]:
        return self._people[self.ana].at(self._place(channel)).sees()


class WebStage:
    has_threads = has_roles = False

    def __init__(self) -> None:
        self.ana, self.ben, self.role = "1", "2", "mentor"
        self.transcript = FakeTranscript()
        self.people = FakePeople({self.ana, self.ben})
        self.operations = WebOperations(
            self.transcript, Bell(), self.people, community="home"
        )
        self.channel = Channel(community="home", id=CHANNEL)

    def forget_keys(self) -> None:
        """It never does."""

    def called(self, channel: Channel) -> set[str]:
        return set()

    def read(self, channel: Channel) -> list[str]:
        return self._texts(None)

    def alt(self, channel: Channel) -> str | None:
        (reply,) = self._replies(None)
        (block,) = reply.blocks
        assert isinstance(block, Picture | Details)
        return block.alt if isinstance(block, Picture) else block.summary

    def thread(self, channel: Channel) -> str:
        raise NotImplementedError

    def may_read(self, channel: Channel, member: str) -> bool:
        return bool(self._texts(int(member)))

    def has_role(self, member: str) -> bool:
        return False

    def told(self, member: str) -> list[str]:
        return self._texts(int(member))

    def close(self, member: str) -> None:
        self.people.here.discard(member)

    def pinned(self, channel: Channel) -> list[str]:
        return []

    def silence(self) -> None:
        self.people.community_id = None

    def _texts(self, member_id: int | None) -> list[str]:
        return [plain_text(one.blocks) for one in self._replies(member_id)]

    def _replies(self, member_id: int | None) -> list[Reply]:
        bodies = [
            restored(entry.body)
            for entry in self.transcript.entries()
            if entry.member_id == member_id
        ]
        answers = [one.reply for one in bodies if isinstance(one, Answered)]
        return [one for one in answers if isinstance(one, Reply)]


class FakePeople:
    """Members are numbered as they are named."""

    def __init__(self, here: set[str]) -> None:
        self.here = here
        self.community_id: int | None = 1

    async def community(self, external_id: str) -> int | None:
        return self.community_id if external_id == "home" else None

    async def member(self, external_id: str, community: str) -> int | None:
        return int(external_id) if external_id in self.here else None


class ConsoleStage:
    has_threads = has_roles = False

    def __init__(self) -> None:
        self.ana, self.ben, self.role = "ana", "ben", "mentor"
        self.operations = ConsoleOperations(Console(file=StringIO()), community="home")
        self.channel = Channel(community="home", id=CONSOLE_CHANNEL)

    def forget_keys(self) -> None:
        """It never does."""

    def called(self, channel: Channel) -> set[str]:
        return set()

    def read(self, channel: Channel) -> list[str]:
        return self._texts(channel)

    def alt(self, channel: Channel) -> str | None:
        (text,) = self._texts(channel)
        return text

    def thread(self, channel: Channel) -> str:
        raise NotImplementedError

    def may_read(self, channel: Channel, member: str) -> bool:
        return member in channel.id.split(",")

    def has_role(self, member: str) -> bool:
        return False

    def told(self, member: str) -> list[str]:
        private = Channel(community="home", id=member)
        return self._texts(private)

    def close(self, member: str) -> None:
        self.operations.closed.add(member)

    def pinned(self, channel: Channel) -> list[str]:
        return []

    def silence(self) -> None:
        self.operations.closed.add(CONSOLE_CHANNEL)

    def _texts(self, channel: Channel) -> list[str]:
        replies = self.operations.said.get(channel.id, {})
        return [plain_text(one.blocks) for one in replies.values()]


@asynccontextmanager
async def discord_stage() -> AsyncIterator[DiscordStage]:
    async def found(*_: str) -> None:
        pass

    async with FakeDiscord() as fake:
        with fake.addressed():
            async with logged_in(Gateway(found), fake.token) as gateway:
                api = Api(gateway.http)
                operations = DiscordOperations(
                    api,
                    Organisers(api, gateway.own_id),
                    own_id=gateway.own_id,
                    channel_name="general",
                )
                yield DiscordStage(fake, operations)
        assert fake.violations == []


class SlackStage:
    has_threads = has_roles = True

    def __init__(
        self,
        slack: FakeSlack,
        operations: SlackOperations,
        organisers: SlackOrganisers,
    ) -> None:
        self.operations = operations
        self.organisers = organisers
        self._slack = slack
        people = [slack.add_person(name) for name in ("ana", "ben")]
        self._general = slack.add_channel("general", *people)
        team = slack.workspace.id
        self._people = {external_id(team, one.id): one for one in people}
        self.ana, self.ben = self._people
        self.role = slack.add_group()
        self.channel = Channel(community=team, id=self._general.id)

    def forget_keys(self) -> None:
        self._slack.advance(600)

    def called(self, channel: Channel) -> set[str]:
        (message,) = self._messages(channel)
        texts = [message.text, *surfaces.mentioning(message.blocks)]
        return {*user_groups(message.blocks), *controls(texts)}

    def read(self, channel: Channel) -> list[str]:
        return [self._slack.state.plain(one) for one in self._messages(channel)]

    def alt(self, channel: Channel) -> str | None:
        (message,) = self._messages(channel)
        return message.files[0].alt_text

    def thread(self, channel: Channel) -> str:
        """Its name stands in it as the first thing that is said."""
        return self._slack.state.plain(self._all(channel)[0])

    def may_read(self, channel: Channel, member: str) -> bool:
        return self._people[member].id in self._place(channel).members

    def has_role(self, member: str) -> bool:
        workspace = self._slack.workspace
        is_there = self._people[member].id in workspace.groups[self.role]
        return is_there and self.role not in workspace.disabled_groups

    def told(self, member: str) -> list[str]:
        person = self._people[member]
        return person.reads(person.direct_channel)

    def close(self, member: str) -> None:
        self._people[member].account.deactivated = True

    def add_admin(self, name: str, *, locale: str) -> str:
        person = self._slack.add_person(name, locale=locale)
        person.account.admin = True
        number = external_id(self._slack.workspace.id, person.id)
        self._people[number] = person
        return number

    def private_channel(self) -> Channel:
        found = self._slack.add_channel("private", kind="groups")
        return Channel(community=self._slack.workspace.id, id=found.id)

    def take_violations(self) -> list[str]:
        return self._slack.take_violations()

    def revoke_scopes(self, *scopes: str) -> None:
        for token in self._slack.state.tokens.values():
            token.scopes = frozenset(token.scopes) - set(scopes)

    def pinned(self, channel: Channel) -> list[str]:
        pins = self._place(channel).pins
        found = [one for one in self._messages(channel) if one.ts in pins]
        return [self._slack.state.plain(one) for one in found]

    def silence(self) -> None:
        del self._general.members[self._slack.workspace.bot.id]

    def _place(self, channel: Channel) -> SlackChannel:
        return self._slack.workspace.channels[channel.id.partition("/")[0]]

    def _messages(self, channel: Channel) -> list[SlackMessage]:
        """Without a thread's name."""
        found = self._all(channel)
        return found[1:] if "/" in channel.id else found

    def _all(self, channel: Channel) -> list[SlackMessage]:
        _, _, thread = channel.id.partition("/")
        said = self._place(channel).messages.values()
        return [one for one in said if one.thread_ts == (thread or None)]


def user_groups(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from user_groups(one)
    elif isinstance(value, dict):
        if value.get("type") == "usergroup":
            yield value["usergroup_id"]
        for one in value.values():
            yield from user_groups(one)


@asynccontextmanager
async def slack_stage() -> AsyncIterator[SlackStage]:
    made = dict(manifest(COMMANDS))
    groups = ["usergroups:read", "usergroups:write"]
    made["oauth_config"] = {"scopes": {"bot": [*SCOPES, *groups]}}
    async with FakeSlack(made, FakeClock()) as slack, ClientSession() as session:
        api = SlackApi(
            AsyncWebClient(base_url=slack.base_url),
            session,
            OneWorkspace(team=slack.workspace.id, bot_token=slack.bot_token),
            now=slack.clock,
        )
        organisers = SlackOrganisers(api)
        operations = SlackOperations(
            api,
            FakeReceipts(),
            channel=OwnChannel(api, "general"),
            organisers=organisers,
            now=slack.clock,
        )
        yield SlackStage(slack, operations, organisers)
        assert slack.violations == []
