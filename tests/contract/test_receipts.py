import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.services.ports.receipts import TAKEN_FOR, Receipts
from bot.storage.receipts import PostgresReceipts
from tests.fakes.clock import A_MONDAY
from tests.fakes.receipts import FakeReceipts


@pytest.fixture
def receipts(engine: AsyncEngine | None) -> Receipts:
    return FakeReceipts() if engine is None else PostgresReceipts(engine)


async def test_of_many_who_ask_at_once_one_is_the_first(receipts: Receipts) -> None:
    asking = [receipts.take("event 1", A_MONDAY) for _ in range(5)]
    assert sorted(await asyncio.gather(*asking)) == [False] * 4 + [True]
    assert await receipts.take("event 2", A_MONDAY)


async def test_the_others_are_told_what_came_of_it(receipts: Receipts) -> None:
    assert await receipts.take("post 1", A_MONDAY)
    assert await receipts.told("post 1") is None
    await receipts.tell("post 1", "17.0001")
    assert not await receipts.take("post 1", A_MONDAY + 2 * TAKEN_FOR)
    assert await receipts.told("post 1") == "17.0001"
    assert await receipts.told("post 2") is None


async def test_who_died_over_it_is_followed_by_one_other(receipts: Receipts) -> None:
    assert await receipts.take("post 1", A_MONDAY)
    assert not await receipts.take("post 1", A_MONDAY + TAKEN_FOR / 2)
    later = A_MONDAY + TAKEN_FOR
    assert [await receipts.take("post 1", later) for _ in range(2)] == [True, False]


async def test_what_was_told_from_the_beginning_is_taken_once(
    receipts: Receipts,
) -> None:
    assert await receipts.take("event 1", A_MONDAY, "heard")
    assert not await receipts.take("event 1", A_MONDAY + 2 * TAKEN_FOR, "heard")
