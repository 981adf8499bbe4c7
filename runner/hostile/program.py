"""A hostile program as data: what it does, what it must get, what must hold after it.

    Program ──► job of one or two cases, judged as any submission is
       │           1  its action           must end as `gets` says
       │           2  `observe()`          must find nothing that the first left
       └── then a bystander's submission   must be accepted as if nothing had been

A program of kind call defines `act()`, which is asked for ANSWER: a number that stands
nowhere in the sandbox. So whatever it forges, finds or keeps, it cannot return it by
right; a program that must be let work is told what it has to return.
"""

from dataclasses import KW_ONLY, dataclass, field
from textwrap import dedent
from typing import Final

from runner.job import Action, Call, Case, Expectation, FileName, Job, Limits, Run
from runner.report import CaseReport, Reason
from runner.verdict import Verdict

ANSWER: Final = 987_654_321_012

LIMITS: Final = Limits(cpu_time_s=2, wall_time_s=15, total_wall_time_s=30)
"""Real time on a machine that is kept busy: only what must run out is short."""
SPINS: Final = LIMITS.model_copy(update={"cpu_time_s": 0.3})
WAITS: Final = LIMITS.model_copy(update={"wall_time_s": 0.6})
EATS: Final = LIMITS.model_copy(update={"cpu_time_s": 5.0, "memory_mib": 64})
FLOODS: Final = LIMITS.model_copy(update={"cpu_time_s": 5.0, "output_kib": 8})

TRIED: Final = "tried"
"""The group of the cases that must end as a program says."""

SCRIPT: Final = Run()
FUNCTION: Final = Call(function="act")


@dataclass(frozen=True)
class Gets:
    """An ending; where `errors` are named, the exception's type is one of them."""

    verdict: Verdict
    reason: Reason | None = None
    errors: tuple[str, ...] = ()

    def fits(self, case: CaseReport) -> bool:
        if (case.verdict, case.reason) != (self.verdict, self.reason):
            return False
        return not self.errors or (
            case.error is not None and case.error.type in self.errors
        )


ACCEPTED: Final = Gets(Verdict.ACCEPTED)
CPU_TIME: Final = Gets(Verdict.TIME_LIMIT, Reason.CPU_TIME)
WALL_TIME: Final = Gets(Verdict.TIME_LIMIT, Reason.WALL_TIME)
MEMORY: Final = Gets(Verdict.MEMORY_LIMIT, Reason.MEMORY)
NO_PROCESS: Final = Gets(Verdict.RUNTIME_ERROR, Reason.PROCESSES)
NO_ROOM: Final = Gets(Verdict.RUNTIME_ERROR, Reason.DISK)
OUTPUT: Final = Gets(Verdict.OUTPUT_LIMIT, Reason.OUTPUT)
SYNTAX: Final = Gets(Verdict.COMPILE_ERROR)
EXITED: Final = Gets(Verdict.RUNTIME_ERROR, Reason.EXITED)
SIGNALLED: Final = Gets(Verdict.RUNTIME_ERROR, Reason.SIGNALLED)
NO_ANSWER: Final = Gets(Verdict.RUNTIME_ERROR, Reason.NO_ANSWER)
MISSING: Final = Gets(Verdict.RUNTIME_ERROR, Reason.FUNCTION_MISSING)
NOT_PLAIN: Final = Gets(Verdict.WRONG_ANSWER, Reason.NOT_PLAIN_VALUE)
RETURNED: Final = Gets(Verdict.WRONG_ANSWER, Reason.RETURNED_OTHER)
PRINTED: Final = Gets(Verdict.WRONG_ANSWER, Reason.PRINTED_OTHER)
ARGUMENTS: Final = Gets(Verdict.WRONG_ANSWER, Reason.ARGUMENTS_OTHER)
STATUS: Final = Gets(Verdict.WRONG_ANSWER, Reason.EXIT_STATUS_OTHER)
NO_FILE: Final = Gets(Verdict.WRONG_ANSWER, Reason.FILE_MISSING)
OTHER_FILE: Final = Gets(Verdict.WRONG_ANSWER, Reason.FILE_OTHER)


def raised(*errors: str) -> Gets:
    return Gets(Verdict.RUNTIME_ERROR, Reason.RAISED, errors)


REFUSED: Final = raised(
    "OSError",
    "PermissionError",
    "FileNotFoundError",
    "NotADirectoryError",
    "ProcessLookupError",
    "BlockingIOError",
    "ConnectionRefusedError",
    "gaierror",
)
"""The system said no. A time-out is not among them: something went out then."""


# Why the process backend does not hold a program.
NETWORK: Final = "the network is the machine's"
FILES: Final = "files are those that the bot's user may read and write"
DISK: Final = "nothing bounds the space that all files take together"
PROCESSES: Final = "other processes of the same user are seen and may be signalled"
KERNEL: Final = "no filter and no namespace stand before the kernel"
SHARED: Final = "memory, locks and queues of the system are shared by all runs"
TOGETHER: Final = "memory is bounded for each process, not for all together"
BOMB: Final = "a fork bomb is bounded, but takes the machine's time with it"
ROOT: Final = "what root may do depends on who runs the bot"


@dataclass(frozen=True)
class Program:
    name: str
    gets: Gets
    source: str
    _: KW_ONLY
    or_gets: Gets | tuple[Gets, ...] = ()
    """Where the kernel, the Python or the machine chooses between endings."""
    action: Action = FUNCTION
    cases: tuple[Case, ...] = ()
    """In place of the one action; those of the group TRIED must end as `gets` says."""
    file: FileName = "solution.py"
    expected: Expectation | None = None
    """By default ANSWER, returned or, by a script, printed."""
    observed: object = None
    """What `observe()` must return as the case after; None: there is no such case."""
    limits: Limits = LIMITS
    prelude: str = ""
    """Source that stands before, shared by programs that need the same tools."""
    scenario: str | None = None
    data: dict[str, bytes] = field(default_factory=dict)
    open_on_process: str = ""
    """Why the process backend does not hold it; empty when it does."""
    run_on_process: bool = True
    """False for what would harm the machine there, or end by how the machine is."""

    @property
    def holds_on_process(self) -> bool:
        return not self.open_on_process

    @property
    def endings(self) -> tuple[Gets, ...]:
        more = self.or_gets if isinstance(self.or_gets, tuple) else (self.or_gets,)
        return self.gets, *more

    def job(self) -> Job:
        case = Case(
            name=self.name,
            group=TRIED,
            action=self.action,
            expected=self.expected or _answer(self.action),
        )
        after = Case(
            name="observe",
            group="observed",
            action=Call(function="observe"),
            expected=returns(self.observed),
        )
        return Job(
            id=self.name,
            limits=self.limits,
            source=dedent(self.prelude) + dedent(self.source),
            scenario=dedent(self.scenario) if self.scenario else None,
            data=self.data,
            file=self.file,
            cases=self.cases or ((case,) if self.observed is None else (case, after)),
        )


def returns(value: object) -> Expectation:
    return Expectation(returns=value, check_returns=True)


def prints(text: str) -> Expectation:
    return Expectation(prints=text, exit_status=0)


def _answer(action: Action) -> Expectation:
    return prints(str(ANSWER)) if isinstance(action, Run) else returns(ANSWER)
