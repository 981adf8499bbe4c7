"""Somebody speaks: who are they here?"""

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.services.follow_zone import follow_zone
from bot.services.ports.members import Account
from bot.services.world import World


async def enter(world: World, account: Account, community_external_id: str) -> Member:
    """The member behind an account, made on first sight."""
    at = world.now()
    async with world.unit_of_work() as unit:
        member, is_new = await unit.members.enter(account, community_external_id, at)
        member = await follow_zone(unit, member, at)
        if is_new:
            await unit.phase_roles.ask(member.id, at)
            await unit.events.append(
                Event(
                    kind=EventKind.JOINED,
                    key=f"joined:{member.id}",
                    person_id=member.person_id,
                    member_id=member.id,
                    occurred_at=at,
                    local_on=member.date_of(at),
                )
            )
        await unit.commit()
    return member
