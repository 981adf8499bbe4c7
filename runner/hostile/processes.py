"""Programs that multiply and outlive, and pools that must work."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    BOMB,
    CPU_TIME,
    NO_PROCESS,
    SCRIPT,
    SPINS,
    WALL_TIME,
    Gets,
    Program,
    prints,
    raised,
)

# What stays listens on a name that only this run knows; `observe` calls it.
SURVIVAL: Final = """
    import ctypes, os, signal, socket, subprocess, sys, time
    HOME = os.path.dirname(os.path.dirname(os.getcwd()))
    ADDRESS = "\\0" + HOME + " survivor"

    def stay():
        server = socket.socket(socket.AF_UNIX)
        server.bind(ADDRESS)
        server.listen()
        time.sleep(60)

    def is_there():
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(ADDRESS) == 0

    def awaited():
        while not is_there():
            time.sleep(0.01)
        return 987_654_321_012

    def observe():
        time.sleep(0.1)
        return "still there" if is_there() else "gone"
"""


def _stays(name: str, source: str) -> Program:
    """Right in its answer, so accepted; but what it left must be gone."""
    return Program(name, ACCEPTED, source, prelude=SURVIVAL, observed="gone")


PROGRAMS: Final = (
    Program(
        "fork bomb",
        CPU_TIME,
        """
        import os
        def act():
            while True:
                try:
                    os.fork()
                except OSError:
                    pass
        def observe():
            return "unharmed"
        """,
        or_gets=WALL_TIME,
        observed="unharmed",
        limits=SPINS.model_copy(update={"wall_time_s": 3.0}),
        open_on_process=BOMB,
        run_on_process=False,
    ),
    Program(
        "processes until the system says no",
        NO_PROCESS,
        """
        import os, time
        def act():
            for _ in range(60):
                if os.fork() == 0:
                    time.sleep(60)
                    os._exit(0)
        """,
    ),
    Program(
        "threads without end",
        NO_PROCESS,
        """
        import threading, time
        def act():
            while True:
                threading.Thread(target=time.sleep, args=[60], daemon=True).start()
        """,
        or_gets=raised("MemoryError"),
    ),
    Program(
        "programs started one after another",
        CPU_TIME,
        """
        import subprocess
        def act():
            while True:
                subprocess.run(["/bin/true"])
        """,
        or_gets=WALL_TIME,
        limits=SPINS.model_copy(update={"wall_time_s": 3.0}),
    ),
    _stays(
        "child that stays",
        """
        def act():
            os.fork() or stay()
            return awaited()
        """,
    ),
    _stays(
        "child in a session of its own",
        """
        def act():
            os.fork() or (os.setsid(), stay())
            return awaited()
        """,
    ),
    _stays(
        "daemon by the double fork",
        """
        def act():
            if os.fork() == 0:
                os.setsid()
                os.fork() or stay()
                os._exit(0)
            return awaited()
        """,
    ),
    _stays(
        "child in a process group of its own",
        """
        def act():
            if os.fork() == 0:
                os.setpgid(0, 0)
                stay()
            return awaited()
        """,
    ),
    _stays(
        "child that no longer dies with its parent",
        """
        def act():
            if os.fork() == 0:
                ctypes.CDLL(None).prctl(1, 0)
                os.setsid()
                stay()
            return awaited()
        """,
    ),
    _stays(
        "orphan adopted by the program itself",
        """
        def act():
            ctypes.CDLL(None).prctl(36, 1)
            if os.fork() == 0:
                os.fork() or (os.setsid(), stay())
                os._exit(0)
            return awaited()
        """,
    ),
    _stays(
        "child that ignores every signal",
        """
        def act():
            if os.fork() == 0:
                for number in signal.valid_signals() - {9, 19}:
                    try:
                        signal.signal(number, signal.SIG_IGN)
                    except OSError:
                        continue
                stay()
            return awaited()
        """,
    ),
    _stays(
        "thread that stays",
        """
        import threading
        def act():
            threading.Thread(target=stay).start()
            return awaited()
        """,
    ),
    _stays(
        "child that is stopped",
        """
        def act():
            child = os.fork() or stay()
            answer = awaited()
            os.kill(child, signal.SIGSTOP)
            return answer
        """,
    ),
    _stays(
        "twelve children in twelve sessions",
        """
        def act():
            for _ in range(11):
                os.fork() or (os.setsid(), time.sleep(60))
            os.fork() or (os.setsid(), stay())
            return awaited()
        """,
    ),
    _stays(
        "program that was started in the background",
        """
        def act():
            source = "import socket, time; s = socket.socket(socket.AF_UNIX);"
            source += f"s.bind({ADDRESS!r}); s.listen(); time.sleep(60)"
            order = [sys.executable, "-S", "-c", source]
            subprocess.Popen(order, start_new_session=True)
            return awaited()
        """,
    ),
    Program(
        "children that nobody awaits",
        ACCEPTED,
        """
        import os
        def act():
            for _ in range(10):
                os.fork() or os._exit(0)
            return 987_654_321_012
        """,
    ),
    Program(
        "orphan that prints the answer later",
        Gets(ACCEPTED.verdict),
        """
        import os, time
        print("first", flush=True)
        if os.fork() == 0:
            os.setsid()
            time.sleep(0.3)
            print("later", flush=True)
            os._exit(0)
        os._exit(0)
        """,
        action=SCRIPT,
        expected=prints("first"),
    ),
    Program(
        "pool of processes, which must work",
        ACCEPTED,
        """
        import multiprocessing
        def square(number):
            return number * number
        def act():
            with multiprocessing.get_context("fork").Pool(2) as pool:
                squares = pool.map(square, [1, 2, 3])
            return 987_654_321_012 if squares == [1, 4, 9] else squares
        """,
    ),
    Program(
        "executor of processes, which must work",
        ACCEPTED,
        """
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor
        def act():
            fork = multiprocessing.get_context("fork")
            with ProcessPoolExecutor(2, mp_context=fork) as pool:
                found = list(pool.map(abs, [-1, 2]))
            return 987_654_321_012 if found == [1, 2] else found
        """,
    ),
    Program(
        "shell, which must work",
        ACCEPTED,
        """
        import subprocess
        def act():
            told = subprocess.run("echo $((6 * 7)); exit 3", shell=True,
                                  capture_output=True, text=True)
            ok = (told.stdout, told.returncode) == ("42\\n", 3)
            return 987_654_321_012 if ok else str(told)
        """,
    ),
)
