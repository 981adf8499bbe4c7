"""A bot that is killed with SIGKILL while it does something, and started again."""

import multiprocessing
import random
import signal
import time
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from tests.fakes.operations import FakeOperations
from tests.integration.simulation.life import Asked, Broken, Done, Told, live

LONGEST_S = 60.0
"""An act takes milliseconds: who is silent for so long waits for something for ever."""


class MortalBot:
    def __init__(
        self, url: str, operations: FakeOperations, draw: random.Random
    ) -> None:
        self._url = url
        self._operations = operations
        self._draw = draw
        self._usual_s: dict[str, float] = {}
        # Each life is forked from a process that has imported everything: starting a
        # Python for each of them would be most of the year.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([live.__module__])
        self._process: ForkServerProcess | None = None
        self._pipe: Connection | None = None
        self.died_at: list[str] = []
        """What each was killed in the middle of."""

    async def do(
        self, now: datetime, what: str, *args: object, doomed: bool = False
    ) -> tuple[object, bool]:
        """Its result, and False; or None and True, when the bot died over it.

        The doomed is killed at a random moment of the time that it usually takes, if it
        takes that long.
        """
        if self._pipe is None:
            self._start()
            await self.do(now, "go_on")
        assert self._pipe is not None
        started_s = time.monotonic()
        usual_s = self._usual_s.get(what, 0.01)
        left_s = self._draw.uniform(0, usual_s) if doomed else LONGEST_S
        self._pipe.send(Told(now=now, what=what, args=args))
        while self._pipe.poll(max(0.0, started_s + left_s - time.monotonic())):
            said = self._pipe.recv()
            match said:
                case Asked():
                    method = getattr(self._operations, said.method)
                    self._pipe.send(await method(*said.args, **said.options))
                case Broken():
                    raise AssertionError(said.trace)
                case Done():
                    took_s = time.monotonic() - started_s
                    self._usual_s[what] = 0.8 * usual_s + 0.2 * took_s
                    return said.result, False
        assert doomed, f"{what} has no end"
        self._kill()
        self.died_at.append(what)
        return None, True

    def end(self) -> None:
        """In peace."""
        if self._pipe is not None and self._process is not None:
            self._pipe.close()
            self._process.join()
        self._pipe = self._process = None

    def _start(self) -> None:
        self._pipe, its_end = self._context.Pipe()
        self._process = self._context.Process(
            target=live, args=(its_end, self._url), daemon=True
        )
        self._process.start()
        its_end.close()

    def _kill(self) -> None:
        assert self._process is not None
        assert self._pipe is not None
        self._process.kill()
        self._process.join()
        assert self._process.exitcode == -signal.SIGKILL
        self._pipe.close()
        self._pipe = self._process = None
