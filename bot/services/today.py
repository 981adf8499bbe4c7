"""The daily of a community for each phase: chosen once, the same for everyone."""

from collections.abc import Sequence

from bot.domain.daily import Daily, choose
from bot.domain.member import Community, Member
from bot.services.errors import Refused
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.show import Shown, look_at
from bot.services.world import World


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


async def post_dailies(world: World, community: Community) -> Sequence[Daily]:
    """Today's daily of each phase that has members and challenges."""
    async with world.unit_of_work() as unit:
        phases = await unit.members.phases(community.id)
        dailies = [
            await ensure_daily(world, unit, community, phase)
            for phase in sorted(phases)
            if world.catalogue.of_phase(phase)
        ]
        await unit.commit()
    return dailies


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
    chosen = choose(
        world.catalogue.of_phase(phase),
        await unit.dailies.posted(community.id, phase),
        community_id=community.id,
        phase=phase,
        on=on,
    )
    if chosen is None:
        raise Refused("no_challenges", phase=phase)
    daily = Daily(community_id=community.id, phase=phase, on=on, challenge_id=chosen)
    return daily if found is not None else await unit.dailies.put(daily)
