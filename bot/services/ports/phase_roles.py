"""The platform's role that each member was last given for their phase."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class RoleDue:
    """A member whose role may have to change."""

    member_id: int
    external_id: str
    """Their account on the community's platform."""
    given: str | None
    """The role that they have of us, by the platform's id."""
    asked_at: datetime


class PhaseRoles(Protocol):
    async def ask(self, member_id: int, at: datetime) -> None:
        """The member's role is to be brought to their phase, after this commits."""
        ...

    async def ask_all(self, community_id: int, at: datetime) -> None: ...

    async def due(self, platforms: Collection[str], *, limit: int) -> Sequence[RoleDue]:
        """Who waited longest first, of communities on these platforms."""
        ...

    async def keep(self, due: RoleDue, given: str | None) -> None:
        """What they have now; asked again meanwhile, they stay due."""
        ...
