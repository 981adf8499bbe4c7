"""Programs that do not end by working."""

from typing import Final

from runner.hostile.program import CPU_TIME, SPINS, Program


def _spins(name: str, source: str) -> Program:
    return Program(name, CPU_TIME, source, limits=SPINS)


PROGRAMS: Final = (
    _spins(
        "busy loop",
        """
        def act():
            while True:
                pass
        """,
    ),
    _spins(
        "busy loop while loading",
        """
        while True:
            pass
        """,
    ),
    _spins(
        "time spent in the kernel",
        """
        import os
        def act():
            while True:
                os.stat(".")
        """,
    ),
    _spins(
        "regular expression that backtracks for ever",
        """
        import re
        def act():
            return re.match("(a+)+$", "a" * 40 + "b")
        """,
    ),
    _spins(
        "huge integer power",
        """
        def act():
            return 9 ** 9 ** 8
        """,
    ),
    _spins(
        "digits of a huge integer",
        """
        import sys
        def act():
            sys.set_int_max_str_digits(0)
            return str(7 ** (1 << 20))
        """,
    ),
    _spins(
        "loop in C that looks at no signal",
        """
        import collections, itertools
        def act():
            collections.deque(itertools.count(), maxlen=0)
        """,
    ),
    _spins(
        "own limit raised and its signal ignored",
        """
        import resource, signal
        def act():
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
            signal.signal(signal.SIGXCPU, signal.SIG_IGN)
            while True:
                pass
        """,
    ),
    _spins(
        "busy children while the parent waits",
        """
        import os
        def act():
            for _ in range(3):
                if os.fork() == 0:
                    while True:
                        pass
            while True:
                os.wait()
        """,
    ),
    _spins(
        "busy thread while the first one sleeps",
        """
        import threading, time
        def spin():
            while True:
                pass
        def act():
            threading.Thread(target=spin, daemon=True).start()
            time.sleep(60)
        """,
    ),
    _spins(
        "busy grandchild in a session of its own",
        """
        import os, time
        def act():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    while True:
                        pass
                os._exit(0)
            time.sleep(60)
        """,
    ),
    _spins(
        "timer whose handler never returns",
        """
        import signal
        def busy(*_):
            while True:
                pass
        def act():
            signal.signal(signal.SIGALRM, busy)
            signal.setitimer(signal.ITIMER_REAL, 0.01)
            signal.pause()
        """,
    ),
    _spins(
        "generator that does not let itself be closed",
        """
        def stubborn():
            try:
                yield 1
            finally:
                while True:
                    pass
        def act():
            return next(stubborn())
        """,
    ),
    _spins(
        "shell that replaced the program",
        """
        import os
        def act():
            os.execv("/bin/sh", ["sh", "-c", "while :; do :; done"])
        """,
    ),
    _spins(
        "integers crafted to share one hash",
        """
        def act():
            step = (1 << 61) - 1
            return len({step * number for number in range(1 << 20)})
        """,
    ),
)
