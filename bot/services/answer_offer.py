"""Say yes or no to a pairing that is offered."""

from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.pairing.life import Pairing, PairingEvent, PairingState
from bot.services.errors import Refused
from bot.services.notify import notify
from bot.services.own_pairing import Among, Which, held_pairing, move, serve
from bot.services.pair_members import pair_at_once
from bot.services.world import World


async def accept_offer(world: World, member: Member, which: Which) -> Pairing:
    """Raises Refused: no_pairing, no_offer, which_pairing, pairing_over, said_yes."""
    now = world.now()
    async with world.unit_of_work() as unit:
        pairing = await held_pairing(unit, member, which, Among.OFFERED)
        if pairing.is_live and not pairing.awaits(member.id):
            raise Refused("said_yes")
        event = pairing.acceptance_of(member.id)
        pairing = await move(unit, pairing, event, now, by=member)
        if pairing.state is PairingState.ACCEPTED:
            await serve(unit, pairing, now)
        await unit.commit()
    return pairing


async def decline_offer(world: World, member: Member, which: Which) -> Pairing:
    """Nobody asks why. The mentee keeps their turn.

    Raises Refused: no_pairing, no_offer, which_pairing, pairing_over.
    """
    now = world.now()
    async with world.unit_of_work() as unit:
        pairing = await held_pairing(unit, member, which, Among.OFFERED)
        pairing = await move(unit, pairing, PairingEvent.DECLINED, now, by=member)
        other = await unit.members.get(pairing.other_than(member.id))
        kind = NoticeKind.PAIRING_DECLINED
        await notify(unit, other, kind, now, pairing=pairing.id)
        await pair_at_once(world, unit, member.community)
        await unit.commit()
    return pairing
