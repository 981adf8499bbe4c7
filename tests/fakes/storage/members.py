from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

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
        person_id = self._store.people.setdefault(
            (account.platform, account.external_id), len(self._store.people) + 1
        )
        for member in self._store.members.values():
            if (member.community.id, member.person_id) == (community.id, person_id):
                return self._follow_platform(member, account), False
        member = self._of_person(
            Member(
                id=len(self._store.members) + 1,
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
        return member, True

    async def get(self, member_id: int, *, lock: bool = False) -> Member:
        if member_id not in self._store.members:
            raise MemberNotFound(member_id)
        return self._store.members[member_id]

    async def home(self, platform: str, external_id: str) -> Community | None:
        person_id = self._store.people.get((platform, external_id))
        found = [
            member.community
            for member in self._store.members.values()
            if member.person_id == person_id and member.community.platform == platform
        ]
        return found[-1] if found else None

    async def save(self, member: Member) -> None:
        saved = replace(
            await self.get(member.id),
            name=member.name,
            phase=member.phase,
        )
        self._store.members[member.id] = saved
        for each in self._store.members.values():
            if each.person_id == saved.person_id:
                self._store.members[each.id] = _with_settings(each, member)

    async def focus(self, member_id: int, challenge_id: str) -> None:
        member = await self.get(member_id)
        self._store.members[member_id] = replace(member, focus=challenge_id)

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
    )
