"""What a server's channel reads: news that come together are posted together.

Discord takes about one message a second in a channel. When a class solves the daily at
once, a post for each would make those wait for their verdicts who come after.
"""

from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from bot.chat.discord.api import Api
from bot.chat.discord.errors import DiscordError, MissingPermission
from bot.chat.discord.organisers import Organisers
from bot.chat.discord.payload import message
from bot.chat.discord.render import render
from bot.chat.reply import Reply
from bot.chat.texts import texts_in
from bot.domain.member import Community

log = structlog.get_logger(__name__)

TEXT_CHANNEL = 0
# A line has some hundred characters, and a message takes 4000.
IN_ONE_MESSAGE = 20


class News:
    """Told to the channel of that name; nothing where a server has none."""

    def __init__(
        self,
        api: Api,
        organisers: Organisers,
        channel_name: str,
        start: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._api = api
        self._organisers = organisers
        self._channel_name = channel_name
        self._start = start
        self._channels: dict[str, str] = {}
        self._waiting: dict[str, list[Reply]] = {}

    def tell(self, community: Community, reply: Reply) -> None:
        """Returns at once: no verdict waits for its news, or is told again for them."""
        guild = community.external_id
        if guild in self._waiting:
            self._waiting[guild].append(reply)
        else:
            self._waiting[guild] = [reply]
            self._start(self._post_all(community))

    async def _post_all(self, community: Community) -> None:
        guild = community.external_id
        try:
            while waiting := self._waiting[guild]:
                told = waiting[:IN_ONE_MESSAGE]
                del waiting[:IN_ONE_MESSAGE]
                blocks = tuple(block for one in told for block in one.blocks)
                await self._post(community, Reply(blocks=blocks))
        finally:
            del self._waiting[guild]

    async def _post(self, community: Community, reply: Reply) -> None:
        guild = community.external_id
        try:
            channel = await self._channel(guild)
            if channel is not None:
                drawn = render(reply, texts_in(community.language))
                await self._api.post(channel, message(drawn), drawn.files)
        except MissingPermission as error:
            await self._organisers.tell(guild, error)
        except DiscordError:
            # The channel may be another one by now.
            self._channels.pop(guild, None)
            log.warning("news_not_taken", guild=guild, exc_info=True)

    async def _channel(self, guild_id: str) -> str | None:
        """Looked for until there is one."""
        if guild_id in self._channels or not guild_id.isdecimal():
            return self._channels.get(guild_id)
        for one in await self._api.channels(guild_id):
            if one["type"] == TEXT_CHANNEL and one["name"] == self._channel_name:
                self._channels[guild_id] = str(one["id"])
        return self._channels.get(guild_id)
