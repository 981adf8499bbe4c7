"""What the use cases ask of the world outside. Each port has an adapter and a fake."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from bot.domain.daily import Daily
from bot.domain.event import Event
from bot.domain.leaderboard import Board, Standing
from bot.domain.member import Community, Member
from bot.domain.submission import Submission
from runner.job import Job
from runner.report import Report

Clock = Callable[[], datetime]
"""Now, always aware."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """A person as one platform knows them."""

    platform: str
    external_id: str
    name: str
    language: str | None = None
    time_zone: str | None = None


class Members(Protocol):
    async def enter(
        self, account: Account, community_external_id: str, at: datetime
    ) -> tuple[Member, bool]:
        """The member, made with person, account and community on first sight.

        True when the member is new. A changed display name is taken over. Concurrent
        first commands of one person make one member.
        """
        ...

    async def get(self, member_id: int, *, lock: bool = False) -> Member:
        """`lock` holds the person's settings until the transaction ends.

        Raises MemberNotFound.
        """
        ...

    async def home(self, platform: str, external_id: str) -> Community | None:
        """The community of the platform in which the account was last new."""
        ...

    async def save(self, member: Member) -> None:
        """Writes what a person may change: name, phase, settings."""
        ...

    async def focus(self, member_id: int, challenge_id: str) -> None: ...

    async def phases(self, community_id: int) -> Mapping[int, int]:
        """How many members stand in each phase that has any."""
        ...


class Communities(Protocol):
    async def put(
        self,
        platform: str,
        external_id: str,
        *,
        name: str,
        language: str,
        time_zone: str,
    ) -> Community:
        """The community, made or brought to these settings."""
        ...

    async def all(self) -> Sequence[Community]:
        """In the order in which they came."""
        ...


class Submissions(Protocol):
    async def add(self, submission: Submission) -> None: ...

    async def get(self, submission_id: UUID, *, lock: bool = False) -> Submission:
        """`lock` holds the row until the transaction ends.

        Raises SubmissionNotFound.
        """
        ...

    async def save(self, submission: Submission) -> None: ...

    async def history(
        self, person_id: int, challenge_id: str | None = None, limit: int = 20
    ) -> Sequence[Submission]:
        """Newest first."""
        ...

    async def attempts(self, person_id: int, challenge_id: str) -> int:
        """The number of the latest attempt; 0 before the first."""
        ...

    async def count_since(self, person_id: int, since: datetime) -> int: ...


class Events(Protocol):
    async def append(self, event: Event) -> bool:
        """False when an event with the same key is there already: nothing changes."""
        ...

    async def of_person(self, person_id: int) -> Sequence[Event]:
        """In the order of the log."""
        ...


class Boards(Protocol):
    async def add(self, boards: Sequence[Board], member_id: int, points: int) -> None:
        """Count one more solved challenge, and its points, for a member."""
        ...

    async def top(
        self, board: Board, *, limit: int, offset: int = 0
    ) -> Sequence[Standing]:
        """Highest points first, then who had them first; hidden members left out."""
        ...

    async def standing(self, board: Board, member_id: int) -> Standing | None:
        """The member's own row, hidden or not; None before their first points."""
        ...


class Dailies(Protocol):
    async def put(self, daily: Daily) -> Daily:
        """The daily kept for that community, phase and date: the first one put wins."""
        ...

    async def find(self, community_id: int, phase: int, on: date) -> Daily | None: ...

    async def posted(self, community_id: int, phase: int) -> Sequence[Daily]:
        """Oldest first."""
        ...


class Queue(Protocol):
    async def defer_judging(self, submission: Submission) -> None:
        """Part of the unit of work: the job exists if and only if it commits.

        A person's submissions to one challenge are judged one after another, so that
        attempts are counted in order.
        """
        ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without `commit` undoes everything."""

    communities: Communities
    members: Members
    submissions: Submissions
    events: Events
    boards: Boards
    dailies: Dailies
    queue: Queue

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    async def commit(self) -> None: ...


UnitOfWorkFactory = Callable[[], UnitOfWork]


class Judge(Protocol):
    async def judge(self, job: Job) -> Report:
        """Never raises for what a submission does; a fault of ours is in the report.

        Raises `runner.errors.SandboxFull` when nobody is free: the queue tries again.
        """
        ...


Announce = Callable[[UUID], Awaitable[None]]
"""Tells the author of a judged submission; may be called twice for the same one."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the web chat: a member's words or a reply, as the web adapter wrote it.

    `revision` grows with every entry and every change, in commit order, so that a
    reader asks for what is after the last one seen.
    """

    id: int
    revision: int
    community_id: int
    member_id: int | None
    """Whose conversation it belongs to; None is the community's channel."""
    body: Mapping[str, object]
    written_at: datetime


class Transcript(Protocol):
    """The web chat's memory. Each call is its own transaction."""

    async def append(
        self, community_id: int, member_id: int | None, body: Mapping[str, object]
    ) -> Entry: ...

    async def change(
        self, entry_id: int, body: Mapping[str, object], revision: int | None = None
    ) -> Entry:
        """The entry as it is then. With `revision`, it is changed only while it has it.

        Raises EntryNotFound.
        """
        ...

    async def get(self, entry_id: int) -> Entry | None: ...

    async def since(
        self, community_id: int, member_id: int, revision: int, limit: int = 200
    ) -> Sequence[Entry]:
        """The member's and the channel's entries after a revision, in its order.

        From revision 0, the newest `limit` of them.
        """
        ...
