"""Discord's side of `bot.chat.operations`."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from hashlib import blake2b

from bot.chat.answer_form import shortened
from bot.chat.discord.api import Api
from bot.chat.discord.errors import (
    ClosedToMessages,
    MissingPermission,
    NotThere,
    ThreadIsOpen,
)
from bot.chat.discord.lacks import DiscordPermissions
from bot.chat.discord.organisers import Organisers
from bot.chat.discord.payload import message
from bot.chat.discord.render import ALT_LENGTH, Component, Drawn, render
from bot.chat.files import File
from bot.chat.operations import Attached, Channel, Posted
from bot.chat.reply import Reply
from bot.chat.texts import texts_in

# In hexadecimal 24 characters, of Discord's 25.
NONCE_BYTES = 12
TEXT_CHANNEL = 0
THREAD_NAME_LENGTH = 100
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


class DiscordOperations(DiscordPermissions):
    """Implements `bot.chat.operations.Operations`."""

    def __init__(
        self, api: Api, organisers: Organisers, *, own_id: str, channel_name: str
    ) -> None:
        super().__init__(api, own_id)
        self._organisers = organisers
        self._channel_name = channel_name

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
        if again and (found := await self._found(channel, key)):
            return found
        drawn = render(reply, texts_in(language))
        if calling is not None:
            call: Component = {"type": 10, "content": f"<@&{calling}>"}
            drawn = replace(drawn, components=(call, *drawn.components))
        return await self._post(channel, drawn, key, called=calling)

    async def own_channel(self, community: str) -> Channel | None:
        """The text channel of the name that the settings say."""
        if not community.isdecimal():
            return None
        for one in await self._api.channels(community):
            if one["type"] == TEXT_CHANNEL and one["name"] == self._channel_name:
                return Channel(community=community, id=str(one["id"]))
        return None

    async def update(self, posted: Posted, reply: Reply, *, language: str) -> None:
        drawn = render(reply, texts_in(language))
        place = posted.channel
        async with self._complaining(place.community):
            await self._api.edit(place.id, posted.id, message(drawn), drawn.files)

    async def pin(self, posted: Posted) -> None:
        place = posted.channel
        async with self._complaining(place.community):
            await self._api.pin(place.id, posted.id)

    async def send_file(
        self, channel: Channel, attached: Attached, *, key: str
    ) -> Posted:
        return await self._post(channel, _shown(attached), key)

    async def open_thread(self, posted: Posted, name: str) -> Channel:
        place = posted.channel
        async with self._complaining(place.community):
            try:
                thread = await self._api.open_thread(place.id, posted.id, _named(name))
            except ThreadIsOpen:
                # It has its message's number.
                thread = posted.id
        return Channel(community=place.community, id=thread)

    async def open_private_thread(
        self, channel: Channel, name: str, members: Sequence[str]
    ) -> Channel:
        async with self._complaining(channel.community):
            thread = await self._api.open_private_thread(channel.id, _named(name))
            for member in members:
                await self._api.add_to_thread(thread, member)
        return Channel(community=channel.community, id=thread)

    async def give_role(self, community: str, member: str, role: str) -> None:
        async with self._complaining(community):
            await self._api.turn_role(community, member, role, wanted=True)

    async def take_role(self, community: str, member: str, role: str) -> None:
        async with self._complaining(community):
            await self._api.turn_role(community, member, role, wanted=False)

    async def tell(self, member: str, reply: Reply, *, language: str) -> bool:
        drawn = render(reply, texts_in(language))
        try:
            channel = await self._api.direct_channel(member)
            await self._api.post(channel, message(drawn), drawn.files)
        except ClosedToMessages:
            return False
        return True

    async def _found(self, channel: Channel, key: str) -> Posted | None:
        """Discord forgets a nonce after minutes, and never a component's number."""
        mark = _mark(key)
        async with self._complaining(channel.community):
            messages = await self._api.last_messages(channel.id)
        for one in messages:
            marks = [part.get("id") for part in one.get("components", ())]
            if one["author"]["id"] == self._own_id and mark in marks:
                return Posted(channel=channel, id=str(one["id"]))
        return None

    async def _post(
        self, channel: Channel, drawn: Drawn, key: str, *, called: str | None = None
    ) -> Posted:
        first, *others = drawn.components
        marked = replace(drawn, components=({**first, "id": _mark(key)}, *others))
        body = {
            **message(marked, called=called),
            "nonce": _nonce(key),
            "enforce_nonce": True,
        }
        async with self._complaining(channel.community):
            try:
                posted = await self._api.post(channel.id, body, drawn.files)
            except NotThere:
                await self._organisers.tell_gone(channel.community, channel.id)
                raise
        return Posted(channel=channel, id=posted)

    @asynccontextmanager
    async def _complaining(self, community: str) -> AsyncIterator[None]:
        """Who can give a permission that lacked is told; the caller is, too."""
        try:
            yield
        except MissingPermission as error:
            await self._organisers.tell(community, error)
            raise


def _mark(key: str) -> int:
    """A component's number, of 31 bits and not 0, far from those that Discord gives."""
    hashed = int.from_bytes(blake2b(key.encode(), digest_size=4).digest())
    return hashed >> 1 | 1 << 30


def _nonce(key: str) -> str:
    return blake2b(key.encode(), digest_size=NONCE_BYTES).hexdigest()


def _named(name: str) -> str:
    return shortened(" ".join(name.split()), THREAD_NAME_LENGTH) or "…"


def _shown(attached: Attached) -> Drawn:
    file = File(name=attached.name, content=attached.content, alt=attached.alt)
    media = {"url": f"attachment://{attached.name}"}
    if not attached.name.casefold().endswith(PICTURES):
        return Drawn(components=({"type": 13, "file": media},), files=(file,))
    item = {"media": media, "description": shortened(attached.alt, ALT_LENGTH)}
    return Drawn(components=({"type": 12, "items": [item]},), files=(file,))
