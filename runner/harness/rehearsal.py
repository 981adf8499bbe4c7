"""What every submission runs, run before, so that no fork is the first to run it.

Python writes into a function's code when it first runs, and again as it adapts to what
it meets: in each child anew, each time on a page that the kernel must copy. What binds
a process for good (limits, namespaces) cannot be rehearsed here.
"""

import linecache
import sys
import time
from functools import partial
from typing import Any, Final

from runner import codec
from runner.harness import actions
from runner.harness.forked import forked
from runner.harness.frame import framed, read_frame
from runner.harness.member_file import MemberFile
from runner.harness.supervisor import end
from runner.harness.watch import Bounds, Watch

TIMES: Final = 3
"""At the second time Python adapts, at the third it runs what it made of it."""
SUBMISSION: Final = MemberFile("solution.py", "def answer(n):\n    return n\n")
CALL: Final[dict[str, Any]] = {
    "kind": "call",
    "function": "answer",
    "args": [1],
    "kwargs": {},
}
SPOKEN: Final = {**CALL, "args": [1, 1.5, "text", None, [True], {"key": b"bytes"}]}


def rehearse() -> None:
    """Leaves nothing behind but warm code."""
    argv = sys.argv
    for _ in range(TIMES):
        _speak()
        _perform()
        _watch()
    sys.argv = argv


def _speak() -> None:
    told = bytearray(framed(codec.encode(SPOKEN)))

    def read(count: int) -> bytes:
        part = bytes(told[:count])
        del told[:count]
        return part

    codec.decode(read_frame(read, len(told)))


def _perform() -> None:
    claim, _ = actions.perform(CALL, SUBMISSION, None)
    codec.encode(claim)
    del sys.modules["solution"]
    del linecache.cache[SUBMISSION.name]
    actions.compiled.cache_clear()


def _watch() -> None:
    bounds = Bounds(
        cpu_time_s=1.0,
        wall_time_s=1.0,
        ends_at=time.monotonic() + 1.0,
        output_bytes=1,
    )
    watch = Watch(bounds)
    # Not `alone`: that would end every process in sight, and who knows where this runs.
    gone = partial(end, alone=False)
    codec.encode(watch.over(forked(lambda: 0), _feed_nothing, gone))
    watch.wipe()


def _feed_nothing(target: int) -> None:
    del target
