"""End a pairing, never be paired again, or tell the organisers."""

from dataclasses import dataclass

from bot.domain.member import Member
from bot.domain.pairing.life import EndReason, Pairing, PairingState
from bot.domain.pairing.report import MentorReport
from bot.services.correct_points import member_named
from bot.services.errors import Refused
from bot.services.own_pairing import Among, Which, end, held_pairing, withdraw
from bot.services.pair_members import pair_at_once
from bot.services.world import World


async def end_pairing(
    world: World, member: Member, which: Which, *, is_done: bool
) -> Pairing:
    """`is_done`: the goal is reached.

    Raises Refused: no_pairing, which_pairing, pairing_over.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        pairing = await held_pairing(unit, member, which)
        why = _why(pairing, member, is_done=is_done)
        pairing = await end(unit, pairing, why, now, by=member)
        await pair_at_once(world, unit, member.community)
        await unit.commit()
    return pairing


def _why(pairing: Pairing, member: Member, *, is_done: bool) -> EndReason:
    if is_done and pairing.active_at is not None:
        return EndReason.DONE
    if pairing.state is PairingState.STALLED:
        return EndReason.SILENT
    is_mentor = member.id == pairing.mentor_id
    return EndReason.MENTOR_LEFT if is_mentor else EndReason.MENTEE_LEFT


@dataclass(frozen=True, kw_only=True)
class Blocked:
    member: Member
    ended: int
    """Pairings that ended by it."""


async def block_member(world: World, member: Member, typed: str) -> Blocked:
    """Nobody is told who blocked whom.

    Raises Refused: member_unknown, member_ambiguous, block_oneself.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        await unit.pairing_batches.hold(member.community.id)
        other = await member_named(unit, member, typed)
        if other.id == member.id:
            raise Refused("block_oneself")
        await unit.blocks.put(member.id, other.id, now)
        ended = 0
        for one in await unit.pairings.of_members([member.id]):
            if not one.is_live or not one.has(other.id):
                continue
            if one.is_standing:
                await end(unit, one, EndReason.BLOCKED, now, by=member)
            else:
                await withdraw(unit, one, now, by=member)
            ended += 1
        await pair_at_once(world, unit, member.community)
        await unit.commit()
    return Blocked(member=other, ended=ended)


async def report_pairing(world: World, member: Member, which: Which, what: str) -> None:
    """Told to the organisers alone; ended ones can be reported, too.

    Raises Refused: no_pairing, which_pairing.
    """
    async with world.unit_of_work() as unit:
        pairing = await held_pairing(unit, member, which, Among.KNOWN)
        await unit.mentor_reports.add(
            MentorReport(
                id=0,
                pairing_id=pairing.id,
                member_id=member.id,
                at=world.now(),
                what=what,
            )
        )
        await unit.commit()
