"""What comparing comes to."""

from dataclasses import dataclass

from runner.report import Reason
from runner.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Of a case that passed, `expected` and `got` show what was compared first."""

    verdict: Verdict
    reason: Reason | None = None
    expected: str = ""
    got: str = ""
    lesson: str = ""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One thing that was expected, and whether it holds."""

    holds: bool
    reason: Reason
    expected: str
    got: str
    lesson: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckerAnswer:
    """What a challenge's own checker says of one value; `lesson` is a key of it."""

    holds: bool
    lesson: str = ""
