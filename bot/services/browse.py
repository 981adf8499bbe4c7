"""Look through the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.member import Member
from bot.domain.score import base_points
from bot.services.find_challenge import missing_requirements
from bot.services.record import record_of
from bot.services.world import World
from challenges.challenge import Challenge


@dataclass(frozen=True, kw_only=True)
class Listed:
    challenge: Challenge
    points: int
    is_solved: bool
    is_open: bool


async def browse(
    world: World, member: Member, *, phase: int | None, text: str, language: str
) -> Sequence[Listed]:
    """Challenges that match, by phase and then difficulty."""
    found = world.catalogue.search(text, language)
    async with world.unit_of_work() as unit:
        record = record_of(await unit.events.of_person(member.person_id))
    return [
        Listed(
            challenge=challenge,
            points=base_points(challenge.difficulty),
            is_solved=challenge.id in record.solved,
            is_open=not missing_requirements(challenge, record),
        )
        for challenge in sorted(found, key=lambda one: (one.phase, one.difficulty))
        if phase is None or challenge.phase == phase
    ]
