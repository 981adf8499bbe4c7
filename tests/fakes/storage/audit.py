from collections.abc import Sequence

from bot.domain.audit import AuditEntry
from bot.services.errors import MemberNotFound
from bot.services.ports.audit import Audited
from tests.fakes.storage.store import FakeStore


class FakeAudit:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def append(self, entry: AuditEntry) -> None:
        for member_id in (entry.actor_id, entry.subject_id):
            if member_id is not None and member_id not in self._store.members:
                raise MemberNotFound(member_id)
        self._store.audit.append(entry)

    async def read(
        self, community_id: int, *, limit: int, before: int | None = None
    ) -> Sequence[Audited]:
        found = [
            Audited(
                id=number,
                entry=entry,
                actor_name=self._name(entry.actor_id),
                subject_name=self._name(entry.subject_id),
            )
            for number, entry in enumerate(self._store.audit, start=1)
            if entry.community_id == community_id
            and (before is None or number < before)
        ]
        return found[::-1][:limit]

    def _name(self, member_id: int | None) -> str | None:
        return None if member_id is None else self._store.members[member_id].name
