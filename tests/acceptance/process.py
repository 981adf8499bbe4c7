"""The bot as a process of its own, as `make run` starts it."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

READY = re.compile(r"ready at (http://\S+)")
# The first start makes a database and migrates it, on a machine that tests keep busy.
START_TIMEOUT_S = 90


class BotProcess:
    command = "run"

    def __init__(self, data_folder: Path, settings: Mapping[str, str]) -> None:
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(data_folder),
            "COLUMNS": "200",
            "CORDADA_DATA_FOLDER": str(data_folder),
            "CORDADA_SANDBOX": "process",
            "CORDADA_WEB_PORT": "8600",
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None
        self.output = ""
        self.url = ""

    async def begin(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            self.command,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def start(self) -> None:
        await self.begin()
        async with asyncio.timeout(START_TIMEOUT_S):
            while not (found := READY.search(self.output)):
                line = await self._read_line()
                if not line:
                    raise AssertionError(f"it ended:\n{self.output}")
        self.url = found[1]

    async def ended(self) -> int:
        """The status with which it ends by itself."""
        process = self._running()
        async with asyncio.timeout(START_TIMEOUT_S):
            rest, _ = await process.communicate()
        self.output += rest.decode()
        self._process = None
        return process.returncode if process.returncode is not None else -1

    async def end(self, number: signal.Signals, timeout_s: float = 20) -> int:
        """Its exit status, negative for the signal that killed it."""
        process = self._running()
        process.send_signal(number)
        async with asyncio.timeout(timeout_s):
            rest, _ = await process.communicate()
        self.output += rest.decode()
        self._process = None
        if process.returncode is None:
            raise AssertionError("a process that ended has a status")
        return process.returncode

    async def wait(self, timeout_s: float = START_TIMEOUT_S) -> int:
        """The exit status of one that ends by itself."""
        process = self._running()
        async with asyncio.timeout(timeout_s):
            rest, _ = await process.communicate()
        self.output += rest.decode()
        self._process = None
        return process.returncode or 0

    async def close(self) -> None:
        if self._process is not None:
            await self.end(signal.SIGTERM)

    async def _read_line(self) -> str:
        stream = self._running().stdout
        line = (await stream.readline()).decode() if stream else ""
        self.output += line
        return line

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise AssertionError("not started")
        return self._process


class RunnerProcess(BotProcess):
    """`cordada runner`, on a port of its own."""

    command = "runner"

    def __init__(self, data_folder: Path, settings: Mapping[str, str]) -> None:
        super().__init__(data_folder, {"CORDADA_RUNNER_PORT": "0", **settings})
