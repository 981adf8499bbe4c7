"""What goes wrong with challenges, as facts.

ChallengeError
├── UnknownChallenge    no challenge has that id; `near` are ids that look like it
├── InvalidChallenge    files break the format; `faults` has every place at once
├── InvalidExpression   text of a case that is no plain value or call
└── InvalidGenerator    a `cases.py` that fails, or gives what is no case
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One thing for an author to put right. `message` is for authors, in English."""

    path: Path
    line: int
    """1-based; 1 where a file as a whole is meant, or is missing."""
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ChallengeError(Exception):
    pass


class UnknownChallenge(ChallengeError):
    def __init__(self, challenge_id: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(challenge_id)
        self.challenge_id = challenge_id
        self.near = near


class InvalidChallenge(ChallengeError):
    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


class InvalidExpression(ChallengeError):
    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class InvalidGenerator(ChallengeError):
    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class FaultLog:
    """Gathers faults, so that an author sees all of them after one run."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        """What an author should look at, and may let stand."""

    def add(self, path: Path, message: str, line: int = 1) -> None:
        self.faults.append(Fault(path, line, message))

    def add_warning(self, path: Path, message: str, line: int = 1) -> None:
        self.warnings.append(Fault(path, line, message))

    def __bool__(self) -> bool:
        """Whether there are faults."""
        return bool(self.faults)
