"""A member's streak, folded from their events."""

from bot.domain.member import Member
from bot.domain.streak import Streak, fold
from bot.services.world import World


async def read_streak(world: World, member: Member) -> Streak:
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
    return fold(events, today=world.today_of(member))
