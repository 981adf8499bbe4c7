"""Programs that want more memory than there is; told apart from time and crashes."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    DISK,
    EATS,
    MEMORY,
    NO_PROCESS,
    NO_ROOM,
    REFUSED,
    RETURNED,
    ROOT,
    SHARED,
    SIGNALLED,
    TOGETHER,
    Gets,
    Program,
    raised,
)


def _eats(
    name: str,
    source: str,
    *,
    gets: Gets = MEMORY,
    or_gets: Gets | tuple[Gets, ...] = (),
) -> Program:
    return Program(name, gets, source, or_gets=or_gets, limits=EATS)


PROGRAMS: Final = (
    _eats(
        "one allocation",
        """
        def act():
            return len(bytearray(1 << 30))
        """,
    ),
    _eats(
        "many small ones",
        """
        def act():
            kept = []
            while True:
                kept.append([0] * 100)
        """,
    ),
    _eats(
        "pieces of a megabyte",
        """
        def act():
            kept = []
            while True:
                kept.append(bytearray(1 << 20))
        """,
    ),
    _eats(
        "list of a million million",
        """
        def act():
            return [0] * (1 << 40)
        """,
    ),
    _eats(
        "text that doubles",
        """
        def act():
            text = "x"
            while True:
                text += text
        """,
    ),
    _eats(
        "dictionary without end",
        """
        import itertools
        def act():
            return dict(enumerate(itertools.repeat(None)))
        """,
    ),
    _eats(
        "endless iterator made a list",
        """
        import itertools
        def act():
            return list(itertools.count())
        """,
    ),
    _eats(
        "width of a format",
        """
        def act():
            return f"{1:>{1 << 33}}"
        """,
    ),
    _eats(
        "compressed bomb",
        """
        import zlib
        def act():
            packer, piece = zlib.compressobj(1), bytes(1 << 20)
            packed = b"".join(packer.compress(piece) for _ in range(200))
            return len(zlib.decompress(packed + packer.flush()))
        """,
    ),
    _eats(
        "entities of entities",
        """
        from xml.etree import ElementTree
        def act():
            names = "abcdefghij"
            entities = ['<!ENTITY a "lol">']
            for one, other in zip(names, names[1:]):
                entities.append(f"<!ENTITY {other} '" + f"&{one};" * 10 + "'>")
            text = f"<!DOCTYPE x [{''.join(entities)}]><x>&j;</x>"
            return len(ElementTree.fromstring(text).text)
        """,
        or_gets=raised("ParseError"),
    ),
    _eats(
        "own bound raised as far as it goes",
        """
        import resource
        def act():
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
            return len(bytearray(1 << 30))
        """,
    ),
    _eats(
        "threads that swallow the error",
        """
        import threading
        def eat(kept):
            while True:
                try:
                    kept.append(bytearray(1 << 22))
                except MemoryError:
                    return
        def act():
            kept = []
            for _ in range(4):
                thread = threading.Thread(target=eat, args=[kept])
                thread.start()
                thread.join()
            return len(bytearray(1 << 26))
        """,
        or_gets=NO_PROCESS,
    ),
    _eats(
        "recursion in Python past every limit",
        """
        import sys
        def down():
            down()
        def act():
            sys.setrecursionlimit(10 ** 9)
            down()
        """,
        # Python loses the MemoryError on its way up, or falls over it.
        or_gets=(raised("SystemError"), SIGNALLED),
    ),
    _eats(
        "recursion in C",
        """
        def act():
            value = []
            for _ in range(10 ** 5):
                value = [value]
            return repr(value)
        """,
        gets=raised("RecursionError"),
    ),
    _eats(
        "recursion without end",
        """
        def act():
            return act()
        """,
        gets=raised("RecursionError"),
    ),
    _eats(
        "sparse mapping of a terabyte",
        """
        import mmap
        def act():
            return len(mmap.mmap(-1, 1 << 40))
        """,
        gets=REFUSED,
    ),
    _eats(
        "mappings beside the heap",
        """
        import mmap
        def act():
            kept = []
            while True:
                piece = mmap.mmap(-1, 1 << 20)
                piece.write(b"x" * (1 << 20))
                kept.append(piece)
        """,
        gets=REFUSED,
        or_gets=MEMORY,
    ),
    _eats(
        "stacks of threads",
        """
        import threading, time
        def act():
            threading.stack_size(32 << 20)
            for _ in range(40):
                threading.Thread(target=time.sleep, args=[60], daemon=True).start()
        """,
        gets=NO_PROCESS,
        or_gets=MEMORY,
    ),
    _eats(
        "stack of a thread overrun",
        """
        import threading
        def act():
            value = []
            for _ in range(9_000):
                value = [value]
            threading.stack_size(32 << 10)
            thread = threading.Thread(target=repr, args=[value])
            thread.start()
            thread.join()
        """,
        gets=SIGNALLED,
        # A Python that sees how much is left raises in the thread instead.
        or_gets=RETURNED,
    ),
    _eats(
        "files in memory without a name",
        """
        import os
        def act():
            kept = []
            while True:
                kept.append(os.memfd_create("x"))
                os.write(kept[-1], bytes(1 << 20))
        """,
        gets=REFUSED,
        or_gets=MEMORY,
    ),
    _eats(
        "memory of pipes",
        """
        import fcntl, os
        def act():
            while True:
                _, end = os.pipe()
                fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, 1 << 20)
                os.write(end, bytes(1 << 20))
        """,
        gets=REFUSED,
        or_gets=MEMORY,
    ),
    Program(
        "memory that is let go is no offence",
        ACCEPTED,
        """
        def act():
            try:
                return len(bytearray(1 << 30))
            except MemoryError:
                return 987_654_321_012
        """,
        limits=EATS,
    ),
    Program(
        "several processes that together hold too much",
        ACCEPTED,
        """
        import os, time
        def act():
            for _ in range(6):
                if os.fork() == 0:
                    kept = bytearray(b"x" * 30_000_000)
                    time.sleep(1.5)
                    os._exit(0)
            statuses = [os.wait()[1] for _ in range(6)]
            return 987_654_321_012 if any(statuses) else "all of it was held at once"
        def observe():
            return "unharmed"
        """,
        or_gets=MEMORY,
        observed="unharmed",
        limits=EATS,
        open_on_process=TOGETHER,
    ),
    Program(
        "shared memory filled",
        NO_ROOM,
        """
        import os
        def act():
            for number in range(200):
                with open(f"/dev/shm/{number}", "wb") as file:
                    file.write(bytes(1 << 20))
        def observe():
            return os.path.exists("/dev/shm/0")
        """,
        or_gets=MEMORY,
        observed=False,
        limits=EATS,
        open_on_process=SHARED,
        run_on_process=False,
    ),
    Program(
        "own folder filled",
        NO_ROOM,
        """
        import os
        def act():
            for number in range(200):
                with open(f"{number}", "wb") as file:
                    file.write(bytes(1 << 20))
        def observe():
            return os.path.exists("0")
        """,
        or_gets=MEMORY,
        observed=False,
        limits=EATS,
        open_on_process=DISK,
        run_on_process=False,
    ),
    Program(
        "bounds taken away",
        raised("ValueError", "PermissionError"),
        """
        import resource
        def act():
            free = resource.RLIM_INFINITY
            resource.setrlimit(resource.RLIMIT_AS, (free, free))
        """,
        limits=EATS,
        open_on_process=ROOT,
        run_on_process=False,
    ),
)
