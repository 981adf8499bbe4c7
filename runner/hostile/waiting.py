"""Programs that do not end by waiting, in whatever place they are let."""

from typing import Final

from runner.hostile.program import SCRIPT, WAITS, WALL_TIME, Program, raised


def _waits(name: str, source: str) -> Program:
    return Program(name, WALL_TIME, source, limits=WAITS)


PROGRAMS: Final = (
    _waits(
        "sleep",
        """
        import time
        def act():
            time.sleep(60)
        """,
    ),
    _waits(
        "pause",
        """
        import signal
        def act():
            signal.pause()
        """,
    ),
    _waits(
        "select on nothing",
        """
        import select
        def act():
            select.select([], [], [])
        """,
    ),
    _waits(
        "stops itself",
        """
        import os, signal
        def act():
            os.kill(os.getpid(), signal.SIGSTOP)
        """,
    ),
    _waits(
        "slow drip of output",
        """
        import time
        def act():
            while True:
                print(".", end="", flush=True)
                time.sleep(0.02)
        """,
    ),
    _waits(
        "closes what it writes to, then hangs",
        """
        import os, time
        def act():
            for number in (1, 2, 3):
                os.close(number)
            time.sleep(60)
        """,
    ),
    _waits(
        "ignores every signal that can be ignored",
        """
        import signal, time
        def act():
            for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
                try:
                    signal.signal(number, signal.SIG_IGN)
                except OSError:
                    continue
            time.sleep(60)
        """,
    ),
    _waits(
        "catches whatever is raised and goes on sleeping",
        """
        import time
        def act():
            while True:
                try:
                    time.sleep(60)
                except BaseException:
                    continue
        """,
    ),
    _waits(
        "deadlock on a lock of its own",
        """
        import threading
        def act():
            lock = threading.Lock()
            lock.acquire()
            lock.acquire()
        """,
    ),
    _waits(
        "opens a named pipe that nobody writes to",
        """
        import os
        def act():
            os.mkfifo("pipe")
            open("pipe").read()
        """,
    ),
    _waits(
        "hangs in the finaliser of an object",
        """
        import time
        class Slow:
            def __del__(self):
                time.sleep(60)
        def act():
            Slow()
        """,
    ),
    _waits(
        "hangs in the text of its value",
        """
        import time
        class Slow:
            def __repr__(self):
                time.sleep(60)
        def act():
            return Slow()
        """,
    ),
    _waits(
        "hangs in the text of its exception",
        """
        import time
        class Slow(Exception):
            def __str__(self):
                time.sleep(60)
        def act():
            raise Slow
        """,
    ),
    _waits(
        "hangs in the text that it exits with",
        """
        import sys, time
        class Slow:
            def __str__(self):
                time.sleep(60)
        def act():
            sys.exit(Slow())
        """,
    ),
    _waits(
        "hangs when its output is flushed",
        """
        import sys, time
        class Slow:
            def flush(self):
                time.sleep(60)
        def act():
            sys.stdout = Slow()
        """,
    ),
    _waits(
        "child answers after the deadline",
        """
        import os, time
        def act():
            if os.fork() == 0:
                time.sleep(2)
                os.write(3, b"late")
                os._exit(0)
            time.sleep(60)
        """,
    ),
    Program(
        "hangs in an exit handler",
        WALL_TIME,
        """
        import atexit, time
        atexit.register(time.sleep, 60)
        """,
        action=SCRIPT,
        limits=WAITS,
    ),
    Program(
        "thread that is awaited at the end",
        WALL_TIME,
        """
        import threading, time
        threading.Thread(target=time.sleep, args=[60]).start()
        """,
        action=SCRIPT,
        limits=WAITS,
    ),
    Program(
        "waits for input that never comes",
        raised("EOFError"),
        """
        input()
        """,
        action=SCRIPT,
        limits=WAITS,
    ),
)
