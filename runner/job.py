"""The runner's contract, inward: one submission and the cases to judge it by.

    Job ── host side only ──► Case = action + expectation
     │                                │          └ never leaves the host
     └── files, limits, profile ──────┴► Work, all that a sandbox is told

A job is judged in one place, `runner.judge`; sandboxes get the Work that it cuts out.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from runner.checkers import checker_named
from runner.plain import PlainValue


class Contract(BaseModel):
    """Immutable, and deaf to fields that it does not know (a typo is an error)."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64"
    )


def _inside(name: str) -> str:
    if "\0" in name or set(name.split("/")) & {"", ".", ".."}:
        raise ValueError("not the name of a file within the folder")
    return name


FileName = Annotated[str, AfterValidator(_inside)]
"""Relative, by `/`, and without a way up: the harness writes where it says."""


class Profile(StrEnum):
    """The flavour of sandbox: which libraries are at hand besides the standard ones."""

    BASE = "base"
    DATA = "data"
    WEB = "web"
    ML = "ml"


class Limits(Contract):
    """Bounds for each case, but `total_wall_time_s`, which bounds the whole job."""

    cpu_time_s: float = Field(2.0, gt=0, le=30)
    wall_time_s: float = Field(5.0, gt=0, le=60)
    total_wall_time_s: float = Field(20.0, gt=0, le=120)
    memory_mib: int = Field(128, ge=32, le=2048)
    processes: int = Field(16, ge=1, le=64)
    output_kib: int = Field(64, ge=1, le=1024)
    file_size_kib: int = Field(1024, ge=1, le=65536)


class Call(Contract):
    """Call a function of the submission."""

    kind: Literal["call"] = "call"
    function: str
    args: tuple[PlainValue, ...] = ()
    kwargs: Mapping[str, PlainValue] = {}


class Run(Contract):
    """Run the submission as a script. `files` are laid in its working directory."""

    kind: Literal["run"] = "run"
    argv: tuple[str, ...] = ()
    stdin: str = ""
    files: Mapping[FileName, bytes] = {}
    collect: tuple[FileName, ...] = ()
    """Names of files to bring back after the run."""


class Scene(Contract):
    """Call a function of the author's scenario with the submitted module first.

    What is not Python comes as its text.
    """

    kind: Literal["scene"] = "scene"
    function: str
    args: tuple[PlainValue, ...] = ()


class Suite(Contract):
    """Run the submission, a pytest suite, against one implementation of a module.

    The suite cannot tell a right implementation from a wrong one but by what it does.
    """

    kind: Literal["suite"] = "suite"
    module: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    """The name that the suite imports."""
    implementation: str
    order_seed: int = 0
    """The tests run in an order of its own each time: none may lean on another."""


Action = Annotated[Call | Run | Scene | Suite, Field(discriminator="kind")]


class CheckerRef(Contract):
    """A checker by name, with its options (see `runner.checkers`)."""

    name: str = "equal"
    options: Mapping[str, PlainValue] = {}

    @model_validator(mode="after")
    def _exists(self) -> Self:
        checker_named(self.name, self.options)
        return self


class Raises(Contract):
    """The exception expected: its class or one of its bases has this name."""

    type: str
    message_contains: str | None = None


class Expectation(Contract):
    """What must hold after the action; what is None or absent is not looked at."""

    returns: PlainValue = None
    check_returns: bool = False
    """True when `returns` counts: None is a value that a case may expect."""
    raises: Raises | None = None
    prints: str | None = None
    args_after: tuple[PlainValue, ...] | None = None
    exit_status: int | None = None
    files: Mapping[str, str] = {}
    """Text that each collected file must hold."""
    binary_files: Mapping[FileName, bytes] = {}
    """Collected files that must be the same to the last byte."""
    suite: Literal["passes", "fails"] | None = None
    """What a suite must do: pass on what is right, fail in a test on what is wrong."""
    checker: CheckerRef = CheckerRef()


class Case(Contract):
    name: str
    group: str
    visible: bool = False
    shows: str = ""
    """How the report shows the action, where the action itself would say little."""
    action: Action
    expected: Expectation


class Job(Contract):
    version: Literal[1] = 1
    id: str
    profile: Profile = Profile.BASE
    limits: Limits = Limits()
    source: str
    """The submission."""
    file: FileName = "solution.py"
    """The submission's name in its folder. What does not end in `.py` is not Python."""
    scenario: str | None = None
    """The author's `scenario.py`, for cases whose action is a Scene."""
    checker: str | None = None
    """The author's `checker.py`, for cases with the checker `own`."""
    data: Mapping[FileName, bytes] = {}
    """Files that the sandbox may read, by their path under `data/`."""
    seed: int = 0
    """Seeds `random` in the sandbox before each case."""
    fair_key: str = Field("", max_length=128)
    """Opaque. Jobs of one key wait behind each other; keys take turns, however many
    jobs each has. It never enters the sandbox."""
    cases: tuple[Case, ...] = Field(min_length=1, max_length=500)
