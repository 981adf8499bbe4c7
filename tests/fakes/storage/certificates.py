from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.certificate import Certificate, Revocation, Revoked
from tests.fakes.storage.store import FakeStore


class FakeCertificates:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, certificate: Certificate) -> None:
        kept = self._store.certificates.setdefault(certificate.id, certificate)
        self._store.certificates[certificate.id] = replace(
            kept, name=certificate.name, language=certificate.language
        )

    async def find(self, certificate_id: UUID) -> Certificate | None:
        return self._store.certificates.get(certificate_id)

    async def of_event(self, event_key: str) -> Certificate | None:
        every = self._store.certificates.values()
        return next((one for one in every if one.event_key == event_key), None)


class FakeRevocations:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, revoked: Revoked) -> None:
        self._store.revoked.setdefault(revoked.id, revoked)

    async def leave(self, person_id: int, at: datetime) -> None:
        people = self._store.people_with(person_id)
        for one in self._store.certificates.values():
            if one.person_id in people:
                await self.add(Revoked(id=one.id, why=Revocation.DELETED, at=at))

    async def find(self, certificate_id: UUID) -> Revoked | None:
        return self._store.revoked.get(certificate_id)

    async def all(self) -> Sequence[Revoked]:
        return sorted(self._store.revoked.values(), key=lambda one: (one.at, one.id))
