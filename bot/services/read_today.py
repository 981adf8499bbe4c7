"""What the community's dailies of today are, for who only looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.member import Member
from bot.domain.score import base_points
from bot.services.find_challenge import missing_requirements
from bot.services.record import record_of
from bot.services.show import Shown
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class TodayView:
    phases: Sequence[int]
    """Those whose daily is chosen already."""
    shown: Shown | None
    """Of the phase that was asked for; None before its daily is chosen."""


async def read_today(world: World, member: Member, phase: int) -> TodayView:
    """Chooses nothing and puts nothing in hand: looking changes nothing."""
    async with world.unit_of_work() as unit:
        on = world.today_in(member.community)
        dailies = {
            one.phase: one
            for one in await unit.dailies.on(member.community.id, on)
            if world.catalogue.has(one.challenge_id)
        }
        found = dailies.get(phase)
        if found is None:
            return TodayView(phases=sorted(dailies), shown=None)
        challenge = world.catalogue.get(found.challenge_id)
        record = record_of(await unit.events.of_person(member.person_id))
        attempts = await unit.submissions.attempts(member.person_id, challenge.id)
    shown = Shown(
        challenge=challenge,
        points=base_points(challenge.difficulty),
        is_solved=challenge.id in record.solved,
        attempts=attempts,
        hints_taken=record.hints_taken(challenge.id),
        missing=missing_requirements(challenge, record),
        is_daily=True,
    )
    return TodayView(phases=sorted(dailies), shown=shown)
