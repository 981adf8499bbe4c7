"""In a Python of its own: it forks."""

import subprocess
import sys

PROGRAM = """
import linecache, os, sys
from runner.harness.actions import compiled
from runner.harness.rehearsal import rehearse

def seen():
    return (
        set(sys.modules),
        sys.argv,
        sys.stdout,
        dict(linecache.cache),
        compiled.cache_info().currsize,
        os.getcwd(),
        os.listdir("/proc/self/fd"),
    )

rehearse()
before = seen()
rehearse()
assert seen() == before
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("nothing left")
"""


def test_a_rehearsal_leaves_nothing_behind() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("nothing left\n", "")
