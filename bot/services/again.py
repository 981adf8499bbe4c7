"""What to do again: what failed and what fades, each in its time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.again import Return, is_due, returns
from bot.domain.event import Event
from bot.domain.member import Member
from bot.services.roadmap import challenges_by_id
from bot.services.world import World
from challenges.catalogue_index import Catalogue
from challenges.challenge import Kind


@dataclass(frozen=True, kw_only=True)
class Returns:
    due: Sequence[Return]
    later: Sequence[Return]


async def read_returns(world: World, member: Member) -> Returns:
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
    today = world.today_of(member)
    challenges = challenges_by_id(world.catalogue)
    # A review is read by a mentor, and need not be read twice.
    asked = {one.id for one in challenges.values() if one.kind is not Kind.REVIEW}
    planned = returns(events, challenges=challenges, asked=asked)
    return Returns(
        due=[one for one in planned if one.on <= today],
        later=[one for one in planned if one.on > today],
    )


def is_return(
    catalogue: Catalogue, before: Iterable[Event], challenge_id: str, on: date
) -> bool:
    """Whether solving it that day is a return in its time, after what was before."""
    return is_due(challenge_id, before, challenges=challenges_by_id(catalogue), on=on)
