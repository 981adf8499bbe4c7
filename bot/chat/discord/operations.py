"""Discord's side of `bot.chat.operations`."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from hashlib import blake2b

from bot.chat.answer_form import shortened
from bot.chat.discord.api import Api
from bot.chat.discord.errors import ClosedToMessages, MissingPermission
from bot.chat.discord.organisers import Organisers
from bot.chat.discord.payload import message
from bot.chat.discord.render import ALT_LENGTH, Drawn, render
from bot.chat.files import File
from bot.chat.operations import Attached, Channel, Posted
from bot.chat.reply import Reply
from bot.chat.texts import texts_in

# In hexadecimal 24 characters, of Discord's 25.
NONCE_BYTES = 12
THREAD_NAME_LENGTH = 100
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


class DiscordOperations:
    """Implements Posts, Threads, Roles and PrivateMessages."""

    def __init__(self, api: Api, organisers: Organisers) -> None:
        self._api = api
        self._organisers = organisers

    async def post_once(
        self, channel: Channel, reply: Reply, *, key: str, language: str
    ) -> Posted:
        return await self._post(channel, render(reply, texts_in(language)), key)

    async def update(self, posted: Posted, reply: Reply, *, language: str) -> None:
        drawn = render(reply, texts_in(language))
        place = posted.channel
        async with self._complaining(place.community):
            await self._api.edit(place.id, posted.id, message(drawn), drawn.files)

    async def send_file(
        self, channel: Channel, attached: Attached, *, key: str
    ) -> Posted:
        return await self._post(channel, _shown(attached), key)

    async def open_thread(self, posted: Posted, name: str) -> Channel:
        place = posted.channel
        async with self._complaining(place.community):
            thread = await self._api.open_thread(place.id, posted.id, _named(name))
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

    async def _post(self, channel: Channel, drawn: Drawn, key: str) -> Posted:
        body = {**message(drawn), "nonce": _nonce(key), "enforce_nonce": True}
        async with self._complaining(channel.community):
            posted = await self._api.post(channel.id, body, drawn.files)
        return Posted(channel=channel, id=posted)

    @asynccontextmanager
    async def _complaining(self, community: str) -> AsyncIterator[None]:
        """Who can give a permission that lacked is told; the caller is, too."""
        try:
            yield
        except MissingPermission as error:
            await self._organisers.tell(community, error)
            raise


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
