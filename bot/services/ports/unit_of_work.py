"""One transaction, and all that it reaches."""

from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from bot.services.ports.audit import Audit
from bot.services.ports.board_posts import BoardPosts
from bot.services.ports.boards import Boards
from bot.services.ports.certificates import Certificates, Revocations
from bot.services.ports.communities import Communities
from bot.services.ports.dailies import Dailies
from bot.services.ports.daily_posts import DailyPosts
from bot.services.ports.drafts import Drafts
from bot.services.ports.events import Events
from bot.services.ports.friends import Friends
from bot.services.ports.links import LinkCodes, Links
from bot.services.ports.members import Members
from bot.services.ports.mentoring import (
    Blocks,
    MentorOffers,
    MentorRequests,
    PairingBatches,
)
from bot.services.ports.news import NewsItems
from bot.services.ports.notices import Notices
from bot.services.ports.open_boards import OpenBoards
from bot.services.ports.outages import Outages
from bot.services.ports.pairings import (
    CheckIns,
    MentorReports,
    MentorSessions,
    PairingFeedback,
    Pairings,
    SessionReminders,
)
from bot.services.ports.personal_data import PersonalData
from bot.services.ports.phase_roles import PhaseRoles
from bot.services.ports.queue import Queue
from bot.services.ports.rejudges import Rejudges
from bot.services.ports.reminders import Reminders
from bot.services.ports.reviews import ReviewRequests, Reviews, SavedAnswers
from bot.services.ports.schedules import Schedules
from bot.services.ports.sign_ins import SignInLinks, SignIns
from bot.services.ports.similarities import Similarities
from bot.services.ports.submissions import Submissions


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without `commit` undoes everything."""

    communities: Communities
    members: Members
    news: NewsItems
    notices: Notices
    personal_data: PersonalData
    rejudges: Rejudges
    similarities: Similarities
    submissions: Submissions
    events: Events
    boards: Boards
    friends: Friends
    dailies: Dailies
    queue: Queue
    audit: Audit
    link_codes: LinkCodes
    links: Links
    schedules: Schedules
    daily_posts: DailyPosts
    outages: Outages
    sign_in_links: SignInLinks
    sign_ins: SignIns
    open_boards: OpenBoards
    board_posts: BoardPosts
    drafts: Drafts
    reminders: Reminders
    phase_roles: PhaseRoles
    blocks: Blocks
    check_ins: CheckIns
    mentor_offers: MentorOffers
    mentor_reports: MentorReports
    mentor_requests: MentorRequests
    mentor_sessions: MentorSessions
    pairing_batches: PairingBatches
    pairing_feedback: PairingFeedback
    pairings: Pairings
    session_reminders: SessionReminders
    review_requests: ReviewRequests
    reviews: Reviews
    saved_answers: SavedAnswers
    certificates: Certificates
    revocations: Revocations

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    async def commit(self) -> None: ...


UnitOfWorkFactory = Callable[[], UnitOfWork]
