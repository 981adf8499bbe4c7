"""Members, with the person, account and community that stand behind them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.calendar import Calendar
from bot.domain.event import EventKind
from bot.domain.member import Community, Member
from bot.services.errors import MemberNotFound
from bot.services.ports.members import Account
from bot.storage.member_rows import MEMBER, OWN, member_of
from bot.storage.tables import account, community, event, member, person
from bot.storage.together import is_hidden, is_of, lock_people, show_or_hide

_MATE = person.alias("mate")


class PostgresMembers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def enter(
        self, account: Account, community_external_id: str, at: datetime
    ) -> tuple[Member, bool]:
        row = await self._find(account, community_external_id)
        is_new = row is None
        if row is None:
            # One first command at a time for each person, whatever the community.
            key = f"{account.platform}:{account.external_id}"
            lock = func.pg_advisory_xact_lock(func.hashtextextended(key, 0))
            await self._connection.execute(select(lock))
            row = await self._find(account, community_external_id)
            is_new = row is None
        if row is None:
            await self._join(account, community_external_id, at)
            row = await self._found(account, community_external_id)
        elif await self._follow_platform(account, row):
            row = await self._found(account, community_external_id)
        return member_of(row), is_new

    async def get(self, member_id: int, *, lock: bool = False) -> Member:
        query = MEMBER.where(member.c.id == member_id)
        if lock:
            await self._lock(member_id)
            # Whoever writes an event or a submission holds the keys of both rows, the
            # member's first: asking for more than they leave would be a deadlock.
            query = query.with_for_update(of=member, key_share=True)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise MemberNotFound(member_id)
        return member_of(row)

    async def called(self, community_id: int, name: str) -> Sequence[Member]:
        here = MEMBER.where(member.c.community_id == community_id).order_by(member.c.id)
        by_account = here.join(
            account, account.c.person_id == member.c.person_id
        ).where(account.c.external_id == name)
        by_name = here.where(func.lower(member.c.name) == name.lower())
        for query in (by_account, by_name.limit(2)):
            rows = (await self._connection.execute(query)).all()
            if rows:
                return [member_of(row) for row in rows]
        return []

    async def of_person(self, person_id: int) -> Sequence[Member]:
        query = MEMBER.where(is_of(member.c.person_id, person_id)).order_by(member.c.id)
        return [member_of(row) for row in await self._connection.execute(query)]

    async def find(
        self, platform: str, external_id: str, community_external_id: str
    ) -> Member | None:
        wanted = Account(platform=platform, external_id=external_id, name="")
        row = await self._find(wanted, community_external_id)
        return None if row is None else member_of(row)

    async def people_after(self, person_id: int, *, limit: int) -> Sequence[int]:
        query = (
            select(person.c.id)
            .where(person.c.id > person_id, person.c.joined_to.is_(None))
            .order_by(person.c.id)
            .limit(limit)
        )
        return list((await self._connection.execute(query)).scalars())

    async def named(
        self, community_id: int, begun: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        own = person.alias("own")
        query = (
            select(account.c.external_id, member.c.name)
            .join(member, member.c.person_id == account.c.person_id)
            .join(community, community.c.id == member.c.community_id)
            .join(own, own.c.id == member.c.person_id)
            .join(person, person.c.id == func.coalesce(own.c.joined_to, own.c.id))
            .where(account.c.platform == community.c.platform)
            .where(community.c.id == community_id)
            .where(func.lower(member.c.name).startswith(begun.lower(), autoescape=True))
            .where(~is_hidden())
            .order_by(func.lower(member.c.name), member.c.id)
            .limit(limit)
        )
        rows = await self._connection.execute(query)
        return [(row.external_id, row.name) for row in rows]

    async def home(self, platform: str, external_id: str) -> Community | None:
        query = (
            select(community)
            .join(member, member.c.community_id == community.c.id)
            .join(account, account.c.person_id == member.c.person_id)
            .where(community.c.platform == platform)
            .where(account.c.platform == platform)
            .where(account.c.external_id == external_id)
            .order_by(member.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else Community(**row)

    async def save(self, changed: Member) -> None:
        # As a verdict does, first of all: neither then waits for what the other holds.
        await self._lock(changed.id)
        written = await self._connection.execute(
            update(member)
            .where(member.c.id == changed.id)
            .values(name=changed.name, phase=changed.phase)
            .returning(member.c.person_id)
        )
        person_id = written.scalar_one_or_none()
        if person_id is None:
            raise MemberNotFound(changed.id)
        stands_for_all = select(func.coalesce(OWN.c.joined_to, OWN.c.id)).where(
            OWN.c.id == person_id
        )
        await self._connection.execute(
            update(person)
            .where(person.c.id == stands_for_all.scalar_subquery())
            .values(
                language=changed.language,
                time_zone=changed.time_zone,
                day_start_hour=changed.day_start_hour,
                shares=changed.shares,
                reminded=changed.reminded,
            )
        )
        # Only when it changes: each account keeps its own for when a link is undone.
        visible = MEMBER.with_only_columns(is_hidden()).where(member.c.id == changed.id)
        if (await self._connection.execute(visible)).scalar_one() != changed.hidden:
            await self._connection.execute(
                update(person)
                .where(is_of(person.c.id, person_id))
                .values(hidden=changed.hidden)
            )
            # After the person's row, which is locked: no total slips between.
            await show_or_hide(self._connection, person_id)

    async def keep_calendar(self, member_id: int, calendar: Calendar) -> None:
        coming = calendar.coming
        written = await self._connection.execute(
            update(member)
            .where(member.c.id == member_id)
            .values(
                counted_zone=calendar.days.zone,
                counted_start_hour=calendar.days.start_hour,
                coming_zone=coming and coming.zone,
                coming_start_hour=coming and coming.start_hour,
                coming_at=calendar.coming_at,
            )
        )
        if written.rowcount == 0:
            raise MemberNotFound(member_id)

    async def focus(self, member_id: int, challenge_id: str) -> None:
        await self._connection.execute(
            update(member).where(member.c.id == member_id).values(focus=challenge_id)
        )

    async def active(
        self, community_id: int, phase: int | None, since: date
    ) -> Sequence[Member]:
        solved = (
            exists()
            .where(event.c.person_id == _MATE.c.id)
            .where(_stands_for(_MATE) == _stands_for(person))
            .where(event.c.kind.in_([EventKind.SOLVED, EventKind.REPEATED]))
            .where(event.c.local_on >= since)
        )
        query = (
            MEMBER.where(member.c.community_id == community_id)
            .where(solved)
            .order_by(member.c.id)
        )
        if phase is not None:
            query = query.where(member.c.phase == phase)
        rows = await self._connection.execute(query)
        return [member_of(row) for row in rows]

    async def phases(self, community_id: int) -> Mapping[int, int]:
        rows = await self._connection.execute(
            select(member.c.phase, func.count())
            .where(member.c.community_id == community_id)
            .group_by(member.c.phase)
            .order_by(member.c.phase)
        )
        return {phase: count for phase, count in rows}  # noqa: C416 - rows are no pairs

    async def _lock(self, member_id: int) -> None:
        own = select(member.c.person_id).where(member.c.id == member_id)
        person_id = (await self._connection.execute(own)).scalar_one_or_none()
        if person_id is not None:
            await lock_people(self._connection, [person_id])

    async def _find(
        self, wanted: Account, community_external_id: str
    ) -> Row[tuple[object, ...]] | None:
        query = (
            MEMBER.add_columns(
                account.c.language.label("account_language"),
                account.c.time_zone.label("account_time_zone"),
            )
            .join(account, account.c.person_id == member.c.person_id)
            .where(account.c.platform == wanted.platform)
            .where(account.c.external_id == wanted.external_id)
            .where(community.c.platform == wanted.platform)
            .where(community.c.external_id == community_external_id)
        )
        return (await self._connection.execute(query)).one_or_none()

    async def _found(
        self, wanted: Account, community_external_id: str
    ) -> Row[tuple[object, ...]]:
        row = await self._find(wanted, community_external_id)
        if row is None:
            raise MemberNotFound(wanted.external_id)
        return row

    async def _join(
        self, new: Account, community_external_id: str, at: datetime
    ) -> None:
        await self._connection.execute(
            insert(member).values(
                community_id=await self._community_id(
                    new.platform, community_external_id
                ),
                person_id=await self._person_id(new),
                name=new.name,
                platform_name=new.name,
                joined_at=at,
            )
        )

    async def _community_id(self, platform: str, external_id: str) -> int:
        await self._connection.execute(
            postgresql.insert(community)
            .values(platform=platform, external_id=external_id, name=external_id)
            .on_conflict_do_nothing()
        )
        query = (
            select(community.c.id)
            .where(community.c.platform == platform)
            .where(community.c.external_id == external_id)
        )
        community_id: int = (await self._connection.execute(query)).scalar_one()
        return community_id

    async def _person_id(self, wanted: Account) -> int:
        query = (
            select(account.c.person_id)
            .where(account.c.platform == wanted.platform)
            .where(account.c.external_id == wanted.external_id)
        )
        known: int | None = (await self._connection.execute(query)).scalar_one_or_none()
        if known is not None:
            return known
        made = insert(person).values(hidden=False).returning(person.c.id)
        person_id: int = (await self._connection.execute(made)).scalar_one()
        await self._connection.execute(
            insert(account).values(
                platform=wanted.platform,
                external_id=wanted.external_id,
                person_id=person_id,
                language=wanted.language,
                time_zone=wanted.time_zone,
            )
        )
        return person_id

    async def _follow_platform(
        self, seen: Account, row: Row[tuple[object, ...]]
    ) -> bool:
        """Takes over what the platform changed; True when anything did."""
        language = seen.language or row.account_language
        time_zone = seen.time_zone or row.account_time_zone
        has_new_place = (language, time_zone) != (
            row.account_language,
            row.account_time_zone,
        )
        if has_new_place:
            await self._connection.execute(
                update(account)
                .where(account.c.platform == seen.platform)
                .where(account.c.external_id == seen.external_id)
                .values(language=language, time_zone=time_zone)
            )
        written = await self._connection.execute(
            update(member)
            .where(member.c.id == row.id)
            .where(member.c.platform_name != seen.name)
            .values(name=seen.name, platform_name=seen.name)
        )
        return has_new_place or written.rowcount > 0


def _stands_for(one: FromClause) -> ColumnElement[int]:
    """Of all whom that person is joined with, the same."""
    return func.coalesce(one.c.joined_to, one.c.id)
