"""Programs that pry into other processes, kill them, or take more than their share."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    PROCESSES,
    REFUSED,
    ROOT,
    SIGNALLED,
    Gets,
    Program,
)


def _pries(
    name: str,
    source: str,
    *,
    gets: Gets = REFUSED,
    or_gets: Gets | tuple[Gets, ...] = (),
) -> Program:
    """As root, the process backend's programs may do all of these."""
    return Program(
        name,
        gets,
        source,
        or_gets=or_gets,
        prelude="""
        import ctypes, os, resource, signal
        # In a place for one case there is no parent in sight, only the first process.
        parent = os.getppid() or 1
        libc = ctypes.CDLL(None, use_errno=True)
        def checked(result):
            if result < 0:
                raise OSError(ctypes.get_errno(), "refused")
            return result
        """,
        open_on_process=ROOT,
        run_on_process=False,
    )


PROGRAMS: Final = (
    Program(
        "kills its own group",
        SIGNALLED,
        """
        import os, signal
        def act():
            os.killpg(0, signal.SIGKILL)
        """,
    ),
    Program(
        "kills all that it may",
        ACCEPTED,
        """
        import os, signal
        def act():
            try:
                os.kill(-1, signal.SIGKILL)
            except ProcessLookupError:
                pass
            return 987_654_321_012
        def observe():
            return "unharmed"
        """,
        observed="unharmed",
        open_on_process=PROCESSES,
        run_on_process=False,
    ),
    Program(
        "kills its parent",
        ACCEPTED,
        """
        import os, signal
        def act():
            os.kill(os.getppid(), signal.SIGKILL)
            return 987_654_321_012
        def observe():
            return "unharmed"
        """,
        or_gets=REFUSED,
        observed="unharmed",
        open_on_process=PROCESSES,
    ),
    Program(
        "sends its parent every signal",
        ACCEPTED,
        """
        import os, signal
        def act():
            for number in sorted(signal.valid_signals()):
                os.kill(os.getppid(), number)
            return 987_654_321_012
        def observe():
            return "unharmed"
        """,
        or_gets=REFUSED,
        observed="unharmed",
        open_on_process=PROCESSES,
        run_on_process=False,
    ),
    Program(
        "interrupts the first process",
        ACCEPTED,
        """
        import os, signal
        def act():
            for _ in range(100):
                os.kill(1, signal.SIGINT)
            return 987_654_321_012
        def observe():
            return "unharmed"
        """,
        or_gets=REFUSED,
        observed="unharmed",
        open_on_process=PROCESSES,
        run_on_process=False,
    ),
    Program(
        "kills the first process",
        ACCEPTED,
        """
        import os, signal
        def act():
            os.kill(1, signal.SIGTERM)
            os.kill(1, signal.SIGKILL)
            return 987_654_321_012
        def observe():
            return "unharmed"
        """,
        or_gets=REFUSED,
        observed="unharmed",
        open_on_process=PROCESSES,
        run_on_process=False,
    ),
    Program(
        "looks for other processes",
        ACCEPTED,
        """
        import os
        def act():
            seen = [name for name in os.listdir("/proc") if name.isdigit()]
            # Itself, who watches over it, and the first of the namespace.
            return 987_654_321_012 if len(seen) <= 3 else len(seen)
        """,
        open_on_process=PROCESSES,
    ),
    _pries(
        "traces its parent",
        """
        def act():
            return checked(libc.ptrace(16, parent, 0, 0))
        """,
    ),
    _pries(
        "reads the memory of its parent as a file",
        """
        def act():
            return len(open(f"/proc/{parent}/mem", "rb", 0).read(1))
        """,
    ),
    _pries(
        "reads the memory of its parent by a call",
        """
        def act():
            vector = (ctypes.c_char_p * 2)(b"x" * 8, 8)
            return checked(libc.process_vm_readv(parent, vector, 1, vector, 1, 0))
        """,
    ),
    _pries(
        "reads the environment of its parent",
        """
        def act():
            return len(open(f"/proc/{parent}/environ", "rb").read())
        """,
    ),
    _pries(
        "lists the descriptors of its parent",
        """
        def act():
            return len(os.listdir(f"/proc/{parent}/fd"))
        """,
    ),
    _pries(
        "takes a descriptor of its parent",
        """
        def act():
            held = os.pidfd_open(parent)
            return checked(libc.syscall(438, held, 1, 0))
        """,
    ),
    _pries(
        "writes to the memory of the first process",
        """
        def act():
            memory = open("/proc/1/mem", "r+b", 0)
            for line in open("/proc/self/maps"):
                if "rw" in line:
                    memory.seek(int(line.split("-")[0], 16))
                    return memory.write(bytes(1 << 12))
        """,
    ),
    _pries(
        "reads where the memory of the first process lies",
        """
        def act():
            return len(open("/proc/1/maps").read())
        """,
    ),
    _pries(
        "lets the first process die when memory ends",
        """
        def act():
            with open("/proc/1/oom_score_adj", "w") as score:
                score.write("1000")
        """,
    ),
    _pries(
        "sends every signal to the first process, as the only case",
        """
        def act():
            for number in sorted(signal.valid_signals()):
                os.kill(1, number)
                signal.pidfd_send_signal(os.pidfd_open(1), number)
            child = os.fork()
            if child == 0:
                os._exit(0)
            os.waitpid(child, 0)
            return 987_654_321_012
        """,
        gets=ACCEPTED,
    ),
    _pries(
        "takes all limits from the first process, which needs none",
        """
        def act():
            for limit in range(16):
                resource.prlimit(1, limit, (0, 0))
            return 987_654_321_012
        """,
        gets=ACCEPTED,
        or_gets=REFUSED,
    ),
    _pries(
        "looks into the root of the first process",
        """
        def act():
            return len(os.listdir("/proc/1/root/tmp"))
        """,
    ),
    _pries(
        "becomes root",
        """
        def act():
            os.setuid(0)
        """,
    ),
    _pries(
        "takes a higher priority",
        """
        def act():
            os.setpriority(os.PRIO_PROCESS, 0, -20)
        """,
    ),
    _pries(
        "takes a scheduler of real time",
        """
        def act():
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
        """,
    ),
    _pries(
        "lets others die first when memory ends",
        """
        def act():
            with open("/proc/self/oom_score_adj", "w") as score:
                score.write("-1000")
        """,
    ),
)
