"""What mentors offer and mentees ask, and who is never paired with whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.member import Member
from bot.domain.pairing.standing import StandingOffer, StandingRequest


@dataclass(frozen=True, kw_only=True)
class OfferingMentor:
    offer: StandingOffer
    member: Member


@dataclass(frozen=True, kw_only=True)
class WaitingMentee:
    request: StandingRequest
    member: Member


class MentorOffers(Protocol):
    async def put(self, offer: StandingOffer) -> None:
        """In the place of what the member offered before."""
        ...

    async def get(self, member_id: int) -> StandingOffer | None: ...

    async def remove(self, member_id: int) -> None: ...

    async def of_community(self, community_id: int) -> Sequence[OfferingMentor]:
        """Those that are paused, too; by member."""
        ...


class MentorRequests(Protocol):
    async def add(self, request: StandingRequest) -> int:
        """Its id; the one that is given is not read.

        Raises StillWaiting: a member waits once.
        """
        ...

    async def get(self, request_id: int) -> StandingRequest: ...

    async def waiting_of(self, member_id: int) -> StandingRequest | None: ...

    async def save(self, request: StandingRequest) -> None:
        """Whether it is shared, and how it ended; of one that was waiting."""
        ...

    async def waiting(self, community_id: int) -> Sequence[WaitingMentee]:
        """In the order in which they asked."""
        ...

    async def sharing(self, community_id: int) -> Sequence[WaitingMentee]:
        """Served ones of active pairings with a mentor, whose mentee would share."""
        ...

    async def since(self, community_id: int, at: datetime) -> Sequence[StandingRequest]:
        """WaitingMentee then or later, however they ended: for waiting times."""
        ...


class Blocks(Protocol):
    async def put(self, member_id: int, blocked_id: int, at: datetime) -> None: ...

    async def of_community(self, community_id: int) -> Collection[tuple[int, int]]:
        """(who, whom)."""
        ...


class PairingBatches(Protocol):
    async def hold(self, community_id: int) -> None:
        """One pairs a community at a time: until the transaction ends, it is ours."""
        ...

    async def claim(self, community_id: int, on: date) -> bool:
        """Once for each date, and only later ones; `hold` is part of it."""
        ...
