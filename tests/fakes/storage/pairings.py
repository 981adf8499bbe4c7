from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.pairing.hearing import CheckIn, Feedback
from bot.domain.pairing.life import Pairing, PairingState, PairingStep
from bot.domain.pairing.report import MentorReport
from bot.domain.pairing.session import OPEN_SESSIONS, Session
from tests.fakes.storage.store import FakeStore


class FakePairings:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, pairing: Pairing) -> Pairing:
        number = max(self._store.pairings, default=0) + 1
        self._store.pairings[number] = replace(pairing, id=number)
        return self._store.pairings[number]

    async def get(self, pairing_id: int, *, lock: bool = False) -> Pairing | None:
        return self._store.pairings.get(pairing_id)

    async def save(self, pairing: Pairing, step: PairingStep | None = None) -> None:
        self._store.pairings[pairing.id] = pairing
        if step is not None:
            self._store.pairing_steps.append(step)

    async def live(self, community_id: int) -> Sequence[Pairing]:
        return [one for one in self._of(community_id) if one.is_live]

    async def of_members(self, member_ids: Collection[int]) -> Sequence[Pairing]:
        return [
            one
            for one in self._store.pairings.values()
            if one.mentor_id in member_ids or one.mentee_id in member_ids
        ]

    async def counts(
        self, community_id: int, since: datetime
    ) -> Mapping[PairingState, int]:
        return Counter(
            one.state
            for one in self._of(community_id)
            if one.offered_at >= since or one.is_live
        )

    async def steps(self, pairing_id: int) -> Sequence[PairingStep]:
        every = self._store.pairing_steps
        return [one for one in every if one.pairing_id == pairing_id]

    async def claim(
        self, pairing_id: int, at: datetime, *, free_before: datetime
    ) -> bool:
        claimed_at = self._store.pairing_claims.get(pairing_id)
        is_held = claimed_at is not None and claimed_at >= free_before
        if is_held or self._store.pairings[pairing_id].state != PairingState.ACCEPTED:
            return False
        self._store.pairing_claims[pairing_id] = at
        return True

    def _of(self, community_id: int) -> Sequence[Pairing]:
        every = self._store.pairings.values()
        return [one for one in every if one.community_id == community_id]


class FakeMentorSessions:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, session: Session) -> Session:
        number = max(self._store.sessions, default=0) + 1
        self._store.sessions[number] = replace(session, id=number)
        return self._store.sessions[number]

    async def get(self, session_id: int, *, lock: bool = False) -> Session | None:
        return self._store.sessions.get(session_id)

    async def save(self, session: Session) -> None:
        self._store.sessions[session.id] = session

    async def of_pairing(self, pairing_id: int) -> Sequence[Session]:
        every = self._store.sessions.values()
        return [one for one in every if one.pairing_id == pairing_id]

    async def open(self, community_id: int) -> Sequence[Session]:
        return [
            one
            for one in self._store.sessions.values()
            if one.state in OPEN_SESSIONS
            and self._store.pairings[one.pairing_id].community_id == community_id
        ]


class FakeSessionReminders:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def want(self, session_id: int, member_id: int) -> None:
        self._store.session_reminders.setdefault((session_id, member_id), None)

    async def unsent(self, session_id: int) -> Sequence[int]:
        return sorted(
            member_id
            for (session, member_id), sent_at in self._store.session_reminders.items()
            if session == session_id and sent_at is None
        )

    async def send(self, session_id: int, member_id: int, at: datetime) -> bool:
        if member_id not in await self.unsent(session_id):
            return False
        self._store.session_reminders[session_id, member_id] = at
        return True


class FakeCheckIns:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, check_in: CheckIn) -> None:
        key = (check_in.pairing_id, check_in.day, check_in.member_id)
        self._store.check_ins[key] = check_in

    async def of_pairing(self, pairing_id: int) -> Sequence[CheckIn]:
        found = sorted(self._store.check_ins.items(), key=lambda one: one[0])
        return [one for key, one in found if key[0] == pairing_id]


class FakePairingFeedback:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, feedback: Feedback) -> None:
        key = (feedback.pairing_id, feedback.member_id)
        self._store.pairing_feedback[key] = feedback

    async def of_pairing(self, pairing_id: int) -> Sequence[Feedback]:
        every = self._store.pairing_feedback.values()
        return _in_time(one for one in every if one.pairing_id == pairing_id)

    async def of_community(
        self, community_id: int, since: datetime
    ) -> Sequence[Feedback]:
        return _in_time(
            one
            for one in self._store.pairing_feedback.values()
            if one.at >= since
            and self._store.pairings[one.pairing_id].community_id == community_id
        )


class FakeMentorReports:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, report: MentorReport) -> None:
        number = max(self._store.mentor_reports, default=0) + 1
        self._store.mentor_reports[number] = replace(report, id=number)

    async def unsettled(self, community_id: int) -> Sequence[MentorReport]:
        return [
            one
            for one in self._store.mentor_reports.values()
            if one.id not in self._store.settled_reports
            and self._store.pairings[one.pairing_id].community_id == community_id
        ]

    async def settle(self, report_id: int, at: datetime) -> None:
        self._store.settled_reports.add(report_id)


def _in_time(feedback: Iterable[Feedback]) -> Sequence[Feedback]:
    return sorted(feedback, key=lambda one: (one.at, one.member_id))
