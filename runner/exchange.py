"""What the host says to a harness, and what it makes of the answers.

Two hands wrote an answer. The supervisor's part (how the child ended, what it used,
what it printed) is measured. The `result` within it is the child's claim: the
submission may have forged it, so it is read as data of a known shape, or not at all.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from pydantic import ValidationError

from runner import codec
from runner.claim import CLAIMS, COMPILE_CLAIMS, read_claim
from runner.errors import SandboxFault
from runner.harness.frame import (
    BEGUN,
    LENGTH,
    MAX_ACTION_BYTES,
    MAX_FRAME_BYTES,
    MAX_ORDER_BYTES,
    PREFACE,
    STARTED,
    Preface,
    framed,
)
from runner.job import Action, Call, Contract, Run, Suite
from runner.report import Usage
from runner.sandbox import Outcome, Work

STREAMS: Final = ("stdout", "stderr", "result")
MOST_FILES: Final = 500
PATIENCE: Final = 2
"""Cases that may end by their time before the rest is not run: one may be hard."""


class Answer(Contract):
    """What the supervisor says of one child."""

    ended: Literal[
        "exit",
        "signal",
        "cpu_time",
        "wall_time",
        "total_wall_time",
        "memory",
        "output",
        "not_run",
    ]
    exit_status: int
    """Negative when a signal ended it."""
    stdout: bytes
    stderr: bytes
    stdout_truncated: bool
    stderr_truncated: bool
    result: bytes
    files: Mapping[str, bytes] = {}
    too_large: tuple[str, ...] = ()
    """Files that were asked for and are larger than any that is brought back."""
    cpu_time_s: float
    wall_time_s: float
    peak_memory_kib: int


class Answers:
    """The answers of one harness, fed as they come; `outcomes` grows to one an action.

    An answer is a frame of what was measured, then stdout, stderr, result and each
    collected file as they are. `feed` raises SandboxFault for what no supervisor of
    ours would write.
    """

    def __init__(self, work: Work) -> None:
        self._actions = work.actions
        self._buffer = bytearray()
        self._measured: dict[str, Any] | None = None
        self._contents: list[bytes] = []
        self.outcomes: list[Outcome] = []

    @property
    def complete(self) -> bool:
        return len(self.outcomes) == len(self._actions)

    def feed(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._buffer)
            if length > MAX_FRAME_BYTES:
                raise SandboxFault("frame too long")
            end = LENGTH.size + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[LENGTH.size : end])
            del self._buffer[:end]
            self._take_frame(payload)

    def out_of_memory(self) -> None:
        """The harness itself was killed for memory; so ends what it left open."""
        missing = len(self._actions) - len(self.outcomes)
        self.outcomes += [Outcome(ending="memory")] * missing

    def _take_frame(self, payload: bytes) -> None:
        if self.complete:
            raise SandboxFault("too many answers")
        if self._measured is None:
            self._measured, self._contents = _measured_frame(payload), []
            return
        self._contents.append(payload)
        files = self._measured["files"]
        if len(self._contents) == len(STREAMS) + len(files):
            answer = _answer(self._measured, self._contents)
            self._measured = None
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        """The first one also tells whether the source compiles."""
        failure = None if self.outcomes else compile_failure(answer)
        if failure is not None:
            self.outcomes = [failure] * len(self._actions)
            return
        action = self._actions[len(self.outcomes)]
        self.outcomes.append(outcome(action, answer))


def preface(work: Work) -> bytes:
    """What a zygote is told before the order."""
    limits = work.limits
    one_case = len(work.actions) == 1 and not _collect(work.actions[0])
    told = Preface(
        one_case=one_case,
        cpu_time_s=limits.cpu_time_s,
        wall_time_s=limits.wall_time_s,
        total_wall_time_s=limits.total_wall_time_s,
        output_bytes=limits.output_kib << 10,
    )
    return PREFACE.pack(*told)


def order(work: Work, *, alone: bool) -> list[bytes]:
    """The frames to send. `alone`: nothing but the harness runs where it runs.

    Raises SandboxFault when the job is larger than any sandbox takes.
    """
    told = {
        "limits": work.limits.model_dump(),
        "source": work.source,
        "file": work.file,
        "preload": _preload(work.actions),
        "scenario": work.scenario,
        "data": dict(work.data),
        "seed": work.seed,
        "patience": _patience(work.actions),
        "collect": [_collect(action) for action in work.actions],
        "alone": alone,
    }
    try:
        return [
            framed(codec.encode(told, MAX_ORDER_BYTES)),
            *(
                framed(codec.encode(_told(action), MAX_ACTION_BYTES))
                for action in work.actions
            ),
        ]
    except codec.CodecError as fault:
        raise SandboxFault("the job does not fit") from fault


def outcome(action: Action, answer: Answer) -> Outcome:
    """Raises SandboxFault when the harness failed before the submission ran."""
    measured = _measured(answer)
    if answer.ended not in {"exit", "signal"}:
        return Outcome(ending=answer.ended, **measured)
    if not answer.result.startswith(BEGUN):
        raise SandboxFault("the harness failed in the child")
    if answer.ended == "signal":
        return Outcome(ending="signalled", signal=-answer.exit_status, **measured)
    claim = read_claim(answer.result[len(BEGUN) :], CLAIMS[action.kind])
    exited = Outcome(ending="exited", exit_status=answer.exit_status, **measured)
    if isinstance(action, Run):
        return _of_run(claim, exited)
    if answer.exit_status != 0 or answer.result == BEGUN:
        return exited
    return (claim or Outcome(ending="no_answer")).model_copy(update=measured)


def _of_run(claim: Outcome | None, exited: Outcome) -> Outcome:
    """A script is judged by what the system saw; the claim adds how it went wrong."""
    if claim is None:
        return exited
    exited = exited.model_copy(update={"warnings": claim.warnings})
    if claim.ending not in {"raised", "memory"}:
        return exited
    told = {"ending": claim.ending, "error": claim.error}
    return exited.model_copy(update={**told, "error_bases": claim.error_bases})


def compile_failure(answer: Answer) -> Outcome | None:
    """None when the source compiles; else why it does not. Raises SandboxFault."""
    if answer.result.startswith(BEGUN):
        return None
    measured = _measured(answer)
    if answer.ended not in {"exit", "signal"}:
        return Outcome(ending=answer.ended, **measured)
    if not answer.result.startswith(STARTED):
        raise SandboxFault("the harness failed before compiling")
    # A compiler that crashes on the source says nothing; it still does not compile.
    said = answer.result[len(STARTED) :]
    claim = read_claim(said, COMPILE_CLAIMS) or Outcome(ending="syntax")
    return claim.model_copy(update=measured)


def _measured_frame(payload: bytes) -> dict[str, Any]:
    try:
        measured = codec.decode(payload)
    except codec.CodecError as fault:
        raise SandboxFault("answer does not parse") from fault
    if type(measured) is not dict:
        raise SandboxFault("answer of another shape")
    files = measured.setdefault("files", [])
    if type(files) is not list or len(files) > MOST_FILES:
        raise SandboxFault("answer of another shape")
    return measured


def _answer(measured: dict[str, Any], contents: Sequence[bytes]) -> Answer:
    streams, files = contents[: len(STREAMS)], contents[len(STREAMS) :]
    try:
        named = dict(zip(measured["files"], files, strict=True))
        told = {**measured, **dict(zip(STREAMS, streams, strict=True)), "files": named}
        return Answer.model_validate(told)
    except (ValidationError, TypeError) as fault:
        raise SandboxFault("answer of another shape") from fault


def _measured(answer: Answer) -> dict[str, Any]:
    return {
        "stdout": answer.stdout.decode("utf-8", "replace"),
        "stderr": answer.stderr.decode("utf-8", "replace"),
        "stdout_truncated": answer.stdout_truncated,
        "stderr_truncated": answer.stderr_truncated,
        "files": answer.files,
        "too_large": answer.too_large,
        "usage": Usage(
            cpu_time_s=answer.cpu_time_s,
            wall_time_s=answer.wall_time_s,
            peak_memory_kib=answer.peak_memory_kib,
        ),
    }


def _patience(actions: Sequence[Action]) -> int:
    """A suite may be right to wait for wrong code that never ends, each time."""
    if any(isinstance(action, Suite) for action in actions):
        return len(actions)
    return PATIENCE


def _collect(action: Action) -> list[str]:
    return list(action.collect) if isinstance(action, Run) else []


def _preload(actions: Sequence[Action]) -> list[str]:
    return ["pytest"] if any(isinstance(one, Suite) for one in actions) else []


def _told(action: Action) -> dict[str, Any]:
    if isinstance(action, Suite):
        return action.model_dump()
    if isinstance(action, Run):
        return {
            "kind": action.kind,
            "argv": list(action.argv),
            "stdin": action.stdin,
            "files": dict(action.files),
        }
    told = {
        "kind": action.kind,
        "function": action.function,
        "args": list(action.args),
    }
    return {**told, "kwargs": dict(action.kwargs)} if isinstance(action, Call) else told
