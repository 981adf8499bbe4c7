"""Servers and workspaces become communities the first time that they are seen.

What an organiser set since is left alone: the platform's word is only where it starts.
"""

import structlog

from bot.chat.command import Platform
from bot.services.found_community import found_community
from bot.services.world import World

log = structlog.get_logger(__name__)


class FoundCommunities:
    """Of one platform."""

    def __init__(self, world: World, platform: Platform, time_zone: str) -> None:
        self._world = world
        self._platform = platform
        self._time_zone = time_zone
        self._known: set[str] | None = None

    async def found(self, external_id: str, name: str, language: str) -> None:
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
            time_zone=self._time_zone,
        )
        log.info("community_joined", platform=self._platform, community=external_id)

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
