"""The message that shows a community's board."""

from bot.domain.board_post import BoardPost
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


async def test_a_community_has_one_and_the_last_put_holds(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    community_id = (await a_member(unit_of_work)).community.id
    first = BoardPost(community_id=community_id)
    then = BoardPost(
        community_id=community_id,
        channel="c",
        message="m",
        shown="s",
        drawn_at=A_MONDAY,
    )
    async with unit_of_work() as unit:
        assert await unit.board_posts.get(community_id) is None
        await unit.board_posts.put(first)
        assert await unit.board_posts.get(community_id, lock=True) == first
        await unit.board_posts.put(then)
        assert await unit.board_posts.get(community_id) == then
        await unit.board_posts.remove(community_id)
        assert await unit.board_posts.get(community_id) is None
