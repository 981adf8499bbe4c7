from collections.abc import Sequence
from dataclasses import replace

from bot.domain.member import Community
from tests.fakes.storage.store import FakeStore


class FakeCommunities:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(
        self,
        platform: str,
        external_id: str,
        *,
        name: str,
        language: str,
        time_zone: str,
    ) -> Community:
        known = self._store.communities.get((platform, external_id))
        community = Community(
            id=known.id if known else len(self._store.communities) + 1,
            platform=platform,
            external_id=external_id,
            name=name,
            language=language,
            time_zone=time_zone,
        )
        self._store.communities[platform, external_id] = community
        for member in self._store.members.values():
            if member.community.id == community.id:
                changed = replace(member, community=community)
                self._store.members[member.id] = changed
        return community

    async def get(self, community_id: int) -> Community | None:
        every = self._store.communities.values()
        return next((one for one in every if one.id == community_id), None)

    async def set_zone(self, community_id: int, time_zone: str) -> None:
        found = await self.get(community_id)
        if found is not None:
            await self.put(
                found.platform,
                found.external_id,
                name=found.name,
                language=found.language,
                time_zone=time_zone,
            )

    async def all(self) -> Sequence[Community]:
        return list(self._store.communities.values())
