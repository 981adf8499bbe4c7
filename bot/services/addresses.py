"""Our numbers for what a platform calls by ids of its own."""

from bot.services.world import World


class Addresses:
    """Of one platform's communities and the members in them."""

    def __init__(self, world: World, platform: str) -> None:
        self._world = world
        self._platform = platform

    async def community(self, external_id: str) -> int | None:
        async with self._world.unit_of_work() as unit:
            every = await unit.communities.all()
        found = (
            one.id
            for one in every
            if (one.platform, one.external_id) == (self._platform, external_id)
        )
        return next(found, None)

    async def member(self, external_id: str, community: str) -> int | None:
        async with self._world.unit_of_work() as unit:
            found = await unit.members.find(self._platform, external_id, community)
        return None if found is None else found.id
