from datetime import timedelta
from uuid import UUID, uuid4

from bot.domain.member import Member
from bot.domain.news import CLAIM, IN_ONE_MESSAGE, News, NewsKind
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


def news_of(member: Member, second: int = 0) -> News:
    return News(
        id=uuid4(),
        member_id=member.id,
        community_id=member.community.id,
        kind=NewsKind.SOLVED,
        at=A_MONDAY + timedelta(seconds=second),
        facts={"challenge": "add-up", "points": 5},
    )


async def put(unit_of_work: UnitOfWorkFactory, *news: News) -> None:
    async with unit_of_work() as unit:
        for one in news:
            await unit.news.put(one)
        await unit.commit()


async def test_what_waits_is_claimed_oldest_first_and_once(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben = await a_member(unit_of_work), await a_member(unit_of_work, "Ben", "b")
    mine = [news_of(ada, second) for second in range(IN_ONE_MESSAGE + 1)]
    await put(unit_of_work, *reversed(mine), news_of(ben))
    here, at = ada.community.id, A_MONDAY
    async with unit_of_work() as unit:
        assert set(await unit.news.waiting(at)) == {here, ben.community.id}
        first = await unit.news.claim(here, UUID(int=1), at)
        second = await unit.news.claim(here, UUID(int=2), at)
        assert await unit.news.claim(here, UUID(int=3), at) is None
        assert await unit.news.waiting(at) == [ben.community.id]
    assert first is not None
    assert second is not None
    assert (*first.news, *second.news) == tuple(mine)
    assert (first.id, first.again) == (UUID(int=1), False)


async def test_a_claim_that_ran_out_is_taken_again_as_the_same_batch(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    here, early, late = ada.community.id, news_of(ada), news_of(ada, 1)
    await put(unit_of_work, early)
    async with unit_of_work() as unit:
        await unit.news.claim(here, UUID(int=1), A_MONDAY)
        await unit.commit()
    await put(unit_of_work, late)
    async with unit_of_work() as unit:
        at = A_MONDAY + CLAIM
        left = await unit.news.claim(here, UUID(int=2), at)
        assert left is not None
        assert (left.id, left.news, left.again) == (UUID(int=1), (early,), True)
        await unit.news.finish(left.id)
        new = await unit.news.claim(here, UUID(int=3), at)
        assert new is not None
        assert (new.news, new.again) == ((late,), False)


async def test_what_is_posted_or_too_old_is_gone(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    await put(unit_of_work, news_of(ada), news_of(ada, 60))
    async with unit_of_work() as unit:
        await unit.news.drop_before(A_MONDAY + timedelta(seconds=1))
        batch = await unit.news.claim(ada.community.id, UUID(int=1), A_MONDAY)
        assert batch is not None
        assert len(batch.news) == 1
        await unit.news.finish(batch.id)
        assert await unit.news.waiting(A_MONDAY + CLAIM) == []
