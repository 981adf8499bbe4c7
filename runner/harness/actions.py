"""In the child: run one action against the submission, and say what came of it.

From here on the member's code shares this process and may have changed anything in it.
What leaves is a claim like any other: the host believes none of it beyond its data.
"""

import atexit
import contextlib
import functools
import linecache
import sys
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import Any

from runner.harness import suite
from runner.harness.artifact import ArtifactError, read
from runner.harness.kernel import release_rescue_memory
from runner.harness.member_error import bases, describe
from runner.harness.member_file import MemberFile

SCENARIO = "scenario.py"
SHOWN_VALUE_CHARACTERS = 300

Claim = dict[str, Any]
"""What the child says of one action, in the shape of a `runner.sandbox.Outcome`."""


@functools.cache
def compiled(submission: MemberFile) -> CodeType:
    """Raises whatever the compiler raises: not only SyntaxError, in deep nestings."""
    return compile(submission.text, submission.name, "exec", dont_inherit=True)


def prepare(action: Claim) -> None:
    """What can be done before the submission is looked at, or goes wrong without it."""
    if action["kind"] == "suite":
        suite.load()


def compile_claim(submission: MemberFile) -> Claim | None:
    """None when the source compiles; what is not Python is not compiled."""
    if not submission.is_python:
        return None
    try:
        compiled(submission)
    except Exception as error:  # noqa: BLE001 - see above
        # The parser calls its own nesting's bound a MemoryError.
        release_rescue_memory()
        return {"ending": "syntax", "error": describe(error, submission)}
    return None


def perform(
    action: Claim, submission: MemberFile, scenario: str | None
) -> tuple[Claim, int]:
    """The claim, and the status to exit with."""
    out_of_memory = {"ending": "memory"}, 1
    try:
        return _performed(action, submission, scenario)
    except MemoryError:
        # The exception holds the frames, and they the memory, until this block ends:
        # within it even the smallest object may be one too many.
        told = out_of_memory
    release_rescue_memory()
    return told


def _performed(
    action: Claim, submission: MemberFile, scenario: str | None
) -> tuple[Claim, int]:
    kind, name, text = action["kind"], submission.name, submission.text
    sys.argv = [name, *action.get("argv", ())]
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    try:
        claim = _ACTIONS[kind](action, submission, scenario)
        return claim, claim.get("exit_status", 0)
    except MemoryError:
        raise
    except SystemExit as error:
        status = _exit_status(error.code)
        claim = {
            "ending": "exited",
            "exit_status": status,
            "error_bases": bases(error),
        }
        return claim, status
    except BaseException as error:  # noqa: BLE001 - the member may raise anything
        claim = {
            "ending": "raised",
            "error": describe(error, submission),
            "error_bases": bases(error),
            "exit_status": 1,
        }
        if kind == "run":
            with contextlib.suppress(Exception):
                sys.stderr.write(claim["error"]["traceback"] + "\n")
        return claim, 1


def _call(action: Claim, submission: MemberFile, scenario: str | None) -> Claim:
    del scenario
    module = _module("solution", submission)
    function = getattr(module, action["function"], None)
    if function is None:
        return _missing(action["function"])
    args = action["args"]
    value = function(*args, **action["kwargs"])
    return {"ending": "returned", "value": value, "args_after": args}


def _run(action: Claim, submission: MemberFile, scenario: str | None) -> Claim:
    del action, scenario
    try:
        _module("__main__", submission)
    finally:
        _end_as_a_program_does()
    return {"ending": "exited", "exit_status": 0}


def _scene(action: Claim, submission: MemberFile, scenario: str | None) -> Claim:
    # The author's code is loaded first, while nothing has been tampered with.
    author = ModuleType("scenario")
    author.__dict__["ArtifactError"] = ArtifactError
    sys.modules["scenario"] = author
    exec(compile(scenario or "", SCENARIO, "exec", dont_inherit=True), author.__dict__)  # noqa: S102
    function = getattr(author, action["function"])
    if not submission.is_python:
        return read(function, action["args"], submission)
    module = _module("solution", submission)
    try:
        value = function(module, *action["args"])
    except AttributeError as error:
        if error.obj is module and type(error.name) is str:
            return _missing(error.name)
        raise
    return {"ending": "returned", "value": value}


def _suite(action: Claim, submission: MemberFile, scenario: str | None) -> Claim:
    del scenario
    return suite.run(action, submission)


_ACTIONS: dict[str, Callable[[Claim, MemberFile, str | None], Claim]] = {
    "call": _call,
    "run": _run,
    "scene": _scene,
    "suite": _suite,
}


def _module(name: str, submission: MemberFile) -> ModuleType:
    module = ModuleType(name)
    module.__file__ = submission.name
    sys.modules[name] = module
    exec(compiled(submission), module.__dict__)  # noqa: S102 - what all of this is for
    return module


def _missing(name: str) -> Claim:
    return {
        "ending": "function_missing",
        "error": {"type": "NameError", "message": name},
    }


def _end_as_a_program_does() -> None:
    """Threads that a script started are awaited and its exit handlers run."""
    threading: Any = sys.modules.get("threading")
    if threading is not None:
        threading._shutdown()  # noqa: SLF001 - what the interpreter itself calls
    atexit._run_exitfuncs()  # noqa: SLF001 - as above


def _exit_status(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return int(code) & 0xFF
    with contextlib.suppress(Exception):
        sys.stderr.write(f"{code}\n")
    return 1


def not_plain(value: object) -> Claim:
    """For a value that the codec refuses; its own repr helps the member to see it."""
    try:
        shown = str.__str__(repr(value))[:SHOWN_VALUE_CHARACTERS]
    except BaseException:  # noqa: BLE001 - the member's own __repr__
        shown = ""
    return {
        "ending": "not_plain_value",
        "error": {"type": type(value).__name__, "message": shown},
    }
