from collections.abc import Sequence
from datetime import date

from bot.services.ports.reminders import Wisher
from tests.fakes.storage.store import FakeStore


class FakeReminders:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def wishers(self) -> Sequence[Wisher]:
        names = {person: name for (_, name), person in self._store.people.items()}
        return [
            Wisher(member=member, external_id=names[member.person_id])
            for _, member in sorted(self._store.members.items(), reverse=True)
            if member.reminded
        ]

    async def claim(self, person_id: int, on: date) -> bool:
        if self._store.reminders.get(person_id, date.min) >= on:
            return False
        self._store.reminders[person_id] = on
        return True
