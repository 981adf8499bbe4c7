"""Organisers put right what went wrong; the log tells of it, and so do we."""

import pytest

from bot.domain.audit import AuditAct
from bot.domain.leaderboard import Period
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.rejudge import RejudgeState
from bot.services.correct_points import grant_points, revoke_points
from bot.services.enter import enter
from bot.services.errors import Refused
from bot.services.leaderboard import read_board
from bot.services.ports.members import Account
from bot.services.profile import read_profile
from bot.services.rejudge import (
    confirm_rejudge,
    pass_turn,
    propose_rejudge,
    take_turn,
)
from bot.services.streaks import read_streak
from bot.services.world import World
from runner.errors import SandboxFull
from runner.job import Job
from runner.report import Report
from runner.verdict import Verdict
from tests.fakes.catalogue import RIGHT, WRONG, FakeJudge
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import Play


@pytest.fixture
async def organiser(world: World) -> Member:
    account = Account(platform="web", external_id="olga", name="Olga")
    return await enter(world, account, "home")


async def week(world: World, member: Member) -> int:
    view = await read_board(world, member, period=Period.WEEK, phase=None)
    return view.own.points if view.own else 0


@pytest.mark.parametrize("typed", ["ada", "<@ada>", "<@ada|Ada>", "@Ada", " ADA "])
async def test_points_are_given_with_a_reason_that_is_told(
    world: World, store: FakeStore, ada: Member, organiser: Member, typed: str
) -> None:
    corrected = await grant_points(world, organiser, typed, 50, "wrote a guide")
    assert (corrected.member.id, corrected.points) == (ada.id, 50)
    assert await week(world, ada) == 50
    (told,) = store.notices.values()
    assert (told.member_id, told.kind) == (ada.id, NoticeKind.POINTS_GRANTED)
    assert told.facts == {"points": 50, "reason": "wrote a guide", "community": "home"}
    (entry,) = store.audit
    assert (entry.act, entry.actor_id, entry.subject_id, entry.reason) == (
        AuditAct.POINTS_GRANTED,
        organiser.id,
        ada.id,
        "wrote a guide",
    )


async def test_points_are_taken_and_never_more_than_there_are(
    world: World, store: FakeStore, ada: Member, organiser: Member
) -> None:
    await grant_points(world, organiser, "ada", 50, "a slip")
    assert (await revoke_points(world, organiser, "ada", 20, "mended")).points == 30
    assert await week(world, ada) == 30
    with pytest.raises(Refused) as refusal:
        await revoke_points(world, organiser, "ada", 31, "too much")
    assert refusal.value.reason == "revoke_too_much"
    assert (await revoke_points(world, organiser, "ada", 30, "all")).points == 0
    assert await week(world, ada) == 0
    assert len(store.audit) == 3


async def test_nobody_is_mistaken_for_another(world: World, organiser: Member) -> None:
    for number in (1, 2):
        account = Account(platform="web", external_id=f"b{number}", name="Ben")
        await enter(world, account, "home")
    elsewhere = Account(platform="web", external_id="far", name="Far")
    await enter(world, elsewhere, "elsewhere")
    for typed, reason in (
        ("ben", "member_ambiguous"),
        ("far", "member_unknown"),
        ("nobody", "member_unknown"),
    ):
        with pytest.raises(Refused) as refusal:
            await grant_points(world, organiser, typed, 5, "why")
        assert refusal.value.reason == reason


class MendedJudge:
    """The challenge was wrong: what it asked for is the other way round now."""

    def __init__(self, *, breaks: int = 0) -> None:
        self._judge = FakeJudge()
        self.breaks = breaks
        self.judged = 0

    async def judge(self, job: Job) -> Report:
        if self.breaks:
            self.breaks -= 1
            raise SandboxFull(1)
        self.judged += 1
        source = {RIGHT: WRONG, WRONG: RIGHT}.get(job.source, job.source)
        return await self._judge.judge(job.model_copy(update={"source": source}))


async def run(world: World, organiser: Member, judge: MendedJudge) -> None:
    view = await propose_rejudge(
        world, organiser, "add-up", submission_id=None, reason="mended"
    )
    await confirm_rejudge(world, organiser, view.rejudge.id)
    store = world.unit_of_work
    while True:
        await take_turn(world, judge, view.rejudge.id)
        async with store() as unit:
            found = await unit.rejudges.get(view.rejudge.id)
        if found is not None and found.state is RejudgeState.DONE:
            return


async def test_scores_boards_and_streaks_follow_and_each_is_told_once(
    world: World, store: FakeStore, ada: Member, organiser: Member, play: Play
) -> None:
    ben = await enter(
        world, Account(platform="web", external_id="ben", name="Ben"), "home"
    )
    kept = await play(ada, RIGHT)
    await play(ada, RIGHT)
    won = await play(ben, WRONG)
    await run(world, organiser, MendedJudge())
    assert [await week(world, one) for one in (ada, ben)] == [0, 80]
    assert (await read_streak(world, ada)).current == 0
    assert (await read_streak(world, ben)).current == 1
    assert (await read_profile(world, ada)).solved == 0
    assert store.submissions[kept.id].verdict is not Verdict.ACCEPTED
    assert (store.submissions[kept.id].points, store.submissions[won.id].points) == (
        0,
        80,
    )
    told = {one.member_id: one.facts["change"] for one in store.notices.values()}
    assert told == {ada.id: "-80", ben.id: "+80"}
    assert [one.act for one in store.audit] == [AuditAct.REJUDGED]
    # The same again changes nothing, and tells nobody.
    log, notices = dict(store.events), dict(store.notices)
    await run(world, organiser, MendedJudge())
    assert (store.events, store.notices) == (log, notices)


async def test_it_goes_on_where_it_was_cut_off_and_is_started_once(
    world: World, store: FakeStore, ada: Member, organiser: Member, play: Play
) -> None:
    await play(ada, RIGHT)
    judge = MendedJudge(breaks=1)
    view = await propose_rejudge(
        world, organiser, "add-up", submission_id=None, reason="mended"
    )
    assert (view.count.submissions, view.count.accepted, view.count.members) == (
        1,
        1,
        1,
    )
    assert store.rejudge_jobs == []
    for _ in range(2):
        await confirm_rejudge(world, organiser, view.rejudge.id)
    assert store.rejudge_jobs == [view.rejudge.id]
    assert len(store.audit) == 1
    with pytest.raises(SandboxFull):
        await take_turn(world, judge, view.rejudge.id)
    assert await week(world, ada) == 80
    # A worker that died after its commit has its job run again.
    for _ in range(3):
        await take_turn(world, judge, view.rejudge.id)
    assert judge.judged == 1
    assert await week(world, ada) == 0
    assert len(store.notices) == 1


async def test_what_no_try_can_judge_stays_and_the_next_has_their_turn(
    world: World, store: FakeStore, ada: Member, organiser: Member, play: Play
) -> None:
    await play(ada, RIGHT)
    view = await propose_rejudge(
        world, organiser, "add-up", submission_id=None, reason="mended"
    )
    await confirm_rejudge(world, organiser, view.rejudge.id)
    await pass_turn(world, view.rejudge.id)
    await take_turn(world, MendedJudge(), view.rejudge.id)
    assert store.rejudges[view.rejudge.id].state is RejudgeState.DONE
    assert await week(world, ada) == 80


async def test_only_what_is_there_and_ones_own_communitys_is_judged_again(
    world: World, ada: Member, organiser: Member, play: Play
) -> None:
    with pytest.raises(Refused) as refusal:
        await propose_rejudge(
            world, organiser, "add-up", submission_id=None, reason="mended"
        )
    assert refusal.value.reason == "nothing_to_rejudge"
    judged = await play(ada, RIGHT)
    await play(ada, WRONG)
    view = await propose_rejudge(
        world, organiser, "add-up", submission_id=judged.id, reason="mended"
    )
    assert view.count.submissions == 1
    stranger = await enter(
        world, Account(platform="web", external_id="x", name="X"), "elsewhere"
    )
    with pytest.raises(Refused) as refusal:
        await confirm_rejudge(world, stranger, view.rejudge.id)
    assert refusal.value.reason == "rejudge_gone"
