"""What can go wrong in the runner itself.

    RunnerError
    ├── SandboxFault        the backend failed; never the member's fault
    ├── SandboxFull         too many wait already; nothing is wrong, ask again later
    ├── RunnerFault         a runner elsewhere did not answer, or not with a report
    ├── NoRunner            none of those elsewhere did
    ├── BackendUnavailable  the backend asked for cannot be had here
    ├── EngineSilent        no Docker engine answers, or it refuses us
    ├── RuntimeUnknown      the engine lacks the OCI runtime asked for
    ├── ImageFault          the sandbox's image could not be made
    ├── LibraryFault        a profile's libraries could not be installed
    └── CheckerError        a ValueError: the case names no checker that there is

`runner.codec.CodecError` stands alone: the codec is carried into the sandbox.
"""


class RunnerError(Exception):
    pass


class SandboxFault(RunnerError):
    """`what` is for organisers and logs, never for members."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class SandboxFull(RunnerError):
    """The work was not begun and is not kept: who asked keeps it."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


class RunnerFault(RunnerError):
    """`what` is for logs; it may quote the other side, never a submission."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(url, what)
        self.url = url
        self.what = what


class NoRunner(RunnerError):
    """May pass: who asked keeps the job and tries again."""

    def __init__(self, job_id: str) -> None:
        super().__init__(job_id)
        self.job_id = job_id


class BackendUnavailable(RunnerError):
    """`reason` is a `runner.backend.BackendReason`'s value; `detail` the engine's own
    words, or what it has in place of what was asked for.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class EngineSilent(RunnerError):
    """`why` is the system's word, or the engine's, for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class RuntimeUnknown(RunnerError):
    def __init__(self, runtime: str, known: tuple[str, ...]) -> None:
        super().__init__(runtime, known)
        self.runtime = runtime
        self.known = known


class ImageFault(RunnerError):
    def __init__(self, step: str, output: str) -> None:
        super().__init__(step, output)
        self.step = step
        self.output = output


class LibraryFault(RunnerError):
    """`why` is the last that pip said."""

    def __init__(self, profile: str, why: str) -> None:
        super().__init__(profile, why)
        self.profile = profile
        self.why = why


class CheckerError(RunnerError, ValueError):
    def __init__(self, checker: str, problem: str) -> None:
        super().__init__(checker, problem)
        self.checker = checker
        self.problem = problem
