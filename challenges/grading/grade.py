"""What a submission is worth, and what its author may read of why."""

from runner.job import Contract
from runner.report import MemberError, MemberWarning, Reason, Usage
from runner.verdict import Verdict


class CaseFeedback(Contract):
    """One case as its author may read it: of a hidden one, the group and the verdict.

    The fields from `called` on are filled for visible cases alone; a measure and its
    mark are told of hidden ones as well.
    """

    group: str
    visible: bool
    verdict: Verdict
    reason: Reason | None = None
    lesson: str = ""
    """A key of the challenge's lessons, named by its own checker."""
    called: str = ""
    stdin: str = ""
    expected: str = ""
    got: str = ""
    stdout: str = ""
    error: MemberError | None = None
    usage: Usage = Usage()


class Grade(Contract):
    verdict: Verdict
    share: float
    """Share of the points earned, 0 to 1: the weights of the groups passed whole."""
    passed: int
    total: int
    cases: tuple[CaseFeedback, ...] = ()
    """In the order of the challenge; for a quiz, one for each question."""
    failed_groups: tuple[str, ...] = ()
    error: MemberError | None = None
    warnings: tuple[MemberWarning, ...] = ()
    usage: Usage = Usage()
