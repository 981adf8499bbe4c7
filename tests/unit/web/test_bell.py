import asyncio

from bot.chat.web.bell import Bell

LONG_S = 30.0


async def test_ring_wakes_all_who_wait() -> None:
    bell = Bell()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(bell.wait(bell.rung, LONG_S))
        await bell.ring()


async def test_ring_before_the_wait_is_not_missed() -> None:
    bell = Bell()
    heard = bell.rung
    await bell.ring()
    async with asyncio.timeout(5):
        await bell.wait(heard, LONG_S)


async def test_wait_ends_by_itself() -> None:
    bell = Bell()
    await bell.wait(bell.rung, 0.001)
    assert bell.rung == 0


async def test_closing_wakes_and_stays() -> None:
    bell = Bell()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        group.create_task(bell.wait(bell.rung, LONG_S))
        await bell.close()
    assert bell.closed
