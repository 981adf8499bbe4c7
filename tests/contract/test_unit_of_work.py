import pytest

from bot.domain.member import Member
from bot.services.errors import MemberNotFound, SubmissionNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member, a_solved_event, a_submission


class SomethingFailed(Exception):
    pass


async def test_leaving_without_commit_undoes_everything(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    submission = a_submission(member)
    async with unit_of_work() as unit:
        await unit.submissions.add(submission)
        await unit.events.append(a_solved_event(member, "a"))
        await unit.queue.defer_judging(submission)
    async with unit_of_work() as unit:
        with pytest.raises(SubmissionNotFound):
            await unit.submissions.get(submission.id)
        assert list(await unit.events.of_person(member.person_id)) == []


async def _append_and_fail(unit_of_work: UnitOfWorkFactory, member: Member) -> None:
    async with unit_of_work() as unit:
        await unit.events.append(a_solved_event(member, "a"))
        raise SomethingFailed


async def test_an_error_undoes_what_came_before_it(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    with pytest.raises(SomethingFailed):
        await _append_and_fail(unit_of_work, member)
    async with unit_of_work() as unit:
        assert list(await unit.events.of_person(member.person_id)) == []


async def test_what_comes_after_the_commit_is_undone(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    kept, undone = a_submission(member), a_submission(member)
    async with unit_of_work() as unit:
        await unit.submissions.add(kept)
        await unit.commit()
        await unit.submissions.add(undone)
    async with unit_of_work() as unit:
        assert await unit.submissions.get(kept.id) == kept
        with pytest.raises(SubmissionNotFound):
            await unit.submissions.get(undone.id)


async def test_a_unit_sees_its_own_writes(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)
    submission = a_submission(member)
    async with unit_of_work() as unit:
        await unit.submissions.add(submission)
        assert await unit.submissions.get(submission.id) == submission


async def test_a_unit_serves_on_after_a_refusal(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        with pytest.raises(MemberNotFound):
            await unit.members.get(member.id + 1)
        assert await unit.members.get(member.id) == member
