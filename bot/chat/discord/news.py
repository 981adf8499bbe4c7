"""The channel of a Discord server that news are for: the one of that name."""

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


class NewsChannel:
    """Nothing is posted where a server has none."""

    def __init__(self, api: Api, organisers: Organisers, channel_name: str) -> None:
        self._api = api
        self._organisers = organisers
        self._channel_name = channel_name
        self._channels: dict[str, str] = {}

    async def post(self, community: Community, reply: Reply) -> None:
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
