"""The runner's contract, outward: what came of each case of a job."""

from enum import StrEnum
from typing import Literal

from runner.job import Contract
from runner.verdict import Verdict


class Reason(StrEnum):
    """Why a case did not pass: a key for the catalogue of texts, never a sentence."""

    RETURNED_OTHER = "returned_other"
    PRINTED_OTHER = "printed_other"
    NOT_RAISED = "not_raised"
    RAISED_OTHER = "raised_other"
    ARGUMENTS_OTHER = "arguments_other"
    EXIT_STATUS_OTHER = "exit_status_other"
    FILE_OTHER = "file_other"
    FILE_MISSING = "file_missing"
    FILE_TOO_LARGE = "file_too_large"
    """Larger than `file_size_kib`, or than all collected files may be together."""
    FUNCTION_MISSING = "function_missing"
    NOT_PLAIN_VALUE = "not_plain_value"
    RAISED = "raised"
    EXITED = "exited"
    SIGNALLED = "signalled"
    NO_ANSWER = "no_answer"
    CPU_TIME = "cpu_time"
    WALL_TIME = "wall_time"
    TOTAL_WALL_TIME = "total_wall_time"
    NOT_RUN = "not_run"
    """Cases before it ended by their time; it was not begun."""
    MEMORY = "memory"
    OUTPUT = "output"
    SYNTAX = "syntax"
    FORBIDDEN = "forbidden"
    PROCESSES = "processes"
    DISK = "disk"
    ARTIFACT_INVALID = "artifact_invalid"
    """The artifact cannot be read; the author's scenario says where."""
    TOOL_FAILED = "tool_failed"
    """The tool that reads the artifact stopped on it."""
    METRIC_SHORT = "metric_short"
    METRIC_LENGTH = "metric_length"
    METRIC_TYPE = "metric_type"
    METRIC_NOT_FINITE = "metric_not_finite"
    NO_TESTS = "no_tests"
    FAILS_ON_RIGHT = "fails_on_right"
    SUITE_ERROR = "suite_error"
    SUITE_UNSTEADY = "suite_unsteady"
    """On the same implementation it once passed and once did not."""
    SUITE_UNSOUND = "suite_unsound"
    """A wrong implementation counts once the suite passes on the right ones."""
    SURVIVED = "survived"
    CHECKER_SAYS = "checker_says"
    CHECKER_FAULT = "checker_fault"
    SANDBOX_FAULT = "sandbox_fault"


class MemberError(Contract):
    """An exception as the member should read it: their frames alone."""

    type: str
    message: str = ""
    line: int | None = None
    """1-based line of the submission, of the innermost frame that is theirs."""
    source_line: str = ""
    traceback: str = ""


class MemberWarning(Contract):
    """A warning of Python's about a line of the submission."""

    type: str
    message: str = ""
    line: int


class Usage(Contract):
    cpu_time_s: float = 0.0
    wall_time_s: float = 0.0
    peak_memory_kib: int = 0


class CaseReport(Contract):
    """One case. The strings are for people, bounded, and may hold hostile text."""

    name: str
    group: str
    visible: bool
    verdict: Verdict
    reason: Reason | None = None
    called: str = ""
    """The action as one would type it: `total([1, 2])`, `python solution.py --all`."""
    stdin: str = ""
    expected: str = ""
    got: str = ""
    stdout: str = ""
    stderr: str = ""
    lesson: str = ""
    """What the challenge's own checker says is wrong: a key of the challenge's."""
    stdout_truncated: bool = False
    stderr_truncated: bool = False
    error: MemberError | None = None
    usage: Usage = Usage()


class Report(Contract):
    version: Literal[1] = 1
    job_id: str
    verdict: Verdict
    cases: tuple[CaseReport, ...] = ()
    error: MemberError | None = None
    """A submission that does not compile fails as a whole; then there are no cases."""
    warnings: tuple[MemberWarning, ...] = ()
    """Of the visible cases, each once."""
    usage: Usage = Usage()
    """Times are sums, memory is the highest."""
    backend: str = ""
