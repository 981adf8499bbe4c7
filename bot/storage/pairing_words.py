"""What the two of a pairing say of it: check-ins, feedback, reports."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.pairing.hearing import CheckIn, CheckInAnswer, Feedback
from bot.domain.pairing.report import MentorReport
from bot.storage.tables import check_in, mentor_report, pairing, pairing_feedback


class PostgresCheckIns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, new: CheckIn) -> None:
        values = {"answered_at": new.answered_at, "answer": new.answer}
        await self._connection.execute(
            insert(check_in)
            .values(
                pairing_id=new.pairing_id,
                member_id=new.member_id,
                day=new.day,
                **values,
            )
            .on_conflict_do_update(
                index_elements=["pairing_id", "member_id", "day"], set_=values
            )
        )

    async def of_pairing(self, pairing_id: int) -> Sequence[CheckIn]:
        query = (
            select(check_in)
            .where(check_in.c.pairing_id == pairing_id)
            .order_by(check_in.c.day, check_in.c.member_id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [
            CheckIn(**{**row, "answer": CheckInAnswer(row["answer"])}) for row in rows
        ]


class PostgresPairingFeedback:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, new: Feedback) -> None:
        values = {"at": new.at, "rating": new.rating, "note": new.note}
        await self._connection.execute(
            insert(pairing_feedback)
            .values(pairing_id=new.pairing_id, member_id=new.member_id, **values)
            .on_conflict_do_update(
                index_elements=["pairing_id", "member_id"], set_=values
            )
        )

    async def of_pairing(self, pairing_id: int) -> Sequence[Feedback]:
        query = (
            select(pairing_feedback)
            .where(pairing_feedback.c.pairing_id == pairing_id)
            .order_by(pairing_feedback.c.at, pairing_feedback.c.member_id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [Feedback(**row) for row in rows]

    async def of_community(
        self, community_id: int, since: datetime
    ) -> Sequence[Feedback]:
        query = (
            select(pairing_feedback)
            .join(pairing, pairing.c.id == pairing_feedback.c.pairing_id)
            .where(pairing.c.community_id == community_id)
            .where(pairing_feedback.c.at >= since)
            .order_by(pairing_feedback.c.at, pairing_feedback.c.member_id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [Feedback(**row) for row in rows]


class PostgresMentorReports:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, report: MentorReport) -> None:
        await self._connection.execute(
            insert(mentor_report).values(
                pairing_id=report.pairing_id,
                member_id=report.member_id,
                at=report.at,
                what=report.what,
            )
        )

    async def unsettled(self, community_id: int) -> Sequence[MentorReport]:
        query = (
            select(
                mentor_report.c.id,
                mentor_report.c.pairing_id,
                mentor_report.c.member_id,
                mentor_report.c.at,
                mentor_report.c.what,
            )
            .join(pairing, pairing.c.id == mentor_report.c.pairing_id)
            .where(pairing.c.community_id == community_id)
            .where(mentor_report.c.settled_at.is_(None))
            .order_by(mentor_report.c.id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [MentorReport(**row) for row in rows]

    async def settle(self, report_id: int, at: datetime) -> None:
        await self._connection.execute(
            update(mentor_report)
            .where(mentor_report.c.id == report_id)
            .values(settled_at=at)
        )
