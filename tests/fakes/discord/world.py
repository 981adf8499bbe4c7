"""What there is on the fake Discord: accounts, servers, channels, messages.

Plain mutable facts. `wire.py` says how they look in JSON, `State` holds them all.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from tests.fakes.discord.errors import Json
from tests.fakes.discord.permission import EVERYTHING, NOTHING, Permission

TEXT, DIRECT, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15


@dataclass(kw_only=True, eq=False)
class Account:
    id: str
    name: str
    locale: str = "en-US"
    bot: bool = False
    takes_direct_messages: bool = True


@dataclass(kw_only=True, eq=False)
class Role:
    id: str
    name: str
    position: int
    permissions: Permission = NOTHING
    mentionable: bool = False


@dataclass(kw_only=True, eq=False)
class Membership:
    account: Account
    roles: list[Role] = field(default_factory=list)
    joined_at: datetime


@dataclass(kw_only=True, eq=False)
class Server:
    """What Discord calls a guild."""

    id: str
    name: str
    locale: str
    everyone: Role
    # Nobody's, unless a test names somebody.
    owner_id: str = "1"
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    channels: dict[str, "Channel"] = field(default_factory=dict)

    def highest(self, account: Account) -> int:
        roles = self.members[account.id].roles
        return max((role.position for role in roles), default=0)


@dataclass(kw_only=True, eq=False)
class Channel:
    id: str
    name: str
    type: int = TEXT
    server: Server | None = None
    parent: Self | None = None
    messages: dict[str, "Message"] = field(default_factory=dict)
    # Of a direct channel or a thread.
    members: dict[str, Account] = field(default_factory=dict)
    denied: dict[str, Permission] = field(default_factory=dict)
    owner_id: str | None = None
    archived: bool = False
    locked: bool = False

    @property
    def is_thread(self) -> bool:
        return self.type in (PUBLIC_THREAD, PRIVATE_THREAD)

    def find(self, account_id: str) -> Account | None:
        """Somebody who could be here."""
        if self.server is None:
            return self.members.get(account_id)
        membership = self.server.members.get(account_id)
        return membership.account if membership else None

    def deny(self, account: Account, permission: Permission) -> None:
        self.denied[account.id] = self.denied.get(account.id, NOTHING) | permission

    def allow(self, account: Account, permission: Permission) -> None:
        self.denied[account.id] = self.denied.get(account.id, NOTHING) & ~permission

    def permissions(self, account: Account) -> Permission:
        if self.server is None:
            return EVERYTHING if account.id in self.members else NOTHING
        membership = self.server.members.get(account.id)
        if membership is None:
            return NOTHING
        granted = self.server.everyone.permissions
        for role in membership.roles:
            granted |= role.permissions
        if granted & Permission.ADMINISTRATOR:
            return EVERYTHING
        if self.type == PRIVATE_THREAD and not self._may_enter(account, granted):
            return NOTHING
        place = self.parent if self.parent and self.is_thread else self
        granted &= ~place.denied.get(account.id, NOTHING)
        return granted if granted & Permission.VIEW_CHANNEL else NOTHING

    def _may_enter(self, account: Account, granted: Permission) -> bool:
        return account.id in self.members or bool(granted & Permission.MANAGE_THREADS)


@dataclass(frozen=True, kw_only=True)
class File:
    """What is sent along with a message, and what it became."""

    name: str
    content: bytes
    description: str | None = None


@dataclass(kw_only=True, eq=False)
class Attachment:
    id: str
    file: File
    url: str
    content_type: str
    description: str | None = None


@dataclass(kw_only=True, eq=False)
class Message:
    id: str
    channel: Channel
    author: Account
    created_at: datetime
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    edited_at: datetime | None = None
    nonce: str | None = None
    allowed_mentions: Json | None = None
    may_ping_everyone: bool = False
    reply_to: Self | None = None
    pinned: bool = False
    deleted: bool = False
    # An ephemeral one is seen by this account only.
    only_for: Account | None = None
    interaction_id: str | None = None
    interaction_owner: Account | None = None
    reactions: dict[str, list[Account]] = field(default_factory=dict)
    thread: Channel | None = None

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def has_components_v2(self) -> bool:
        return bool(self.flags & COMPONENTS_V2)

    def can_be_seen_by(self, account: Account) -> bool:
        if self.deleted or (self.only_for and self.only_for is not account):
            return False
        return bool(self.channel.permissions(account) & Permission.VIEW_CHANNEL)
