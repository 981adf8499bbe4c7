"""What a member finds at home: today's challenge, and where they stand."""

from dataclasses import dataclass

from bot.domain.member import Member
from bot.domain.progression import PhaseStanding
from bot.domain.score import base_points
from bot.services.errors import Refused
from bot.services.profile import MemberProfile, read_profile
from bot.services.record import record_of
from bot.services.roadmap import read_progress
from bot.services.today import ensure_daily
from bot.services.world import World
from challenges.challenge import Challenge


@dataclass(frozen=True, kw_only=True)
class Todays:
    challenge: Challenge
    points: int
    is_solved: bool


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    todays: Todays | None
    """None where the phase has no challenges."""
    profile: MemberProfile
    phase: PhaseStanding
    """The member's own."""


async def read_dashboard(world: World, member: Member) -> Dashboard:
    standings = await read_progress(world, member)
    return Dashboard(
        todays=await _todays(world, member),
        profile=await read_profile(world, member),
        phase=next(one for one in standings if one.phase == member.phase),
    )


async def _todays(world: World, member: Member) -> Todays | None:
    """A glance: code without a word to it stays meant for what was in hand."""
    async with world.unit_of_work() as unit:
        try:
            daily = await ensure_daily(world, unit, member.community, member.phase)
        except Refused:
            return None
        record = record_of(await unit.events.of_person(member.person_id))
        await unit.commit()
    challenge = world.catalogue.get(daily.challenge_id)
    return Todays(
        challenge=challenge,
        points=base_points(challenge.difficulty),
        is_solved=challenge.id in record.solved,
    )
