"""A person's own settings."""

from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import available_timezones

from bot.domain.member import Member
from bot.services.errors import Refused
from bot.services.follow_zone import follow_zone
from bot.services.rest_days import choose_rest_days
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is None stays as it is."""

    language: str | None = None
    time_zone: str | None = None
    day_start_hour: int | None = None
    rest_days: frozenset[int] | None = None
    """Weekdays as in ISO 8601: Monday is 1."""
    hidden: bool | None = None
    shares: bool | None = None
    reminded: bool | None = None


async def change_settings(world: World, member: Member, change: Change) -> Member:
    """Raises Refused: unknown_zone, too_many_rest_days."""
    zone = None
    if change.time_zone is not None:
        zone = known_zone(change.time_zone)
    async with world.unit_of_work() as unit:
        member = await unit.members.get(member.id, lock=True)
        changed = replace(
            member,
            language=change.language or member.language,
            time_zone=zone or member.time_zone,
            day_start_hour=member.day_start_hour
            if change.day_start_hour is None
            else change.day_start_hour,
            hidden=member.hidden if change.hidden is None else change.hidden,
            shares=member.shares if change.shares is None else change.shares,
            reminded=member.reminded if change.reminded is None else change.reminded,
        )
        await unit.members.save(changed)
        changed = await follow_zone(unit, changed, world.now())
        for mate in await unit.members.of_person(member.person_id):
            # A person's day turns in all their communities at once: what they solve
            # in each of them is one streak.
            if mate.id != member.id:
                await follow_zone(unit, mate, world.now())
        if change.rest_days is not None:
            await choose_rest_days(unit, changed, change.rest_days, world.now())
        await unit.commit()
    return changed


@cache
def _zones() -> tuple[str, ...]:
    # Reading them takes a dozen milliseconds.
    return tuple(sorted(available_timezones()))


def known_zone(typed: str) -> str:
    """The IANA name that was meant: case and spaces are forgiven, a bare city too."""
    wanted = typed.strip().replace(" ", "_").casefold()
    names = _zones()
    for name in names:
        if name.casefold() == wanted:
            return name
    cities = [name for name in names if name.casefold().endswith("/" + wanted)]
    if not cities:
        raise Refused("unknown_zone", zone=typed.strip()[:40])
    return cities[0]
