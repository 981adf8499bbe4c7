from dataclasses import replace
from datetime import timedelta

from bot.domain.daily_post import DailyPost, PostState, Trouble, claim, delivered
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


async def test_a_post_is_one_for_its_phase_and_date(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    post = DailyPost(
        community_id=member.community.id,
        phase=2,
        on=A_MONDAY.date(),
        state=PostState.CHOSEN,
        due_at=A_MONDAY,
    )
    async with unit_of_work() as unit:
        assert await unit.daily_posts.add(post)
        assert not await unit.daily_posts.add(replace(post, tries=3))
        await unit.commit()
    posted = delivered(claim(post, A_MONDAY), channel="c", message="m", now=A_MONDAY)
    async with unit_of_work() as unit:
        await unit.daily_posts.save(replace(posted, thread="t"))
        await unit.commit()
    async with unit_of_work() as unit:
        found = await unit.daily_posts.find(post.community_id, 2, post.on, lock=True)
        assert found == replace(posted, thread="t")
        assert await unit.daily_posts.find(post.community_id, 1, post.on) is None


async def test_posts_come_from_a_day_on_in_order(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    days = [A_MONDAY.date() + timedelta(days=n) for n in range(3)]
    posts = [
        DailyPost(
            community_id=member.community.id,
            phase=phase,
            on=on,
            state=PostState.SKIPPED,
            trouble=Trouble.DOWN,
            due_at=A_MONDAY,
        )
        for on in days
        for phase in (1, 2)
    ]
    async with unit_of_work() as unit:
        for post in posts[::-1]:
            await unit.daily_posts.add(post)
        found = await unit.daily_posts.of_days(member.community.id, days[1])
        assert list(found) == posts[2:]
        assert list(await unit.daily_posts.of_days(99, days[0])) == []
