import asyncio
import threading
from collections.abc import Callable, Sequence

import pytest

from runner.errors import SandboxFault
from runner.job import Call
from runner.pool import Mode, PooledSandbox
from runner.sandbox import Outcome, Work
from tests.unit.runner.scripted_sandbox import ScriptedSandbox

DONE = [Outcome(ending="returned")]


class FakeWarm:
    """Answers as `then` says; `whole` is what it says of itself after each."""

    def __init__(self, then: Callable[[Work], Sequence[Outcome]], mode: Mode) -> None:
        self.mode = mode
        self.why = ""
        self.then = then
        self.served: list[str] = []
        self.is_whole = True
        self.left = threading.Event()
        self.closed = False

    def converse(self, work: Work) -> Sequence[Outcome]:
        self.served.append(work.source)
        return self.then(work)

    def whole(self) -> bool:
        return self.is_whole

    def leave(self) -> None:
        self.left.set()

    def close(self) -> None:
        self.closed = True


class Engine:
    """Opens fake containers, unless it is `gone`."""

    def __init__(self, mode: Mode = Mode.POOLED) -> None:
        self.mode = mode
        self.opened: list[FakeWarm] = []
        self.gone = False
        self.then: Callable[[Work], Sequence[Outcome]] = lambda work: DONE

    def open(self) -> FakeWarm:
        if self.gone:
            raise SandboxFault("engine: gone")
        warm = FakeWarm(self._answer, self.mode)
        self.opened.append(warm)
        return warm

    def _answer(self, work: Work) -> Sequence[Outcome]:
        return self.then(work)

    def pool(self, *, slots: int = 1, most: int = 3) -> PooledSandbox:
        return PooledSandbox(
            self.open,
            ScriptedSandbox([Outcome(ending="exited")]),
            lambda work: work.limits.memory_mib <= 128,
            slots=slots,
            submissions_per_container=most,
        )


def work(source: str = "", **limits: int) -> Work:
    return Work.model_validate(
        {"profile": "base", "limits": limits, "source": source}
        | {"actions": [Call(function="f")]}
    )


async def test_a_container_goes_after_its_submissions() -> None:
    engine = Engine()
    pool = engine.pool(most=3)
    for number in range(7):
        assert await pool.run(work(str(number))) == DONE
    await pool.close()
    assert [warm.served for warm in engine.opened] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6"],
    ]
    assert all(warm.closed for warm in engine.opened)


async def test_a_container_that_serves_one_goes_after_it() -> None:
    engine = Engine(Mode.SINGLE_USE)
    pool = engine.pool(most=100)
    for _ in range(3):
        await pool.run(work())
    await pool.close()
    assert [len(warm.served) for warm in engine.opened][:3] == [1, 1, 1]


async def test_a_container_that_is_not_whole_goes_though_its_answer_counts() -> None:
    engine = Engine()
    pool = engine.pool()
    engine.opened[0].is_whole = False
    assert await pool.run(work("odd")) == DONE
    assert await pool.run(work("next")) == DONE
    await pool.close()
    assert engine.opened[0].served == ["odd"]
    assert engine.opened[1].served == ["next"]


@pytest.mark.parametrize("fault", [SandboxFault("zygote gone"), ValueError("a bug")])
async def test_a_fault_is_told_and_the_next_one_judged(fault: Exception) -> None:
    engine = Engine()
    pool = engine.pool()

    def fail(work: Work) -> Sequence[Outcome]:
        raise fault

    engine.then = fail
    with pytest.raises(SandboxFault):
        await pool.run(work())
    engine.then = lambda work: DONE
    assert await pool.run(work()) == DONE
    await pool.close()
    assert engine.opened[0].closed


async def test_an_engine_that_is_gone_is_told_and_may_come_back() -> None:
    engine = Engine()
    pool = engine.pool(most=1)
    await pool.run(work())
    engine.gone = True
    # The container after the first may have been opened before the engine went.
    ended = await asyncio.gather(
        pool.run(work()), pool.run(work()), return_exceptions=True
    )
    assert type(ended[-1]) is SandboxFault
    engine.gone = False
    assert await pool.run(work()) == DONE
    await pool.close()


async def test_who_came_first_is_judged_first() -> None:
    engine = Engine()
    pool = engine.pool(most=1000)
    names = [str(number) for number in range(200)]
    assert await asyncio.gather(*(pool.run(work(name)) for name in names))
    await pool.close()
    assert engine.opened[0].served == names


async def test_what_asks_for_more_room_runs_in_a_container_of_its_own() -> None:
    engine = Engine()
    pool = engine.pool()
    [outcome] = await pool.run(work(memory_mib=512))
    await pool.close()
    assert outcome.ending == "exited"
    assert engine.opened[0].served == []


async def test_a_run_that_is_left_ends_its_container_and_no_other() -> None:
    engine = Engine()
    begun = threading.Event()

    def wait(work: Work) -> Sequence[Outcome]:
        begun.set()
        engine.opened[0].left.wait(30)
        raise SandboxFault("left")

    engine.then = wait
    pool = engine.pool()
    running = asyncio.create_task(pool.run(work("running")))
    await asyncio.to_thread(begun.wait, 30)
    waiting = asyncio.create_task(pool.run(work("waiting")))
    await asyncio.sleep(0)
    waiting.cancel()
    running.cancel()
    ended = await asyncio.gather(running, waiting, return_exceptions=True)
    assert [type(end) for end in ended] == [asyncio.CancelledError] * 2
    engine.then = lambda work: DONE
    assert await pool.run(work("next")) == DONE
    await pool.close()
    assert [warm.served for warm in engine.opened] == [["running"], ["next"]]
    assert engine.opened[0].closed


async def test_no_container_at_the_start_is_a_fault() -> None:
    engine = Engine()
    engine.gone = True
    with pytest.raises(SandboxFault):
        engine.pool()
