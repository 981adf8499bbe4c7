from datetime import timedelta

from bot.domain.outage import Outage
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY


async def test_a_heartbeat_tells_when_the_last_one_was(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    later = A_MONDAY + timedelta(minutes=1)
    for at, before in (
        (A_MONDAY, None),
        (later, A_MONDAY),
        # Another process's clock is behind.
        (A_MONDAY, later),
        (later, later),
    ):
        async with unit_of_work() as unit:
            assert await unit.outages.beat(at) == before
            await unit.commit()


async def test_an_outage_is_open_until_it_is_settled(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    ended_at = A_MONDAY + timedelta(hours=3)
    async with unit_of_work() as unit:
        for phase in (None, 2):
            await unit.outages.add(
                Outage(
                    began_at=A_MONDAY,
                    ended_at=ended_at,
                    reason="down",
                    community_id=member.community.id if phase else None,
                    phase=phase,
                )
            )
        await unit.commit()
    async with unit_of_work() as unit:
        first, second = await unit.outages.unsettled()
        assert (first.community_id, second.phase) == (None, 2)
        assert (second.began_at, second.ended_at) == (A_MONDAY, ended_at)
        assert first.id is not None
        await unit.outages.settle(first.id, ended_at)
        assert list(await unit.outages.unsettled()) == [second]
