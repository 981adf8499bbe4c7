"""Who is paired with whom, and what may never be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.chat.pairing_notices import pairing_notice
from bot.chat.reply import Reply
from bot.chat.texts import texts_in
from bot.domain.member import Member
from bot.domain.notice import Notice, NoticeKind
from bot.domain.pairing.hearing import CheckInAnswer
from bot.domain.pairing.life import EndReason, Pairing, PairingKind, PairingState
from bot.domain.pairing.session import SessionEvent
from bot.domain.pairing.week import WeekHour
from bot.services.answer_offer import accept_offer, decline_offer
from bot.services.end_pairing import block_member, end_pairing, report_pairing
from bot.services.errors import Refused
from bot.services.mentor_reports import read_reports, settle_report
from bot.services.mentor_sessions import (
    WhichSession,
    propose_session,
    remind_of_session,
    take_session,
    tell_session,
)
from bot.services.offer_mentoring import MentorWish, offer_mentoring, pause_offer
from bot.services.open_pairing import claim_openings, keep_opened
from bot.services.own_pairing import Which
from bot.services.pairing_words import answer_check_in, give_feedback
from bot.services.ports.members import Account
from bot.services.request_mentor import (
    MenteeWish,
    RequestView,
    request_mentor,
    withdraw_request,
)
from bot.services.tend_pairings import tend_pairings
from bot.services.world import World
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import A_MONDAY, FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.fakes.words import said

DAY = timedelta(days=1)
EVENINGS = frozenset(WeekHour(day, hour) for day in range(5) for hour in range(18, 21))
TOPIC = "syntax-and-control-flow"


class Village:
    def __init__(self) -> None:
        self.store = FakeStore()
        self.clock = FakeClock()
        self.world = World(
            unit_of_work=fake_unit_of_work_factory(self.store),
            now=self.clock,
            catalogue=fake_catalogue(),
        )

    async def enter(self, name: str, phase: int = 1) -> Member:
        account = Account(platform="web", external_id=name, name=name)
        async with self.world.unit_of_work() as unit:
            member, _ = await unit.members.enter(account, "town", A_MONDAY)
            member = replace(member, phase=phase)
            await unit.members.save(member)
            await unit.commit()
        return member

    async def mentor(self, name: str, **wish: Any) -> Member:
        member = await self.enter(name, 3)
        known = MentorWish(topics=(TOPIC,), languages=("es",), hours=EVENINGS)
        await offer_mentoring(self.world, member, replace(known, **wish))
        return member

    async def mentee(self, name: str, **wish: Any) -> tuple[Member, RequestView]:
        member = await self.enter(name)
        known = MenteeWish(
            topics=(TOPIC,), goal="A game", languages=("es",), hours=EVENINGS
        )
        view = await request_mentor(self.world, member, replace(known, **wish))
        return member, view

    async def strike(self, after: timedelta = timedelta()) -> None:
        self.clock.advance(after)
        community = next(iter(self.store.communities.values()))
        await tend_pairings(self.world, community)
        for opening in await claim_openings(self.world, community):
            await keep_opened(self.world, opening.pairing.id, "room")

    async def pair(self, mentor: Member, mentee: Member) -> Pairing:
        await accept_offer(self.world, mentor, Which())
        await accept_offer(self.world, mentee, Which())
        await self.strike()
        return self.pairings[-1]

    @property
    def pairings(self) -> Sequence[Pairing]:
        return list(self.store.pairings.values())

    def told(self, member: Member) -> list[Notice]:
        every = self.store.notices.values()
        return [one for one in every if one.member_id == member.id]


@pytest.fixture
def village() -> Village:
    return Village()


async def test_who_fits_well_is_paired_at_once(village: Village) -> None:
    mia = await village.mentor("mia")
    _, view = await village.mentee("ana")
    assert view.found is not None
    assert view.found.mentor_id == mia.id
    assert [one.kind for one in village.told(mia)] == [NoticeKind.PAIRING_OFFERED]
    # The place is taken: the next one waits.
    _, second = await village.mentee("ben")
    assert second.found is None


async def test_at_once_takes_no_mentor_from_who_has_waited_longer(
    village: Village,
) -> None:
    # Ana could have Mia, though not well: only the batch weighs the two.
    _, view = await village.mentee("ana", topics=("apis",))
    await village.mentor("mia", phases=frozenset({1, 2}))
    assert view.found is None
    _, second = await village.mentee("ben")
    assert second.found is None
    await village.strike()
    assert len(village.pairings) == 1


async def test_who_says_no_is_not_offered_again_and_the_mentee_keeps_their_turn(
    village: Village,
) -> None:
    mia = await village.mentor("mia")
    ana, view = await village.mentee("ana")
    await decline_offer(village.world, mia, Which())
    for _ in range(10):
        await village.strike(DAY)
    assert [one.state for one in village.pairings] == [PairingState.DECLINED]
    async with village.world.unit_of_work() as unit:
        waiting = await unit.mentor_requests.waiting_of(ana.id)
    assert waiting == view.request
    with pytest.raises(Refused, match="no_offer"):
        await accept_offer(village.world, mia, Which())


async def test_nobody_mentors_themselves_under_another_account(
    village: Village,
) -> None:
    mia = await village.mentor("mia")
    other = await village.enter("mia-again")
    async with village.world.unit_of_work() as unit:
        await unit.links.join(mia.person_id, other.person_id, A_MONDAY)
        await unit.commit()
    _, view = await village.mentee("mia-again")
    assert view.found is None
    await village.strike()
    assert village.pairings == []


async def test_two_wait_together_until_one_has_a_mentor(village: Village) -> None:
    ana, _ = await village.mentee("ana")
    ben, _ = await village.mentee("ben")
    await village.strike()
    (together,) = village.pairings
    assert together.kind is PairingKind.PEERS
    await village.pair(ana, ben)
    # Both are still in the queue, and the one who asked first has the mentor.
    mia = await village.mentor("mia")
    assert village.pairings[-1].mentee_id == ana.id
    await village.pair(mia, ana)
    assert village.store.pairings[together.id].ended_why is EndReason.MENTOR_FOUND


async def test_peers_may_go_on_when_one_withdraws(village: Village) -> None:
    ana, _ = await village.mentee("ana")
    ben, _ = await village.mentee("ben")
    await village.strike()
    await village.pair(ana, ben)
    await withdraw_request(village.world, ana)
    assert village.pairings[0].state is PairingState.ACTIVE
    cleo, _ = await village.mentee("cleo")
    dora, _ = await village.mentee("dora")
    await village.strike(DAY)
    offered = village.pairings[-1]
    assert {offered.mentor_id, offered.mentee_id} == {cleo.id, dora.id}
    await withdraw_request(village.world, cleo)
    assert village.pairings[-1].state is PairingState.WITHDRAWN


async def test_who_answered_before_a_silence_and_not_in_it_does_not_wait_again(
    village: Village,
) -> None:
    mia = await village.mentor("mia")
    ana, _ = await village.mentee("ana")
    await village.pair(mia, ana)
    await village.strike(3 * DAY)
    await answer_check_in(village.world, ana, Which(), CheckInAnswer.WELL)
    for _ in range(22):
        await village.strike(DAY)
    assert village.pairings[0].ended_why is EndReason.SILENT
    async with village.world.unit_of_work() as unit:
        assert await unit.mentor_requests.waiting_of(ana.id) is None


async def test_a_silence_ends_without_blame_and_who_answered_goes_first(
    village: Village,
) -> None:
    mia = await village.mentor("mia")
    ana, _ = await village.mentee("ana")
    await village.pair(mia, ana)
    await village.strike(3 * DAY)
    await answer_check_in(village.world, ana, Which(), CheckInAnswer.NOT_YET)
    await village.strike(11 * DAY)
    (pairing,) = village.pairings
    assert pairing.state is PairingState.STALLED
    await village.strike(7 * DAY)
    assert village.store.pairings[pairing.id].ended_why is EndReason.SILENT
    async with village.world.unit_of_work() as unit:
        again = await unit.mentor_requests.waiting_of(ana.id)
    assert again is not None
    assert again.waiting_days(village.clock()) == 7
    kinds = [one.kind for one in village.told(mia)]
    assert kinds == [
        NoticeKind.PAIRING_OFFERED,
        NoticeKind.PAIRING_OPENED,
        NoticeKind.CHECK_IN,
        NoticeKind.PAIRING_STALLED,
        NoticeKind.PAIRING_ENDED,
    ]


async def test_a_word_wakes_what_stalled(village: Village) -> None:
    mia = await village.mentor("mia")
    ana, _ = await village.mentee("ana")
    await village.pair(mia, ana)
    await village.strike(14 * DAY)
    await answer_check_in(village.world, mia, Which(), CheckInAnswer.SLOWLY)
    (pairing,) = village.pairings
    assert pairing.state is PairingState.ACTIVE
    await village.strike(13 * DAY)
    assert village.pairings[0].state is PairingState.ACTIVE


async def test_a_block_parts_and_nobody_is_told_why(village: Village) -> None:
    mia = await village.mentor("mia", capacity=2)
    ana, _ = await village.mentee("ana")
    await village.pair(mia, ana)
    await block_member(village.world, ana, "mia")
    (pairing,) = village.pairings
    assert pairing.ended_why is EndReason.BLOCKED
    await village.mentee("ana")
    await village.strike(DAY)
    assert len(village.pairings) == 1
    with pytest.raises(Refused, match="block_oneself"):
        await block_member(village.world, ana, "ana")


async def test_a_report_is_read_by_all_organisers_but_the_one_it_is_about(
    village: Village,
) -> None:
    mia = await village.mentor("mia")
    ana, _ = await village.mentee("ana")
    await village.pair(mia, ana)
    await report_pairing(village.world, ana, Which(), "She shouts.")
    eve = await village.enter("eve")
    assert await read_reports(village.world, mia) == []
    (report,) = await read_reports(village.world, eve)
    assert (report.by.id, report.about.id) == (ana.id, mia.id)
    await settle_report(village.world, mia, report.report.id)
    assert len(await read_reports(village.world, eve)) == 1
    assert await settle_report(village.world, eve, report.report.id) == []
    assert await read_reports(village.world, eve) == []


async def test_nothing_is_earned_without_a_session_or_by_one_side_alone(
    village: Village,
) -> None:
    mia = await village.mentor("mia")
    ana, _ = await village.mentee("ana")
    pairing = await village.pair(mia, ana)
    which = Which(id=pairing.id)
    await end_pairing(village.world, ana, which, is_done=True)
    await give_feedback(village.world, ana, which, 5, "")
    await give_feedback(village.world, mia, which, 5, "")
    assert village.store.events == {}


async def test_a_pause_keeps_the_place_free_and_coming_back_fills_it(
    village: Village,
) -> None:
    mia = await village.mentor("mia")
    await pause_offer(village.world, mia, 14)
    ana, view = await village.mentee("ana")
    assert view.found is None
    await pause_offer(village.world, mia, 0)
    assert village.pairings[-1].mentee_id == ana.id


async def test_a_request_is_asked_once_and_withdrawn_with_its_offer(
    village: Village,
) -> None:
    await village.mentor("mia")
    ana, _ = await village.mentee("ana")
    with pytest.raises(Refused, match="waits_already"):
        await village.mentee("ana")
    await withdraw_request(village.world, ana)
    assert village.pairings[0].state is PairingState.WITHDRAWN
    with pytest.raises(Refused, match="not_waiting"):
        await withdraw_request(village.world, ana)


async def test_a_second_mentee_joins_only_who_would_share(village: Village) -> None:
    mia = await village.mentor("mia")
    ana, view = await village.mentee("ana")
    first = await village.pair(mia, ana)
    ben, _ = await village.mentee("ben")
    await village.strike(8 * DAY)
    assert [one.kind for one in village.pairings] == [PairingKind.MENTOR]
    shared = replace(village.store.mentor_requests[view.request.id], shares=True)
    village.store.mentor_requests[view.request.id] = shared
    await village.strike(DAY)
    trio = village.pairings[-1]
    assert (trio.kind, trio.beside_id) == (PairingKind.TRIO, first.id)
    await accept_offer(village.world, mia, Which())
    await accept_offer(village.world, ben, Which())
    (opening,) = await claim_openings(village.world, mia.community)
    assert opening.people == ["mia", "ben", "ana"]
    # Claimed: nobody else opens it now, and somebody does when the claim ran out.
    assert await claim_openings(village.world, mia.community) == []
    village.clock.advance(timedelta(minutes=3))
    assert len(await claim_openings(village.world, mia.community)) == 1


async def test_a_session_is_reminded_of_once_and_only_who_asked(
    village: Village,
) -> None:
    mia = await village.mentor("mia")
    ana, _ = await village.mentee("ana")
    await village.pair(mia, ana)
    view = await propose_session(village.world, mia, Which(), None)
    with pytest.raises(Refused, match="session_own"):
        await take_session(village.world, mia, WhichSession(), 1)
    await take_session(village.world, ana, WhichSession(), 2)
    await remind_of_session(village.world, ana, WhichSession())
    with pytest.raises(Refused, match="session_not_yet"):
        await tell_session(village.world, ana, WhichSession(), SessionEvent.HELD)
    starts_at = view.session.times[1]

    async def told_at(at: datetime) -> list[tuple[int, NoticeKind]]:
        village.store.notices.clear()
        village.clock.now = at
        for _ in range(2):
            await village.strike()
        every = village.store.notices.values()
        of_session = [one for one in every if "session" in one.facts]
        return sorted((one.member_id, one.kind) for one in of_session)

    assert await told_at(starts_at - timedelta(minutes=61)) == []
    soon = await told_at(starts_at - timedelta(minutes=59))
    assert soon == [(ana.id, NoticeKind.SESSION_SOON)]
    assert await told_at(starts_at + timedelta(minutes=60)) == sorted(
        (one.id, NoticeKind.SESSION_OVER) for one in (ana, mia)
    )
    await tell_session(village.world, mia, WhichSession(), SessionEvent.HELD)
    assert await told_at(starts_at + 5 * DAY) == []


async def test_of_a_pairing_that_is_gone_nothing_is_told(village: Village) -> None:
    mia = await village.mentor("mia")
    await village.mentee("ana")
    (notice,) = village.told(mia)
    texts = texts_in("en")
    told = await pairing_notice(village.world, texts, mia, notice)
    assert "ana looks for a mentor" in said(told or Reply(blocks=()))
    village.store.pairings.clear()
    assert await pairing_notice(village.world, texts, mia, notice) is None
