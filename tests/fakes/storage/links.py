from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.domain.link import PersonLink, together
from bot.services.errors import MemberNotFound
from tests.fakes.storage.store import FakeStore


class FakeLinkCodes:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, digest: bytes, member_id: int, ends_at: datetime) -> None:
        if member_id not in self._store.members:
            raise MemberNotFound(member_id)
        person_id = self._store.members[member_id].person_id
        self._store.link_codes[person_id] = (digest, member_id, ends_at)

    async def find(self, digest: bytes, at: datetime) -> int | None:
        for code, member_id, ends_at in self._store.link_codes.values():
            if code == digest and at < ends_at:
                return member_id
        return None

    async def take(self, digest: bytes, at: datetime) -> int | None:
        member_id = await self.find(digest, at)
        if member_id is not None:
            del self._store.link_codes[self._store.members[member_id].person_id]
        return member_id

    async def count_try(self, person_id: int, at: datetime, within: timedelta) -> int:
        since, tries = self._store.link_tries.get(person_id, (at, 0))
        if since <= at - within:
            since, tries = at, 0
        self._store.link_tries[person_id] = (since, tries + 1)
        return tries + 1


class FakeLinks:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def lock(self, person_ids: Collection[int]) -> None:
        pass

    async def join(self, person_id: int, other_id: int, at: datetime) -> PersonLink:
        joined = PersonLink(
            id=len(self._store.links) + len(self._store.undone) + 1,
            person_id=person_id,
            other_id=other_id,
            linked_at=at,
        )
        self._store.links[joined.id] = joined
        self._bring_together()
        return joined

    async def standing(self, person_id: int) -> Sequence[PersonLink]:
        people = self._store.people_with(person_id)
        return [one for one in self._store.links.values() if one.person_id in people]

    async def undo(self, link_id: int, at: datetime) -> None:
        if self._store.links.pop(link_id, None) is not None:
            self._store.undone[link_id] = at
            self._bring_together()

    def _bring_together(self) -> None:
        links = [(one.person_id, one.other_id) for one in self._store.links.values()]
        first = together(set(self._store.people.values()), links)
        self._store.joined = {one: to for one, to in first.items() if one != to}
