"""Set a community up, or bring it to new settings."""

from bot.domain.member import Community
from bot.services.world import World


async def found_community(
    world: World,
    platform: str,
    external_id: str,
    *,
    name: str,
    language: str,
    time_zone: str,
) -> Community:
    """With the zone that an organiser has chosen, if one has."""
    async with world.unit_of_work() as unit:
        community = await unit.communities.put(
            platform, external_id, name=name, language=language, time_zone=time_zone
        )
        dailies = await unit.schedules.get(community.id)
        if dailies is not None and dailies.time_zone is not None:
            community = await unit.communities.put(
                platform,
                external_id,
                name=name,
                language=language,
                time_zone=dailies.time_zone,
            )
        await unit.commit()
    return community
