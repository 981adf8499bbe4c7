"""Servers and workspaces become communities the first time that they are seen.

What an organiser set since is left alone: the platform's word is only where it starts.
"""

import structlog

from bot.chat.command import Actor, Platform
from bot.chat.language import language_of_locale
from bot.domain.calendar import is_zone
from bot.services.found_community import found_community
from bot.services.world import World

log = structlog.get_logger(__name__)


class FoundCommunities:
    """Of one platform."""

    def __init__(self, world: World, platform: Platform, time_zone: str) -> None:
        """`time_zone`: where the platform tells none."""
        self._world = world
        self._platform = platform
        self._time_zone = time_zone
        self._known: set[str] | None = None

    async def found(
        self, external_id: str, name: str, language: str, time_zone: str | None = None
    ) -> None:
        known = await self._all_known()
        if external_id in known:
            return
        known.add(external_id)
        await found_community(
            self._world,
            self._platform,
            external_id,
            name=name,
            language=language,
            time_zone=time_zone
            if time_zone and is_zone(time_zone)
            else self._time_zone,
        )
        log.info("community_joined", platform=self._platform, community=external_id)

    async def found_by(
        self, external_id: str, name: str, founder: Actor | None, *, language: str
    ) -> None:
        """With the language and zone of whoever brought the bot there, where known."""
        locale = founder.locale if founder else None
        zone = founder.time_zone if founder else None
        await self.found(
            external_id,
            name,
            language_of_locale(locale or language),
            zone if zone and is_zone(zone) else None,
        )

    async def _all_known(self) -> set[str]:
        if self._known is None:
            async with self._world.unit_of_work() as unit:
                communities = await unit.communities.all()
            # One that its first member made is still named by its id.
            self._known = {
                one.external_id
                for one in communities
                if one.platform == self._platform and one.name != one.external_id
            }
        return self._known
