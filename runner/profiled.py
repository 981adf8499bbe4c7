"""A pool of warm containers for each profile; each opens when it is first asked for.

run ──► pool of base, open from the start
   ├──► pool of data ─┐
   ├──► pool of web   ├─ the first job of a profile awaits its pool's opening,
   └──► pool of ml  ──┘  others that come meanwhile await the same one

A pool of libraries that serves nobody for a while closes: idle, it keeps memory.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from runner.job import Profile
from runner.pool import PooledSandbox
from runner.sandbox import Outcome, Sandbox, Work

IDLE_S: Final = 600.0
"""A member who thinks about the next try finds it open; a night does not."""


class Borrowed:
    """A sandbox that several use, and none of them closes."""

    def __init__(self, lender: Sandbox) -> None:
        self.name = lender.name
        self.run = lender.run

    async def close(self) -> None:
        """The lender is closed by its owner."""


class ProfiledSandbox:
    name = "docker"

    def __init__(
        self,
        opened: Callable[[Profile], PooledSandbox],
        cold: Sandbox,
        *,
        idle_s: float = IDLE_S,
    ) -> None:
        """`opened` blocks, as does this for the pool of base. Raises SandboxFault."""
        base = opened(Profile.BASE)
        self.mode = base.mode
        self.why = base.why
        self._cold = cold
        self._opened = opened
        self._pools = {Profile.BASE: base}
        self._opening: dict[Profile, asyncio.Task[PooledSandbox]] = {}
        self._idle_s = idle_s
        self._users: Counter[Profile] = Counter()
        self._resting: dict[Profile, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def run(self, work: Work) -> Sequence[Outcome]:
        profile = work.profile
        self._wake(profile)
        self._users[profile] += 1
        try:
            pool = self._pools.get(profile)
            if pool is None:
                pool = await self._open(profile)
            return await pool.run(work)
        finally:
            self._users[profile] -= 1
            self._rest(profile)

    async def settled(self) -> None:
        """Returns when all containers of the pools that are open stand.

        Raises TimeoutError.
        """
        await asyncio.gather(*(pool.settled() for pool in self._pools.values()))

    async def close(self) -> None:
        """What waits is still judged."""
        opening = self._opening.values()
        await asyncio.gather(*opening, return_exceptions=True)
        for profile in tuple(self._resting):
            self._wake(profile)
        open_pools = (pool.close() for pool in self._pools.values())
        await asyncio.gather(*open_pools, *self._closing)
        await self._cold.close()

    async def _open(self, profile: Profile) -> PooledSandbox:
        """A pool that did not open is tried again by the next job."""
        opening = self._opening.get(profile)
        if opening is None:
            opening = asyncio.create_task(self._opened_pool(profile))
            self._opening[profile] = opening
        # One job that is given up must not take the pool from the others.
        return await asyncio.shield(opening)

    async def _opened_pool(self, profile: Profile) -> PooledSandbox:
        try:
            pool = await asyncio.to_thread(self._opened, profile)
            self._pools[profile] = pool
            # Those who asked for it may have left.
            self._rest(profile)
            return pool
        finally:
            del self._opening[profile]

    def _rest(self, profile: Profile) -> None:
        """Unless somebody uses it, the pool closes after a while."""
        is_kept = profile is Profile.BASE or profile not in self._pools
        if is_kept or self._users[profile] or profile in self._resting:
            return
        loop = asyncio.get_running_loop()
        self._resting[profile] = loop.call_later(self._idle_s, self._let_go, profile)

    def _wake(self, profile: Profile) -> None:
        resting = self._resting.pop(profile, None)
        if resting is not None:
            resting.cancel()

    def _let_go(self, profile: Profile) -> None:
        del self._resting[profile]
        closing = asyncio.create_task(self._pools.pop(profile).close())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)
