"""Programs that write where they may not, or fill what they may."""

from typing import Final

from runner.hostile.program import (
    DISK,
    FILES,
    NO_ROOM,
    REFUSED,
    ROOT,
    SIGNALLED,
    Program,
)

LIST_FOLDER: Final = """
    import os, shutil, signal, socket, stat, sys
    def observe():
        return sorted(os.listdir())
"""


CLEAN: Final = ["solution.py"]


def _writes_outside(name: str, path: str) -> Program:
    """`path` is an expression; on the process backend it would be the machine's own."""
    return Program(
        name,
        REFUSED,
        f"""
        def act():
            with open({path}, "r+b" if os.path.isfile({path}) else "wb") as file:
                file.write(b"x")
        """,
        prelude=LIST_FOLDER,
        open_on_process=FILES,
        run_on_process=False,
    )


def _fills(name: str, source: str) -> Program:
    return Program(
        name, NO_ROOM, source, prelude=LIST_FOLDER, observed=CLEAN, or_gets=REFUSED
    )


PROGRAMS: Final = (
    _writes_outside("writes into the system", '"/usr/lib/note"'),
    _writes_outside("writes into the root folder", '"/note"'),
    _writes_outside("adds a user", '"/etc/passwd"'),
    _writes_outside("redirects a host's name", '"/etc/hosts"'),
    _writes_outside("changes the name servers", '"/etc/resolv.conf"'),
    _writes_outside("changes the standard library", "os.__file__"),
    _writes_outside("changes the harness", 'sys.modules["runner.codec"].__file__'),
    _writes_outside("adds a module to every Python", '"/usr/lib/python3/note.pth"'),
    _writes_outside("leaves a file for other users", '"/var/tmp/note"'),
    _writes_outside("leaves a job for cron", '"/etc/cron.d/note"'),
    Program(
        "makes a device",
        REFUSED,
        """
        def act():
            os.mknod("disk", stat.S_IFBLK | 0o600, os.makedev(8, 0))
        """,
        prelude=LIST_FOLDER,
        open_on_process=ROOT,
        run_on_process=False,
    ),
    Program(
        "changes its root folder",
        REFUSED,
        """
        def act():
            os.chroot(".")
        """,
        prelude=LIST_FOLDER,
        open_on_process=ROOT,
        run_on_process=False,
    ),
    Program(
        "makes a file that nobody may remove",
        REFUSED,
        """
        import fcntl, struct
        def act():
            with open("solution.py") as file:
                fcntl.ioctl(file, 0x40086602, struct.pack("l", 0x10))
        """,
        prelude=LIST_FOLDER,
        open_on_process=ROOT,
        run_on_process=False,
    ),
    Program(
        "runs a program of its own that takes its owner's rights",
        REFUSED,
        """
        import subprocess
        def act():
            shutil.copy("/bin/true", "true")
            os.chmod("true", 0o4755)
            return subprocess.run(["./true"]).returncode
        """,
        prelude=LIST_FOLDER,
        open_on_process=FILES,
    ),
    _fills(
        "file past its size",
        """
        def act():
            with open("big", "wb") as file:
                while True:
                    file.write(bytes(1 << 20))
        """,
    ),
    _fills(
        "sparse file of a petabyte",
        """
        def act():
            with open("big", "wb") as file:
                file.truncate(1 << 50)
        """,
    ),
    _fills(
        "space reserved and never written",
        """
        def act():
            with open("big", "wb") as file:
                os.posix_fallocate(file.fileno(), 0, 1 << 40)
        """,
    ),
    _fills(
        "descriptors without end",
        """
        def act():
            kept = []
            while True:
                kept.append(open("solution.py"))
        """,
    ),
    _fills(
        "name that is too long",
        """
        def act():
            open("x" * 256, "w")
        """,
    ),
    Program(
        "dies by the size of its file",
        SIGNALLED,
        """
        def act():
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            with open("big", "wb") as file:
                while True:
                    file.write(bytes(1 << 20))
        """,
        prelude=LIST_FOLDER,
        observed=CLEAN,
    ),
    Program(
        "more files than there is room for",
        NO_ROOM,
        """
        def act():
            for number in range(50_000):
                open(f"{number}", "w").close()
        """,
        prelude=LIST_FOLDER,
        observed=CLEAN,
        open_on_process=DISK,
        run_on_process=False,
    ),
)
