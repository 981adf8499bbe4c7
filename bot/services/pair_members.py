"""Pair those who wait: each day at the community's hour, and at once where it fits.

The batch is the fair one: it sees everybody. At once is only who fits well, and only a
mentor whom nobody that has waited longer could have. Both happen with the community's
queue held, so that no place is given twice, whatever process does it.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from bot.domain.member import Community, Member
from bot.domain.notice import NoticeKind
from bot.domain.pairing.cost import terms
from bot.domain.pairing.facts import MentorOffer, MentorRequest, Pair
from bot.domain.pairing.groups import Peers, Trio, peers, trios
from bot.domain.pairing.life import Pairing, PairingKind
from bot.services.mentoring_queue import MentoringQueue, read_queue
from bot.services.notify import notify
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World

GROUPED_AT_ONCE = 500
"""For whom trios and peers are looked for, those who wait longest: each is held against
each, and tomorrow is another day.
"""


async def pair_community(world: World, community: Community, on: date) -> bool:
    """The batch of that date. False when it was made before."""
    async with world.unit_of_work() as unit:
        if not await unit.pairing_batches.claim(community.id, on):
            return False
        queue = await read_queue(unit, community, world.now(), on)
        if queue.requests:
            batch = await asyncio.to_thread(_batch, queue)
            await _write(_Offering(world, unit, community, queue), queue, batch)
        await unit.commit()
    return True


async def _write(offering: "_Offering", queue: MentoringQueue, batch: "_Batch") -> None:
    requests = {one.id: one for one in queue.requests}
    mentors = {one.person_id: one for one in queue.offers}
    for pair in batch.pairs:
        await offering.mentor(requests[pair.request_id], mentors[pair.mentor_id])
    for trio in batch.trios:
        await offering.trio(requests[trio.request_id], trio.pairing_id)
    for two in batch.peers:
        await offering.peers(requests[two.first_id], requests[two.second_id])


async def pair_at_once(
    world: World, unit: UnitOfWork, community: Community
) -> Sequence[Pairing]:
    """Those who fit well. The caller holds the community's queue, and commits."""
    on = world.today_in(community)
    queue = await read_queue(unit, community, world.now(), on)
    if not queue.requests or not any(one.free for one in queue.offers):
        return []
    pairs = await asyncio.to_thread(_at_once, queue)
    offering = _Offering(world, unit, community, queue)
    requests = {one.id: one for one in queue.requests}
    mentors = {one.person_id: one for one in queue.offers}
    found = [
        await offering.mentor(requests[one.request_id], mentors[one.mentor_id])
        for one in pairs
    ]
    return [one for one in found if one is not None]


@dataclass(frozen=True, kw_only=True)
class _Batch:
    pairs: Sequence[Pair]
    trios: Sequence[Trio]
    peers: Sequence[Peers]


# Both in a thread, for ten thousand requests take seconds and others are served
# meanwhile; and numpy and scipy take a second to import, for who has a queue alone.


def _batch(queue: MentoringQueue) -> _Batch:
    from bot.domain.pairing.assignment import assign  # noqa: PLC0415

    assigned = assign(queue.requests, queue.offers)
    left = assigned.left[:GROUPED_AT_ONCE]
    joining = trios(left, queue.open_pairings)
    joined = {one.request_id for one in joining} | queue.peers
    alone = [one for one in left if one.id not in joined]
    return _Batch(pairs=assigned.pairs, trios=joining, peers=peers(alone))


def _at_once(queue: MentoringQueue) -> Sequence[Pair]:
    from bot.domain.pairing.at_once import at_once  # noqa: PLC0415

    return at_once(queue.requests, queue.offers)


class _Offering:
    """Writes offers, and has both sides told of each."""

    def __init__(
        self,
        world: World,
        unit: UnitOfWork,
        community: Community,
        queue: MentoringQueue,
    ) -> None:
        self._world = world
        self._unit = unit
        self._community = community
        self._queue = queue
        self._now: datetime = world.now()

    async def mentor(
        self, request: MentorRequest, mentor: MentorOffer
    ) -> Pairing | None:
        new = self._new(request, PairingKind.MENTOR, mentor.person_id)
        costs = asdict(terms(request, mentor))
        member = self._queue.offering[mentor.person_id].member
        return await self._offer(request, member, replace(new, terms=costs))

    async def trio(self, request: MentorRequest, pairing_id: int) -> None:
        (beside,) = [one for one in self._queue.open_pairings if one.id == pairing_id]
        mentor = beside.mentor
        new = self._new(request, PairingKind.TRIO, mentor.person_id)
        costs = asdict(terms(request, mentor))
        member = self._queue.offering[mentor.person_id].member
        joining = replace(new, terms=costs, beside_id=pairing_id)
        await self._offer(request, member, joining)

    async def peers(self, first: MentorRequest, second: MentorRequest) -> None:
        new = self._new(second, PairingKind.PEERS, first.person_id)
        member = self._queue.waiting[first.id].member
        await self._offer(second, member, replace(new, other_request_id=first.id))

    def _new(
        self, request: MentorRequest, kind: PairingKind, mentor_id: int
    ) -> Pairing:
        return Pairing(
            id=0,
            community_id=self._community.id,
            kind=kind,
            mentor_id=mentor_id,
            mentee_id=request.person_id,
            request_id=request.id,
            weeks=self._queue.waiting[request.id].request.weeks,
            state_at=self._now,
            offered_at=self._now,
            heard_at=self._now,
        )

    async def _offer(
        self, request: MentorRequest, mentor: Member, new: Pairing
    ) -> Pairing | None:
        mentee = self._queue.waiting[request.id].member
        if mentor.id in await self._selves(mentee):
            return None
        pairing = await self._unit.pairings.add(new)
        for one in (mentor, mentee):
            kind = NoticeKind.PAIRING_OFFERED
            await notify(self._unit, one, kind, self._now, pairing=pairing.id)
        return pairing

    async def _selves(self, member: Member) -> Collection[int]:
        """Under all their accounts: nobody mentors themselves."""
        every = await self._unit.members.of_person(member.person_id)
        return {one.id for one in every}
