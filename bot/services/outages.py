"""The bot's heartbeat, and the days that are excused because it was down or late."""

from datetime import timedelta

from bot.domain.calendar import local_date
from bot.domain.event import Event, EventKind
from bot.domain.member import Community, Member
from bot.domain.outage import ACTIVE, TAKEN_AWAY, Outage, excused_days
from bot.services.world import World


async def beat(world: World) -> timedelta:
    """Says that we live; how long nobody did before.

    All processes beat together: as long as one of them lives, the bot was not down.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        before = await unit.outages.beat(now)
        silence = now - before if before is not None else timedelta()
        if before is not None and silence >= TAKEN_AWAY:
            down = Outage(began_at=before, ended_at=now, reason="down")
            await unit.outages.add(down)
        await unit.commit()
    return silence


async def excuse_days(world: World) -> int:
    """How many days of how many people were excused now.

    A process that dies half-way leaves the outage unsettled: each event's key makes the
    next one write only what is missing.
    """
    async with world.unit_of_work() as unit:
        open_ones = await unit.outages.unsettled()
        communities = await unit.communities.all() if open_ones else ()
    written = 0
    for outage in open_ones:
        for community in communities:
            if outage.community_id in {None, community.id}:
                written += await _excuse(world, outage, community)
        async with world.unit_of_work() as unit:
            if outage.id is not None:
                await unit.outages.settle(outage.id, world.now())
            await unit.commit()
    return written


async def _excuse(world: World, outage: Outage, community: Community) -> int:
    began_on = local_date(outage.began_at, community.time_zone, 0)
    async with world.unit_of_work() as unit:
        members = await unit.members.active(
            community.id, outage.phase, began_on - ACTIVE
        )
        written = await unit.events.append_all(
            [event for member in members for event in _events(world, outage, member)]
        )
        await unit.commit()
    return written


def _events(world: World, outage: Outage, member: Member) -> list[Event]:
    days = member.calendar_in_force.days_at(outage.ended_at)
    return [
        Event(
            kind=EventKind.DAY_EXCUSED,
            key=f"excused:{member.person_id}:{on.isoformat()}",
            person_id=member.person_id,
            member_id=member.id,
            occurred_at=world.now(),
            local_on=on,
            facts={"reason": outage.reason},
        )
        for on in excused_days(outage, days.zone, days.start_hour)
    ]
