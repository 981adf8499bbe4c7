"""Days of the week on which a person rests: chosen ahead, in force from tomorrow."""

from datetime import date, datetime, timedelta

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.streak import MOST_REST_DAYS, rest_days_on, rest_facts
from bot.services.errors import Refused
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World


async def read_rest_days(world: World, member: Member) -> frozenset[int]:
    """Those chosen last, whether or not they are in force yet."""
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
    return rest_days_on(events, date.max)


async def choose_rest_days(
    unit: UnitOfWork, member: Member, weekdays: frozenset[int], at: datetime
) -> None:
    """Raises Refused(too_many_rest_days)."""
    if len(weekdays) > MOST_REST_DAYS:
        raise Refused("too_many_rest_days", most=MOST_REST_DAYS)
    events = await unit.events.of_person(member.person_id)
    if rest_days_on(events, date.max) == weekdays:
        return
    times = sum(event.kind is EventKind.REST_DAYS_CHOSEN for event in events)
    await unit.events.append(
        Event(
            kind=EventKind.REST_DAYS_CHOSEN,
            # In the order of choosing also as text, where two share an instant.
            key=f"rest:{member.person_id}:{times:06}",
            person_id=member.person_id,
            member_id=member.id,
            occurred_at=at,
            local_on=member.date_of(at) + timedelta(days=1),
            facts=rest_facts(weekdays),
        )
    )
