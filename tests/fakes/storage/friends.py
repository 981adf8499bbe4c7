from collections.abc import Sequence

from bot.domain.leaderboard import Friend
from tests.fakes.storage.store import FakeStore


class FakeFriends:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def follow(self, member_id: int, other_id: int) -> bool:
        if (member_id, other_id) in self._store.follows:
            return False
        self._store.follows.add((member_id, other_id))
        return True

    async def leave(self, member_id: int, other_id: int) -> bool:
        if (member_id, other_id) not in self._store.follows:
            return False
        self._store.follows.remove((member_id, other_id))
        return True

    async def of_member(self, member_id: int) -> Sequence[Friend]:
        found = [
            Friend(member_id=other, name=self._store.members[other].name)
            for one, other in self._store.follows
            if one == member_id
        ]
        return sorted(found, key=lambda friend: (friend.name, friend.member_id))
