"""How a harness is started, in whatever place."""

from typing import Final

PYTHON_OPTIONS: Final = ("-s", "-S", "-P")
"""No site-packages, no folder of the user, no current folder. `-I` would do the same
and also ignore PYTHONHASHSEED."""

ENVIRONMENT: Final = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    # Sets come in the same order in each run.
    "PYTHONHASHSEED": "0",
}
"""All of it: tokens and the database's address stand in the parent's."""

GRACE_S: Final = 5.0
"""For Python to start and the last child to be reaped, on a busy machine."""

ZYGOTE_COMMAND: Final = (
    "python3",
    *PYTHON_OPTIONS,
    "/opt/cordada/runner/harness/__main__.py",
    "zygote",
)
"""In the image; without the last word it is the supervisor of one order."""
