from collections.abc import Sequence
from datetime import datetime

from bot.domain.daily import Tally
from bot.domain.event import Event, EventKind
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

    async def append_all(self, events: Sequence[Event]) -> int:
        return sum([await self.append(event) for event in events])

    async def tallies(
        self, community_id: int, phase: int, since: datetime
    ) -> Sequence[Tally]:
        counted: dict[str, dict[int, list[EventKind]]] = {}
        for event in self._store.events.values():
            member = self._store.members[event.member_id]
            if (
                (member.community.id, member.phase) == (community_id, phase)
                and event.kind in {EventKind.ATTEMPT_FAILED, EventKind.SOLVED}
                and event.challenge_id is not None
                and event.occurred_at >= since
            ):
                by_person = counted.setdefault(event.challenge_id, {})
                by_person.setdefault(event.person_id, []).append(event.kind)
        return [
            _tally(name, list(each.values())) for name, each in sorted(counted.items())
        ]

    async def of_person(self, person_id: int) -> Sequence[Event]:
        people = self._store.people_with(person_id)
        events = self._store.events.values()
        return [event for event in events if event.person_id in people]


def _tally(challenge_id: str, people: Sequence[Sequence[EventKind]]) -> Tally:
    return Tally(
        challenge_id=challenge_id,
        failed=sum(each.count(EventKind.ATTEMPT_FAILED) for each in people),
        solved=sum(each.count(EventKind.SOLVED) for each in people),
        stuck=sum(EventKind.SOLVED not in each for each in people),
    )
