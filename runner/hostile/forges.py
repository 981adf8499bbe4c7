"""Programs that leave early, or write the verdict themselves."""

from typing import Final

from runner.hostile.program import (
    ANSWER,
    EXITED,
    NO_ANSWER,
    OUTPUT,
    RETURNED,
    SIGNALLED,
    TRIED,
    Gets,
    Program,
    returns,
)
from runner.job import Call, Case

TOOLS: Final = """
    import atexit, builtins, gc, json, os, signal, struct, sys, threading, time

    def frame(claim):
        text = json.dumps(claim).encode()
        return struct.pack("!I", len(text)) + text

    def forge(value=1, descriptor=3):
        os.write(descriptor, frame({"ending": "returned", "value": value}))
"""


def _leaves(name: str, line: str, gets: Gets = EXITED) -> Program:
    return Program(name, gets, f"def act():\n    {line}\n", prelude=TOOLS)


def _forges(
    name: str, gets: Gets, source: str, or_gets: Gets | tuple[Gets, ...] = ()
) -> Program:
    return Program(name, gets, source, prelude=TOOLS, or_gets=or_gets)


def _case(function: str, group: str) -> Case:
    return Case(
        name=function,
        group=group,
        action=Call(function=function),
        expected=returns(ANSWER),
    )


PROGRAMS: Final = (
    _leaves("exit with success", "exit(0)"),
    _leaves("exit by the system", "sys.exit(0)"),
    _leaves("exit past all handlers", "os._exit(0)"),
    _leaves("exit raised by hand", "raise SystemExit"),
    _leaves("exit of a truth", "raise SystemExit(True)"),
    _leaves("exit with a status that wraps to success", "sys.exit(256)"),
    _leaves("exit with the harness's own fault", "os._exit(70)"),
    _leaves("exec of a program that succeeds", "os.execv('/bin/true', ['true'])"),
    _leaves(
        "killed by its own hand", "os.kill(os.getpid(), signal.SIGKILL)", SIGNALLED
    ),
    _leaves("ended by its own hand", "os.kill(os.getpid(), signal.SIGTERM)", SIGNALLED),
    _leaves("exit in an exit handler", "atexit.register(os._exit, 0)", RETURNED),
    Program(
        "exit while loading",
        EXITED,
        """
        import os
        os._exit(0)
        """,
    ),
    Program(
        "first case right, then exit",
        EXITED,
        """
        import os
        def act():
            return 987_654_321_012
        def leave():
            os._exit(0)
        """,
        cases=(_case("act", group="right"), _case("leave", group=TRIED)),
    ),
    _forges("answer forged", RETURNED, "def act():\n    forge(); os._exit(0)\n"),
    _forges("answer forged while loading", RETURNED, "forge()\nos._exit(0)\n"),
    _forges("answer forged twice", NO_ANSWER, "def act():\n    forge(); forge(2)\n"),
    _forges(
        "answer forged before the true one",
        NO_ANSWER,
        "def act():\n    forge(1)\n    return 987_654_321_012\n",
    ),
    _forges(
        "answer forged in a thread",
        RETURNED,
        """
        def act():
            threading.Thread(target=forge).start()
            time.sleep(0.2)
            os._exit(0)
        """,
    ),
    _forges(
        "answer forged in a child",
        RETURNED,
        """
        def act():
            if os.fork() == 0:
                forge()
                os._exit(0)
            os.wait()
            os._exit(0)
        """,
    ),
    _forges(
        "answer forged by a child after the parent's end",
        EXITED,
        """
        def act():
            if os.fork() == 0:
                os.setsid()
                time.sleep(0.3)
                forge(987_654_321_012)
                os._exit(0)
            os._exit(0)
        """,
    ),
    _forges(
        "answer forged in an exit handler",
        RETURNED,
        "def act():\n    atexit.register(forge)\n    return 0\n",
    ),
    _forges(
        "answer forged on every descriptor",
        RETURNED,
        """
        def act():
            for descriptor in range(64):
                try:
                    forge(1, descriptor)
                except OSError:
                    continue
            os._exit(0)
        """,
    ),
    _forges(
        "both processes of a fork answer",
        RETURNED,
        "def act():\n    return os.fork() and 1\n",
    ),
    _forges(
        "verdict forged",
        NO_ANSWER,
        """
        def act():
            os.write(3, frame({"ending": "accepted", "verdict": "accepted"}))
            os._exit(0)
        """,
    ),
    _forges(
        "report forged",
        NO_ANSWER,
        """
        def act():
            os.write(3, frame({"version": 1, "verdict": "accepted", "cases": []}))
            os._exit(0)
        """,
    ),
    _forges("list forged", NO_ANSWER, "os.write(3, frame([]))\nos._exit(0)\n"),
    _forges("noise", NO_ANSWER, "os.write(3, os.urandom(999))\nos._exit(0)\n"),
    _forges("half a frame", NO_ANSWER, "os.write(3, frame([])[:3])\nos._exit(0)\n"),
    _forges(
        "frame that says it is four gigabytes",
        NO_ANSWER,
        "os.write(3, b'\\\\xff\\\\xff\\\\xff\\\\xff1')\nos._exit(0)\n",
    ),
    _forges(
        "frame that nests without end",
        NO_ANSWER,
        """
        def act():
            text = b'{"ending":"returned","value":' + b"[" * 100_000
            os.write(3, struct.pack("!I", len(text)) + text)
            os._exit(0)
        """,
    ),
    _forges(
        "frame of numbers that share one hash",
        NO_ANSWER,
        """
        def act():
            step = (1 << 61) - 1
            values = {"$set": [{"$int": f"{step * n:x}"} for n in range(20_000)]}
            forge(values)
            os._exit(0)
        """,
    ),
    _forges(
        "frame with a tag that is not there",
        NO_ANSWER,
        "forge({'$pickle': 'gASVAAAA'})\nos._exit(0)\n",
    ),
    _forges(
        "more frames than a pipe holds",
        OUTPUT,
        "def act():\n    while True:\n        forge('x' * 9999)\n",
    ),
    _forges(
        "harness's fault forged",
        EXITED,
        "def act():\n    os.close(3)\n    os._exit(70)\n",
    ),
    _forges(
        "system's fault forged",
        NO_ANSWER,
        """
        def act():
            os.write(3, frame({"ending": "sandbox_fault"}))
            os._exit(0)
        """,
    ),
    _forges("channel closed", EXITED, "def act():\n    os.close(3)\n"),
    _forges(
        "channel replaced by a file",
        EXITED,
        """
        def act():
            file = os.open("result", os.O_RDWR | os.O_CREAT)
            os.dup2(file, 3)
            return 987_654_321_012
        """,
    ),
    _forges(
        "channel replaced by the output",
        EXITED,
        "def act():\n    os.dup2(1, 3)\n    return 987_654_321_012\n",
    ),
)
