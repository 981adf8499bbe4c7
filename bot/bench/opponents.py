"""What judging is measured beside: bare Python, and a container for each submission.

Both do less than the runner: neither judges, and bare Python isolates nothing.
"""

import asyncio
import sys
import time
from typing import Final

LOCKED: Final = (
    "--rm",
    "--network=none",
    "--read-only",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    "--memory=256m",
    "--pids-limit=64",
    "--env=PYTHONPATH=/opt/cordada/site",
)
TIMED: Final = """
import subprocess, sys, time
started_s = time.perf_counter()
subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
print(time.perf_counter() - started_s)
"""


class OpponentFailed(Exception):
    """`output` is what its program said."""

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self.output = output


async def bare_on_host() -> float:
    """Seconds that `python3 -I -c pass` takes."""
    return await _seconds(sys.executable, "-I", "-c", "pass")


async def bare_in_image(image: str, program: str) -> float:
    """Seconds of bare Python within a container; its own start does not count."""
    said = await _output("docker", "run", *LOCKED, image, *_python(TIMED, program))
    return float(said)


async def docker_run(image: str, program: str) -> float:
    """Seconds of a fresh container with the usual locks, as if run by hand."""
    return await _seconds("docker", "run", *LOCKED, image, *_python(program))


def _python(*arguments: str) -> tuple[str, ...]:
    return ("python3", "-c", *arguments)


async def _seconds(*command: str) -> float:
    started_s = time.perf_counter()
    await _output(*command)
    return time.perf_counter() - started_s


async def _output(*command: str) -> str:
    """Raises OpponentFailed."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as fault:
        raise OpponentFailed(str(fault)) from fault
    out, error = await process.communicate()
    if process.returncode != 0:
        raise OpponentFailed(error.decode("utf-8", "replace").strip())
    return out.decode()
