"""The placement test: what it asks, how it stands, and its beginning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.placement import (
    FIRST_PLACED,
    Sitting,
    SittingState,
    draw,
    open_sitting,
    sittings,
    start_facts,
)
from bot.domain.progression import LAST_PHASE, farthest, reached
from bot.services.errors import Refused
from bot.services.record import record_of
from bot.services.roadmap import progress_of
from bot.services.world import World
from challenges.challenge import Challenge, Kind

# Nobody is there to read a review at once, and a choice can be guessed in three tries.
_UNASKED = frozenset({Kind.REVIEW, Kind.QUIZ})


@dataclass(frozen=True, kw_only=True)
class PlacementView:
    phase: int
    """Where who passes starts."""
    today: date
    sitting: Sitting | None
    """The one that is open, else the last one for the phase."""
    asked: int
    """How many challenges a test that starts now would have; 0 when there is none."""
    is_reached: bool
    """It may be chosen without a test."""

    @property
    def state(self) -> SittingState | None:
        return None if self.sitting is None else self.sitting.state_on(self.today)

    @property
    def again_on(self) -> date | None:
        """When it may be taken again; None when it may be now."""
        sitting = self.sitting
        if sitting is None or self.state is not SittingState.FAILED:
            return None
        return sitting.again_on if sitting.again_on > self.today else None


async def read_placement(
    world: World, member: Member, phase: int | None
) -> PlacementView:
    """By default for the next phase that asks for it; an open test comes first."""
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
    return _view(world, member, events, phase)


async def start_placement(world: World, member: Member, phase: int) -> PlacementView:
    """Starts a sitting; one that is open already stays, and is shown.

    Raises Refused: placement_reached, placement_too_soon, placement_nothing.
    """
    async with world.unit_of_work() as unit:
        member = await unit.members.get(member.id, lock=True)
        events = list(await unit.events.of_person(member.person_id))
        view = _view(world, member, events, phase)
        if view.state is SittingState.OPEN:
            return view
        if view.is_reached:
            raise Refused("placement_reached", phase=phase)
        if view.again_on is not None:
            raise Refused("placement_too_soon", on=view.again_on.isoformat())
        earlier = sittings(events, member_id=member.id)
        asked = _draw(world, member, events, phase)
        if not asked:
            raise Refused("placement_nothing", phase=phase)
        started = Event(
            kind=EventKind.PLACEMENT_STARTED,
            key=f"placement:{member.id}:{len(earlier) + 1}",
            person_id=member.person_id,
            member_id=member.id,
            occurred_at=world.now(),
            local_on=view.today,
            facts=start_facts(phase, asked),
        )
        await unit.events.append(started)
        await unit.commit()
    return _view(world, member, [*events, started], phase)


def require_unaided(
    events: Sequence[Event], member: Member, challenge_id: str, today: date
) -> None:
    """Raises Refused(placement_unaided) for a challenge of an open test."""
    sitting = open_sitting(events, member_id=member.id, on=today)
    if sitting is not None and sitting.asks(challenge_id):
        raise Refused("placement_unaided", on=sitting.last_on.isoformat())


def _view(
    world: World, member: Member, events: Sequence[Event], phase: int | None
) -> PlacementView:
    today = world.today_of(member)
    standings = progress_of(world.catalogue, events, today=today)
    highest = reached(events, member_id=member.id, phase=member.phase)
    free = farthest(standings, reached=highest)
    sitting = open_sitting(events, member_id=member.id, on=today)
    if sitting is not None:
        phase = sitting.phase
    elif phase is None:
        phase = max(FIRST_PLACED, min(free + 1, LAST_PHASE))
    if sitting is None:
        taken = sittings(events, member_id=member.id)
        sitting = next((one for one in reversed(taken) if one.phase == phase), None)
    return PlacementView(
        phase=phase,
        today=today,
        sitting=sitting,
        asked=len(_draw(world, member, events, phase)),
        is_reached=phase <= free,
    )


def _draw(
    world: World, member: Member, events: Sequence[Event], phase: int
) -> tuple[str, ...]:
    if phase < FIRST_PLACED:
        return ()
    return draw(
        _topics(world, events, phase - 1),
        [one for one in sittings(events, member_id=member.id) if one.phase == phase],
        person_id=member.person_id,
        phase=phase,
    )


def _topics(
    world: World, events: Sequence[Event], phase: int
) -> Mapping[str, Sequence[Challenge]]:
    """What can be asked of a phase: neither solved yet, nor helped with."""
    record = record_of(events)
    hinted = {challenge_id for challenge_id, _ in record.hints}
    known = record.solved | record.opened | hinted
    return {
        topic.id: [
            one
            for one in world.catalogue.of_phase(phase)
            if one.topic == topic.id
            and one.kind not in _UNASKED
            and one.id not in known
        ]
        for topic in world.catalogue.roadmap.phase(phase).topics
    }
