from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.services.ports.personal_data import Row
from tests.fakes.storage.store import FakeStore


class FakePersonalData:
    """Of what tests look at: members, submissions, events, boards and the log."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def read(self, person_id: int) -> Mapping[str, Sequence[Row]]:
        people = self._store.people_with(person_id)
        accounts = [
            {"platform": platform, "external_id": external_id, "person_id": one}
            for (platform, external_id), one in self._store.people.items()
            if one in people
        ]
        return {
            "account": accounts,
            "member": [
                {"id": one.id, "name": one.name}
                for one in self._store.members.values()
                if one.person_id in people
            ],
            "submission": [
                {"id": str(one.id), "source": one.source}
                for one in self._store.submissions.values()
                if one.person_id in people
            ],
            "event": [
                {"kind": one.kind, "facts": dict(one.facts)}
                for one in self._store.events.values()
                if one.person_id in people
            ],
        }

    async def delete(self, person_id: int) -> int:
        store = self._store
        people = store.people_with(person_id)
        members = {one.id for one in store.members.values() if one.person_id in people}
        gone = {one.id for one in store.submissions.values() if one.person_id in people}
        store.jobs = [one for one in store.jobs if one not in gone]
        store.submissions = {
            key: one for key, one in store.submissions.items() if key not in gone
        }
        store.events = {
            key: one for key, one in store.events.items() if one.person_id not in people
        }
        store.certificates = {
            key: one
            for key, one in store.certificates.items()
            if one.person_id not in people
        }
        store.totals = {
            key: one for key, one in store.totals.items() if key[1] not in members
        }
        store.audit = [
            replace(
                entry,
                actor_id=None if entry.actor_id in members else entry.actor_id,
                subject_id=None if entry.subject_id in members else entry.subject_id,
                reason="" if entry.subject_id in members else entry.reason,
            )
            for entry in store.audit
        ]
        store.members = {
            key: one for key, one in store.members.items() if key not in members
        }
        store.people = {
            key: one for key, one in store.people.items() if one not in people
        }
        store.gone |= people
        store.joined = {}
        return len(people)
