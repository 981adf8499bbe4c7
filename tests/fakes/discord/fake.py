"""The fake as tests hold it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Self

import yarl
from nacl.signing import SigningKey

import discord
from tests.fakes.clock import FakeClock
from tests.fakes.discord.description import Description
from tests.fakes.discord.endpoint import Endpoint
from tests.fakes.discord.faults import Faults
from tests.fakes.discord.gateway import Gateway, joined_event
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.permission import EVERYONE, NOTHING, Permission
from tests.fakes.discord.person import Person
from tests.fakes.discord.rates import Rates
from tests.fakes.discord.server import API
from tests.fakes.discord.server import Server as HttpServer
from tests.fakes.discord.state import Exchange, State, Violation
from tests.fakes.discord.wire import channel_json, interaction_json, server_json
from tests.fakes.discord.world import (
    Account,
    Channel,
    Membership,
    Role,
    Server,
)

TOKEN = "a-token-of-the-fake"


class FakeDiscord:
    """`async with FakeDiscord() as fake`, then `with fake.addressed()` a real client.

    The clock stands at now unless one is given: discord.py holds the age of
    interactions against the real time. Bodies are held against Discord's description
    where that is at hand, unless `described` is false.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] | None = None,
        described: bool = True,
        shards: int = 1,
    ) -> None:
        key = SigningKey.generate()
        application = Account(id="0", name="cordada", bot=True)
        self.state = State(
            clock=clock or FakeClock(datetime.now(UTC)),
            application=application,
            token=TOKEN,
            description=Description.at_hand() if described else None,
            verify_key=key.verify_key.encode().hex(),
        )
        application.id = self.state.new_id()
        self.state.accounts[application.id] = application
        self.faults = Faults()
        self.rates = Rates()
        self.gateway = Gateway(self.state, shards=shards)
        self.endpoint: Endpoint | None = None
        self._key = key
        self._server = HttpServer(self.state, self.gateway, self.faults, self.rates)

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.endpoint is not None:
            await self.endpoint.close()
        await self._server.stop()

    @property
    def token(self) -> str:
        return self.state.token

    @property
    def application(self) -> Account:
        return self.state.application

    @property
    def api_url(self) -> str:
        return self._server.url + API

    @property
    def violations(self) -> list[Violation]:
        return self.state.violations

    def take_violations(self) -> list[Violation]:
        """Those so far, for a test that breaks rules on purpose."""
        taken = list(self.violations)
        self.violations.clear()
        return taken

    @property
    def exchanges(self) -> list[Exchange]:
        return self.state.exchanges

    @property
    def unacknowledged(self) -> list[Interaction]:
        everyone = self.state.interactions.values()
        return [one for one in everyone if one.answer is None]

    @contextmanager
    def addressed(self) -> Iterator[None]:
        """discord.py of this process talks to the fake."""
        route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
        before = route.BASE, socket.DEFAULT_GATEWAY
        route.BASE = self.api_url
        socket.DEFAULT_GATEWAY = yarl.URL(self.gateway.url)
        try:
            yield
        finally:
            route.BASE, socket.DEFAULT_GATEWAY = before

    def use_endpoint(self, url: str) -> Endpoint:
        """Interactions are posted there from now on, not sent over the gateway."""
        self.endpoint = Endpoint(self.state, url, self._key)
        return self.endpoint

    async def until(self, condition: Callable[[], object]) -> None:
        """Asked again at each change; `NoAnswer` if it never holds."""
        await self.state.bell.until(
            condition, what=lambda: f"{self.violations}; {self.exchanges[-5:]}"
        )

    def create_server(
        self,
        name: str = "Pythonistas",
        *,
        locale: str = "en-US",
        permissions: Permission = NOTHING,
        with_application: bool = True,
    ) -> Server:
        """`permissions` are the application's own, on top of what everyone has."""
        number = self.state.new_id()
        everyone = Role(id=number, name="@everyone", position=0, permissions=EVERYONE)
        server = Server(id=number, name=name, locale=locale, everyone=everyone)
        server.roles[number] = everyone
        self.state.servers[number] = server
        if with_application:
            self.invite(server, permissions)
        return server

    def invite(self, server: Server, permissions: Permission = NOTHING) -> None:
        """The application joins, with a role of its own that may do this."""
        own = self.create_role(server, "cordada", permissions, position=10)
        self._enter(server, self.application, [own])
        told = server_json(server, self.application)
        # Only servers that READY has named are said to be available again.
        del told["unavailable"]
        self.state.emit("GUILD_CREATE", told, server)

    def expel(self, server: Server) -> None:
        del server.members[self.application.id]
        self.state.emit("GUILD_DELETE", {"id": server.id}, server)

    def create_channel(self, server: Server, name: str = "general") -> Channel:
        channel = Channel(id=self.state.new_id(), name=name, server=server)
        server.channels[channel.id] = channel
        self.state.channels[channel.id] = channel
        self.state.emit("CHANNEL_CREATE", channel_json(channel), channel)
        return channel

    def create_role(
        self,
        server: Server,
        name: str,
        permissions: Permission = NOTHING,
        *,
        position: int = 1,
        mentionable: bool = False,
    ) -> Role:
        number = self.state.new_id()
        role = Role(
            id=number,
            name=name,
            position=position,
            permissions=permissions,
            mentionable=mentionable,
        )
        server.roles[number] = role
        return role

    def join(
        self,
        channel: Channel,
        name: str,
        *,
        locale: str = "en-US",
        role: Role | None = None,
    ) -> Person:
        """Somebody new, standing in a channel of the server that they joined."""
        account = Account(id=self.state.new_id(), name=name, locale=locale)
        self.state.accounts[account.id] = account
        assert channel.server is not None
        membership = self._enter(channel.server, account, [role] if role else [])
        told = joined_event(membership, channel.server)
        self.state.emit("GUILD_MEMBER_ADD", told, channel.server)
        return Person(
            state=self.state, account=account, channel=channel, deliver=self._deliver
        )

    def _enter(self, server: Server, account: Account, roles: list[Role]) -> Membership:
        now = self.state.clock()
        membership = Membership(account=account, roles=roles, joined_at=now)
        server.members[account.id] = membership
        return membership

    def _deliver(self, interaction: Interaction) -> None:
        if self.endpoint is not None:
            self.endpoint.deliver(interaction)
            return
        body = interaction_json(interaction, self.application)
        self.state.emit("INTERACTION_CREATE", body, interaction.channel)
