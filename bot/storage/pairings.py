"""Pairings and their history."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.pairing.life import (
    LIVE,
    EndReason,
    Pairing,
    PairingEvent,
    PairingKind,
    PairingState,
    PairingStep,
)
from bot.storage.tables import pairing, pairing_step


class PostgresPairings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, new: Pairing) -> Pairing:
        query = insert(pairing).values(**_values(new)).returning(pairing)
        return _pairing((await self._connection.execute(query)).mappings().one())

    async def get(self, pairing_id: int, *, lock: bool = False) -> Pairing | None:
        query = select(pairing).where(pairing.c.id == pairing_id)
        if lock:
            query = query.with_for_update()
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else _pairing(row)

    async def save(self, changed: Pairing, step: PairingStep | None = None) -> None:
        await self._connection.execute(
            update(pairing).where(pairing.c.id == changed.id).values(**_values(changed))
        )
        if step is not None:
            await self._connection.execute(
                insert(pairing_step).values(
                    pairing_id=step.pairing_id,
                    at=step.at,
                    event=step.event,
                    state=step.state,
                    by_id=step.by_id,
                )
            )

    async def live(self, community_id: int) -> Sequence[Pairing]:
        query = (
            select(pairing)
            .where(pairing.c.community_id == community_id)
            .where(pairing.c.state.in_(LIVE))
            .order_by(pairing.c.id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [_pairing(row) for row in rows]

    async def of_members(self, member_ids: Collection[int]) -> Sequence[Pairing]:
        query = (
            select(pairing)
            .where(
                or_(
                    pairing.c.mentor_id.in_(member_ids),
                    pairing.c.mentee_id.in_(member_ids),
                )
            )
            .order_by(pairing.c.id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [_pairing(row) for row in rows]

    async def counts(
        self, community_id: int, since: datetime
    ) -> Mapping[PairingState, int]:
        query = (
            select(pairing.c.state, func.count())
            .where(pairing.c.community_id == community_id)
            .where(or_(pairing.c.offered_at >= since, pairing.c.state.in_(LIVE)))
            .group_by(pairing.c.state)
        )
        rows = await self._connection.execute(query)
        return {PairingState(state): count for state, count in rows}

    async def steps(self, pairing_id: int) -> Sequence[PairingStep]:
        query = (
            select(pairing_step)
            .where(pairing_step.c.pairing_id == pairing_id)
            .order_by(pairing_step.c.id)
        )
        return [
            PairingStep(
                pairing_id=row.pairing_id,
                at=row.at,
                event=PairingEvent(row.event),
                state=PairingState(row.state),
                by_id=row.by_id,
            )
            for row in await self._connection.execute(query)
        ]

    async def claim(
        self, pairing_id: int, at: datetime, *, free_before: datetime
    ) -> bool:
        written = await self._connection.execute(
            update(pairing)
            .where(pairing.c.id == pairing_id)
            .where(pairing.c.state == PairingState.ACCEPTED)
            .where(
                or_(pairing.c.claimed_at.is_(None), pairing.c.claimed_at < free_before)
            )
            .values(claimed_at=at)
            .returning(pairing.c.id)
        )
        return written.scalar_one_or_none() is not None


def _values(one: Pairing) -> Mapping[str, Any]:
    return {
        "community_id": one.community_id,
        "kind": one.kind,
        "mentor_id": one.mentor_id,
        "mentee_id": one.mentee_id,
        "request_id": one.request_id,
        "other_request_id": one.other_request_id,
        "beside_id": one.beside_id,
        "terms": dict(one.terms),
        "weeks": one.weeks,
        "state": one.state,
        "state_at": one.state_at,
        "offered_at": one.offered_at,
        "heard_at": one.heard_at,
        "active_at": one.active_at,
        "ended_why": one.ended_why,
        "channel": one.channel,
        "asked_days": one.asked_days,
    }


def _pairing(row: RowMapping) -> Pairing:
    why = row["ended_why"]
    known = {name: one for name, one in row.items() if name != "claimed_at"}
    return Pairing(
        **{
            **known,
            "kind": PairingKind(row["kind"]),
            "state": PairingState(row["state"]),
            "ended_why": None if why is None else EndReason(why),
        }
    )
