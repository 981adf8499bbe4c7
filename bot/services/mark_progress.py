"""What a verdict changes beyond points: the placement test, promotion, badges.

Part of the transaction that settles the verdict, after its own event is written.
"""

from bot.domain.member import Member
from bot.domain.placement import SittingState, sittings
from bot.domain.progression import Way, promotion, reached
from bot.domain.submission import Submission
from bot.services.badges import give_badges
from bot.services.change_phase import Move, change_phase
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.roadmap import progress_of
from bot.services.world import World


async def mark_progress(world: World, unit: UnitOfWork, submission: Submission) -> None:
    # One verdict of a person at a time: two that finish a phase together both see it.
    member = await unit.members.get(submission.member_id, lock=True)
    on, facts = submission.local_on, {"submission": str(submission.id)}
    to, how = await _moves_to(world, unit, member, submission)
    if to is not None:
        move = Move(to=to, how=how, on=on, facts=facts)
        await change_phase(world, unit, member, move)
    await give_badges(world, unit, member, on, facts)


async def _moves_to(
    world: World, unit: UnitOfWork, member: Member, submission: Submission
) -> tuple[int | None, Way]:
    after = await unit.events.of_person(member.person_id)
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
