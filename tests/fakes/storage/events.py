from collections.abc import Sequence

from bot.domain.event import Event
from bot.services.errors import MemberNotFound
from tests.fakes.storage.store import FakeStore


class FakeEvents:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def append(self, event: Event) -> bool:
        if event.member_id not in self._store.members:
            raise MemberNotFound(event.member_id)
        if event.key in self._store.events:
            return False
        self._store.events[event.key] = event
        return True

    async def of_person(self, person_id: int) -> Sequence[Event]:
        people = self._store.people_with(person_id)
        events = self._store.events.values()
        return [event for event in events if event.person_id in people]
