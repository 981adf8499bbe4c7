"""How a harness is started, in whatever place."""

from typing import Final

from runner.harness.preload import PRELOADED

PYTHON_OPTIONS: Final = ("-s", "-S", "-P")
"""No site-packages, no folder of the user, no current folder. `-I` would do the same
and also ignore PYTHONHASHSEED."""

ENVIRONMENT: Final = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    # Sets come in the same order in each run.
    "PYTHONHASHSEED": "0",
    # One processor each; and a thread of a library's would not outlive the fork.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # Threads that allocate at once get a heap each, of 64 MiB of the address space that
    # a submission may use: it would depend on the moment whether a thread still fits.
    "MALLOC_ARENA_MAX": "1",
    # There is no screen to draw on.
    "MPLBACKEND": "Agg",
}
"""All of it: tokens and the database's address stand in the parent's."""

GRACE_S: Final = 5.0
"""For Python to start and the last child to be reaped, on a busy machine."""

PRELOAD_S: Final = 20.0
"""For a profile's libraries: some two seconds on a quiet machine."""

ZYGOTE_COMMAND: Final = (
    "python3",
    *PYTHON_OPTIONS,
    "/opt/cordada/runner/harness/__main__.py",
    "zygote",
)
"""In the image; without the last word it is the supervisor of one order."""


def grace_s(profile: str) -> float:
    """On top of a job's own time, where its harness starts with it."""
    return GRACE_S + (PRELOAD_S if PRELOADED[profile] else 0.0)
