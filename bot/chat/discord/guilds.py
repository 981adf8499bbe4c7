"""Servers as communities, and the one in which a person is at home."""

from bot.chat.command import Platform
from bot.chat.communities import FoundCommunities
from bot.chat.discord.given import DIRECT_COMMUNITY
from bot.chat.language import language_of_locale
from bot.services.home import home
from bot.services.world import World


class Guilds:
    def __init__(self, world: World, time_zone: str) -> None:
        self._world = world
        self._communities = FoundCommunities(world, Platform.DISCORD, time_zone)

    async def found(self, guild_id: str, name: str, locale: str) -> None:
        await self._communities.found(guild_id, name, language_of_locale(locale))

    async def home(self, user_id: str) -> str:
        """The server that a direct message counts for."""
        community = await home(self._world, Platform.DISCORD, user_id)
        return DIRECT_COMMUNITY if community is None else community.external_id
