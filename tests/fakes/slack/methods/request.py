"""One call of a method, past its token and its scopes."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.reference import Method
from tests.fakes.slack.state import State
from tests.fakes.slack.world import Account, Channel, Message, Token, Workspace

T = TypeVar("T")
TRUE = (True, "true", "1", 1)
PAGE = 100


@dataclass(frozen=True, kw_only=True)
class Request:
    state: State
    method: Method
    arguments: Json
    token: Token

    @property
    def workspace(self) -> Workspace:
        if self.token.workspace is None:
            raise Refused("not_allowed_token_type")
        return self.token.workspace

    @property
    def bot(self) -> Account:
        return self.workspace.bot

    def text(self, name: str) -> str:
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        return self.arguments.get(name) in TRUE

    def words(self, name: str) -> list[str]:
        """A list, given as such or with commas."""
        value: Any = self.arguments.get(name) or []
        parts = value.split(",") if isinstance(value, str) else value
        return [str(part).strip() for part in parts if str(part).strip()]

    def need(self, scopes: frozenset[str] | set[str]) -> None:
        """:raises Refused: none of them is there."""
        if scopes and not scopes & self.token.scopes:
            raise Refused(
                "missing_scope",
                needed=",".join(sorted(scopes)),
                provided=",".join(sorted(self.token.scopes)),
            )

    def need_for(self, kind: str) -> None:
        """Of a method's scopes the ones for that kind of conversation."""
        self.need({one for one in self.method.scopes if one.split(":")[0] == kind})

    def channel(self, name: str = "channel") -> Channel:
        channel = self.state.channel(self.workspace, self.text(name))
        self.need_for(channel.kind)
        return channel

    def joined_channel(self, name: str = "channel") -> Channel:
        """:raises Refused: the bot is not in it, or it is archived."""
        channel = self.channel(name)
        if self.bot.id not in channel.members:
            raise Refused("not_in_channel")
        if channel.archived:
            raise Refused("is_archived")
        return channel

    def message(self, name: str) -> tuple[Channel, Message]:
        channel = self.channel()
        return channel, self.state.message(channel, self.text(name))

    def account(self, name: str = "user") -> Account:
        return self.state.account(self.workspace, self.text(name))

    def page(self, items: Sequence[T], size: int = PAGE) -> tuple[list[T], Json]:
        """As many as `limit` allows from `cursor` on, and what leads to the rest."""
        limit = int(self.text("limit") or size)
        start = self._offset(self.text("cursor"))
        rest = start + limit < len(items)
        cursor = base64.b64encode(str(start + limit).encode()).decode() if rest else ""
        metadata = {"response_metadata": {"next_cursor": cursor}}
        return list(items[start : start + limit]), metadata

    def _offset(self, cursor: str) -> int:
        try:
            return int(base64.b64decode(cursor, validate=True) or 0)
        except (ValueError, binascii.Error):
            raise Refused("invalid_cursor") from None


Handler = Callable[[Request], Json]
