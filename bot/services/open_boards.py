"""Boards that everybody may read, when organisers want that."""

from bot.domain.audit import AuditAct, AuditEntry
from bot.domain.member import Community, Member
from bot.services.world import World


async def find_open(world: World, community_id: int) -> Community | None:
    """The community, while its boards are open."""
    async with world.unit_of_work() as unit:
        return await unit.open_boards.find(community_id)


async def set_open(world: World, organiser: Member, *, is_open: bool) -> bool:
    """False when they were so already: nothing is changed or written down."""
    community_id, at = organiser.community.id, world.now()
    async with world.unit_of_work() as unit:
        was_open = await unit.open_boards.find(community_id) is not None
        if was_open is is_open:
            return False
        if is_open:
            await unit.open_boards.open(community_id, at)
        else:
            await unit.open_boards.close(community_id)
        await unit.audit.append(
            AuditEntry(
                community_id=community_id,
                act=AuditAct.BOARDS_OPENED if is_open else AuditAct.BOARDS_CLOSED,
                actor_id=organiser.id,
                at=at,
            )
        )
        await unit.commit()
    return True
