"""Look at a challenge; a bare code block is then meant for it."""

from dataclasses import dataclass

from bot.domain.member import Member
from bot.domain.score import base_points
from bot.services.find_challenge import find_challenge, missing_requirements
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.record import record_of
from bot.services.world import World
from challenges.challenge import Challenge


@dataclass(frozen=True, kw_only=True)
class Shown:
    challenge: Challenge
    points: int
    """What it gives before hints and wrong attempts take from it."""
    is_solved: bool
    attempts: int
    hints_taken: int
    missing: tuple[str, ...]
    """Ids of the challenges to solve first; empty when it is open."""
    is_daily: bool = False


async def show(world: World, member: Member, challenge_id: str) -> Shown:
    """Raises ChallengeNotFound."""
    challenge = find_challenge(world.catalogue, challenge_id)
    async with world.unit_of_work() as unit:
        shown = await look_at(unit, member, challenge)
        await unit.commit()
    return shown


async def look_at(
    unit: UnitOfWork, member: Member, challenge: Challenge, *, is_daily: bool = False
) -> Shown:
    """The challenge with the person's standing in it, and the member's focus on it."""
    record = record_of(await unit.events.of_person(member.person_id))
    attempts = await unit.submissions.attempts(member.person_id, challenge.id)
    missing = missing_requirements(challenge, record)
    if not missing and member.focus != challenge.id:
        await unit.members.focus(member.id, challenge.id)
    return Shown(
        challenge=challenge,
        points=base_points(challenge.difficulty),
        is_solved=challenge.id in record.solved,
        attempts=attempts,
        hints_taken=record.hints_taken(challenge.id),
        missing=missing,
        is_daily=is_daily,
    )
