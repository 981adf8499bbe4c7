"""Programs that try what the kernel offers beyond files, processes and sockets."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    EXITED,
    KERNEL,
    REFUSED,
    SHARED,
    SIGNALLED,
    Gets,
    Program,
    raised,
)

CALLS: Final = """
    import ctypes, fcntl, mmap, os, resource, signal, struct
    libc = ctypes.CDLL(None, use_errno=True)
    NUMBERS = {
        "x86_64": {"add_key": 248, "keyctl": 250, "bpf": 321, "perf_event_open": 298,
                   "userfaultfd": 323, "kexec_load": 246, "finit_module": 313,
                   "request_key": 249, "fanotify_init": 300, "swapon": 167,
                   "acct": 163, "reboot": 169, "settimeofday": 164, "setns": 308,
                   "open_by_handle_at": 304, "pivot_root": 155, "quotactl": 179},
        "aarch64": {"add_key": 217, "keyctl": 219, "bpf": 280, "perf_event_open": 241,
                    "userfaultfd": 282, "kexec_load": 104, "finit_module": 273,
                    "request_key": 218, "fanotify_init": 262, "swapon": 224,
                    "acct": 89, "reboot": 142, "settimeofday": 170, "setns": 268,
                    "open_by_handle_at": 265, "pivot_root": 41, "quotactl": 60},
    }[os.uname().machine] | {"io_uring_setup": 425, "fsopen": 430, "open_tree": 428,
                             "clone3": 435, "mount_setattr": 442}
    def checked(result):
        if result < 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return result
    def call(name, *arguments):
        return checked(libc.syscall(NUMBERS[name], *arguments))
"""


def _calls(name: str, line: str) -> Program:
    """The kernel must say no. What it says to the process backend depends on who asks,
    and some of it would harm the machine.
    """
    return Program(
        name,
        REFUSED,
        f"""
        def act():
            return {line}
        """,
        prelude=CALLS,
        open_on_process=KERNEL,
        run_on_process=False,
    )


def _reads(name: str, path: str) -> Program:
    """Nothing may come: either it cannot be opened, or it is covered and empty."""
    return Program(
        name,
        ACCEPTED,
        f"""
        def act():
            if os.path.isdir("{path}"):
                found = os.listdir("{path}")
            else:
                with open("{path}", "rb", 0) as file:
                    found = file.read(64)
            return found or 987_654_321_012
        """,
        prelude=CALLS,
        or_gets=REFUSED,
        open_on_process=KERNEL,
        run_on_process=False,
    )


def _writes(name: str, path: str, text: str) -> Program:
    return Program(
        name,
        REFUSED,
        f"""
        def act():
            descriptor = os.open("{path}", os.O_WRONLY)
            return os.write(descriptor, b"{text}")
        """,
        prelude=CALLS,
        open_on_process=KERNEL,
        run_on_process=False,
    )


def _leaves(name: str, source: str) -> Program:
    """What the kernel keeps beyond the processes must not reach the next case."""
    return Program(
        name,
        ACCEPTED,
        source,
        prelude=CALLS,
        or_gets=REFUSED,
        observed="nothing",
        open_on_process=SHARED,
    )


PROGRAMS: Final = (
    _calls(
        "keeps a secret in a keyring", 'call("add_key", b"user", b"n", b"x", 1, -3)'
    ),
    _calls("opens a keyring", 'call("keyctl", 0, -3, 1)'),
    _calls("asks for a key", 'call("request_key", b"user", b"n", None, -3)'),
    _calls(
        "sets up a ring", 'call("io_uring_setup", 8, ctypes.create_string_buffer(120))'
    ),
    _calls("loads a filter", 'call("bpf", 5, ctypes.create_string_buffer(120), 120)'),
    _calls(
        "counts the machine's events",
        'call("perf_event_open", ctypes.create_string_buffer(120), -1, 0, -1, 0)',
    ),
    _calls("handles faults of memory", 'call("userfaultfd", 0)'),
    _calls("loads another kernel", 'call("kexec_load", 0, 0, None, 0)'),
    _calls("loads a module", 'call("finit_module", 0, b"", 0)'),
    _calls("watches all files", 'call("fanotify_init", 0, 0)'),
    _calls("turns on a swap file", 'call("swapon", b"/tmp/none", 0)'),
    _calls("turns on accounting", 'call("acct", None)'),
    _calls(
        "turns off the keys for a restart",
        'call("reboot", 0xFEE1DEAD, 672274793, 0, None)',
    ),
    _calls(
        "sets the clock",
        'call("settimeofday", struct.pack("ll", 1, 0), None)',
    ),
    _calls(
        "joins the namespaces of the first process",
        'call("setns", os.open("/proc/1/ns/net", os.O_RDONLY), 0)',
    ),
    _calls(
        "opens a file by its handle",
        'call("open_by_handle_at", os.open("/", os.O_RDONLY),'
        ' struct.pack("IiQ", 8, 1, 2), 0)',
    ),
    _calls("changes the root of mounts", 'call("pivot_root", b".", b".")'),
    _calls("opens a file system", 'call("fsopen", b"tmpfs", 0)'),
    _calls("clones a tree of mounts", 'call("open_tree", -100, b"/", 1)'),
    _calls("mounts", 'checked(libc.mount(b"none", b".", b"tmpfs", 0, None))'),
    _calls("mounts the processes", 'checked(libc.mount(b"p", b".", b"proc", 0, None))'),
    _calls(
        "mounts the root again to write",
        'checked(libc.mount(None, b"/", None, 32, None))',
    ),
    _calls("takes a mount away", 'checked(libc.umount2(b"/proc", 2))'),
    _calls("makes a user namespace", "checked(libc.unshare(0x10000000))"),
    _calls("makes a mount namespace", "checked(libc.unshare(0x00020000))"),
    _calls("makes a network namespace", "checked(libc.unshare(0x40000000))"),
    _calls("makes a process namespace", "checked(libc.unshare(0x20000000))"),
    _calls("turns off the random layout", "checked(libc.personality(0x0040000))"),
    _calls("names the machine", 'checked(libc.sethostname(b"mine", 4))'),
    _calls("reads the kernel's log", "checked(libc.klogctl(10, None, 0))"),
    _calls("opens the ports of the processor", "checked(libc.iopl(3))"),
    _calls("types into the terminal", 'os.open("/dev/tty", os.O_RDWR)'),
    _calls(
        "holds a lease on a file of the image",
        "fcntl.fcntl(os.open(os.__file__, os.O_RDONLY), 1024, 0)",
    ),
    _reads("reads the kernel's memory", "/proc/kcore"),
    _reads("reads the machine's memory", "/dev/mem"),
    _reads("reads the kernel's messages", "/dev/kmsg"),
    _reads("lists the kernel's keys", "/proc/keys"),
    _reads("lists the kernel's timers", "/proc/timer_list"),
    _reads("lists what is scheduled", "/proc/sched_debug"),
    _reads("lists the machine's firmware", "/sys/firmware"),
    _reads("reads the first disk", "/dev/vda"),
    _writes("presses the magic key", "/proc/sysrq-trigger", "?"),
    _writes("names a program for crashes", "/proc/sys/kernel/core_pattern", "|/x"),
    _writes("names a program for devices", "/sys/kernel/uevent_helper", "/x"),
    _writes("raises its own control group", "/sys/fs/cgroup/memory.max", "max"),
    _writes("names a program for control groups", "/sys/fs/cgroup/release_agent", "x"),
    _writes("changes the number of processes", "/proc/sys/kernel/pid_max", "400"),
    _writes("registers a binary format", "/proc/sys/fs/binfmt_misc/register", ":x"),
    Program(
        "calls by the door for 32 bits",
        REFUSED,
        """
        def act():
            # mov eax, 21 (mount); int 0x80; ret
            code = b"\\xb8\\x15\\x00\\x00\\x00\\xcd\\x80\\xc3"
            if os.uname().machine != "x86_64":
                raise OSError("no such door")
            page = mmap.mmap(-1, 4096, prot=7)
            page.write(code)
            start = ctypes.addressof(ctypes.c_char.from_buffer(page))
            result = ctypes.CFUNCTYPE(ctypes.c_int)(start)()
            if result < 0:
                raise OSError(-result, "refused")
            return result
        """,
        prelude=CALLS,
        or_gets=SIGNALLED,
        open_on_process=KERNEL,
        run_on_process=False,
    ),
    Program(
        "calls by the door for short pointers",
        REFUSED,
        """
        def act():
            return checked(libc.syscall(0x40000000 + 165, b"x", b".", b"tmpfs", 0, 0))
        """,
        prelude=CALLS,
        or_gets=SIGNALLED,
        open_on_process=KERNEL,
        run_on_process=False,
    ),
    Program(
        "gains rights by starting programs",
        ACCEPTED,
        """
        def act():
            with open("/proc/self/status") as status:
                fields = dict(line.split(":", 1) for line in status)
            names = ("CapInh", "CapPrm", "CapEff", "CapAmb")
            rights = sum(int(fields[name], 16) for name in names)
            bounded = int(fields["NoNewPrivs"]), int(fields["Seccomp"]) > 0
            ok = (rights, *bounded) == (0, 1, True)
            return 987_654_321_012 if ok else str(fields)
        """,
        prelude=CALLS,
        open_on_process=KERNEL,
    ),
    Program(
        "program that is never on a disk",
        EXITED,
        """
        def act():
            descriptor = os.memfd_create("hidden")
            with open("/bin/true", "rb") as file:
                os.write(descriptor, file.read())
            os.execve(f"/proc/self/fd/{descriptor}", ["hidden"], {})
        """,
        prelude=CALLS,
        or_gets=REFUSED,
    ),
    Program(
        "leaves a core of its memory",
        Gets(SIGNALLED.verdict, SIGNALLED.reason),
        """
        def act():
            try:
                resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20))
            except ValueError:
                pass
            os.abort()
        def observe():
            return sorted(os.listdir())
        """,
        prelude=CALLS,
        observed=["solution.py"],
        or_gets=raised("OSError"),
    ),
    _leaves(
        "segment of shared memory left behind",
        """
        KEY = ctypes.c_int(0x0C0DADA0)
        def act():
            checked(libc.shmget(KEY, 4096, 0o1666))
            return 987_654_321_012
        def observe():
            found = libc.shmget(KEY, 4096, 0)
            libc.shmctl(found, 0, None)
            return "nothing" if found < 0 else "found"
        """,
    ),
    _leaves(
        "queue of messages left behind",
        """
        KEY = ctypes.c_int(0x0C0DADA1)
        def act():
            checked(libc.msgget(KEY, 0o1666))
            return 987_654_321_012
        def observe():
            found = libc.msgget(KEY, 0)
            libc.msgctl(found, 0, None)
            return "nothing" if found < 0 else "found"
        """,
    ),
    _leaves(
        "semaphore left behind",
        """
        KEY = ctypes.c_int(0x0C0DADA2)
        def act():
            checked(libc.semget(KEY, 1, 0o1666))
            return 987_654_321_012
        def observe():
            found = libc.semget(KEY, 1, 0)
            libc.semctl(found, 0, 0)
            return "nothing" if found < 0 else "found"
        """,
    ),
    Program(
        "named queue left behind",
        REFUSED,
        """
        def act():
            queues = ctypes.CDLL("librt.so.1", use_errno=True)
            flags = os.O_CREAT | os.O_RDWR
            return checked(queues.mq_open(b"/cordada-note", flags, 0o600, None))
        """,
        prelude=CALLS,
    ),
    Program(
        "lock on a file of the image left behind",
        ACCEPTED,
        """
        def lock():
            file = os.open(os.__file__, os.O_RDONLY)
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        def act():
            lock()
            return 987_654_321_012
        def observe():
            return os.close(lock()) or "free"
        """,
        prelude=CALLS,
        observed="free",
        or_gets=REFUSED,
    ),
)
