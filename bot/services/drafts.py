"""Several pieces of code came at once: kept until their author says which is meant."""

from collections.abc import Sequence

from bot.domain.member import Member
from bot.services.errors import Refused
from bot.services.world import World


async def keep_draft(
    world: World, member: Member, challenge_id: str, sources: Sequence[str]
) -> int:
    """Its number."""
    async with world.unit_of_work() as unit:
        number = await unit.drafts.put(member.id, challenge_id, sources, world.now())
        await unit.commit()
    return number


async def read_draft(
    world: World, member: Member, number: int, piece: int
) -> tuple[str, str]:
    """The challenge and the source of a piece, counted from one.

    Raises Refused(draft_gone): it is somebody else's, or a newer one came.
    """
    async with world.unit_of_work() as unit:
        draft = await unit.drafts.get(member.id, number)
    if draft is None or not 0 < piece <= len(draft.sources):
        raise Refused("draft_gone")
    return draft.challenge_id, draft.sources[piece - 1]


async def read_whole_draft(
    world: World, member: Member, number: int
) -> tuple[str, ...]:
    """All its pieces; none when it is somebody else's, or a newer one came."""
    async with world.unit_of_work() as unit:
        draft = await unit.drafts.get(member.id, number)
    return () if draft is None else draft.sources
