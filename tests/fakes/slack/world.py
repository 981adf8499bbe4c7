"""What there is on the fake Slack: workspaces, people, channels, messages, views.

Plain mutable facts. `wire.py` says how they look in JSON, `State` holds them all.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Self

from tests.fakes.slack.errors import Json

# The prefix of the scopes for a conversation of that kind.
ChannelKind = Literal["channels", "groups", "im", "mpim"]


@dataclass(kw_only=True, eq=False)
class Account:
    id: str
    name: str
    locale: str = "en-US"
    time_zone: str = "Europe/Madrid"
    bot_id: str = ""
    deactivated: bool = False
    admin: bool = False
    # Do not disturb.
    away_until: datetime | None = None


@dataclass(kw_only=True, eq=False)
class File:
    id: str
    name: str
    owner: Account
    content: bytes = b""
    mimetype: str = "text/plain"
    title: str = ""
    alt_text: str = ""
    snippet: bool = False
    # False between getUploadURLExternal and completeUploadExternal.
    complete: bool = True
    length: int = 0
    deleted: bool = False
    channels: set[str] = field(default_factory=set)


@dataclass(kw_only=True, eq=False)
class Message:
    ts: str
    channel: "Channel" = field(repr=False)
    author: Account
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    files: list[File] = field(default_factory=list)
    # An ephemeral one is seen by this account only.
    only_for: Account | None = None
    edited: bool = False
    reactions: dict[str, set[str]] = field(default_factory=dict)
    metadata: Json | None = None
    # What people chose in its menus: block id → action id → value.
    values: dict[str, Json] = field(default_factory=dict)


@dataclass(kw_only=True, eq=False)
class Channel:
    id: str
    name: str
    kind: ChannelKind
    workspace: "Workspace" = field(repr=False)
    members: dict[str, Account] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    topic: str = ""
    archived: bool = False
    pins: list[str] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)

    def thread(self, ts: str) -> list[Message]:
        return [
            message
            for message in self.messages.values()
            if ts in (message.ts, message.thread_ts) and message.only_for is None
        ]


@dataclass(kw_only=True, eq=False)
class View:
    id: str
    owner: Account
    definition: Json
    hash: str
    previous: Self | None = None
    # What the person wrote so far: block id → action id → value.
    values: dict[str, Json] = field(default_factory=dict)

    @property
    def root(self) -> "View":
        return self.previous.root if self.previous else self

    @property
    def depth(self) -> int:
        return 1 + (self.previous.depth if self.previous else 0)

    @property
    def blocks(self) -> list[Json]:
        return list(self.definition["blocks"])


@dataclass(kw_only=True, eq=False)
class Workspace:
    """What the API calls a team."""

    id: str
    name: str
    bot: Account
    accounts: dict[str, Account] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    modals: dict[str, View] = field(default_factory=dict)
    # A user group's id → ids of users; who does not pay cannot change them.
    groups: dict[str, list[str]] = field(default_factory=dict)
    disabled_groups: set[str] = field(default_factory=set)
    pays: bool = True

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-")


@dataclass(kw_only=True, eq=False)
class Token:
    text: str
    kind: Literal["bot", "app"]
    workspace: Workspace | None
    scopes: frozenset[str]
    expires_at: datetime | None = None
    refresh: str | None = None
    revoked: bool = False


@dataclass(frozen=True, kw_only=True)
class Application:
    """What an app is registered with; `Application.of` reads it from a manifest."""

    id: str
    client_id: str
    client_secret: str
    signing_secret: str
    verification_token: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: dict[str, Json]
    shortcuts: dict[str, str]
    home: bool
    messages_tab: bool
    interactive: bool

    @classmethod
    def of(cls, manifest: Json) -> Self:
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        asked = manifest["oauth_config"]["scopes"]
        # Whoever installs an application may leave out the optional ones; ours do not.
        scopes = [*asked["bot"], *asked.get("bot_optional", ())]
        events = settings.get("event_subscriptions", {}).get("bot_events", [])
        commands = features.get("slash_commands", [])
        home = features.get("app_home", {})
        return cls(
            id="A0CORDADA",
            client_id="1234567890.9876543210",
            client_secret="the-client-secret",
            signing_secret="the-signing-secret",
            verification_token="the-verification-token",
            scopes=frozenset(scopes),
            events=frozenset(events),
            commands={command["command"]: command for command in commands},
            shortcuts={
                shortcut["callback_id"]: shortcut["type"]
                for shortcut in features.get("shortcuts", [])
            },
            home=bool(home.get("home_tab_enabled")),
            messages_tab=bool(home.get("messages_tab_enabled"))
            and not home.get("messages_tab_read_only_enabled"),
            interactive=bool(settings.get("interactivity", {}).get("is_enabled")),
        )
