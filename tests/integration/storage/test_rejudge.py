"""Judging again on the real database: workers die, and accounts are linked."""

import asyncio
from dataclasses import replace

from bot.domain.member import Member
from bot.domain.rejudge import RejudgeState
from bot.domain.submission import SubmissionState
from bot.services.judge_submission import judge_submission
from bot.services.link import link, make_code
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from bot.services.rejudge import confirm_rejudge, propose_rejudge, take_turn
from bot.services.submit import NewSubmission, submit
from bot.services.world import World
from runner.job import Job
from runner.report import Report
from runner.verdict import Verdict
from tests.contract.given import ADA, a_member
from tests.fakes.catalogue import RIGHT, WRONG, FakeJudge, fake_catalogue
from tests.fakes.clock import A_MONDAY, FakeClock


class Mended:
    """What was right is wrong now, and the other way round."""

    async def judge(self, job: Job) -> Report:
        source = {RIGHT: WRONG, WRONG: RIGHT}[job.source]
        return await FakeJudge().judge(job.model_copy(update={"source": source}))


class Killed(Exception):
    pass


class Dying(Mended):
    async def judge(self, job: Job) -> Report:
        raise Killed


async def solve(world: World, member: Member, source: str) -> None:
    answer = NewSubmission(challenge_id="add-up", source=source, place={})
    accepted = await submit(world, member, answer)
    await judge_submission(world, FakeJudge(), accepted.submission.id)


async def test_turns_are_settled_once_while_workers_die_and_accounts_are_linked(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    world = World(
        unit_of_work=unit_of_work, now=FakeClock(), catalogue=fake_catalogue()
    )
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    async with unit_of_work() as unit:
        slack, _ = await unit.members.enter(
            replace(ADA, platform="slack"), "home", A_MONDAY
        )
        await unit.commit()
    for member, source in ((ada, RIGHT), (ben, WRONG), (slack, RIGHT)):
        await solve(world, member, source)
    view = await propose_rejudge(
        world, ben, "add-up", submission_id=None, reason="mended"
    )
    await asyncio.gather(
        *(confirm_rejudge(world, ben, view.rejudge.id) for _ in range(3)),
        return_exceptions=True,
    )
    run = view.rejudge.id
    code = await make_code(world, ada)

    async def turns() -> None:
        for judge in (Dying(), Mended(), Mended(), Mended()):
            try:
                await take_turn(world, judge, run)
            except Killed:
                continue

    async with asyncio.timeout(30):
        await asyncio.gather(turns(), turns(), link(world, slack, code.text))
    async with unit_of_work() as unit:
        done = await unit.rejudges.get(run)
        assert done is not None
        assert done.state is RejudgeState.DONE
        points = {
            member.id: sum(
                total.points
                for board, total in (
                    (board, total)
                    for (board, _), total in (
                        await unit.boards.kept([member.id])
                    ).items()
                )
                if board.period == "week" and board.phase is None
            )
            for member in (ada, ben, slack)
        }
        # Ada's was taken back; what she solved on Slack, elsewhere, counts still.
        assert points == {ada.id: 0, ben.id: 80, slack.id: 80}
        history = await unit.submissions.history(ben.person_id)
        assert [(one.verdict, one.state) for one in history] == [
            (Verdict.ACCEPTED, SubmissionState.JUDGED)
        ]
        log = await unit.audit.read(ben.community.id, limit=10)
        assert len(log) == 1
