"""The unit of work on PostgreSQL: one connection, one transaction, READ COMMITTED."""

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.services.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from bot.storage.audit import PostgresAudit
from bot.storage.board_posts import PostgresBoardPosts
from bot.storage.boards import PostgresBoards
from bot.storage.certificates import PostgresCertificates, PostgresRevocations
from bot.storage.communities import PostgresCommunities
from bot.storage.dailies import PostgresDailies
from bot.storage.daily_posts import PostgresDailyPosts
from bot.storage.database import connected
from bot.storage.drafts import PostgresDrafts
from bot.storage.events import PostgresEvents
from bot.storage.friends import PostgresFriends
from bot.storage.links import PostgresLinkCodes, PostgresLinks
from bot.storage.members import PostgresMembers
from bot.storage.mentor_sessions import PostgresMentorSessions, PostgresSessionReminders
from bot.storage.mentoring import (
    PostgresBlocks,
    PostgresMentorOffers,
    PostgresMentorRequests,
    PostgresPairingBatches,
)
from bot.storage.news import PostgresNews
from bot.storage.notices import PostgresNotices
from bot.storage.open_boards import PostgresOpenBoards
from bot.storage.outages import PostgresOutages
from bot.storage.pairing_words import (
    PostgresCheckIns,
    PostgresMentorReports,
    PostgresPairingFeedback,
)
from bot.storage.pairings import PostgresPairings
from bot.storage.personal_data import PostgresPersonalData
from bot.storage.phase_roles import PostgresPhaseRoles
from bot.storage.queue import PostgresQueue
from bot.storage.rejudges import PostgresRejudges
from bot.storage.reminders import PostgresReminders
from bot.storage.review_requests import PostgresReviewRequests
from bot.storage.reviews import PostgresReviews
from bot.storage.saved_answers import PostgresSavedAnswers
from bot.storage.schedules import PostgresSchedules
from bot.storage.sign_ins import PostgresSignInLinks, PostgresSignIns
from bot.storage.similarities import PostgresSimilarities
from bot.storage.submissions import PostgresSubmissions


class PostgresUnitOfWork(UnitOfWork):
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._leaving = AsyncExitStack()
        self._connection: AsyncConnection | None = None

    async def __aenter__(self) -> Self:
        connection = await self._leaving.enter_async_context(connected(self._engine))
        # Begun here and not by the first statement: a job is deferred on the driver's
        # connection, where SQLAlchemy would not see that there is something to commit.
        await connection.begin()
        self._connection = connection
        self.communities = PostgresCommunities(connection)
        self.members = PostgresMembers(connection)
        self.news = PostgresNews(connection)
        self.notices = PostgresNotices(connection)
        self.personal_data = PostgresPersonalData(connection)
        self.rejudges = PostgresRejudges(connection)
        self.similarities = PostgresSimilarities(connection)
        self.submissions = PostgresSubmissions(connection)
        self.events = PostgresEvents(connection)
        self.boards = PostgresBoards(connection)
        self.friends = PostgresFriends(connection)
        self.dailies = PostgresDailies(connection)
        self.queue = PostgresQueue(connection)
        self.audit = PostgresAudit(connection)
        self.link_codes = PostgresLinkCodes(connection)
        self.links = PostgresLinks(connection)
        self.schedules = PostgresSchedules(connection)
        self.daily_posts = PostgresDailyPosts(connection)
        self.outages = PostgresOutages(connection)
        self.sign_in_links = PostgresSignInLinks(connection)
        self.sign_ins = PostgresSignIns(connection)
        self.open_boards = PostgresOpenBoards(connection)
        self.board_posts = PostgresBoardPosts(connection)
        self.drafts = PostgresDrafts(connection)
        self.reminders = PostgresReminders(connection)
        self.phase_roles = PostgresPhaseRoles(connection)
        self.blocks = PostgresBlocks(connection)
        self.check_ins = PostgresCheckIns(connection)
        self.mentor_offers = PostgresMentorOffers(connection)
        self.mentor_reports = PostgresMentorReports(connection)
        self.mentor_requests = PostgresMentorRequests(connection)
        self.mentor_sessions = PostgresMentorSessions(connection)
        self.pairing_batches = PostgresPairingBatches(connection)
        self.pairing_feedback = PostgresPairingFeedback(connection)
        self.pairings = PostgresPairings(connection)
        self.session_reminders = PostgresSessionReminders(connection)
        self.review_requests = PostgresReviewRequests(connection)
        self.reviews = PostgresReviews(connection)
        self.saved_answers = PostgresSavedAnswers(connection)
        self.certificates = PostgresCertificates(connection)
        self.revocations = PostgresRevocations(connection)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection = None
        await self._leaving.aclose()

    async def commit(self) -> None:
        if self._connection is None:
            raise RuntimeError("commit outside of the unit of work's block")
        await self._connection.commit()


def unit_of_work_factory(engine: AsyncEngine) -> UnitOfWorkFactory:
    return lambda: PostgresUnitOfWork(engine)
