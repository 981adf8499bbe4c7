"""Another member, as far as they let others see them."""

from bot.domain.member import Member
from bot.services.errors import MemberNotFound
from bot.services.world import World


async def read_member(world: World, reader: Member, member_id: int) -> Member | None:
    """None alike for nobody, another community's member and one who is hidden."""
    async with world.unit_of_work() as unit:
        try:
            found = await unit.members.get(member_id)
        except MemberNotFound:
            return None
    is_shown = not found.hidden and found.community.id == reader.community.id
    return found if is_shown else None
