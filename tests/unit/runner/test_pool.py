import asyncio
import threading
from collections.abc import Callable, Sequence

import pytest

from runner.errors import SandboxFault, SandboxFull
from runner.job import Call
from runner.pool import SHORTEST_WAIT_S, Mode, PooledSandbox
from runner.sandbox import Outcome, Work
from runner.slot import LIMIT_KILLS, LONGEST_STAY_S
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
        self.ready = threading.Event()
        """Set while an opening need not wait."""
        self.ready.set()
        self.now_s = 0.0
        self._stood = threading.Semaphore(0)

    def open(self) -> FakeWarm:
        self.ready.wait(30)
        if self.gone:
            raise SandboxFault("engine: gone")
        warm = FakeWarm(self._answer, self.mode)
        self.opened.append(warm)
        self._stood.release()
        return warm

    async def stand(self, containers: int) -> None:
        """Until so many more have been opened."""
        for _ in range(containers):
            assert await asyncio.to_thread(self._stood.acquire, timeout=30)

    def _answer(self, work: Work) -> Sequence[Outcome]:
        return self.then(work)

    def pool(
        self, *, slots: int = 1, most: int = 3, waiting_room: int = 1000
    ) -> PooledSandbox:
        return PooledSandbox(
            self.open,
            ScriptedSandbox([Outcome(ending="exited")]),
            lambda work: work.limits.memory_mib <= 128,
            slots=slots,
            submissions_per_container=most,
            waiting_room=waiting_room,
            now=lambda: self.now_s,
        )


def work(source: str = "", *, by: str = "", **limits: int) -> Work:
    return Work.model_validate(
        {"profile": "base", "limits": limits, "source": source, "fair_key": by}
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


@pytest.mark.parametrize("ending", sorted(LIMIT_KILLS))
async def test_a_container_goes_after_a_limit_had_to_be_enforced(ending: str) -> None:
    engine = Engine()
    pool = engine.pool()
    engine.then = lambda work: [*DONE, Outcome(ending=ending)]
    assert (await pool.run(work("greedy")))[-1].ending == ending
    engine.then = lambda work: DONE
    await pool.run(work("next"))
    await pool.close()
    assert [warm.served for warm in engine.opened] == [["greedy"], ["next"]]


async def test_a_container_goes_when_it_is_old_however_little_it_served() -> None:
    engine = Engine()
    pool = engine.pool()
    await pool.run(work("young"))

    def grow_old(work: Work) -> Sequence[Outcome]:
        engine.now_s += LONGEST_STAY_S / 2
        return DONE

    engine.then = grow_old
    await pool.run(work("at the age"))
    await pool.run(work("next"))
    await pool.close()
    assert [warm.served for warm in engine.opened[:2]] == [
        ["young", "at the age"],
        ["next"],
    ]


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


class Gate:
    """Holds what a container does until it is let go."""

    def __init__(self) -> None:
        self._begun = threading.Event()
        self._open = threading.Event()

    def wait(self, work: Work) -> Sequence[Outcome]:
        self._begun.set()
        self._open.wait(30)
        return DONE

    async def begun(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, 30)

    def let_go(self) -> None:
        self._open.set()


async def test_a_flood_of_one_member_is_before_nobody_else() -> None:
    engine, gate = Engine(), Gate()
    engine.then = gate.wait
    pool = engine.pool(most=1000, waiting_room=400)
    first = asyncio.ensure_future(pool.run(work("flood", by="flood")))
    await gate.begun()
    flood = [work("flood", by="flood") for _ in range(299)]
    others = [work(f"{number % 19}", by=f"{number % 19}") for number in range(200)]
    sent = [asyncio.ensure_future(pool.run(one)) for one in (*flood, *others)]
    # Each begins, so comes to wait, before what is awaited here ends.
    await asyncio.sleep(0)
    gate.let_go()
    ended = await asyncio.gather(first, *sent, return_exceptions=True)
    await pool.close()
    # One was taken and 400 waited; the member with most of them was told to come again.
    refused = [type(end) for end in ended if isinstance(end, Exception)]
    assert refused == [SandboxFull] * 99
    assert [end for end in ended if end == DONE] == [DONE] * 401
    assert ended[300:] == [DONE] * 200
    served = engine.opened[0].served
    last_of_others = max(at for at, by in enumerate(served) if by != "flood")
    # Nineteen others sent eleven at most: the flood had a turn in each round of them.
    assert last_of_others <= 200 + 11


async def test_who_is_refused_is_told_when_to_come_again() -> None:
    engine = Engine()

    def take_long(work: Work) -> Sequence[Outcome]:
        engine.now_s += 160.0
        return DONE

    pool = engine.pool(most=1000, waiting_room=1)
    told = []
    for then in (lambda work: DONE, take_long):
        engine.then = then
        await pool.run(work("before"))
        gate = Gate()
        engine.then = gate.wait
        running = asyncio.ensure_future(pool.run(work("running")))
        await gate.begun()
        waiting = asyncio.ensure_future(pool.run(work("waiting")))
        await asyncio.sleep(0)
        with pytest.raises(SandboxFull) as refusal:
            await pool.run(work("refused"))
        told.append(refusal.value.retry_after_s)
        gate.let_go()
        await asyncio.gather(running, waiting)
    await pool.close()
    # A sixteenth of the 160 seconds that one took.
    assert told == [SHORTEST_WAIT_S, 10.0]
    assert "refused" not in engine.opened[0].served


async def test_no_answer_waits_for_a_container_while_others_stand() -> None:
    engine = Engine()
    pool = engine.pool(slots=2, most=2)
    await engine.stand(2)
    # From here on nothing opens: what is answered was answered by what stood.
    engine.ready.clear()
    answered = await asyncio.gather(*(pool.run(work()) for _ in range(4)))
    opened = len(engine.opened)
    engine.ready.set()
    await pool.close()
    assert answered == [DONE] * 4
    assert opened == 2


async def test_a_slot_that_gets_no_container_leaves_the_turns_to_the_others() -> None:
    engine = Engine()
    first = threading.Event()

    def open_one() -> FakeWarm:
        if first.is_set():
            tried.set()
            raise SandboxFault("engine: full")
        first.set()
        return engine.open()

    tried = threading.Event()
    cold = ScriptedSandbox()
    pool = PooledSandbox(open_one, cold, lambda work: True, slots=2)
    assert await asyncio.to_thread(tried.wait, 30)
    answered = await asyncio.gather(*(pool.run(work()) for _ in range(20)))
    await pool.close()
    assert answered == [DONE] * 20


async def test_a_pool_has_settled_when_every_container_stands_again() -> None:
    engine = Engine()
    pool = engine.pool(slots=2, most=1)
    await pool.settled()
    assert len(engine.opened) == 2
    await asyncio.gather(pool.run(work()), pool.run(work()))
    await pool.settled()
    assert len(engine.opened) == 4
    await pool.close()


async def test_after_the_closing_nobody_is_left_waiting() -> None:
    pool = Engine().pool()
    await pool.close()
    with pytest.raises(SandboxFault):
        await pool.run(work())


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
