"""The unit of work in memory: the ports' contract, tested beside the real one."""

from types import TracebackType
from typing import Self

from bot.services.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from tests.fakes.storage.audit import FakeAudit
from tests.fakes.storage.board_posts import FakeBoardPosts
from tests.fakes.storage.boards import FakeBoards
from tests.fakes.storage.certificates import FakeCertificates, FakeRevocations
from tests.fakes.storage.communities import FakeCommunities
from tests.fakes.storage.dailies import FakeDailies
from tests.fakes.storage.daily_posts import FakeDailyPosts
from tests.fakes.storage.drafts import FakeDrafts
from tests.fakes.storage.events import FakeEvents
from tests.fakes.storage.friends import FakeFriends
from tests.fakes.storage.links import FakeLinkCodes, FakeLinks
from tests.fakes.storage.members import FakeMembers
from tests.fakes.storage.mentoring import (
    FakeBlocks,
    FakeMentorOffers,
    FakeMentorRequests,
    FakePairingBatches,
)
from tests.fakes.storage.news import FakeNews
from tests.fakes.storage.notices import FakeNotices
from tests.fakes.storage.open_boards import FakeOpenBoards
from tests.fakes.storage.outages import FakeOutages
from tests.fakes.storage.pairings import (
    FakeCheckIns,
    FakeMentorReports,
    FakeMentorSessions,
    FakePairingFeedback,
    FakePairings,
    FakeSessionReminders,
)
from tests.fakes.storage.personal_data import FakePersonalData
from tests.fakes.storage.phase_roles import FakePhaseRoles
from tests.fakes.storage.queue import FakeQueue
from tests.fakes.storage.rejudges import FakeRejudges
from tests.fakes.storage.reminders import FakeReminders
from tests.fakes.storage.reviews import (
    FakeReviewRequests,
    FakeReviews,
    FakeSavedAnswers,
)
from tests.fakes.storage.schedules import FakeSchedules
from tests.fakes.storage.sign_ins import FakeSignInLinks, FakeSignIns
from tests.fakes.storage.similarities import FakeSimilarities
from tests.fakes.storage.store import FakeStore
from tests.fakes.storage.submissions import FakeSubmissions


class FakeUnitOfWork(UnitOfWork):
    """Works on a copy of the store, which `commit` puts in its place.

    Of two that overlap, the last to commit wins whole: there are no rows to lock.
    """

    def __init__(self, store: FakeStore) -> None:
        self._committed = store

    async def __aenter__(self) -> Self:
        self._draft = self._committed.copy()
        self.communities = FakeCommunities(self._draft)
        self.members = FakeMembers(self._draft)
        self.news = FakeNews(self._draft)
        self.notices = FakeNotices(self._draft)
        self.personal_data = FakePersonalData(self._draft)
        self.rejudges = FakeRejudges(self._draft)
        self.similarities = FakeSimilarities(self._draft)
        self.submissions = FakeSubmissions(self._draft)
        self.events = FakeEvents(self._draft)
        self.boards = FakeBoards(self._draft)
        self.friends = FakeFriends(self._draft)
        self.dailies = FakeDailies(self._draft)
        self.queue = FakeQueue(self._draft)
        self.audit = FakeAudit(self._draft)
        self.link_codes = FakeLinkCodes(self._draft)
        self.links = FakeLinks(self._draft)
        self.schedules = FakeSchedules(self._draft)
        self.daily_posts = FakeDailyPosts(self._draft)
        self.outages = FakeOutages(self._draft)
        self.sign_in_links = FakeSignInLinks(self._draft)
        self.sign_ins = FakeSignIns(self._draft)
        self.open_boards = FakeOpenBoards(self._draft)
        self.board_posts = FakeBoardPosts(self._draft)
        self.drafts = FakeDrafts(self._draft)
        self.reminders = FakeReminders(self._draft)
        self.phase_roles = FakePhaseRoles(self._draft)
        self.blocks = FakeBlocks(self._draft)
        self.check_ins = FakeCheckIns(self._draft)
        self.mentor_offers = FakeMentorOffers(self._draft)
        self.mentor_reports = FakeMentorReports(self._draft)
        self.mentor_requests = FakeMentorRequests(self._draft)
        self.mentor_sessions = FakeMentorSessions(self._draft)
        self.pairing_batches = FakePairingBatches(self._draft)
        self.pairing_feedback = FakePairingFeedback(self._draft)
        self.pairings = FakePairings(self._draft)
        self.session_reminders = FakeSessionReminders(self._draft)
        self.review_requests = FakeReviewRequests(self._draft)
        self.reviews = FakeReviews(self._draft)
        self.saved_answers = FakeSavedAnswers(self._draft)
        self.certificates = FakeCertificates(self._draft)
        self.revocations = FakeRevocations(self._draft)
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
