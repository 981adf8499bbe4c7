"""Where is somebody at home who speaks outside of any community?"""

from bot.domain.member import Community
from bot.services.world import World


async def home(world: World, platform: str, external_id: str) -> Community | None:
    async with world.unit_of_work() as unit:
        return await unit.members.home(platform, external_id)
