"""A pool of warm containers for each profile; each opens when it is first asked for.

run ──► pool of base, open from the start
   ├──► pool of data ─┐
   ├──► pool of web   ├─ the first job of a profile awaits its pool's opening,
   └──► pool of ml  ──┘  others that come meanwhile await the same one
"""

import asyncio
from collections.abc import Callable, Sequence

from runner.job import Profile
from runner.pool import PooledSandbox
from runner.sandbox import Outcome, Sandbox, Work


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
        self, opened: Callable[[Profile], PooledSandbox], cold: Sandbox
    ) -> None:
        """`opened` blocks, as does this for the pool of base. Raises SandboxFault."""
        base = opened(Profile.BASE)
        self.mode = base.mode
        self.why = base.why
        self._cold = cold
        self._opened = opened
        self._pools = {Profile.BASE: base}
        self._opening: dict[Profile, asyncio.Task[PooledSandbox]] = {}

    async def run(self, work: Work) -> Sequence[Outcome]:
        pool = self._pools.get(work.profile)
        if pool is None:
            pool = await self._open(work.profile)
        return await pool.run(work)

    async def settled(self) -> None:
        """Returns when all containers of the pools that are open stand.

        Raises TimeoutError.
        """
        await asyncio.gather(*(pool.settled() for pool in self._pools.values()))

    async def close(self) -> None:
        """What waits is still judged."""
        opening = self._opening.values()
        await asyncio.gather(*opening, return_exceptions=True)
        await asyncio.gather(*(pool.close() for pool in self._pools.values()))
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
            return pool
        finally:
            del self._opening[profile]
