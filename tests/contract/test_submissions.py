from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from bot.domain.member import Member
from bot.domain.submission import Submission, SubmissionEvent
from bot.services.errors import MemberNotFound, SubmissionNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from challenges.grading.grade import CaseFeedback, Grade
from runner.verdict import Verdict
from tests.contract.given import a_member, a_submission
from tests.fakes.clock import A_MONDAY

GRADE = Grade(
    verdict=Verdict.PARTIAL,
    share=0.5,
    passed=1,
    total=2,
    cases=(
        CaseFeedback(group="basics", visible=True, verdict=Verdict.ACCEPTED),
        CaseFeedback(
            group="edges",
            visible=True,
            verdict=Verdict.WRONG_ANSWER,
            got="'ñ'",
            # What a member's code prints: a NUL and half a surrogate pair.
            stdout="\x00\ud800",
        ),
    ),
    failed_groups=("edges",),
)


async def test_submission_comes_back_as_it_was(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    submission = a_submission(await a_member(unit_of_work))
    async with unit_of_work() as unit:
        await unit.submissions.add(submission)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.submissions.get(submission.id) == submission


async def test_judged_submission_comes_back_with_its_grade(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    submission = a_submission(await a_member(unit_of_work))
    taken = submission.advance(SubmissionEvent.TAKEN)
    judged = replace(
        taken.advance(SubmissionEvent.GRADED),
        verdict=Verdict.PARTIAL,
        grade=GRADE,
        attempt=1,
        judged_at=A_MONDAY + timedelta(seconds=1),
        answered_at=A_MONDAY + timedelta(seconds=2),
    )
    async with unit_of_work() as unit:
        await unit.submissions.add(submission)
        await unit.submissions.save(judged)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.submissions.get(submission.id, lock=True) == judged


async def test_unknown_submission_is_not_found(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    submission = a_submission(await a_member(unit_of_work))
    async with unit_of_work() as unit:
        with pytest.raises(SubmissionNotFound):
            await unit.submissions.get(uuid4())
        with pytest.raises(SubmissionNotFound):
            await unit.submissions.save(submission)


async def test_nobodys_submission_is_refused(unit_of_work: UnitOfWorkFactory) -> None:
    submission = a_submission(await a_member(unit_of_work))
    async with unit_of_work() as unit:
        with pytest.raises(MemberNotFound):
            await unit.submissions.add(replace(submission, member_id=404))


async def test_history_is_the_persons_newest_first(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    grace = await a_member(unit_of_work, "Grace")
    middle = a_submission(ada, "two", minute=2)
    oldest = a_submission(ada, "one", minute=1)
    newest = a_submission(ada, "one", minute=3)
    async with unit_of_work() as unit:
        for submission in (middle, newest, oldest, a_submission(grace, "one")):
            await unit.submissions.add(submission)
        await unit.commit()
    async with unit_of_work() as unit:
        history = unit.submissions.history
        assert list(await history(ada.person_id)) == [newest, middle, oldest]
        assert list(await history(ada.person_id, "one")) == [newest, oldest]
        assert list(await history(ada.person_id, limit=1)) == [newest]


async def test_attempts_are_counted_past_any_number_of_judge_errors(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    first = replace(a_submission(ada, "one"), attempt=7)
    async with unit_of_work() as unit:
        await unit.submissions.add(first)
        await unit.submissions.add(replace(a_submission(ada, "two"), attempt=9))
        for minute in range(1, 31):
            await unit.submissions.add(a_submission(ada, "one", minute=minute))
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.submissions.attempts(ada.person_id, "one") == 7
        assert await unit.submissions.attempts(ada.person_id, "three") == 0


async def test_count_since_includes_the_instant_itself(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    grace = await a_member(unit_of_work, "Grace")
    async with unit_of_work() as unit:
        for minute in (1, 2, 3):
            await unit.submissions.add(a_submission(ada, minute=minute))
        await unit.submissions.add(a_submission(grace, minute=3))
        await unit.commit()
    async with unit_of_work() as unit:
        since = A_MONDAY + timedelta(minutes=2)
        assert await unit.submissions.count_since(ada.person_id, since) == 2


async def test_a_dailys_solutions_are_the_first_of_each_who_solved_it(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    ben = await a_member(unit_of_work, "Ben")
    far = await a_member(unit_of_work, "Guido", community="elsewhere")

    def solved(member: Member, minute: int, **changes: object) -> Submission:
        facts: dict[str, object] = {
            "is_daily": True,
            "verdict": Verdict.ACCEPTED,
            "points": minute,
        }
        made = a_submission(member, "one", minute=minute)
        return replace(made, **facts | changes)  # type: ignore[arg-type]

    first = solved(ada, 5)
    second = solved(ben, 7)
    handed_in = [
        solved(ada, 3, verdict=Verdict.WRONG_ANSWER),
        first,
        solved(ada, 6),
        second,
        solved(far, 6),
        solved(ben, 4, is_daily=False),
        solved(ben, 1),
    ]
    async with unit_of_work() as unit:
        await unit.members.save(replace(ada, shares=True))
        for submission in handed_in:
            await unit.submissions.add(submission)
        await unit.commit()
    since, until = A_MONDAY + timedelta(minutes=2), A_MONDAY + timedelta(minutes=9)
    async with unit_of_work() as unit:
        found = await unit.submissions.of_daily(ada.community.id, "one", since, until)
        assert [(one.name, one.points) for one in found] == [("Ada", 5), ("Ben", 7)]
        assert [one.source for one in found] == [first.source, None]
        await unit.members.save(replace(ada, shares=True, hidden=True))
        found = await unit.submissions.of_daily(ada.community.id, "one", since, until)
        assert [one.source for one in found] == [None, None]
