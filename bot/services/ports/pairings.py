"""Pairings and all that hangs on them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.pairing.hearing import CheckIn, Feedback
from bot.domain.pairing.life import Pairing, PairingState, PairingStep
from bot.domain.pairing.report import MentorReport
from bot.domain.pairing.session import Session


class Pairings(Protocol):
    async def add(self, pairing: Pairing) -> Pairing:
        """With the id that it is given."""
        ...

    async def get(self, pairing_id: int, *, lock: bool = False) -> Pairing | None:
        """`lock` holds it until the transaction ends."""
        ...

    async def save(self, pairing: Pairing, step: PairingStep | None = None) -> None:
        """With the step that led there; None where its state is the same."""
        ...

    async def live(self, community_id: int) -> Sequence[Pairing]:
        """Offered, or standing; by id."""
        ...

    async def of_members(self, member_ids: Collection[int]) -> Sequence[Pairing]:
        """All that they ever had, on either side; by id."""
        ...

    async def counts(
        self, community_id: int, since: datetime
    ) -> Mapping[PairingState, int]:
        """Of those that were offered since, or are live."""
        ...

    async def steps(self, pairing_id: int) -> Sequence[PairingStep]:
        """The first one first."""
        ...

    async def claim(
        self, pairing_id: int, at: datetime, *, free_before: datetime
    ) -> bool:
        """To open its conversation; False while somebody else's claim holds."""
        ...


class MentorSessions(Protocol):
    async def add(self, session: Session) -> Session:
        """With the id that it is given."""
        ...

    async def get(self, session_id: int, *, lock: bool = False) -> Session | None: ...

    async def save(self, session: Session) -> None: ...

    async def of_pairing(self, pairing_id: int) -> Sequence[Session]:
        """In the order in which they were proposed."""
        ...

    async def open(self, community_id: int) -> Sequence[Session]:
        """Proposed or agreed."""
        ...


class SessionReminders(Protocol):
    async def want(self, session_id: int, member_id: int) -> None: ...

    async def unsent(self, session_id: int) -> Sequence[int]:
        """The members."""
        ...

    async def send(self, session_id: int, member_id: int, at: datetime) -> bool:
        """False when it was sent before."""
        ...


class CheckIns(Protocol):
    async def put(self, check_in: CheckIn) -> None:
        """In the place of what the member answered for that day before."""
        ...

    async def of_pairing(self, pairing_id: int) -> Sequence[CheckIn]:
        """By day."""
        ...


class PairingFeedback(Protocol):
    async def put(self, feedback: Feedback) -> None:
        """In the place of what the member said of the pairing before."""
        ...

    async def of_pairing(self, pairing_id: int) -> Sequence[Feedback]:
        """By when it was given."""
        ...

    async def of_community(
        self, community_id: int, since: datetime
    ) -> Sequence[Feedback]: ...


class MentorReports(Protocol):
    async def add(self, report: MentorReport) -> None:
        """The id that is given is not read."""
        ...

    async def unsettled(self, community_id: int) -> Sequence[MentorReport]:
        """The oldest first."""
        ...

    async def settle(self, report_id: int, at: datetime) -> None: ...
