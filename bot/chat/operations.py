"""What the game and mentoring ask of a platform beyond answering: small ports.

Each platform's adapter and the tests' fake keep the promises of
`tests/contract/test_platform_operations.py`. All raise the adapter's delivery errors,
which say whether they are `permanent`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.chat.lacks import Lack, Need
from bot.chat.reply import Reply


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A channel or a thread, by the platform's ids."""

    community: str
    id: str


@dataclass(frozen=True, kw_only=True)
class Posted:
    channel: Channel
    id: str


@dataclass(frozen=True, kw_only=True)
class Attached:
    name: str
    content: bytes
    alt: str
    """What a picture shows, for who cannot see it."""


class Posts(Protocol):
    async def post_once(
        self,
        channel: Channel,
        reply: Reply,
        *,
        key: str,
        language: str,
        calling: str | None = None,
        again: bool = False,
    ) -> Posted:
        """The same key in the same channel posts once, for some minutes at least.

        `calling` is the one role that is called by it. `again` says that it may have
        been posted longer ago: the channel's last messages are looked through first.
        """
        ...

    async def update(self, posted: Posted, reply: Reply, *, language: str) -> None: ...

    async def pin(self, posted: Posted) -> None:
        """Where members find it again; twice changes nothing.

        Nothing where a channel has no such place.
        """
        ...

    async def send_file(
        self, channel: Channel, attached: Attached, *, key: str
    ) -> Posted: ...


class Channels(Protocol):
    async def own_channel(self, community: str) -> Channel | None:
        """The one that is the bot's where nobody chose another; None without one."""
        ...


class Threads(Protocol):
    async def open_thread(self, posted: Posted, name: str) -> Channel:
        """Under a message, for everybody who sees it; the same one when asked again.

        The message's own channel where the platform has no threads.
        """
        ...

    async def open_private_thread(
        self, channel: Channel, name: str, members: Sequence[str]
    ) -> Channel:
        """For these members, by the platform's ids, and the moderators."""
        ...


class Roles(Protocol):
    """Giving a role twice, and taking one that is not there, changes nothing."""

    async def give_role(self, community: str, member: str, role: str) -> None: ...

    async def take_role(self, community: str, member: str, role: str) -> None: ...


class PrivateMessages(Protocol):
    async def tell(self, member: str, reply: Reply, *, language: str) -> bool:
        """False when the member does not take messages from us."""
        ...


class Permissions(Channels, Protocol):
    """What keeps the bot from it; nothing where nothing does."""

    async def lacking_in(
        self, channel: Channel, needs: Collection[Need]
    ) -> Sequence[Lack]: ...

    async def lacking_to_give(self, community: str, role: str) -> Sequence[Lack]: ...

    async def lacking_to_call(self, channel: Channel, role: str) -> Sequence[Lack]:
        """For posts that call everybody who has the role."""
        ...


class Operations(Posts, Threads, Roles, PrivateMessages, Permissions, Protocol):
    """All of them, as a platform has them."""
