"""What a judged case, or a whole submission, came to."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """Stored and sent as the lower-case value; the words are the glossary's."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    WRONG_ANSWER = "wrong_answer"
    RUNTIME_ERROR = "runtime_error"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    COMPILE_ERROR = "compile_error"
    SECURITY_VIOLATION = "security_violation"
    JUDGE_ERROR = "judge_error"


# Highest first. A fault of ours hides everything, because nothing else in the report
# can then be trusted; after it, the cause that explains the others comes first.
PRECEDENCE = (
    Verdict.JUDGE_ERROR,
    Verdict.SECURITY_VIOLATION,
    Verdict.COMPILE_ERROR,
    Verdict.MEMORY_LIMIT,
    Verdict.TIME_LIMIT,
    Verdict.OUTPUT_LIMIT,
    Verdict.RUNTIME_ERROR,
    Verdict.WRONG_ANSWER,
)


def overall(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of the whole, by PRECEDENCE; no verdicts at all is `judge_error`.

    Says nothing of partial points: the challenge's groups decide those, in grading.
    """
    found = set(verdicts)
    if not found:
        return Verdict.JUDGE_ERROR
    return next((one for one in PRECEDENCE if one in found), Verdict.ACCEPTED)
