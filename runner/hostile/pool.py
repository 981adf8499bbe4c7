"""What a program may find in a sandbox that served others: nothing."""

from typing import Final

from runner.hostile.program import ACCEPTED, ROOT, Program, returns
from runner.job import Expectation


def _finds(name: str, value: object, source: str) -> Program:
    return Program(
        name,
        ACCEPTED,
        source,
        expected=returns(value),
        prelude="import gc, os, random, resource, signal, sys, threading\n",
    )


PROGRAMS: Final = (
    _finds(
        "random numbers of its own seed",
        0.8444218515250481,
        "def act(): return random.random()\n",
    ),
    _finds(
        "texts that hash alike in every run",
        5004507711884879272,
        "def act(): return hash('cordada')\n",
    ),
    _finds(
        "secrets that no seed makes",
        16,
        """
        import secrets, uuid
        def act():
            made = {secrets.token_hex(8) for _ in range(8)}
            made |= {str(uuid.uuid4()) for _ in range(8)}
            return len(made)
        """,
    ),
    _finds(
        "four descriptors and no other",
        [0, 1, 2, 3],
        """
        def act():
            found = []
            for number in range(1024):
                try:
                    os.fstat(number)
                except OSError:
                    continue
                found.append(number)
            return found
        """,
    ),
    _finds(
        "no name of a secret in its environment",
        [],
        """
        def act():
            known = {"HOME", "HOSTNAME", "LANG", "LC_CTYPE", "MALLOC_ARENA_MAX",
                     "MPLBACKEND", "MPLCONFIGDIR", "OMP_NUM_THREADS",
                     "OPENBLAS_NUM_THREADS", "PATH", "PYTHONHASHSEED", "TMPDIR"}
            return sorted(set(os.environ) - known)
        """,
    ),
    _finds("one thread", 1, "def act(): return threading.active_count()\n"),
    _finds(
        "no signal held back",
        [],
        "def act(): return sorted(signal.pthread_sigmask(signal.SIG_BLOCK, []))\n",
    ),
    _finds(
        "signals as a new Python has them",
        [13, 25],
        """
        def act():
            return [int(number) for number in sorted(signal.valid_signals())
                    if signal.getsignal(number) is signal.SIG_IGN]
        """,
    ),
    _finds(
        "interrupts as a new Python has them",
        [True],
        "def act(): return [signal.getsignal(2) is signal.default_int_handler]\n",
    ),
    _finds("one file", ["solution.py"], "def act(): return sorted(os.listdir())\n"),
    _finds(
        "empty folder for what is temporary",
        [],
        "import tempfile\ndef act(): return os.listdir(tempfile.gettempdir())\n",
    ),
    _finds("standard input at its end", "", "def act(): return sys.stdin.read()\n"),
    _finds("no arguments", 0, "def act(): return len(sys.argv[1:])\n"),
    _finds(
        "bounds that are set",
        [True] * 6,
        """
        def act():
            bound = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]
                     for name in ("AS", "CPU", "FSIZE", "NOFILE", "CORE", "STACK")}
            return [value != resource.RLIM_INFINITY for value in bound.values()]
        """,
    ),
    _finds(
        "no library of the bot",
        [],
        """
        import importlib.util
        def act():
            names = ["bot", "challenges", "docker", "pydantic", "sqlalchemy"]
            return [name for name in names if importlib.util.find_spec(name)]
        """,
    ),
    _finds(
        "no terminal",
        [False] * 3,
        "def act(): return [os.isatty(number) for number in range(3)]\n",
    ),
    _finds(
        "session of its own",
        [True],
        "def act(): return [os.getsid(0) == os.getpgid(0) == os.getpid()]\n",
    ),
    _finds(
        "no children of others",
        "nobody",
        """
        def act():
            try:
                return os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return "nobody"
        """,
    ),
    Program(
        "user without rights",
        ACCEPTED,
        "import os\ndef act(): return 0 in (os.getuid(), os.geteuid())\n",
        expected=Expectation(returns=False, check_returns=True),
        open_on_process=ROOT,
        run_on_process=False,
    ),
)
