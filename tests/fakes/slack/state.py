"""Everything that the fake knows, and the book of what went wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from tests.fakes.slack import plain, wire
from tests.fakes.slack.bell import Bell
from tests.fakes.slack.buckets import Buckets
from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.reference import Reference
from tests.fakes.slack.screen import Screen, Sight
from tests.fakes.slack.triggers import Triggers
from tests.fakes.slack.world import (
    Account,
    Application,
    Channel,
    File,
    Message,
    Token,
    View,
    Workspace,
)


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A rule that the application broke, whether Slack would have refused or not."""

    rule: str
    where: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request to the Web API and how it ended."""

    method: str
    arguments: Json
    error: str | None = None


@dataclass(kw_only=True, repr=False)
class State:
    clock: Callable[[], datetime]
    application: Application
    reference: Reference
    buckets: Buckets
    triggers: Triggers
    origin: str = ""
    workspaces: dict[str, Workspace] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    screens: dict[str, Screen] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    # What members wrote with a mark-up character in it, and mentions a test allows.
    hostile: set[str] = field(default_factory=set)
    allowed: set[str] = field(default_factory=set)
    # Errors to answer next, by method.
    faults: dict[str, list[Refused]] = field(default_factory=dict)
    # How long a bot's token lives; None without rotation.
    token_life: timedelta | None = None
    bell: Bell = field(default_factory=Bell)
    # Set by the deliveries: what happened in a workspace.
    emit: Callable[[Workspace, Json], None] = lambda *_: None
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):09X}"

    def new_ts(self) -> str:
        return f"{int(self.clock().timestamp())}.{next(self._numbers):06d}"

    def violate(self, rule: str, where: str, detail: object = "") -> None:
        told = Violation(rule=rule, where=where, detail=str(detail)[:500])
        self.violations.append(told)

    def screen(self, account: Account) -> Screen:
        return self.screens.setdefault(account.id, Screen())

    def show(self, account: Account, sight: Sight) -> None:
        if not account.bot_id:
            self.screen(account).sights.append(sight)
            self.bell.ring()

    def hear(self, text: str) -> None:
        """A person wrote this: no line of it may come back as mark-up."""
        self.hostile.update(match[0] for match in plain.CONTROL.finditer(text))

    def names(self, workspace: Workspace) -> dict[str, str]:
        people = {one.id: one.name for one in workspace.accounts.values()}
        places = {one.id: one.name for one in workspace.channels.values()}
        return people | places

    def plain(self, message: Message) -> str:
        """As its readers see it."""
        names = self.names(message.channel.workspace)
        if message.blocks:
            text = plain.blocks(message.blocks, names)
        else:
            text = plain.read(message.text, names)
        return "\n".join([text, *(f"[file: {one.name}]" for one in message.files)])

    def plain_view(self, view: View, workspace: Workspace) -> str:
        title = (view.definition.get("title") or {}).get("text", "")
        body = plain.blocks(view.blocks, self.names(workspace))
        return f"{title}\n{body}".strip()

    def installed(self, workspace: Workspace) -> bool:
        return any(
            token.workspace is workspace and not token.revoked
            for token in self.tokens.values()
        )

    def valid_token(self, text: str) -> Token:
        token = self.tokens.get(text)
        if token is None:
            raise Refused("invalid_auth")
        if token.revoked:
            raise Refused("token_revoked")
        if token.expires_at and token.expires_at <= self.clock():
            raise Refused("token_expired")
        return token

    def channel(self, workspace: Workspace, channel_id: str) -> Channel:
        """:raises Refused: not there, or not to be seen by the bot."""
        channel = workspace.channels.get(channel_id)
        hidden = channel and channel.kind != "channels"
        if channel is None or (hidden and workspace.bot.id not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def account(self, workspace: Workspace, account_id: str) -> Account:
        account = workspace.accounts.get(account_id)
        if account is None:
            raise Refused("user_not_found")
        return account

    def message(self, channel: Channel, ts: str) -> Message:
        message = channel.messages.get(ts)
        if message is None or message.only_for:
            raise Refused("message_not_found")
        return message

    def file(self, workspace: Workspace, file_id: str) -> File:
        file = workspace.files.get(file_id)
        if file is None or not file.complete:
            raise Refused("file_not_found")
        if file.deleted:
            raise Refused("file_deleted")
        return file

    def file_json(self, file: File) -> Json:
        return wire.file(file, self.origin)

    def direct(self, workspace: Workspace, *accounts: Account) -> Channel:
        """The conversation of the bot with these, made on first need."""
        wanted = {workspace.bot.id, *(one.id for one in accounts)}
        for channel in workspace.channels.values():
            if channel.kind in ("im", "mpim") and channel.members.keys() == wanted:
                return channel
        one = len(wanted) == 2
        channel = Channel(
            id=self.new_id("D" if one else "G"),
            name="" if one else "mpdm-" + "--".join(sorted(a.name for a in accounts)),
            kind="im" if one else "mpim",
            workspace=workspace,
            members={a.id: a for a in (workspace.bot, *accounts)},
        )
        workspace.channels[channel.id] = channel
        return channel
