"""The phase that a member is in, and which they may go to."""

from dataclasses import dataclass

from bot.domain.member import Member
from bot.domain.progression import PhaseStanding, farthest, reached
from bot.services.roadmap import progress_of
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class PhaseView:
    standing: PhaseStanding
    farthest: int
    """The highest phase that may be chosen without a test."""


async def read_phase(world: World, member: Member) -> PhaseView:
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
    standings = progress_of(world.catalogue, events, today=world.today_of(member))
    highest = reached(events, member_id=member.id, phase=member.phase)
    return PhaseView(
        standing=standings[member.phase - 1],
        farthest=farthest(standings, reached=highest),
    )
