"""Programs that crash, fail to load, or fail in ways that are hard to tell."""

from typing import Final

from runner.hostile.program import (
    EXITED,
    MISSING,
    PRINTED,
    SCRIPT,
    SIGNALLED,
    STATUS,
    SYNTAX,
    Gets,
    Program,
    prints,
    raised,
)
from runner.report import Reason
from runner.verdict import Verdict

ANY_ERROR: Final = Gets(Verdict.RUNTIME_ERROR, Reason.RAISED)


def _crashes(name: str, line: str) -> Program:
    return Program(
        name,
        SIGNALLED,
        f"""
        import ctypes, faulthandler, mmap, os, signal
        def act():
            {line}
        """,
    )


def _raises(name: str, gets: Gets, source: str) -> Program:
    return Program(name, gets, source)


def _does_not_compile(name: str, source: str) -> Program:
    return Program(name, SYNTAX, source)


def _ends(name: str, line: str, gets: Gets = STATUS) -> Program:
    """A script that printed what it had to, and then did not end well."""
    return Program(
        name,
        gets,
        f"""
        import os, sys, threading
        print("done", flush=True)
        {line}
        """,
        action=SCRIPT,
        expected=prints("done"),
    )


PROGRAMS: Final = (
    _crashes("reads where nothing is", "ctypes.string_at(0)"),
    _crashes("writes where nothing is", "ctypes.memset(8, 1, 8)"),
    _crashes("calls where nothing is", "ctypes.CFUNCTYPE(None)(8)()"),
    _crashes("aborts", "os.abort()"),
    _crashes("fault of arithmetic", "os.kill(os.getpid(), signal.SIGFPE)"),
    _crashes("fault of an instruction", "os.kill(os.getpid(), signal.SIGILL)"),
    _crashes("bad system call", "os.kill(os.getpid(), signal.SIGSYS)"),
    _crashes("trap", "os.kill(os.getpid(), signal.SIGTRAP)"),
    _crashes("hang-up", "os.kill(os.getpid(), signal.SIGHUP)"),
    _crashes("signal of a user", "os.kill(os.getpid(), signal.SIGUSR1)"),
    _crashes("signal of real time", "os.kill(os.getpid(), signal.SIGRTMAX)"),
    _crashes("alarm", "signal.alarm(1); signal.pause()"),
    _crashes(
        "memory past the end of its file",
        "f = open('f', 'w+b'); f.truncate(4096); m = mmap.mmap(f.fileno(), 4096);"
        " f.truncate(0); m[0]",
    ),
    _raises("interrupt", raised("KeyboardInterrupt"), "raise KeyboardInterrupt\n"),
    _raises(
        "interrupt by a signal",
        raised("KeyboardInterrupt"),
        """
        import os, signal, time
        def act():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(1)
        """,
    ),
    _raises("module that is not there", raised("ModuleNotFoundError"), "import nope\n"),
    _raises("import of its parent", raised("ImportError"), "from . import x\n"),
    _raises(
        "import of the bot",
        raised("ModuleNotFoundError"),
        "import bot.settings\n",
    ),
    _raises("error while loading", raised("ZeroDivisionError"), "1 / 0\n"),
    _raises("what is no exception", raised("TypeError"), "def act():\n    raise 1\n"),
    _raises(
        "exception whose text fails",
        raised("Mute"),
        """
        class Mute(Exception):
            def __str__(self): raise self
        def act(): raise Mute
        """,
    ),
    _raises(
        "exception whose text exits",
        raised("Mute"),
        """
        class Mute(Exception):
            def __str__(self): raise SystemExit(0)
        def act(): raise Mute
        """,
    ),
    _raises(
        "exception whose text is no text",
        raised("Mute"),
        """
        class Mute(Exception):
            def __str__(self): return 1
        def act(): raise Mute
        """,
    ),
    _raises(
        "exception that is its own cause",
        raised("ValueError"),
        """
        def act():
            error = ValueError("x")
            error.__cause__ = error.__context__ = error
            raise error
        """,
    ),
    _raises(
        "exceptions in a group of groups",
        raised("ExceptionGroup"),
        """
        def act():
            error = ValueError("x")
            for _ in range(50):
                error = ExceptionGroup("group", [error])
            raise error
        """,
    ),
    _raises(
        "exception beside all others",
        raised("Beside"),
        """
        class Beside(BaseException): pass
        def act(): raise Beside
        """,
    ),
    _raises("end of an iteration", raised("StopIteration"), "raise StopIteration\n"),
    _raises("end of a generator", raised("GeneratorExit"), "raise GeneratorExit\n"),
    _raises(
        "exception from a long recursion",
        raised("ValueError"),
        """
        def down(left):
            if left == 0:
                raise ValueError("x" * 100_000)
            down(left - 1)
        def act(): down(900)
        """,
    ),
    _raises(
        "exception with forged frames",
        raised("ValueError"),
        """
        import types
        def act():
            error = ValueError("x")
            code = (lambda: 1).__code__.replace(co_filename="solution.py",
                                                co_firstlineno=10 ** 6)
            try:
                exec(compile("1 / 0", "solution.py", "exec"))
            except ZeroDivisionError as other:
                raise error.with_traceback(other.__traceback__)
        """,
    ),
    _raises("name that is no function", raised("TypeError"), "act = 5\n"),
    _raises("function of another shape", raised("TypeError"), "def act(x): pass\n"),
    _raises("function that is missing", MISSING, "def other(): pass\n"),
    _raises(
        "builtins taken away",
        EXITED,
        """
        import builtins
        def act():
            vars(builtins).clear()
        """,
    ),
    _does_not_compile("colon forgotten", "def act()\n    pass\n"),
    _does_not_compile("bracket left open", "def act():\n    return (1\n"),
    _does_not_compile("text left open", "def act():\n    return '\n"),
    _does_not_compile("tabs and spaces", "def act():\n\tif 1:\n        pass\n"),
    _does_not_compile("return outside", "return 987654321012\n"),
    _does_not_compile("wait outside", "def act():\n    await x\n"),
    _does_not_compile("braces", "from __future__ import braces\n"),
    _does_not_compile("number of many digits", "x = " + "9" * 5_000 + "\n"),
    _does_not_compile("brackets in brackets", "x = " + "(" * 5_000 + ")" * 5_000),
    _does_not_compile("minus of minus", "x = " + "-" * 100_000 + "1\n"),
    _does_not_compile("attribute of attribute", "x = a" + ".a" * 100_000 + "\n"),
    _does_not_compile("sum of sums", "x = 1" + " + (x" * 150 + ")" * 150 + " +\n"),
    _does_not_compile(
        "blocks in blocks",
        "\n".join(" " * depth + "if 1:" for depth in range(150)) + "\n",
    ),
    _does_not_compile("another language", "#include <stdio.h>\nint main() {}\n"),
    _does_not_compile("another Python", "print 'hello'\n"),
    _does_not_compile("fence of the chat", "```python\ndef act(): pass\n```\n"),
    _ends("status one", "sys.exit(1)"),
    _ends("status that means much", "os._exit(137)"),
    _ends("status of the harness's fault", "os._exit(70)"),
    _ends("status below zero", "sys.exit(-1)"),
    _ends("status that is a text", "sys.exit('bye')"),
    _ends("status that is huge", "sys.exit(10 ** 30 + 1)"),
    _ends("crash at the end", "os.abort()", SIGNALLED),
    _ends("exception at the end", "raise ValueError", ANY_ERROR),
    Program(
        "output that was never flushed",
        PRINTED,
        """
        import os
        print("987654321012", end="")
        os._exit(0)
        """,
        action=SCRIPT,
    ),
)
