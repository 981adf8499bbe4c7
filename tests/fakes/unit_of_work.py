"""The unit of work in memory: the ports' contract, tested beside the real one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from bot.domain.daily import Daily
from bot.domain.event import Event
from bot.domain.leaderboard import Board, Standing
from bot.domain.member import Community, Member
from bot.domain.submission import Submission
from bot.services.errors import MemberNotFound, SubmissionNotFound
from bot.services.ports import (
    Account,
    Boards,
    Communities,
    Dailies,
    Events,
    Members,
    Queue,
    Submissions,
    UnitOfWorkFactory,
)


@dataclass(frozen=True, kw_only=True)
class Total:
    points: int
    solved: int
    reached: int
    """Order in which totals were reached."""


@dataclass
class FakeStore:
    """What is committed. Records are immutable, so copying the containers is enough."""

    communities: dict[tuple[str, str], Community] = field(default_factory=dict)
    people: dict[tuple[str, str], int] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    platform_names: dict[int, str] = field(default_factory=dict)
    submissions: dict[UUID, Submission] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    totals: dict[tuple[Board, int], Total] = field(default_factory=dict)
    dailies: dict[tuple[int, int, date], Daily] = field(default_factory=dict)
    jobs: list[UUID] = field(default_factory=list)
    """Submissions to judge; a test takes them out."""

    def copy(self) -> "FakeStore":
        return FakeStore(**{name: held.copy() for name, held in vars(self).items()})

    def become(self, other: "FakeStore") -> None:
        vars(self).update(vars(other.copy()))


class FakeCommunities:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(
        self,
        platform: str,
        external_id: str,
        *,
        name: str,
        language: str,
        time_zone: str,
    ) -> Community:
        known = self._store.communities.get((platform, external_id))
        community = Community(
            id=known.id if known else len(self._store.communities) + 1,
            platform=platform,
            external_id=external_id,
            name=name,
            language=language,
            time_zone=time_zone,
        )
        self._store.communities[platform, external_id] = community
        for member in self._store.members.values():
            if member.community.id == community.id:
                changed = replace(member, community=community)
                self._store.members[member.id] = changed
        return community

    async def all(self) -> Sequence[Community]:
        return list(self._store.communities.values())


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


class FakeSubmissions:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, submission: Submission) -> None:
        if submission.member_id not in self._store.members:
            raise MemberNotFound(submission.member_id)
        if submission.id in self._store.submissions:
            raise ValueError(submission.id)
        self._store.submissions[submission.id] = submission

    async def get(self, submission_id: UUID, *, lock: bool = False) -> Submission:
        if submission_id not in self._store.submissions:
            raise SubmissionNotFound(submission_id)
        return self._store.submissions[submission_id]

    async def save(self, submission: Submission) -> None:
        await self.get(submission.id)
        self._store.submissions[submission.id] = submission

    async def history(
        self, person_id: int, challenge_id: str | None = None, limit: int = 20
    ) -> Sequence[Submission]:
        found = [
            submission
            for submission in self._store.submissions.values()
            if submission.person_id == person_id
            and challenge_id in (None, submission.challenge_id)
        ]
        found.sort(key=lambda each: (each.submitted_at, each.id), reverse=True)
        return found[:limit]

    async def attempts(self, person_id: int, challenge_id: str) -> int:
        numbers = [
            submission.attempt or 0
            for submission in self._store.submissions.values()
            if submission.person_id == person_id
            and submission.challenge_id == challenge_id
        ]
        return max(numbers, default=0)

    async def count_since(self, person_id: int, since: datetime) -> int:
        return sum(
            submission.person_id == person_id and submission.submitted_at >= since
            for submission in self._store.submissions.values()
        )


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
        events = self._store.events.values()
        return [event for event in events if event.person_id == person_id]


class FakeBoards:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, boards: Sequence[Board], member_id: int, points: int) -> None:
        if member_id not in self._store.members:
            raise MemberNotFound(member_id)
        totals = self._store.totals
        now = max((total.reached for total in totals.values()), default=0) + 1
        for board in boards:
            before = totals.get(
                (board, member_id), Total(points=0, solved=0, reached=0)
            )
            totals[board, member_id] = Total(
                points=before.points + points,
                solved=before.solved + 1,
                reached=now if points > 0 else before.reached,
            )

    async def top(
        self, board: Board, *, limit: int, offset: int = 0
    ) -> Sequence[Standing]:
        rows = [
            (-total.points, total.reached, member_id)
            for member_id, total in self._of(board).items()
            if not self._store.members[member_id].hidden
        ]
        page = sorted(rows)[offset : offset + limit]
        return [self._standing(board, member_id) for *_, member_id in page]

    async def standing(self, board: Board, member_id: int) -> Standing | None:
        if member_id not in self._of(board):
            return None
        return self._standing(board, member_id)

    def _of(self, board: Board) -> Mapping[int, Total]:
        return {
            member_id: total
            for (on, member_id), total in self._store.totals.items()
            if on == board and total.points > 0
        }

    def _standing(self, board: Board, member_id: int) -> Standing:
        totals = self._of(board)
        own = totals[member_id]
        ahead = sum(
            total.points > own.points and not self._store.members[other].hidden
            for other, total in totals.items()
        )
        return Standing(
            rank=ahead + 1,
            member_id=member_id,
            name=self._store.members[member_id].name,
            points=own.points,
            solved=own.solved,
        )


class FakeDailies:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, daily: Daily) -> Daily:
        key = (daily.community_id, daily.phase, daily.on)
        return self._store.dailies.setdefault(key, daily)

    async def find(self, community_id: int, phase: int, on: date) -> Daily | None:
        return self._store.dailies.get((community_id, phase, on))

    async def posted(self, community_id: int, phase: int) -> Sequence[Daily]:
        found = [
            daily
            for daily in self._store.dailies.values()
            if (daily.community_id, daily.phase) == (community_id, phase)
        ]
        return sorted(found, key=lambda daily: daily.on)


class FakeQueue:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def defer_judging(self, submission: Submission) -> None:
        self._store.jobs.append(submission.id)


class FakeUnitOfWork:
    """Works on a copy of the store, which `commit` puts in its place.

    Of two that overlap, the last to commit wins whole: there are no rows to lock.
    """

    communities: Communities
    members: Members
    submissions: Submissions
    events: Events
    boards: Boards
    dailies: Dailies
    queue: Queue

    def __init__(self, store: FakeStore) -> None:
        self._committed = store

    async def __aenter__(self) -> Self:
        self._draft = self._committed.copy()
        self.communities = FakeCommunities(self._draft)
        self.members = FakeMembers(self._draft)
        self.submissions = FakeSubmissions(self._draft)
        self.events = FakeEvents(self._draft)
        self.boards = FakeBoards(self._draft)
        self.dailies = FakeDailies(self._draft)
        self.queue = FakeQueue(self._draft)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        del self._draft

    async def commit(self) -> None:
        self._committed.become(self._draft)


def fake_unit_of_work_factory(store: FakeStore) -> UnitOfWorkFactory:
    return lambda: FakeUnitOfWork(store)
