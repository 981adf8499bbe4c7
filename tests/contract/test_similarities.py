from dataclasses import replace

from bot.domain.submission import SubmissionState
from bot.services.ports.similarities import AlikeAnswer, pair_of
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from runner.verdict import Verdict
from tests.contract.given import ADA, a_member, a_submission
from tests.fakes.clock import A_MONDAY


async def test_everybodys_last_accepted_one_is_compared_and_answers_are_kept(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben = [await a_member(unit_of_work, name) for name in ("Ada", "Ben")]
    far = await a_member(unit_of_work, "Far", community="elsewhere")
    async with unit_of_work() as unit:
        slack, _ = await unit.members.enter(
            replace(ADA, platform="slack"), "home", A_MONDAY
        )
        handed_in = [
            replace(
                a_submission(member, "add-up", minute),
                state=SubmissionState.JUDGED,
                verdict=verdict,
            )
            for minute, (member, verdict) in enumerate(
                [
                    (ada, Verdict.ACCEPTED),
                    (ada, Verdict.ACCEPTED),
                    (ada, Verdict.WRONG_ANSWER),
                    (ben, Verdict.ACCEPTED),
                    (far, Verdict.ACCEPTED),
                    (slack, Verdict.ACCEPTED),
                ]
            )
        ]
        for submission in handed_in:
            await unit.submissions.add(submission)
        await unit.commit()
    async with unit_of_work() as unit:
        found = await unit.similarities.accepted(ada.community.id, "add-up", limit=9)
        one, other = [str(handed_in[at].id) for at in (3, 1)]
        assert [each.id for each in found] == [one, other]
        newest = await unit.similarities.accepted(ada.community.id, "add-up", limit=1)
        assert [each.id for each in newest] == [one]
        assert not await unit.similarities.answered([one, other])
        for answer in AlikeAnswer:
            await unit.similarities.answer(
                (ada.id, ben.id), (one, other), answer, A_MONDAY
            )
        assert set(await unit.similarities.answered([other, one, "x"])) == {
            pair_of(one, other)
        }
