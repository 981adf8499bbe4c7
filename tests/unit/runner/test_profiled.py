"""A pool for each profile: opened at need, let go when nobody needs it."""

import asyncio
import threading
from collections.abc import Callable, Sequence

from runner.job import Profile
from runner.pool import PooledSandbox
from runner.profiled import IDLE_S, ProfiledSandbox
from runner.sandbox import Outcome, Work
from tests.unit.runner.scripted_sandbox import ScriptedSandbox
from tests.unit.runner.test_pool import DONE, Engine, work


class Engines:
    """One of fakes for each pool, in the order in which they were opened."""

    def __init__(self) -> None:
        self.opened: list[tuple[Profile, Engine]] = []
        self.closed = threading.Semaphore(0)
        self.then: Callable[[Work], Sequence[Outcome]] = lambda _: DONE

    def open(self, profile: Profile) -> PooledSandbox:
        engine = Engine()
        engine.then = self.then
        self.opened.append((profile, engine))
        return Told(engine, self.closed)

    def sandbox(self, idle_s: float) -> ProfiledSandbox:
        cold = ScriptedSandbox([Outcome(ending="exited")])
        return ProfiledSandbox(self.open, cold, idle_s=idle_s)

    @property
    def profiles(self) -> list[Profile]:
        return [profile for profile, _ in self.opened]

    async def one_has_closed(self) -> None:
        assert await asyncio.to_thread(self.closed.acquire, timeout=30)


class Told(PooledSandbox):
    """Says when it has closed."""

    def __init__(self, engine: Engine, closed: threading.Semaphore) -> None:
        cold = ScriptedSandbox([Outcome(ending="exited")])
        super().__init__(engine.open, cold, lambda _: True, slots=2)
        self._told = closed

    async def close(self) -> None:
        await super().close()
        self._told.release()


def of(profile: Profile) -> Work:
    return work().model_copy(update={"profile": profile})


async def test_a_pool_that_serves_nobody_closes_and_opens_again_at_need() -> None:
    engines = Engines()
    sandbox = engines.sandbox(idle_s=0)
    for _ in range(2):
        assert await sandbox.run(of(Profile.DATA)) == DONE
        await engines.one_has_closed()
    assert engines.profiles == [Profile.BASE, Profile.DATA, Profile.DATA]
    assert all(
        warm.closed for _, engine in engines.opened[1:] for warm in engine.opened
    )
    await sandbox.close()


async def test_the_pool_of_base_stays() -> None:
    engines = Engines()
    sandbox = engines.sandbox(idle_s=0)
    assert await sandbox.run(of(Profile.BASE)) == DONE
    assert await sandbox.run(of(Profile.WEB)) == DONE
    await engines.one_has_closed()
    assert await sandbox.run(of(Profile.BASE)) == DONE
    assert engines.profiles == [Profile.BASE, Profile.WEB]
    await sandbox.close()


async def test_a_pool_in_use_stays_open() -> None:
    engines = Engines()
    sandbox = engines.sandbox(idle_s=0)
    began, go = threading.Event(), threading.Event()

    def held(one: Work) -> list[Outcome]:
        if one.source == "long":
            began.set()
            go.wait(30)
        return DONE

    engines.then = held
    long = of(Profile.DATA).model_copy(update={"source": "long"})
    running = asyncio.create_task(sandbox.run(long))
    assert await asyncio.to_thread(began.wait, 30)
    for _ in range(3):
        assert await sandbox.run(of(Profile.DATA)) == DONE
        # Where a timer of no time would be heard.
        await asyncio.sleep(0)
    assert engines.profiles == [Profile.BASE, Profile.DATA]
    go.set()
    assert await running == DONE
    await engines.one_has_closed()
    await sandbox.close()


async def test_a_pool_that_rests_is_used_again_and_closed_with_the_rest() -> None:
    engines = Engines()
    sandbox = engines.sandbox(idle_s=IDLE_S)
    for _ in range(3):
        assert await sandbox.run(of(Profile.ML)) == DONE
    await sandbox.close()
    assert engines.profiles == [Profile.BASE, Profile.ML]
    assert all(warm.closed for _, engine in engines.opened for warm in engine.opened)
