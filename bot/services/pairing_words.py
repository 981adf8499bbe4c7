"""What the two of a pairing say of it, and what the mentor earns by it."""

from bot.domain.event import Event, EventKind
from bot.domain.leadership import Evidence
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.pairing.hearing import (
    SIGNS_OF_LIFE,
    CheckIn,
    CheckInAnswer,
    Feedback,
)
from bot.domain.pairing.life import EndReason, Pairing
from bot.domain.pairing.reward import has_helped, reputation_for
from bot.domain.totals import board_facts
from bot.services.badges import give_badges
from bot.services.errors import Refused
from bot.services.keep_score import keep_score
from bot.services.notify import notify
from bot.services.own_pairing import Among, Which, hear, held_pairing
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World


async def answer_check_in(
    world: World, member: Member, which: Which, answer: CheckInAnswer
) -> Pairing:
    """Raises Refused: no_pairing, which_pairing, pairing_over."""
    now = world.now()
    async with world.unit_of_work() as unit:
        pairing = await held_pairing(unit, member, which)
        if pairing.active_at is None or not pairing.is_standing:
            raise Refused("pairing_over")
        await unit.check_ins.put(
            CheckIn(
                pairing_id=pairing.id,
                member_id=member.id,
                day=pairing.asked_days,
                answered_at=now,
                answer=answer,
            )
        )
        if answer in SIGNS_OF_LIFE:
            pairing = await hear(unit, pairing, now)
        await unit.commit()
    return pairing


async def give_feedback(
    world: World, member: Member, which: Which, rating: int, note: str
) -> Pairing:
    """While it lasts, and after.

    Raises Refused: no_pairing, which_pairing, too_early.
    """
    async with world.unit_of_work() as unit:
        pairing = await held_pairing(unit, member, which, Among.KNOWN)
        if pairing.active_at is None:
            raise Refused("too_early")
        await unit.pairing_feedback.put(
            Feedback(
                pairing_id=pairing.id,
                member_id=member.id,
                at=world.now(),
                rating=rating,
                note=note,
            )
        )
        if note and pairing.ended_why is not EndReason.BLOCKED:
            other = await unit.members.get(pairing.other_than(member.id))
            kind = NoticeKind.PAIRING_WORDS
            await notify(unit, other, kind, world.now(), pairing=pairing.id)
        await reward(world, unit, pairing)
        await unit.commit()
    return pairing


async def reward(world: World, unit: UnitOfWork, pairing: Pairing) -> None:
    """Whatever the mentor has earned by the pairing by now; once."""
    feedback = await unit.pairing_feedback.of_pairing(pairing.id)
    sessions = await unit.mentor_sessions.of_pairing(pairing.id)
    if not has_helped(pairing, feedback, sessions):
        return
    mentor = await unit.members.get(pairing.mentor_id, lock=True)
    solved = await _solved(world, unit, pairing)
    facts: dict[str, str | int] = {
        "for": Evidence.MENTORING,
        "pairing": pairing.id,
        "solved": solved,
    }
    reputation = reputation_for(solved)
    event = Event(
        kind=EventKind.REPUTATION_EARNED,
        key=f"mentoring:{pairing.id}",
        person_id=mentor.person_id,
        member_id=mentor.id,
        occurred_at=world.now(),
        local_on=world.today_of(mentor),
        reputation=reputation,
        facts={**facts, **board_facts(world.today_in(mentor.community))},
    )
    before = await unit.events.of_person(mentor.person_id)
    if not await keep_score(unit, before, [event]):
        return
    await give_badges(world, unit, mentor, event.local_on, facts)
    kind = NoticeKind.MENTORING_EARNED
    await notify(
        unit, mentor, kind, world.now(), pairing=pairing.id, reputation=reputation
    )


async def _solved(world: World, unit: UnitOfWork, pairing: Pairing) -> int:
    """The mentee's first acceptances in what they came for, while it lasted."""
    mentee = await unit.members.get(pairing.mentee_id)
    request = await unit.mentor_requests.get(pairing.request_id)
    catalogue = world.catalogue
    since = pairing.active_at or pairing.offered_at
    return len(
        {
            event.challenge_id
            for event in await unit.events.of_person(mentee.person_id)
            if event.kind is EventKind.SOLVED
            and event.challenge_id is not None
            and since <= event.occurred_at <= pairing.state_at
            and catalogue.has(event.challenge_id)
            and catalogue.get(event.challenge_id).topic in request.topics
        }
    )
