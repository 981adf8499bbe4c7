"""In the child, between the fork and the member's first line.

    0  the program's standard input      3  result: STARTED, then one frame
    1  stdout, a pipe                    4  the action, one frame, read to its end
    2  stderr, a pipe                       before the member's code is loaded

Nothing else is open: neither the host's channel nor another case's pipe.
"""

import builtins
import contextlib
import os
import random
import sys
from dataclasses import dataclass
from typing import Any, Final

from runner import codec, tables
from runner.harness import actions, kernel, member_warnings, preload
from runner.harness.frame import MAX_ACTION_BYTES, STARTED, framed, read_frame
from runner.harness.member_file import MemberFile

RESULT: Final = 3
ACTION: Final = 4
ALL_DESCRIPTORS: Final = 4096
ESCAPE: Final = "backslashreplace"


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What every child of one job is told, but the action itself."""

    submission: MemberFile
    scenario: str | None
    data: dict[str, bytes]
    seed: int
    cpu_time_s: float
    memory_mib: int
    file_size_kib: int
    processes: int | None


def check(errand: Errand) -> int:
    """Compile, and nothing else; the exit status is 0 when it does."""
    _bind(errand)
    os.write(RESULT, STARTED)
    claim = actions.compile_claim(errand.submission)
    if claim is None:
        return 0
    _send(claim)
    return 1


def act(errand: Errand, folder: str) -> int:
    """Run the action that comes on its descriptor, in `folder`; the exit status."""
    kernel.offer_to_the_oom_killer()
    action = codec.decode(_read_action(), MAX_ACTION_BYTES)
    _lay_down(errand, action, folder)
    _standard_streams(action.get("stdin", ""))
    _bind(errand)
    random.seed(errand.seed)
    preload.reseed(errand.seed)
    pid = os.getpid()
    warnings = member_warnings.listen(errand.submission)
    # Nothing of the member's runs before this; without STARTED it did not compile.
    actions.prepare(action, errand.submission)
    _make_tables(action)
    os.write(RESULT, STARTED)
    kind = action["kind"]
    claim, status = actions.perform(action, errand.submission, errand.scenario)
    claim["warnings"] = warnings
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(Exception):
            stream.flush()  # type: ignore[union-attr]  # None is suppressed as well
    # A submission that forked may come back here twice; the first process answers.
    if os.getpid() == pid:
        _send(claim)
    return status if kind == "run" else 0


def _make_tables(action: dict[str, Any]) -> None:
    """Of arguments that are tables the ones of the library."""
    if "args" in action:
        action["args"] = [tables.as_library(one) for one in action["args"]]
    kwargs = action.get("kwargs", {})
    kwargs.update({name: tables.as_library(one) for name, one in kwargs.items()})


def _bind(errand: Errand) -> None:
    if errand.processes is not None:
        kernel.count_apart()
    kernel.bound_process(
        cpu_time_s=errand.cpu_time_s,
        memory_mib=errand.memory_mib,
        file_size_kib=errand.file_size_kib,
        processes=errand.processes,
    )


def _read_action() -> bytes:
    payload = read_frame(lambda count: os.read(ACTION, count), MAX_ACTION_BYTES)
    os.close(ACTION)
    return payload


def _lay_down(errand: Errand, action: dict[str, Any], folder: str) -> None:
    work, temporary = f"{folder}/work", f"{folder}/tmp"
    os.mkdir(temporary, 0o700)
    os.mkdir(work, 0o700)
    os.chdir(work)
    _write(errand.submission.name, errand.submission.text.encode())
    for name, content in errand.data.items():
        _write(f"data/{name}", content)
    for name, content in action.get("files", {}).items():
        _write(name, content)
    os.environ.update(HOME=work, TMPDIR=temporary)
    sys.path.insert(0, work)
    sys.dont_write_bytecode = True


def _write(name: str, content: bytes) -> None:
    if parent := os.path.dirname(name):
        os.makedirs(parent, exist_ok=True)
    with open(name, "wb") as file:
        file.write(content)


def _standard_streams(stdin: str) -> None:
    """Fresh streams on the child's descriptors, as a new interpreter would open them.

    Standard input is a file without a name: a pipe could block who writes it.
    """
    with open("../stdin", "w+b") as file:
        os.unlink("../stdin")
        file.write(stdin.encode())
        file.seek(0)
        os.dup2(file.fileno(), 0)
    streams = (("stdin", "r", None), ("stdout", "w", None), ("stderr", "w", ESCAPE))
    for number, (name, mode, errors) in enumerate(streams):
        stream = open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    # `site` adds these, and would add the host's packages with them.
    builtins.exit = builtins.quit = sys.exit  # type: ignore[assignment]


def _send(claim: actions.Claim) -> None:
    payload = framed(_encoded(claim))
    while payload:
        payload = payload[os.write(RESULT, payload) :]


def _encoded(claim: actions.Claim) -> bytes:
    """Arguments that are no longer plain are left out, a value that is not is told."""
    for told in (claim, {**claim, "args_after": [], "warnings": []}):
        with contextlib.suppress(Exception):
            return codec.encode(told)
    if claim["ending"] == "returned":
        with contextlib.suppress(Exception):
            return codec.encode(actions.not_plain(claim["value"]))
    return codec.encode({"ending": claim["ending"]})
