"""In the child, between the fork and the member's first line.

    0  the program's standard input      3  result: BEGUN, then one frame
    1  stdout, a pipe                    4  the action, one frame, read to its end
    2  stderr, a pipe                       before the member's code is loaded

Nothing else is open: neither the host's channel nor another case's pipe.
"""

import contextlib
import os
import random
import sys
from dataclasses import dataclass
from typing import Any

from runner import codec, tables
from runner.harness import (
    actions,
    kernel,
    member_warnings,
    namespaces,
    preload,
    streams,
)
from runner.harness.forked import ACTION, RESULT
from runner.harness.frame import (
    COMPILED,
    MAX_ACTION_BYTES,
    MAX_ORDER_BYTES,
    STARTED,
    framed,
    read_frame,
)
from runner.harness.member_file import MemberFile


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

    @classmethod
    def of(cls, order: dict[str, Any], processes: int | None) -> "Errand":
        limits = order["limits"]
        return cls(
            submission=MemberFile(
                order["file"], order["source"].removeprefix("\ufeff")
            ),
            scenario=order["scenario"],
            data=order["data"],
            seed=order["seed"],
            cpu_time_s=limits["cpu_time_s"],
            memory_mib=limits["memory_mib"],
            file_size_kib=limits["file_size_kib"],
            processes=processes,
        )


def act_alone() -> int:
    """The one case of an order, which comes before the action; the exit status."""
    order = codec.decode(_read(MAX_ORDER_BYTES), MAX_ORDER_BYTES)
    folder = f"{os.getcwd()}/0"
    os.mkdir(folder, 0o700)
    processes = namespaces.process_bound(
        order["limits"]["processes"], namespaces.BESIDE_THE_ONLY_CASE
    )
    return act(Errand.of(order, processes), folder)


def act(errand: Errand, folder: str) -> int:
    """Run the action that comes on its descriptor, in `folder`; the exit status."""
    kernel.offer_to_the_oom_killer()
    action = codec.decode(_read(MAX_ACTION_BYTES), MAX_ACTION_BYTES)
    os.close(ACTION)
    _lay_down(errand, action, folder)
    streams.fill_stdin(action.get("stdin", ""))
    _bind(errand)
    random.seed(errand.seed)
    preload.reseed(errand.seed)
    pid = os.getpid()
    warnings = member_warnings.listen(errand.submission)
    actions.prepare(action)
    _make_tables(action)
    os.write(RESULT, STARTED)
    failure = actions.compile_claim(errand.submission)
    if failure is not None:
        _send(failure)
        return 1
    # Nothing of the member's runs before this.
    os.write(RESULT, COMPILED)
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


def _read(max_bytes: int) -> bytes:
    return read_frame(lambda count: os.read(ACTION, count), max_bytes)


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
    # Not `update`, whose checks of classes write to fifty pages.
    os.environ["HOME"] = work
    os.environ["TMPDIR"] = temporary
    sys.path.insert(0, work)
    sys.dont_write_bytecode = True


def _write(name: str, content: bytes) -> None:
    if parent := os.path.dirname(name):
        os.makedirs(parent, exist_ok=True)
    # A file of Python's own would write to four times as many pages.
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.close(descriptor)


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
