"""What a verdict changes beyond points: the placement test, promotion, badges.

Part of the transaction that settles the verdict, after its own event is written.
"""

from collections.abc import Sequence

from bot.domain.event import Event
from bot.domain.member import Member
from bot.domain.placement import SittingState, sittings
from bot.domain.progression import Way, promotion, reached
from bot.domain.submission import Submission
from bot.services.badges import give_by_log
from bot.services.change_phase import Move, change_phase
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.roadmap import progress_of
from bot.services.world import World


async def mark_progress(
    world: World,
    unit: UnitOfWork,
    member: Member,
    log: Sequence[Event],
    submission: Submission,
) -> Event | None:
    """The event that moves the member to another phase, if any does.

    `member` was read with its lock, and then the person's `log`, which has the
    submission's own event.
    """
    moved = None
    on, facts = submission.local_on, {"submission": str(submission.id)}
    to, how = _moves_to(world, member, log, submission)
    if to is not None:
        move = Move(to=to, how=how, on=on, facts=facts)
        moved = await change_phase(world, unit, member, log, move)
        log = [*log, moved]
    await give_by_log(world, unit, member, log, on=on, facts=facts)
    return moved


def _moves_to(
    world: World, member: Member, after: Sequence[Event], submission: Submission
) -> tuple[int | None, Way]:
    this = str(submission.id)
    before = [event for event in after if event.facts.get("submission") != this]
    today = submission.local_on
    placed = [
        new.phase
        for old, new in zip(
            sittings(before, member_id=member.id),
            sittings(after, member_id=member.id),
            strict=True,
        )
        if old.state_on(today) is not SittingState.PASSED
        and new.state_on(today) is SittingState.PASSED
    ]
    highest = reached(after, member_id=member.id, phase=member.phase)
    if placed and max(placed) > highest:
        return max(placed), Way.PLACED
    promoted = promotion(
        progress_of(world.catalogue, before, today=today),
        progress_of(world.catalogue, after, today=today),
        phase=member.phase,
    )
    return promoted, Way.PROMOTED
