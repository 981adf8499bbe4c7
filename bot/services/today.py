"""The daily of a community for each phase: chosen once, the same for everyone."""

from datetime import date, timedelta

from bot.domain.daily import Daily, choose, weak_skills
from bot.domain.member import Community, Member
from bot.services.errors import Refused
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.show import Shown, look_at
from bot.services.world import World

OF_LATE = timedelta(days=28)
"""What was failed longer ago says little of what a phase's members can do by now."""


async def today(world: World, member: Member) -> Shown:
    """Today's challenge for the member's phase.

    Raises Refused(no_challenges) when the catalogue has none for the phase.
    """
    async with world.unit_of_work() as unit:
        daily = await ensure_daily(world, unit, member.community, member.phase)
        challenge = world.catalogue.get(daily.challenge_id)
        shown = await look_at(unit, member, challenge, is_daily=True)
        await unit.commit()
    return shown


async def todays_daily(world: World, member: Member) -> Daily:
    """Which it is, and what it was chosen from. Raises Refused(no_challenges)."""
    async with world.unit_of_work() as unit:
        daily = await ensure_daily(world, unit, member.community, member.phase)
        await unit.commit()
    return daily


async def daily_of(world: World, community: Community, phase: int, on: date) -> Daily:
    """One that was chosen. Raises Refused(no_daily)."""
    async with world.unit_of_work() as unit:
        daily = await unit.dailies.find(community.id, phase, on)
    if daily is None or not world.catalogue.has(daily.challenge_id):
        raise Refused("no_daily")
    return daily


async def ensure_daily(
    world: World, unit: UnitOfWork, community: Community, phase: int
) -> Daily:
    """The daily of that phase and day, chosen now if nobody asked before.

    A daily whose challenge has left the catalogue since is passed over: the day keeps
    its record, and the reader gets the next choice.
    """
    on = world.today_in(community)
    found = await unit.dailies.find(community.id, phase, on)
    if found is not None and world.catalogue.has(found.challenge_id):
        return found
    candidates = world.catalogue.of_phase(phase)
    tallies = await unit.events.tallies(community.id, phase, world.now() - OF_LATE)
    chosen = choose(
        candidates,
        await unit.dailies.posted(community.id, phase),
        community_id=community.id,
        phase=phase,
        on=on,
        weak_skills=weak_skills(candidates, tallies),
    )
    if chosen is None:
        raise Refused("no_challenges", phase=phase)
    return chosen if found is not None else await unit.dailies.put(chosen)
