"""The organisers' log."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.audit import AuditEntry


@dataclass(frozen=True, kw_only=True)
class Audited:
    """An entry as it is read, with the names that its members have now."""

    id: int
    entry: AuditEntry
    actor_name: str | None
    """None when the member is deleted."""
    subject_name: str | None


class Audit(Protocol):
    async def append(self, entry: AuditEntry) -> None:
        """Part of the unit of work: what is written is what was done."""
        ...

    async def read(
        self, community_id: int, *, limit: int, before: int | None = None
    ) -> Sequence[Audited]:
        """Newest first; with `before`, those older than the entry of that id."""
        ...
