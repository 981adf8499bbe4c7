"""What is committed, in memory."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from bot.domain.audit import AuditEntry
from bot.domain.board_post import BoardPost
from bot.domain.certificate import Certificate, Revoked
from bot.domain.daily import Daily
from bot.domain.daily_post import DailyPost
from bot.domain.event import Event
from bot.domain.leaderboard import Board
from bot.domain.link import PersonLink
from bot.domain.member import Community, Member
from bot.domain.news import News
from bot.domain.notice import Notice
from bot.domain.outage import Outage
from bot.domain.pairing.hearing import CheckIn, Feedback
from bot.domain.pairing.life import Pairing, PairingStep
from bot.domain.pairing.report import MentorReport
from bot.domain.pairing.session import Session
from bot.domain.pairing.standing import StandingOffer, StandingRequest
from bot.domain.rejudge import Rejudge
from bot.domain.review import Review, ReviewRequest
from bot.domain.schedule import DailySettings
from bot.domain.submission import Submission
from bot.domain.totals import Total
from bot.services.ports.drafts import Draft
from bot.services.ports.similarities import AlikeAnswer


@dataclass(frozen=True, kw_only=True)
class KeptSignIn:
    member_id: int
    started_at: datetime
    ends_at: datetime


@dataclass
class FakeStore:
    """What is committed. Records are immutable, so copying the containers is enough."""

    communities: dict[tuple[str, str], Community] = field(default_factory=dict)
    people: dict[tuple[str, str], int] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    """People who were deleted: nobody gets their number."""
    platform_names: dict[int, str] = field(default_factory=dict)
    submissions: dict[UUID, Submission] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    totals: dict[tuple[Board, int], Total] = field(default_factory=dict)
    follows: set[tuple[int, int]] = field(default_factory=set)
    """Who, whom."""
    dailies: dict[tuple[int, int, date], Daily] = field(default_factory=dict)
    sign_in_links: dict[int, tuple[bytes, datetime]] = field(default_factory=dict)
    sign_ins: dict[bytes, KeptSignIn] = field(default_factory=dict)
    open_boards: dict[int, datetime] = field(default_factory=dict)
    board_posts: dict[int, BoardPost] = field(default_factory=dict)
    jobs: list[UUID] = field(default_factory=list)
    """Submissions to judge; a test takes them out."""

    audit: list[AuditEntry] = field(default_factory=list)
    rejudges: dict[UUID, Rejudge] = field(default_factory=dict)
    turns: dict[tuple[UUID, int], bool] = field(default_factory=dict)
    rejudge_jobs: list[UUID] = field(default_factory=list)
    alike_answers: dict[str, AlikeAnswer] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)
    """Who stands for a person that is joined with others."""
    notices: dict[UUID, Notice] = field(default_factory=dict)
    """Still to be told; a test tells them."""
    news: dict[UUID, News] = field(default_factory=dict)
    news_claims: dict[UUID, tuple[UUID, datetime]] = field(default_factory=dict)
    """By whose batch, since when."""
    links: dict[int, PersonLink] = field(default_factory=dict)
    undone: dict[int, datetime] = field(default_factory=dict)
    link_codes: dict[int, tuple[bytes, int, datetime]] = field(default_factory=dict)
    link_tries: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    schedules: dict[int, DailySettings] = field(default_factory=dict)
    daily_posts: dict[tuple[int, int, date], DailyPost] = field(default_factory=dict)
    beats: list[datetime] = field(default_factory=list)
    """The last heartbeat; empty before the first."""
    outages: dict[int, Outage] = field(default_factory=dict)
    reminders: dict[int, date] = field(default_factory=dict)
    drafts: dict[int, tuple[int, Draft | None]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    roles: dict[int, str | None] = field(default_factory=dict)
    review_requests: dict[UUID, ReviewRequest] = field(default_factory=dict)
    reviews: dict[UUID, Review] = field(default_factory=dict)
    saved_answers: dict[tuple[int, str], str] = field(default_factory=dict)
    """By member and name, the oldest first."""
    roles_asked: dict[int, datetime] = field(default_factory=dict)
    certificates: dict[UUID, Certificate] = field(default_factory=dict)
    revoked: dict[UUID, Revoked] = field(default_factory=dict)

    mentor_offers: dict[int, StandingOffer] = field(default_factory=dict)
    mentor_requests: dict[int, StandingRequest] = field(default_factory=dict)
    pairings: dict[int, Pairing] = field(default_factory=dict)
    pairing_steps: list[PairingStep] = field(default_factory=list)
    pairing_claims: dict[int, datetime] = field(default_factory=dict)
    pairing_batches: dict[int, date] = field(default_factory=dict)
    sessions: dict[int, Session] = field(default_factory=dict)
    session_reminders: dict[tuple[int, int], datetime | None] = field(
        default_factory=dict
    )
    check_ins: dict[tuple[int, int, int], CheckIn] = field(default_factory=dict)
    pairing_feedback: dict[tuple[int, int], Feedback] = field(default_factory=dict)
    blocks: dict[tuple[int, int], datetime] = field(default_factory=dict)
    mentor_reports: dict[int, MentorReport] = field(default_factory=dict)
    settled_reports: set[int] = field(default_factory=set)

    def copy(self) -> "FakeStore":
        return FakeStore(**{name: held.copy() for name, held in vars(self).items()})

    def people_with(self, person_id: int) -> set[int]:
        """All whom a person is joined with, and their own id."""
        first = self.joined.get(person_id, person_id)
        return {first} | {one for one, to in self.joined.items() if to == first}

    def seen(self, member: Member) -> Member:
        """With the settings that hold for all that are joined."""
        people = self.people_with(member.person_id)
        every = [one for one in self.members.values() if one.person_id in people]
        first = self.joined.get(member.person_id, member.person_id)
        chosen = next((one for one in every if one.person_id == first), member)
        return replace(
            member,
            language=chosen.language,
            time_zone=chosen.time_zone,
            day_start_hour=chosen.day_start_hour,
            hidden=any(one.hidden for one in every),
        )

    def become(self, other: "FakeStore") -> None:
        vars(self).update(vars(other.copy()))
