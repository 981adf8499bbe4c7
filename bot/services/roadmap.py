"""Where a member stands on the roadmap."""

from collections.abc import Sequence

from bot.domain.member import Member
from bot.domain.progression import PhaseStanding, standing
from bot.services.record import record_of
from bot.services.world import World


async def read_progress(world: World, member: Member) -> Sequence[PhaseStanding]:
    """By phase, in the roadmap's order."""
    async with world.unit_of_work() as unit:
        record = record_of(await unit.events.of_person(member.person_id))
    return standing(
        record.solved,
        roadmap={
            phase.number: {
                topic.id: [skill.id for skill in topic.skills] for topic in phase.topics
            }
            for phase in world.catalogue.roadmap.phases
        },
        skills_of={one.id: one.skills for one in world.catalogue.all},
    )
