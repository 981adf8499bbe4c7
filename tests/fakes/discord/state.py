"""Everything that the fake knows, and the book of what went wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from tests.fakes.discord.bell import Bell
from tests.fakes.discord.description import Description
from tests.fakes.discord.errors import Json, Refused
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.permission import EVERYTHING, Permission
from tests.fakes.discord.world import Account, Attachment, Channel, Message, Server

DISCORD_EPOCH_MS = 1_420_070_400_000
# https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit
INVALID_REQUESTS = 10_000
INVALID_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A rule that the application broke, whether Discord would have refused or not."""

    rule: str
    where: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One request to the API and how it ended."""

    method: str
    path: str
    status: int
    code: int = 0


@dataclass(kw_only=True)
class State:
    clock: Callable[[], datetime]
    application: Account
    token: str
    description: Description | None
    accounts: dict[str, Account] = field(default_factory=dict)
    servers: dict[str, Server] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)
    # By the server's id; the global ones under "".
    commands: dict[str, dict[str, Json]] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    invalid_at: list[datetime] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)
    # Set by the gateway: (event, data, channel or server it belongs to).
    emit: Callable[..., None] = lambda *_: None
    cdn_url: str = ""
    # Privileged intents that the developer portal has switched on.
    privileged: int = 0
    # How often the application changed its commands.
    syncs: int = 0
    verify_key: str = ""
    _numbers: Iterator[int] = field(default_factory=count)

    def new_id(self) -> str:
        """A snowflake of the clock's now."""
        ms = int(self.clock().timestamp() * 1000) - DISCORD_EPOCH_MS
        return str((ms << 22) + next(self._numbers) % (1 << 22))

    def violate(self, rule: str, where: str, detail: object = "") -> None:
        violation = Violation(rule=rule, where=where, detail=str(detail)[-2000:])
        self.violations.append(violation)

    def count_invalid(self) -> None:
        now = self.clock()
        self.invalid_at = [at for at in self.invalid_at if now - at < INVALID_WINDOW]
        self.invalid_at.append(now)

    @property
    def banned(self) -> bool:
        return len(self.invalid_at) > INVALID_REQUESTS

    def channel(self, channel_id: str, *needed: Permission) -> Channel:
        """:raises Refused: not there, not to be seen, or a permission missing."""
        channel = self.channels.get(channel_id)
        if channel is None:
            raise Refused(10003)
        self.need(channel, *needed)
        return channel

    def need(self, channel: Channel, *needed: Permission) -> None:
        has = channel.permissions(self.application)
        if not has & Permission.VIEW_CHANNEL:
            raise Refused(50001)
        for permission in needed:
            if not has & permission:
                raise Refused(50013)

    def message(self, channel: Channel, message_id: str) -> Message:
        message = channel.messages.get(message_id)
        if message is None or message.deleted or message.only_for:
            raise Refused(10008)
        return message

    def server(self, server_id: str) -> Server:
        server = self.servers.get(server_id)
        if server is None:
            raise Refused(10004)
        if self.application.id not in server.members:
            raise Refused(50001)
        return server

    def server_permissions(self, server: Server) -> Permission:
        membership = server.members[self.application.id]
        granted = server.everyone.permissions
        for role in membership.roles:
            granted |= role.permissions
        return EVERYTHING if granted & Permission.ADMINISTRATOR else granted

    def changed(self) -> None:
        self.bell.ring()
