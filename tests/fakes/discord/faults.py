"""Bad days on command: 429, 5xx, cut connections, and answers that are held back."""

import asyncio
from dataclasses import dataclass, field

from tests.fakes.discord.bell import Bell


@dataclass(kw_only=True)
class Fault:
    """Befalls requests to `on` (`POST /channels/{channel_id}/messages`), or to any."""

    on: str | None
    times: int
    # 0 cuts the connection.
    status: int = 0
    retry_after_s: float = 0.0
    everywhere: bool = False
    # Whether the request had its effect before the fault.
    after_effect: bool = False


@dataclass(kw_only=True)
class Hold:
    """Requests wait here until released."""

    on: str | None
    waiting: int = 0
    _bell: Bell = field(default_factory=Bell)
    _open: asyncio.Event = field(default_factory=asyncio.Event)

    async def until_waiting(self) -> None:
        await self._bell.until(lambda: self.waiting, what=lambda: f"none to {self.on}")

    def release(self) -> None:
        self._open.set()

    async def passed(self) -> None:
        self.waiting += 1
        self._bell.ring()
        await self._open.wait()
        self.waiting -= 1


class Faults:
    def __init__(self) -> None:
        self._planned: list[Fault] = []
        self._holds: list[Hold] = []

    def limit(
        self,
        *,
        on: str | None = None,
        times: int = 1,
        retry_after_s: float = 0.01,
        everywhere: bool = False,
    ) -> None:
        """429; `everywhere` says that it is the global limit."""
        self._planned.append(
            Fault(
                on=on,
                times=times,
                status=429,
                retry_after_s=retry_after_s,
                everywhere=everywhere,
            )
        )

    def fail(
        self,
        status: int = 503,
        *,
        on: str | None = None,
        times: int = 1,
        after_effect: bool = False,
    ) -> None:
        """5xx. discord.py waits a second or more before it repeats 500, 502, 504."""
        planned = Fault(on=on, times=times, status=status, after_effect=after_effect)
        self._planned.append(planned)

    def cut(
        self, *, on: str | None = None, times: int = 1, after_effect: bool = False
    ) -> None:
        """The connection breaks instead of an answer."""
        self._planned.append(Fault(on=on, times=times, after_effect=after_effect))

    def hold(self, *, on: str | None = None) -> Hold:
        """Latency without a clock: nothing is answered before `release`."""
        hold = Hold(on=on)
        self._holds.append(hold)
        return hold

    def take(self, where: str) -> Fault | None:
        """What befalls this request; it is used up by that."""
        for fault in self._planned:
            if fault.on in (None, where):
                fault.times -= 1
                if not fault.times:
                    self._planned.remove(fault)
                return fault
        return None

    async def passed(self, where: str) -> None:
        for hold in self._holds:
            if hold.on in (None, where):
                await hold.passed()

    def release(self) -> None:
        for hold in self._holds:
            hold.release()
