"""The seam between judging and isolation: a sandbox runs actions, knows no answer."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from pydantic import Field

from runner.job import Action, Contract, Job, Limits, Profile
from runner.plain import PlainValue
from runner.report import MemberError, MemberWarning, Usage


class Work(Contract):
    """All that a sandbox is told of a job; `fair_key` is for the host's queue alone."""

    profile: Profile
    limits: Limits
    source: str
    file: str = "solution.py"
    scenario: str | None = None
    data: Mapping[str, bytes] = {}
    seed: int = 0
    fair_key: str = ""
    actions: tuple[Action, ...]

    @classmethod
    def of(cls, job: Job, turns: Sequence[int] | None = None) -> "Work":
        """`turns` are the indexes of the cases in the order to run them."""
        order = range(len(job.cases)) if turns is None else turns
        return cls(
            profile=job.profile,
            limits=job.limits,
            source=job.source,
            file=job.file,
            scenario=job.scenario,
            data=job.data,
            seed=job.seed,
            fair_key=job.fair_key,
            actions=tuple(job.cases[index].action for index in order),
        )


class SuiteResult(Contract):
    """How the tests of a suite ended against one implementation."""

    passed: int = Field(ge=0)
    skipped: int = Field(ge=0)
    failed: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    """What ended before or after a test: collection, fixtures."""


class Outcome(Contract):
    """What one action came to: facts, not yet a verdict."""

    ending: str
    """returned, raised, exited, signalled, cpu_time, wall_time, total_wall_time,
    not_run, memory, output, function_missing, not_plain_value, syntax,
    artifact_invalid, tool_failed, tested or no_answer."""
    value: PlainValue = None
    args_after: tuple[PlainValue, ...] = ()
    error: MemberError | None = None
    error_bases: tuple[str, ...] = ()
    """Names of the exception's class and its bases, innermost first."""
    suite: SuiteResult | None = None
    """Of a suite that ran to its end."""
    warnings: tuple[MemberWarning, ...] = ()
    exit_status: int | None = None
    signal: int | None = None
    stdout: str = ""
    stderr: str = ""
    stdout_truncated: bool = False
    stderr_truncated: bool = False
    files: Mapping[str, bytes] = {}
    too_large: tuple[str, ...] = ()
    """Names of files that were asked for, and were not brought back for their size."""
    usage: Usage = Usage()


class Sandbox(Protocol):
    """One isolation backend. Safe to call concurrently."""

    name: str

    async def run(self, work: Work) -> Sequence[Outcome]:
        """One outcome for each action, in order.

        Raises SandboxFault when the backend itself failed: never the member's fault;
        SandboxFull when it takes no more now.
        """
        ...

    async def close(self) -> None: ...
