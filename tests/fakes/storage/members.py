from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import Calendar
from bot.domain.event import EventKind
from bot.domain.member import Community, Member
from bot.services.errors import MemberNotFound
from bot.services.ports.members import Account
from tests.fakes.storage.store import FakeStore


class FakeMembers:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def enter(
        self, account: Account, community_external_id: str, at: datetime
    ) -> tuple[Member, bool]:
        community = self._community(account.platform, community_external_id)
        taken = [*self._store.people.values(), *self._store.gone]
        person_id = self._store.people.setdefault(
            (account.platform, account.external_id), max(taken, default=0) + 1
        )
        for member in self._store.members.values():
            if (member.community.id, member.person_id) == (community.id, person_id):
                followed = self._follow_platform(member, account)
                return self._store.seen(followed), False
        member = self._of_person(
            Member(
                id=max(self._store.platform_names, default=0) + 1,
                person_id=person_id,
                community=community,
                name=account.name,
                joined_at=at,
                platform_language=account.language,
                platform_time_zone=account.time_zone,
            )
        )
        self._store.members[member.id] = member
        self._store.platform_names[member.id] = account.name
        return self._store.seen(member), True

    async def get(self, member_id: int, *, lock: bool = False) -> Member:
        if member_id not in self._store.members:
            raise MemberNotFound(member_id)
        return self._store.seen(self._store.members[member_id])

    async def called(self, community_id: int, name: str) -> Sequence[Member]:
        here = [
            one
            for one in self._store.members.values()
            if one.community.id == community_id
        ]
        called = {one: key[1] for key, one in self._store.people.items()}
        exact = [one for one in here if called[one.person_id] == name]
        alike = [one for one in here if one.name.lower() == name.lower()]
        return [self._store.seen(one) for one in exact or alike]

    async def of_person(self, person_id: int) -> Sequence[Member]:
        people = self._store.people_with(person_id)
        found = [one for one in self._store.members.values() if one.person_id in people]
        return [self._store.seen(one) for one in found]

    async def find(
        self, platform: str, external_id: str, community_external_id: str
    ) -> Member | None:
        person_id = self._store.people.get((platform, external_id))
        return next(
            (
                member
                for member in self._store.members.values()
                if member.person_id == person_id
                and member.community.platform == platform
                and member.community.external_id == community_external_id
            ),
            None,
        )

    async def people_after(self, person_id: int, *, limit: int) -> Sequence[int]:
        people = set(self._store.people.values()) - self._store.joined.keys()
        return sorted(one for one in people if one > person_id)[:limit]

    async def named(
        self, community_id: int, begun: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        names = {person: name for (_, name), person in self._store.people.items()}
        found = [
            (names[member.person_id], member.name)
            for member in self._store.members.values()
            if member.community.id == community_id
            and member.name.lower().startswith(begun.lower())
            and not member.hidden
        ]
        return sorted(found, key=lambda one: one[1].lower())[:limit]

    async def home(self, platform: str, external_id: str) -> Community | None:
        person_id = self._store.people.get((platform, external_id))
        found = [
            member.community
            for member in self._store.members.values()
            if member.person_id == person_id and member.community.platform == platform
        ]
        return found[-1] if found else None

    async def save(self, member: Member) -> None:
        before = await self.get(member.id)
        self._store.members[member.id] = replace(
            self._store.members[member.id], name=member.name, phase=member.phase
        )
        people = self._store.people_with(before.person_id)
        first = self._store.joined.get(before.person_id, before.person_id)
        for each in list(self._store.members.values()):
            if each.person_id not in people:
                continue
            hidden = each.hidden if before.hidden == member.hidden else member.hidden
            chosen = member if each.person_id == first else each
            self._store.members[each.id] = replace(
                _with_settings(each, chosen), hidden=hidden
            )

    async def keep_calendar(self, member_id: int, calendar: Calendar) -> None:
        member = await self.get(member_id)
        self._store.members[member_id] = replace(member, calendar=calendar)

    async def focus(self, member_id: int, challenge_id: str) -> None:
        await self.get(member_id)
        member = self._store.members[member_id]
        self._store.members[member_id] = replace(member, focus=challenge_id)

    async def active(
        self, community_id: int, phase: int | None, since: date
    ) -> Sequence[Member]:
        people = {
            event.person_id
            for event in self._store.events.values()
            if event.kind in {EventKind.SOLVED, EventKind.REPEATED}
            and event.local_on >= since
        }
        return [
            member
            for member in self._store.members.values()
            if member.community.id == community_id
            and member.person_id in people
            and phase in {None, member.phase}
        ]

    async def phases(self, community_id: int) -> Mapping[int, int]:
        phases = sorted(
            member.phase
            for member in self._store.members.values()
            if member.community.id == community_id
        )
        return {phase: phases.count(phase) for phase in phases}

    def _community(self, platform: str, external_id: str) -> Community:
        return self._store.communities.setdefault(
            (platform, external_id),
            Community(
                id=len(self._store.communities) + 1,
                platform=platform,
                external_id=external_id,
                name=external_id,
            ),
        )

    def _follow_platform(self, member: Member, seen: Account) -> Member:
        member = replace(
            member,
            platform_language=seen.language or member.platform_language,
            platform_time_zone=seen.time_zone or member.platform_time_zone,
        )
        if self._store.platform_names[member.id] != seen.name:
            self._store.platform_names[member.id] = seen.name
            member = replace(member, name=seen.name)
        self._store.members[member.id] = member
        return member

    def _of_person(self, new: Member) -> Member:
        """With the settings that the person has chosen in another community."""
        for member in self._store.members.values():
            if member.person_id == new.person_id:
                return _with_settings(new, member)
        return new


def _with_settings(member: Member, chosen: Member) -> Member:
    return replace(
        member,
        language=chosen.language,
        time_zone=chosen.time_zone,
        day_start_hour=chosen.day_start_hour,
        hidden=chosen.hidden,
        shares=chosen.shares,
        reminded=chosen.reminded,
    )
