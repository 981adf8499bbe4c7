"""Offers, requests, blocks and the turn of a community's batch."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, Select, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.pairing.life import PairingKind, PairingState
from bot.domain.pairing.standing import RequestState, StandingOffer, StandingRequest
from bot.domain.pairing.week import WeekHour
from bot.services.errors import StillWaiting
from bot.services.ports.mentoring import OfferingMentor, WaitingMentee
from bot.storage.member_rows import MEMBER, member_of
from bot.storage.tables import (
    member,
    mentor_block,
    mentor_offer,
    mentor_request,
    pairing,
    pairing_batch,
)

_HOURS_A_DAY = 24


class PostgresMentorOffers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, offer: StandingOffer) -> None:
        values: Mapping[str, Any] = {
            "topics": list(offer.topics),
            "phases": sorted(offer.phases),
            "languages": list(offer.languages),
            "hours": _stored(offer.hours),
            "capacity": offer.capacity,
            "offered_at": offer.offered_at,
            "paused_until": offer.paused_until,
        }
        await self._connection.execute(
            insert(mentor_offer)
            .values(member_id=offer.member_id, **values)
            .on_conflict_do_update(index_elements=["member_id"], set_=values)
        )

    async def get(self, member_id: int) -> StandingOffer | None:
        query = select(mentor_offer).where(mentor_offer.c.member_id == member_id)
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else _offer(row)

    async def remove(self, member_id: int) -> None:
        await self._connection.execute(
            delete(mentor_offer).where(mentor_offer.c.member_id == member_id)
        )

    async def of_community(self, community_id: int) -> Sequence[OfferingMentor]:
        here = member.c.community_id == community_id
        offers = (
            select(mentor_offer)
            .join(member, member.c.id == mentor_offer.c.member_id)
            .where(here)
            .order_by(mentor_offer.c.member_id)
        )
        found = [
            _offer(row) for row in (await self._connection.execute(offers)).mappings()
        ]
        theirs = MEMBER.where(member.c.id.in_(select(mentor_offer.c.member_id)), here)
        members = [member_of(row) for row in await self._connection.execute(theirs)]
        by_id = {one.id: one for one in members}
        return [OfferingMentor(offer=one, member=by_id[one.member_id]) for one in found]


class PostgresMentorRequests:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, request: StandingRequest) -> int:
        query = (
            insert(mentor_request)
            .values(
                member_id=request.member_id,
                topics=list(request.topics),
                goal=request.goal,
                languages=list(request.languages),
                hours=_stored(request.hours),
                weeks=request.weeks,
                asked_at=request.asked_at,
                state=request.state,
                ended_at=request.ended_at,
                head_start_days=request.head_start_days,
                shares=request.shares,
            )
            .returning(mentor_request.c.id)
        )
        try:
            async with self._connection.begin_nested():
                added: int = (await self._connection.execute(query)).scalar_one()
        except IntegrityError as error:
            if "uq_mentor_request_waiting" not in str(error.orig):
                raise
            raise StillWaiting from error
        return added

    async def get(self, request_id: int) -> StandingRequest:
        query = select(mentor_request).where(mentor_request.c.id == request_id)
        return _request((await self._connection.execute(query)).mappings().one())

    async def waiting_of(self, member_id: int) -> StandingRequest | None:
        query = select(mentor_request).where(
            mentor_request.c.member_id == member_id,
            mentor_request.c.state == RequestState.WAITING,
        )
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else _request(row)

    async def save(self, request: StandingRequest) -> None:
        await self._connection.execute(
            update(mentor_request)
            .where(mentor_request.c.id == request.id)
            .where(mentor_request.c.state == RequestState.WAITING)
            .values(
                state=request.state, ended_at=request.ended_at, shares=request.shares
            )
        )

    async def waiting(self, community_id: int) -> Sequence[WaitingMentee]:
        is_waiting = mentor_request.c.state == RequestState.WAITING
        here = member.c.community_id == community_id
        requests = (
            select(mentor_request)
            .join(member, member.c.id == mentor_request.c.member_id)
            .where(is_waiting, here)
            .order_by(mentor_request.c.asked_at, mentor_request.c.id)
        )
        return await self._with_members(requests)

    async def sharing(self, community_id: int) -> Sequence[WaitingMentee]:
        requests = (
            select(mentor_request)
            .join(pairing, pairing.c.request_id == mentor_request.c.id)
            .where(pairing.c.community_id == community_id)
            .where(pairing.c.kind == PairingKind.MENTOR)
            .where(pairing.c.state == PairingState.ACTIVE)
            .where(mentor_request.c.shares)
            .order_by(mentor_request.c.id)
        )
        return await self._with_members(requests)

    async def _with_members(self, requests: Select[Any]) -> Sequence[WaitingMentee]:
        rows = (await self._connection.execute(requests)).mappings()
        found = [_request(row) for row in rows]
        if not found:
            return []
        theirs = MEMBER.where(member.c.id.in_([one.member_id for one in found]))
        members = [member_of(row) for row in await self._connection.execute(theirs)]
        by_id = {one.id: one for one in members}
        return [
            WaitingMentee(request=one, member=by_id[one.member_id]) for one in found
        ]

    async def since(self, community_id: int, at: datetime) -> Sequence[StandingRequest]:
        query = (
            select(mentor_request)
            .join(member, member.c.id == mentor_request.c.member_id)
            .where(member.c.community_id == community_id)
            .where(
                or_(
                    mentor_request.c.asked_at >= at,
                    mentor_request.c.state == RequestState.WAITING,
                )
            )
            .order_by(mentor_request.c.asked_at, mentor_request.c.id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [_request(row) for row in rows]


class PostgresBlocks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, member_id: int, blocked_id: int, at: datetime) -> None:
        await self._connection.execute(
            insert(mentor_block)
            .values(member_id=member_id, blocked_id=blocked_id, at=at)
            .on_conflict_do_nothing()
        )

    async def of_community(self, community_id: int) -> Collection[tuple[int, int]]:
        query = (
            select(mentor_block.c.member_id, mentor_block.c.blocked_id)
            .join(member, member.c.id == mentor_block.c.member_id)
            .where(member.c.community_id == community_id)
        )
        rows = await self._connection.execute(query)
        return {(row.member_id, row.blocked_id) for row in rows}


class PostgresPairingBatches:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def hold(self, community_id: int) -> None:
        await self._connection.execute(
            insert(pairing_batch)
            .values(community_id=community_id)
            .on_conflict_do_nothing()
        )
        await self._connection.execute(
            select(pairing_batch.c.community_id)
            .where(pairing_batch.c.community_id == community_id)
            .with_for_update()
        )

    async def claim(self, community_id: int, on: date) -> bool:
        await self.hold(community_id)
        written = await self._connection.execute(
            update(pairing_batch)
            .where(pairing_batch.c.community_id == community_id)
            .where(func.coalesce(pairing_batch.c.on, date.min) < on)
            .values(on=on)
            .returning(pairing_batch.c.community_id)
        )
        return written.scalar_one_or_none() is not None


def _stored(hours: Iterable[WeekHour]) -> list[int]:
    return sorted(one.weekday * _HOURS_A_DAY + one.hour for one in hours)


def _hours(stored: Iterable[int]) -> frozenset[WeekHour]:
    return frozenset(WeekHour(*divmod(one, _HOURS_A_DAY)) for one in stored)


def _offer(row: RowMapping) -> StandingOffer:
    return StandingOffer(
        member_id=row["member_id"],
        topics=tuple(row["topics"]),
        phases=frozenset(row["phases"]),
        languages=tuple(row["languages"]),
        hours=_hours(row["hours"]),
        capacity=row["capacity"],
        offered_at=row["offered_at"],
        paused_until=row["paused_until"],
    )


def _request(row: RowMapping) -> StandingRequest:
    return StandingRequest(
        id=row["id"],
        member_id=row["member_id"],
        topics=tuple(row["topics"]),
        goal=row["goal"],
        languages=tuple(row["languages"]),
        hours=_hours(row["hours"]),
        weeks=row["weeks"],
        asked_at=row["asked_at"],
        state=RequestState(row["state"]),
        ended_at=row["ended_at"],
        head_start_days=row["head_start_days"],
        shares=row["shares"],
    )
