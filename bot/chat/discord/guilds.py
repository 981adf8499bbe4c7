"""Servers become communities the first time that they are seen, and people's homes.

What an organiser set since is left alone: Discord's locale is only where it starts.
"""

import structlog

from bot.chat.command import Platform
from bot.chat.discord.given import DIRECT_COMMUNITY
from bot.chat.language import language_of_locale
from bot.services.found_community import found_community
from bot.services.home import home
from bot.services.world import World

log = structlog.get_logger(__name__)


class Guilds:
    def __init__(self, world: World, time_zone: str) -> None:
        self._world = world
        self._time_zone = time_zone
        self._known: set[str] | None = None

    async def found(self, guild_id: str, name: str, locale: str) -> None:
        known = await self._all_known()
        if guild_id in known:
            return
        known.add(guild_id)
        await found_community(
            self._world,
            Platform.DISCORD,
            guild_id,
            name=name,
            language=language_of_locale(locale),
            time_zone=self._time_zone,
        )
        log.info("server_joined", guild=guild_id)

    async def home(self, user_id: str) -> str:
        """The server that a direct message counts for."""
        community = await home(self._world, Platform.DISCORD, user_id)
        return DIRECT_COMMUNITY if community is None else community.external_id

    async def _all_known(self) -> set[str]:
        if self._known is None:
            async with self._world.unit_of_work() as unit:
                communities = await unit.communities.all()
            # One that its first member made is still named by its id.
            self._known = {
                one.external_id
                for one in communities
                if one.platform == Platform.DISCORD and one.name != one.external_id
            }
        return self._known
