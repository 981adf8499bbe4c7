"""A platform in memory that keeps the promises of `bot.chat.operations`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.chat.lacks import Lack, LackKind, Need
from bot.chat.operations import Attached, Channel, Posted
from bot.chat.plain import plain_text
from bot.chat.reply import Reply


class NotAllowed(Exception):
    permanent = True


@dataclass(kw_only=True)
class FakeMessage:
    key: str
    text: str
    alt: str | None = None
    called: str | None = None
    is_key_known: bool = True
    is_pinned: bool = False


@dataclass(kw_only=True)
class FakeOperations:
    """What was said where, as a test reads it."""

    said: dict[str, dict[str, FakeMessage]] = field(default_factory=dict)
    threads: dict[str, tuple[str, set[str] | None]] = field(default_factory=dict)
    """Name, and whom a private one is for."""
    started_by: dict[str, Posted] = field(default_factory=dict)
    roles: set[tuple[str, str]] = field(default_factory=set)
    told: dict[str, list[str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    own: dict[str, str] = field(default_factory=dict)
    """A community's own channel."""
    mute: set[str] = field(default_factory=set)
    """Channels in which the bot may not write."""
    unpinnable: set[str] = field(default_factory=set)
    """Channels in which the bot may not pin."""
    above: set[str] = field(default_factory=set)
    """Roles that the bot may not give or call."""

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
        text = plain_text(reply.blocks)
        message = FakeMessage(key=key, text=text, called=calling)
        return self._post(channel, message, again=again)

    async def own_channel(self, community: str) -> Channel | None:
        found = self.own.get(community)
        return Channel(community=community, id=found) if found else None

    def forget_keys(self) -> None:
        """As a platform does after some minutes."""
        for messages in self.said.values():
            for message in messages.values():
                message.is_key_known = False

    async def update(self, posted: Posted, reply: Reply, *, language: str) -> None:
        messages = self.said[posted.channel.id]
        messages[posted.id].text = plain_text(reply.blocks)

    async def pin(self, posted: Posted) -> None:
        if posted.channel.id in self.unpinnable:
            raise NotAllowed(posted.channel.id)
        self.said[posted.channel.id][posted.id].is_pinned = True

    async def send_file(
        self, channel: Channel, attached: Attached, *, key: str
    ) -> Posted:
        message = FakeMessage(key=key, text=attached.name, alt=attached.alt)
        return self._post(channel, message)

    async def open_thread(self, posted: Posted, name: str) -> Channel:
        for thread, started_by in self.started_by.items():
            if started_by == posted:
                return Channel(community=posted.channel.community, id=thread)
        opened = self._open(posted.channel, name, None)
        self.started_by[opened.id] = posted
        return opened

    async def open_private_thread(
        self, channel: Channel, name: str, members: Sequence[str]
    ) -> Channel:
        return self._open(channel, name, set(members))

    async def give_role(self, community: str, member: str, role: str) -> None:
        self.roles.add((member, role))

    async def take_role(self, community: str, member: str, role: str) -> None:
        self.roles.discard((member, role))

    async def lacking_in(
        self, channel: Channel, needs: Collection[Need]
    ) -> Sequence[Lack]:
        lack = Lack(kind=LackKind.PERMISSION, name="send_messages")
        pin = Lack(kind=LackKind.PERMISSION, name="pin_messages", need=Need.PINNING)
        told = {lack: self.mute, pin: self.unpinnable}
        return [
            one
            for one, where in told.items()
            if one.need in needs and channel.id in where
        ]

    async def lacking_to_give(self, community: str, role: str) -> Sequence[Lack]:
        return (Lack(kind=LackKind.ROLE_ABOVE),) if role in self.above else ()

    async def lacking_to_call(self, channel: Channel, role: str) -> Sequence[Lack]:
        return await self.lacking_to_give(channel.community, role)

    async def tell(self, member: str, reply: Reply, *, language: str) -> bool:
        if member in self.closed:
            return False
        self.told.setdefault(member, []).append(plain_text(reply.blocks))
        return True

    def _post(
        self, channel: Channel, message: FakeMessage, *, again: bool = False
    ) -> Posted:
        if channel.id in self.mute:
            raise NotAllowed(channel.id)
        messages = self.said.setdefault(channel.id, {})
        for known, one in messages.items():
            if one.key == message.key and (one.is_key_known or again):
                return Posted(channel=channel, id=known)
        messages[number := str(len(messages) + 1)] = message
        return Posted(channel=channel, id=number)

    def _open(self, channel: Channel, name: str, members: set[str] | None) -> Channel:
        thread = f"{channel.id}-{len(self.threads) + 1}"
        self.threads[thread] = (name, members)
        return Channel(community=channel.community, id=thread)
