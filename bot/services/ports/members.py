"""The people of the game."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.calendar import Calendar
from bot.domain.member import Community, Member


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
        """`lock` holds the person, and all that they are joined with, until the end.

        Raises MemberNotFound.
        """
        ...

    async def called(self, community_id: int, name: str) -> Sequence[Member]:
        """By what their platform calls them, or else by name, whatever its case."""
        ...

    async def of_person(self, person_id: int) -> Sequence[Member]:
        """Everywhere, under all that they are joined with, in the order they came."""
        ...

    async def find(
        self, platform: str, external_id: str, community_external_id: str
    ) -> Member | None:
        """Nobody is made, unlike by `enter`."""
        ...

    async def people_after(self, person_id: int, *, limit: int) -> Sequence[int]:
        """Who come next; who stands for all that are joined, stands for all."""
        ...

    async def named(
        self, community_id: int, begun: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        """(the platform's id, name) of those whose name begins so, by name.

        Without those who hide.
        """
        ...

    async def home(self, platform: str, external_id: str) -> Community | None:
        """The community of the platform in which the account was last new."""
        ...

    async def save(self, member: Member) -> None:
        """Writes what a person may change: name, phase, settings."""
        ...

    async def keep_calendar(self, member_id: int, calendar: Calendar) -> None:
        """Raises MemberNotFound."""
        ...

    async def focus(self, member_id: int, challenge_id: str) -> None: ...

    async def active(
        self, community_id: int, phase: int | None, since: date
    ) -> Sequence[Member]:
        """Who solved something on that local date or later, one of a person."""
        ...

    async def phases(self, community_id: int) -> Mapping[int, int]:
        """How many members stand in each phase that has any."""
        ...
