from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.pairing.life import PairingKind, PairingState
from bot.domain.pairing.standing import RequestState, StandingOffer, StandingRequest
from bot.services.errors import StillWaiting
from bot.services.ports.mentoring import OfferingMentor, WaitingMentee
from tests.fakes.storage.store import FakeStore


class FakeMentorOffers:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, offer: StandingOffer) -> None:
        self._store.mentor_offers[offer.member_id] = offer

    async def get(self, member_id: int) -> StandingOffer | None:
        return self._store.mentor_offers.get(member_id)

    async def remove(self, member_id: int) -> None:
        self._store.mentor_offers.pop(member_id, None)

    async def of_community(self, community_id: int) -> Sequence[OfferingMentor]:
        members = self._store.members
        return [
            OfferingMentor(offer=offer, member=self._store.seen(members[member_id]))
            for member_id, offer in sorted(self._store.mentor_offers.items())
            if members[member_id].community.id == community_id
        ]


class FakeMentorRequests:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, request: StandingRequest) -> int:
        if await self.waiting_of(request.member_id) is not None:
            raise StillWaiting
        number = max(self._store.mentor_requests, default=0) + 1
        self._store.mentor_requests[number] = replace(request, id=number)
        return number

    async def get(self, request_id: int) -> StandingRequest:
        return self._store.mentor_requests[request_id]

    async def waiting_of(self, member_id: int) -> StandingRequest | None:
        return next((o for o in self._waiting() if o.member_id == member_id), None)

    async def save(self, request: StandingRequest) -> None:
        if self._store.mentor_requests[request.id].state is RequestState.WAITING:
            self._store.mentor_requests[request.id] = request

    async def waiting(self, community_id: int) -> Sequence[WaitingMentee]:
        members = self._store.members
        return [
            WaitingMentee(request=one, member=self._store.seen(members[one.member_id]))
            for one in sorted(self._waiting(), key=lambda one: (one.asked_at, one.id))
            if members[one.member_id].community.id == community_id
        ]

    async def sharing(self, community_id: int) -> Sequence[WaitingMentee]:
        held = {
            one.request_id
            for one in self._store.pairings.values()
            if one.community_id == community_id
            and one.kind is PairingKind.MENTOR
            and one.state is PairingState.ACTIVE
        }
        members = self._store.members
        return [
            WaitingMentee(request=one, member=self._store.seen(members[one.member_id]))
            for number, one in sorted(self._store.mentor_requests.items())
            if number in held and one.shares
        ]

    async def since(self, community_id: int, at: datetime) -> Sequence[StandingRequest]:
        found = [
            one
            for one in self._store.mentor_requests.values()
            if self._store.members[one.member_id].community.id == community_id
            and (one.asked_at >= at or one.state is RequestState.WAITING)
        ]
        return sorted(found, key=lambda one: (one.asked_at, one.id))

    def _waiting(self) -> Sequence[StandingRequest]:
        every = self._store.mentor_requests.values()
        return [one for one in every if one.state is RequestState.WAITING]


class FakeBlocks:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, member_id: int, blocked_id: int, at: datetime) -> None:
        self._store.blocks.setdefault((member_id, blocked_id), at)

    async def of_community(self, community_id: int) -> Collection[tuple[int, int]]:
        members = self._store.members
        return {
            (who, whom)
            for who, whom in self._store.blocks
            if members[who].community.id == community_id
        }


class FakePairingBatches:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def hold(self, community_id: int) -> None:
        self._store.pairing_batches.setdefault(community_id, date.min)

    async def claim(self, community_id: int, on: date) -> bool:
        await self.hold(community_id)
        if self._store.pairing_batches[community_id] >= on:
            return False
        self._store.pairing_batches[community_id] = on
        return True
