"""Programs that bend the code around them, or leave something that is loaded later."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    EXITED,
    NO_ANSWER,
    NOT_PLAIN,
    PRINTED,
    RETURNED,
    SCRIPT,
    Gets,
    Program,
    raised,
    returns,
)
from runner.job import Scene
from runner.report import Reason
from runner.verdict import Verdict

TOOLS: Final = """
    import atexit, builtins, gc, json, os, signal, struct, sys, threading, time

    def frame(claim):
        text = json.dumps(claim).encode()
        return struct.pack("!I", len(text)) + text

    def forge(value=1, descriptor=3):
        os.write(descriptor, frame({"ending": "returned", "value": value}))
"""


def _forges(
    name: str, gets: Gets, source: str, or_gets: Gets | tuple[Gets, ...] = ()
) -> Program:
    return Program(name, gets, source, prelude=TOOLS, or_gets=or_gets)


def _says(name: str, text: str) -> Program:
    """The marks by which other graders know a pass."""
    return Program(
        name,
        PRINTED,
        f"""
        import os
        os.write(1, {text!r}.encode())
        os._exit(0)
        """,
        action=SCRIPT,
    )


def _shadows(name: str, file: str, text: str) -> Program:
    """A file that Python might load of itself, in every folder it may write to."""
    return Program(
        name,
        ACCEPTED,
        f"""
        import os
        def act():
            for folder in (".", "..", "../..", os.environ["TMPDIR"]):
                path = os.path.join(folder, {file!r})
                try:
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    with open(path, "w") as out:
                        out.write({text!r})
                except OSError:
                    continue
            return 987_654_321_012
        def observe():
            try:
                return shadowed()
            except NameError:
                return "as ever"
        """,
        observed="as ever",
    )


SHADOW: Final = "import builtins\nbuiltins.shadowed = lambda: 'shadowed'\n"


PROGRAMS: Final = (
    _forges(
        "codec bent to say what it likes",
        NO_ANSWER,
        """
        def act():
            sys.modules["runner.codec"].encode = lambda *_: b"[]"
            return 1
        """,
    ),
    _forges(
        "sender bent to say nothing",
        EXITED,
        """
        def act():
            sys.modules["runner.harness.child"]._send = lambda _: None
            return 1
        """,
    ),
    _forges(
        "writer bent",
        RETURNED,
        """
        def act():
            write = os.write
            os.write = lambda descriptor, data: write(descriptor, data)
            return 1
        """,
    ),
    _forges(
        "JSON bent",
        RETURNED,
        """
        def act():
            dumps = json.dumps
            json.dumps = lambda value, **more: dumps(
                {"ending": "returned", "value": 1}, **more)
            return 0
        """,
    ),
    _forges(
        "harness's variables changed from below",
        RETURNED,
        """
        def act():
            frame = sys._getframe(1)
            while frame:
                for name in ("value", "claim", "status", "action"):
                    if name in frame.f_locals:
                        frame.f_locals[name] = {"ending": "accepted"}
                frame = frame.f_back
            return 1
        """,
        or_gets=EXITED,
    ),
    _forges(
        "every function of the harness replaced",
        EXITED,
        """
        def act():
            for name, module in list(sys.modules.items()):
                if name.startswith("runner."):
                    for key, value in list(vars(module).items()):
                        if callable(value):
                            setattr(module, key, lambda *_, **__: True)
            return 1
        """,
    ),
    _forges(
        "assertions of the tests bent",
        RETURNED,
        """
        import unittest
        unittest.TestCase.assertEqual = lambda *_: None
        builtins.AssertionError = type("Never", (BaseException,), {})
        def act():
            return 1
        """,
    ),
    _forges(
        "modules taken away",
        EXITED,
        """
        def act():
            sys.modules.clear()
            del builtins.isinstance
            return 1
        """,
        RETURNED,
    ),
    _forges(
        "trace set on the harness",
        RETURNED,
        """
        def act():
            def trace(frame, event, value):
                return trace
            sys.settrace(trace)
            threading.settrace(trace)
            return 1
        """,
    ),
    _forges(
        "exception that hides behind an exit",
        EXITED,
        """
        class Gone(SystemExit):
            code = property(lambda self: 0)
        def act():
            raise Gone
        """,
    ),
    _forges(
        "output shut", NOT_PLAIN, "def act():\n    sys.stdout = 1\n    return sys\n"
    ),
    Program(
        "exception asked for, forged with another's name",
        Gets(Verdict.WRONG_ANSWER, Reason.RETURNED_OTHER),
        """
        def act():
            return ValueError("987654321012")
        """,
        or_gets=NOT_PLAIN,
    ),
    Program(
        "builtins bent under the author's scenario",
        RETURNED,
        """
        import builtins
        builtins.sum = lambda _: 987_654_321_012
        prices = []
        """,
        action=Scene(function="total"),
        scenario="add = sum\ndef total(module):\n    return add(module.prices)\n",
    ),
    Program(
        "author's scenario replaced",
        RETURNED,
        """
        import sys
        sys.modules["scenario"].total = lambda module: 987_654_321_012
        prices = []
        """,
        action=Scene(function="total"),
        scenario="def total(module):\n    return sum(module.prices)\n",
    ),
    Program(
        "module that answers to every name",
        raised("TypeError"),
        """
        def __getattr__(name):
            return 987_654_321_012
        """,
        action=Scene(function="total"),
        scenario="def total(module):\n    return sum(module.prices)\n",
    ),
    _says("mark of a line", "PASSED\nOK\n"),
    _says("mark of unittest", "Ran 9 tests in 0.001s\n\nOK\n"),
    _says("mark of pytest", "===== 9 passed in 0.01s =====\n"),
    _says("mark of a kata", "\n<PASSED::>Test Passed\n<COMPLETEDIN::>0.1\n"),
    _says("mark in JSON", '{"verdict": "accepted", "status": "pass"}'),
    _shadows("module of JSON", "json.py", SHADOW),
    _shadows("module of the codec", "runner/codec.py", SHADOW),
    _shadows("settings of the tests", "conftest.py", SHADOW),
    _shadows("settings of the site", "sitecustomize.py", SHADOW),
    _shadows("settings of the user", "usercustomize.py", SHADOW),
    _shadows("line of a path file", "shadow.pth", "import builtins;" + SHADOW),
    _shadows("module of random numbers", "random.py", SHADOW),
    Program(
        "state of the process kept for the next case",
        ACCEPTED,
        """
        import builtins, decimal, gc, locale, os, random, signal, socket, sys, time
        def state():
            return [
                hasattr(builtins, "kept"),
                os.environ.get("KEPT"),
                os.path.basename(os.getcwd()),
                decimal.getcontext().prec,
                gc.isenabled(),
                sys.getrecursionlimit(),
                socket.getdefaulttimeout(),
                signal.getsignal(signal.SIGTERM) is signal.SIG_DFL,
                signal.getitimer(signal.ITIMER_REAL)[0],
                random.random(),
                os.umask(0o22),
                len(sys.modules.get("kept", "")),
            ]
        def act():
            builtins.kept = True
            os.environ["KEPT"] = "yes"
            decimal.getcontext().prec = 3
            gc.disable()
            sys.setrecursionlimit(99)
            socket.setdefaulttimeout(9)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            random.seed(9)
            os.umask(0)
            sys.modules["kept"] = "kept"
            os.chdir("/")
            return 987_654_321_012
        def observe():
            return state()
        """,
        observed=[
            False,
            None,
            "work",
            28,
            True,
            1000,
            None,
            True,
            0.0,
            0.8444218515250481,
            0o22,
            0,
        ],
    ),
    Program(
        "right answer, which must pass",
        ACCEPTED,
        "def act():\n    return 7\n",
        expected=returns(7),
    ),
)
