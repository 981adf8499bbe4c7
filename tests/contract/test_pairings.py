"""Pairings, and what hangs on them."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.member import Member
from bot.domain.pairing.hearing import CheckIn, CheckInAnswer, Feedback
from bot.domain.pairing.life import (
    EndReason,
    Pairing,
    PairingEvent,
    PairingKind,
    PairingState,
    PairingStep,
)
from bot.domain.pairing.report import MentorReport
from bot.domain.pairing.session import Session, SessionEvent, SessionState
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.contract.test_mentoring import a_request
from tests.fakes.clock import A_MONDAY

DAY = timedelta(days=1)


async def a_pairing(
    unit_of_work: UnitOfWorkFactory, mentor: Member, mentee: Member
) -> Pairing:
    async with unit_of_work() as unit:
        pairing = await unit.pairings.add(
            Pairing(
                id=0,
                community_id=mentor.community.id,
                kind=PairingKind.MENTOR,
                mentor_id=mentor.id,
                mentee_id=mentee.id,
                request_id=await unit.mentor_requests.add(a_request(mentee.id)),
                terms={"topics": 100, "load": 0},
                weeks=4,
                state_at=A_MONDAY,
                offered_at=A_MONDAY,
                heard_at=A_MONDAY,
            )
        )
        await unit.commit()
    return pairing


async def test_a_pairing_lives_and_its_history_stays(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben, cleo = [await a_member(unit_of_work, n) for n in ("Ada", "Ben", "Cleo")]
    pairing = await a_pairing(unit_of_work, ada, ben)
    community = ada.community.id
    events = (
        (PairingEvent.MENTOR_ACCEPTED, ada.id),
        (PairingEvent.MENTEE_ACCEPTED, ben.id),
        (PairingEvent.OPENED, None),
    )
    async with unit_of_work() as unit:
        assert await unit.pairings.live(community) == [pairing]
        for event, by_id in events:
            pairing = pairing.advance(event, A_MONDAY + DAY)
            step = PairingStep(
                pairing_id=pairing.id,
                at=A_MONDAY + DAY,
                event=event,
                state=pairing.state,
                by_id=by_id,
            )
            await unit.pairings.save(pairing, step)
        (sharing,) = await unit.mentor_requests.sharing(community)
        assert (sharing.request.id, sharing.member) == (pairing.request_id, ben)
        pairing = replace(pairing, channel="C1", asked_days=3)
        await unit.pairings.save(pairing)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.pairings.get(pairing.id, lock=True) == pairing
        steps = await unit.pairings.steps(pairing.id)
        assert [(one.event, one.by_id) for one in steps] == list(events)
        assert await unit.pairings.of_members([ben.id, cleo.id]) == [pairing]
        assert await unit.pairings.of_members([cleo.id]) == []
        ended = pairing.advance(
            PairingEvent.ENDED, A_MONDAY + 2 * DAY, why=EndReason.DONE
        )
        await unit.pairings.save(ended)
        assert await unit.pairings.get(ended.id) == ended
        assert await unit.pairings.live(community) == []
        assert await unit.mentor_requests.sharing(community) == []
        counts = await unit.pairings.counts(community, A_MONDAY)
        assert counts == {PairingState.ENDED: 1}
        assert await unit.pairings.counts(community, A_MONDAY + DAY) == {}
        assert await unit.pairings.get(pairing.id + 1) is None


async def test_one_opens_the_conversation(unit_of_work: UnitOfWorkFactory) -> None:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    pairing = await a_pairing(unit_of_work, ada, ben)
    async with unit_of_work() as unit:
        claim = unit.pairings.claim
        assert not await claim(pairing.id, A_MONDAY, free_before=A_MONDAY)
        accepted = replace(pairing, state=PairingState.ACCEPTED)
        await unit.pairings.save(accepted)
        assert await claim(pairing.id, A_MONDAY, free_before=A_MONDAY - DAY)
        assert not await claim(pairing.id, A_MONDAY, free_before=A_MONDAY - DAY)
        assert await claim(pairing.id, A_MONDAY + 2 * DAY, free_before=A_MONDAY + DAY)
        assert await unit.pairings.get(pairing.id) == accepted


async def test_sessions_and_who_is_reminded(unit_of_work: UnitOfWorkFactory) -> None:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    pairing = await a_pairing(unit_of_work, ada, ben)
    times = (A_MONDAY + DAY, A_MONDAY + 2 * DAY)
    new = Session(id=0, pairing_id=pairing.id, proposed_by=ada.id, times=times)
    async with unit_of_work() as unit:
        session = await unit.mentor_sessions.add(new)
        assert session == replace(new, id=session.id)
        agreed = session.taken(times[1])
        await unit.mentor_sessions.save(agreed)
        await unit.session_reminders.want(session.id, ben.id)
        await unit.session_reminders.want(session.id, ben.id)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.mentor_sessions.get(session.id, lock=True) == agreed
        assert await unit.mentor_sessions.open(ada.community.id) == [agreed]
        assert await unit.session_reminders.unsent(session.id) == [ben.id]
        assert await unit.session_reminders.send(session.id, ben.id, A_MONDAY)
        assert not await unit.session_reminders.send(session.id, ben.id, A_MONDAY)
        assert not await unit.session_reminders.send(session.id, ada.id, A_MONDAY)
        assert await unit.session_reminders.unsent(session.id) == []
        held = agreed.advance(SessionEvent.HELD)
        await unit.mentor_sessions.save(held)
        assert await unit.mentor_sessions.open(ada.community.id) == []
        assert await unit.mentor_sessions.of_pairing(pairing.id) == [held]
        assert held.state is SessionState.HELD
        assert await unit.mentor_sessions.get(session.id + 1) is None


async def test_what_the_two_say_of_it(unit_of_work: UnitOfWorkFactory) -> None:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    pairing = await a_pairing(unit_of_work, ada, ben)
    community = ada.community.id
    said = CheckIn(
        pairing_id=pairing.id,
        member_id=ben.id,
        day=3,
        answered_at=A_MONDAY,
        answer=CheckInAnswer.NOT_YET,
    )
    good = Feedback(
        pairing_id=pairing.id, member_id=ben.id, at=A_MONDAY, rating=5, note="¡Gracias!"
    )
    async with unit_of_work() as unit:
        await unit.check_ins.put(said)
        await unit.check_ins.put(replace(said, answer=CheckInAnswer.WELL))
        await unit.check_ins.put(replace(said, member_id=ada.id, day=7))
        await unit.pairing_feedback.put(replace(good, rating=1))
        await unit.pairing_feedback.put(good)
        await unit.mentor_reports.add(
            MentorReport(
                id=0,
                pairing_id=pairing.id,
                member_id=ben.id,
                at=A_MONDAY,
                what="He shouts.",
            )
        )
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.check_ins.of_pairing(pairing.id) == [
            replace(said, answer=CheckInAnswer.WELL),
            replace(said, member_id=ada.id, day=7),
        ]
        assert await unit.pairing_feedback.of_pairing(pairing.id) == [good]
        feedback = unit.pairing_feedback.of_community
        assert await feedback(community, A_MONDAY) == [good]
        assert await feedback(community, A_MONDAY + DAY) == []
        assert await feedback(community + 1, A_MONDAY) == []
        (report,) = await unit.mentor_reports.unsettled(community)
        assert (report.member_id, report.what) == (ben.id, "He shouts.")
        await unit.mentor_reports.settle(report.id, A_MONDAY)
        assert await unit.mentor_reports.unsettled(community) == []
