"""What a review looks at, each with a mark and the reason for it.

    code        four criteria, the same for every challenge
    evidence    those of the challenge's own rubric, `challenges.challenge.Criterion`

Marks are published to the author with their reasons, and never become points: a number
that pays makes friends generous. They say where to look first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_MARK: Final = 4
"""Of code. An even number: there is no middle to hide in. 1 would be hard to live with,
4 is as one would like to inherit it."""


class CodeCriterion(StrEnum):
    READABILITY = "readability"
    """Names, layout, one idea at a time: whether it can be read without running it."""
    CORRECTNESS = "correctness"
    """Beyond the cases of the judge, which it passed: inputs that nobody thought of."""
    IDIOM = "idiom"
    """Whether Python's own means are used where they fit."""
    EDGES = "edges"
    """What was tested and handled at the edges: empty, large, wrong, repeated."""


@dataclass(frozen=True, kw_only=True)
class RubricLine:
    """A line of the rubric: which criterion, and its range of marks."""

    criterion: str
    least: int
    most: int


CODE_RUBRIC: Final = tuple(
    RubricLine(criterion=one, least=1, most=MOST_MARK) for one in CodeCriterion
)


@dataclass(frozen=True, kw_only=True)
class Mark:
    criterion: str
    mark: int
    most: int
    reason: str = ""


class MarksRefused(Exception):
    """`reason` says why: mark_missing, mark_out_of_range, mark_without_reason."""

    def __init__(self, reason: str, line: RubricLine) -> None:
        super().__init__(reason, line.criterion)
        self.reason = reason
        self.line = line


def check_marks(
    marks: Sequence[Mark], rubric: Sequence[RubricLine]
) -> tuple[Mark, ...]:
    """One mark of each criterion, in the rubric's order. Raises MarksRefused.

    Whoever takes something off has to say why: a mark without its reason teaches
    nothing. Full marks speak for themselves.
    """
    by_criterion = {one.criterion: one for one in marks}
    checked: list[Mark] = []
    for asked in rubric:
        mark = by_criterion.get(asked.criterion)
        if mark is None:
            raise MarksRefused("mark_missing", asked)
        if not asked.least <= mark.mark <= asked.most or mark.most != asked.most:
            raise MarksRefused("mark_out_of_range", asked)
        if mark.mark < asked.most and not mark.reason.strip():
            raise MarksRefused("mark_without_reason", asked)
        checked.append(mark)
    return tuple(checked)
