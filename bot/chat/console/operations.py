"""The terminal's side of `bot.chat.operations`: all is printed, once for each key.

A thread is the channel itself, a private thread a line with its members' names, and
roles are nothing.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.chat.console.render import LINE_LENGTH, drawn
from bot.chat.nothing_lacks import NothingLacks
from bot.chat.operations import Attached, Channel, Posted
from bot.chat.reply import Reply
from bot.chat.reply import Text as Paragraph
from bot.chat.texts import plain

CHANNEL = "channel"


class Silenced(Exception):
    """Of a channel or a person that takes nothing."""

    permanent = True


class ConsoleOperations(NothingLacks):
    """Implements `bot.chat.operations.Operations`."""

    def __init__(self, console: Console, *, community: str) -> None:
        self._console = console
        self._community = community
        self.said: dict[str, dict[str, Reply]] = {}
        """By place and key."""
        self.closed: set[str] = set()

    async def post_once(
        self,
        channel: Channel,
        reply: Reply,
        *,
        key: str,
        language: str,  # noqa: ARG002 - the reply has its language already
        calling: str | None = None,  # noqa: ARG002 - there are no roles
        again: bool = False,  # noqa: ARG002 - a key is kept for good
    ) -> Posted:
        return self._post(channel, reply, key)

    async def update(self, posted: Posted, reply: Reply, *, language: str) -> None:  # noqa: ARG002 - as above
        self.said[posted.channel.id][posted.id] = reply
        self._print(posted.channel.id, reply)

    async def pin(self, posted: Posted) -> None:
        pass

    async def send_file(
        self, channel: Channel, attached: Attached, *, key: str
    ) -> Posted:
        named = Paragraph(plain(attached.alt))
        return self._post(channel, Reply(blocks=(named,)), key)

    async def own_channel(self, community: str) -> Channel | None:
        is_known = community == self._community
        return Channel(community=community, id=CHANNEL) if is_known else None

    async def open_thread(self, posted: Posted, name: str) -> Channel:  # noqa: ARG002 - it has none
        return posted.channel

    async def open_private_thread(
        self,
        channel: Channel,
        name: str,  # noqa: ARG002 - a conversation has none
        members: Sequence[str],
    ) -> Channel:
        return Channel(community=channel.community, id=",".join(members))

    async def give_role(self, community: str, member: str, role: str) -> None:
        pass

    async def take_role(self, community: str, member: str, role: str) -> None:
        pass

    async def tell(self, member: str, reply: Reply, *, language: str) -> bool:  # noqa: ARG002 - as above
        if member in self.closed:
            return False
        told = self.said.setdefault(member, {})
        told[str(len(told))] = reply
        self._print(member, reply)
        return True

    def _post(self, channel: Channel, reply: Reply, key: str) -> Posted:
        if channel.id in self.closed:
            raise Silenced(channel.id)
        said = self.said.setdefault(channel.id, {})
        if key not in said:
            said[key] = reply
            self._print(channel.id, reply)
        return Posted(channel=channel, id=key)

    def _print(self, place: str, reply: Reply) -> None:
        name = f"# {self._community}" if place == CHANNEL else f"→ {place}"
        self._console.print(Text(f"\n  {name}", "dim"))
        self._console.print(Padding(drawn(reply), (0, 0, 0, 2)), width=LINE_LENGTH)
