"""A member's days follow their zone: chosen, told by the platform, the community's."""

from dataclasses import replace
from datetime import datetime

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.streak import zone_facts
from bot.services.ports.unit_of_work import UnitOfWork


async def follow_zone(unit: UnitOfWork, member: Member, at: datetime) -> Member:
    """The member, with the change to come written down when there is one."""
    if member.calendar is not None and member.calendar.last_wish == member.wished_days:
        return member
    calendar = member.calendar_in_force.turned_to(member.wished_days, at)
    await unit.members.keep_calendar(member.id, calendar)
    if member.calendar is not None:
        wish = member.wished_days
        left_on = member.date_of(at)
        in_force_at = calendar.day_ends_at(at)
        await unit.events.append(
            Event(
                kind=EventKind.ZONE_CHANGED,
                key=f"zone:{member.id}:{at.isoformat()}:{wish.zone}:{wish.start_hour}",
                person_id=member.person_id,
                member_id=member.id,
                occurred_at=at,
                local_on=calendar.date_of(in_force_at),
                facts=zone_facts(wish, left_on, in_force_at),
            )
        )
    return replace(member, calendar=calendar)
