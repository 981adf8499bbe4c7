"""What is committed, in memory."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bot.domain.audit import AuditEntry
from bot.domain.daily import Daily
from bot.domain.event import Event
from bot.domain.leaderboard import Board
from bot.domain.member import Community, Member
from bot.domain.submission import Submission


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

    audit: list[AuditEntry] = field(default_factory=list)

    def copy(self) -> "FakeStore":
        return FakeStore(**{name: held.copy() for name, held in vars(self).items()})

    def become(self, other: "FakeStore") -> None:
        vars(self).update(vars(other.copy()))
