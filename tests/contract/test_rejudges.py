from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from bot.domain.member import Member
from bot.domain.rejudge import Rejudge, RejudgeCount, RejudgeState
from bot.domain.submission import SubmissionState
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from runner.verdict import Verdict
from tests.contract.given import a_member, a_submission
from tests.fakes.clock import A_MONDAY

ACCEPTED, WRONG = Verdict.ACCEPTED, Verdict.WRONG_ANSWER


async def judged(
    unit_of_work: UnitOfWorkFactory, member: Member, *verdicts: Verdict
) -> None:
    async with unit_of_work() as unit:
        for verdict in verdicts:
            submission = a_submission(member, "add-up")
            await unit.submissions.add(
                replace(submission, state=SubmissionState.JUDGED, verdict=verdict)
            )
        await unit.submissions.add(a_submission(member, "add-up"))
        await unit.commit()


async def members(unit_of_work: UnitOfWorkFactory) -> Sequence[Member]:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    elsewhere = await a_member(unit_of_work, "Far", community="elsewhere")
    await judged(unit_of_work, ada, ACCEPTED, WRONG)
    await judged(unit_of_work, ben, ACCEPTED, Verdict.JUDGE_ERROR)
    await judged(unit_of_work, elsewhere, ACCEPTED)
    return ada, ben


async def test_a_communitys_members_have_their_turn_once_each(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben = await members(unit_of_work)
    rejudge = Rejudge(
        id=uuid4(),
        community_id=ada.community.id,
        challenge_id="add-up",
        submission_id=None,
        reason="mended",
        at=A_MONDAY,
    )
    counted = RejudgeCount(members=2, submissions=3, accepted=2)
    async with unit_of_work() as unit:
        await unit.rejudges.propose(rejudge)
        assert await unit.rejudges.get(rejudge.id, lock=True) == rejudge
        assert await unit.rejudges.count(rejudge) == counted
        assert await unit.rejudges.whose_turn(rejudge.id) is None
        await unit.rejudges.start(rejudge)
        await unit.commit()
    async with unit_of_work() as unit:
        running = await unit.rejudges.get(rejudge.id)
        assert running == replace(rejudge, state=RejudgeState.RUNNING)
        turns = []
        while (turn := await unit.rejudges.whose_turn(rejudge.id)) is not None:
            turns.append(turn)
            await unit.rejudges.settle(rejudge.id, turn)
            await unit.rejudges.go_on(rejudge.id)
        assert turns == [ada.id, ben.id]
        assert await unit.rejudges.count(rejudge) == replace(counted, settled=2)
        await unit.rejudges.end(rejudge.id)
        done = await unit.rejudges.get(rejudge.id)
        assert done is not None
        assert done.state is RejudgeState.DONE
        assert await unit.rejudges.get(uuid4()) is None


async def test_a_member_is_found_by_account_before_name(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    await a_member(unit_of_work, "Far", community="elsewhere")
    async with unit_of_work() as unit:
        await unit.members.save(replace(ada, name="BEN"))
        await unit.commit()
    async with unit_of_work() as unit:

        async def named(name: str) -> list[int]:
            found = await unit.members.called(ada.community.id, name)
            return [one.id for one in found]

        assert await named("ben") == [ben.id]
        assert await named("bEn") == [ada.id, ben.id]
        assert await named("ada") == [ada.id]
        assert await named("far") == []
