from collections.abc import Collection, Sequence
from datetime import datetime

from bot.services.ports.phase_roles import RoleDue
from tests.fakes.storage.store import FakeStore


class FakePhaseRoles:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def ask(self, member_id: int, at: datetime) -> None:
        self._store.roles_asked[member_id] = at

    async def ask_all(self, community_id: int, at: datetime) -> None:
        for member in self._store.members.values():
            if member.community.id == community_id:
                self._store.roles_asked[member.id] = at

    async def due(self, platforms: Collection[str], *, limit: int) -> Sequence[RoleDue]:
        asked = sorted(self._store.roles_asked.items(), key=lambda one: one[::-1])
        return [
            RoleDue(
                member_id=member_id,
                external_id=self._account(member_id),
                given=self._store.roles.get(member_id),
                asked_at=at,
            )
            for member_id, at in asked
            if self._store.members[member_id].community.platform in platforms
        ][:limit]

    async def keep(self, due: RoleDue, given: str | None) -> None:
        self._store.roles[due.member_id] = given
        if self._store.roles_asked[due.member_id] == due.asked_at:
            del self._store.roles_asked[due.member_id]

    def _account(self, member_id: int) -> str:
        member = self._store.members[member_id]
        return next(
            external_id
            for (platform, external_id), person_id in self._store.people.items()
            if (platform, person_id) == (member.community.platform, member.person_id)
        )
