"""Into another phase: the event, the member's row, and what follows on the platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.progression import Way, farthest, reached
from bot.services.errors import Refused
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.roadmap import progress_of
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class Move:
    to: int
    how: Way
    on: date
    """The member's local date."""
    facts: Mapping[str, str | int]


async def choose_phase(world: World, member: Member, phase: int) -> Member:
    """To one that was reached before, or that nothing is left to do before.

    Raises Refused: phase_unproven (beyond; there is the placement test).
    """
    async with world.unit_of_work() as unit:
        member = await unit.members.get(member.id, lock=True)
        if phase == member.phase:
            return member
        events = await unit.events.of_person(member.person_id)
        standings = progress_of(world.catalogue, events, today=world.today_of(member))
        highest = reached(events, member_id=member.id, phase=member.phase)
        if phase > farthest(standings, reached=highest):
            raise Refused("phase_unproven", phase=phase)
        move = Move(to=phase, how=Way.CHOSEN, on=world.today_of(member), facts={})
        await change_phase(world, unit, member, events, move)
        await unit.commit()
    return replace(member, phase=phase)


async def change_phase(
    world: World, unit: UnitOfWork, member: Member, log: Sequence[Event], move: Move
) -> Event:
    """`member` was read with its lock, and then the person's `log`."""
    changes = sum(
        event.kind is EventKind.PHASE_CHANGED and event.member_id == member.id
        for event in log
    )
    changed = Event(
        kind=EventKind.PHASE_CHANGED,
        key=f"phase:{member.id}:{changes + 1}",
        person_id=member.person_id,
        member_id=member.id,
        occurred_at=world.now(),
        local_on=move.on,
        facts={
            "from": member.phase,
            "to": move.to,
            "how": move.how.value,
            **move.facts,
        },
    )
    await unit.events.append(changed)
    await unit.members.save(replace(member, phase=move.to))
    await unit.phase_roles.ask(member.id, world.now())
    return changed
