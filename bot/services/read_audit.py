"""What organisers did in a community, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.member import Member
from bot.services.ports.audit import Audited
from bot.services.world import World

# A phone's screen, with a reason of a line or two each.
PAGE = 10


@dataclass(frozen=True, kw_only=True)
class AuditPage:
    entries: Sequence[Audited]
    older: int | None
    """What to ask for `before` to go on; None on the last page."""


async def read_audit(
    world: World, member: Member, *, before: int | None = None
) -> AuditPage:
    """By id and not by number: what is added meanwhile shifts no page."""
    async with world.unit_of_work() as unit:
        found = await unit.audit.read(
            member.community.id, limit=PAGE + 1, before=before
        )
    entries = found[:PAGE]
    return AuditPage(
        entries=entries, older=entries[-1].id if len(found) > PAGE else None
    )
