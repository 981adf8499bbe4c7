from dataclasses import dataclass
from datetime import datetime

from bot.services.errors import MemberNotFound
from bot.storage.sign_ins import BROWSERS_KEPT
from tests.fakes.storage.store import FakeStore, KeptSignIn


class FakeSignInLinks:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, digest: bytes, member_id: int, ends_at: datetime) -> None:
        _known(self._store, member_id)
        self._store.sign_in_links[member_id] = (digest, ends_at)

    async def find(self, digest: bytes, at: datetime) -> int | None:
        for member_id, (kept, ends_at) in self._store.sign_in_links.items():
            if kept == digest and ends_at > at:
                return member_id
        return None

    async def take(self, digest: bytes, at: datetime) -> int | None:
        member_id = await self.find(digest, at)
        if member_id is not None:
            del self._store.sign_in_links[member_id]
        return member_id


@dataclass
class FakeSignIns:
    store: FakeStore

    async def start(
        self, digest: bytes, member_id: int, at: datetime, ends_at: datetime
    ) -> None:
        _known(self.store, member_id)
        self.store.sign_ins[digest] = KeptSignIn(
            member_id=member_id, started_at=at, ends_at=ends_at
        )
        own = {
            key: one
            for key, one in self.store.sign_ins.items()
            if one.member_id == member_id
        }
        newest = sorted(own, key=lambda key: own[key].started_at, reverse=True)
        for key, one in own.items():
            if one.ends_at <= at or key not in newest[:BROWSERS_KEPT]:
                del self.store.sign_ins[key]

    async def member_id(
        self, digest: bytes, at: datetime, community_id: int | None = None
    ) -> int | None:
        found = self.store.sign_ins.get(digest)
        if found is None or found.ends_at <= at:
            return None
        own = self.store.members[found.member_id]
        if community_id in {None, own.community.id}:
            return own.id
        people = self.store.people_with(own.person_id)
        for _, one in sorted(self.store.members.items()):
            if one.person_id in people and one.community.id == community_id:
                return one.id
        return None

    async def end(self, digest: bytes) -> None:
        self.store.sign_ins.pop(digest, None)

    async def end_all(self, person_id: int) -> None:
        people = self.store.people_with(person_id)
        own = {one.id for one in self.store.members.values() if one.person_id in people}
        self.store.sign_ins = {
            key: one
            for key, one in self.store.sign_ins.items()
            if one.member_id not in own
        }
        for member_id in own:
            self.store.sign_in_links.pop(member_id, None)


def _known(store: FakeStore, member_id: int) -> None:
    if member_id not in store.members:
        raise MemberNotFound(member_id)
