"""The web chat's side of `bot.chat.operations`.

It has one channel, and a conversation for each member. What it lacks becomes the
nearest thing: a thread is the channel itself, a private thread the conversation of each
of its members, and roles are nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.chat.nothing_lacks import NothingLacks
from bot.chat.operations import Attached, Channel, Posted
from bot.chat.reply import Block, Code, Details, Picture, Reply
from bot.chat.web.bell import Bell
from bot.chat.web.body import Answered, stored
from bot.chat.web.errors import NoSuchPlace
from bot.services.ports.transcript import Transcript

CHANNEL = "channel"
MEMBERS = "members:"
PNG = b"\x89PNG"


class Addresses(Protocol):
    """Our numbers for the web's ids; None for what is not there."""

    async def community(self, external_id: str) -> int | None: ...

    async def member(self, external_id: str, community: str) -> int | None: ...


class WebOperations(NothingLacks):
    """Implements `bot.chat.operations.Operations`."""

    def __init__(
        self,
        transcript: Transcript,
        bell: Bell,
        addresses: Addresses,
        *,
        community: str,
    ) -> None:
        self._transcript = transcript
        self._bell = bell
        self._addresses = addresses
        self._community = community

    async def post_once(
        self,
        channel: Channel,
        reply: Reply,
        *,
        key: str,
        language: str,  # noqa: ARG002 - the page draws in the reader's own
        calling: str | None = None,  # noqa: ARG002 - there are no roles
        again: bool = False,  # noqa: ARG002 - a key is kept for good
    ) -> Posted:
        return await self._post(channel, reply, key)

    async def update(self, posted: Posted, reply: Reply, *, language: str) -> None:  # noqa: ARG002 - as above
        for entry_id in posted.id.split(","):
            await self._transcript.change(int(entry_id), _body(reply))
        await self._bell.ring()

    async def pin(self, posted: Posted) -> None:
        pass

    async def send_file(
        self, channel: Channel, attached: Attached, *, key: str
    ) -> Posted:
        return await self._post(channel, Reply(blocks=(_shown(attached),)), key)

    async def own_channel(self, community: str) -> Channel | None:
        is_known = await self._addresses.community(community) is not None
        return Channel(community=community, id=CHANNEL) if is_known else None

    async def open_thread(self, posted: Posted, name: str) -> Channel:  # noqa: ARG002 - it has none
        return posted.channel

    async def open_private_thread(
        self,
        channel: Channel,
        name: str,  # noqa: ARG002 - a conversation has none
        members: Sequence[str],
    ) -> Channel:
        return Channel(community=channel.community, id=MEMBERS + ",".join(members))

    async def give_role(self, community: str, member: str, role: str) -> None:
        pass

    async def take_role(self, community: str, member: str, role: str) -> None:
        pass

    async def tell(self, member: str, reply: Reply, *, language: str) -> bool:  # noqa: ARG002 - as above
        """In their own conversation, which nobody closes."""
        community_id = await self._addresses.community(self._community)
        member_id = await self._addresses.member(member, self._community)
        if community_id is None or member_id is None:
            return False
        await self._transcript.append(community_id, member_id, _body(reply))
        await self._bell.ring()
        return True

    async def _post(self, channel: Channel, reply: Reply, key: str) -> Posted:
        community_id = await self._addresses.community(channel.community)
        if community_id is None:
            raise NoSuchPlace(channel.community)
        written = []
        for member_id in await self._readers(channel):
            of_whom = key if member_id is None else f"{key}:{member_id}"
            where = f"{channel.id}/{of_whom}"
            entry = await self._transcript.append(
                community_id, member_id, _body(reply), where
            )
            written.append(str(entry.id))
        await self._bell.ring()
        return Posted(channel=channel, id=",".join(written))

    async def _readers(self, channel: Channel) -> Sequence[int | None]:
        if not channel.id.startswith(MEMBERS):
            return (None,)
        names = channel.id.removeprefix(MEMBERS).split(",")
        found = [await self._addresses.member(one, channel.community) for one in names]
        return [one for one in found if one is not None]


def _body(reply: Reply) -> Mapping[str, object]:
    return stored(Answered(reply=reply))


def _shown(attached: Attached) -> Block:
    if attached.content.startswith(PNG):
        return Picture(png=attached.content, alt=attached.alt, filename=attached.name)
    source = attached.content.decode(errors="replace")
    return Details(summary=attached.alt, blocks=(Code(source),))
