from bot.domain.leaderboard import Friend
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member


async def test_one_follows_and_the_other_does_not_know(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada, ben, cleo = [await a_member(unit_of_work, n) for n in ("Ada", "Ben", "Cleo")]
    async with unit_of_work() as unit:
        assert await unit.friends.follow(ada.id, cleo.id)
        assert await unit.friends.follow(ada.id, ben.id)
        assert not await unit.friends.follow(ada.id, ben.id)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.friends.of_member(ada.id) == [
            Friend(member_id=ben.id, name="Ben"),
            Friend(member_id=cleo.id, name="Cleo"),
        ]
        assert await unit.friends.of_member(ben.id) == []
        assert await unit.friends.leave(ada.id, ben.id)
        assert not await unit.friends.leave(ada.id, ben.id)
        assert not await unit.friends.leave(cleo.id, ada.id)
        assert len(await unit.friends.of_member(ada.id)) == 1
