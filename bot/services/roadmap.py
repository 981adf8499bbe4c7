"""Where a member stands on the roadmap."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain.event import Event
from bot.domain.mastery import memories
from bot.domain.member import Member
from bot.domain.progression import PhaseStanding, Roadmap, standing
from bot.services.world import World
from challenges.catalogue_index import Catalogue
from challenges.challenge import Challenge


async def read_progress(world: World, member: Member) -> Sequence[PhaseStanding]:
    """By phase, in the roadmap's order."""
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
    return progress_of(world.catalogue, events, today=world.today_of(member))


def progress_of(
    catalogue: Catalogue, events: Iterable[Event], *, today: date
) -> Sequence[PhaseStanding]:
    challenges = challenges_by_id(catalogue)
    return standing(
        memories(events, challenges=challenges),
        roadmap=skills_by_topic(catalogue),
        challenges=challenges,
        today=today,
    )


def challenges_by_id(catalogue: Catalogue) -> Mapping[str, Challenge]:
    return {challenge.id: challenge for challenge in catalogue.all}


def skills_by_topic(catalogue: Catalogue) -> Roadmap:
    return {
        phase.number: {
            topic.id: [skill.id for skill in topic.skills] for topic in phase.topics
        }
        for phase in catalogue.roadmap.phases
    }
